"""The light singular step before Snowball, on folded words.

Snowball Spanish alone keeps ciudad apart from ciudades, joven from jóvenes, gobierno from gobiernos; measured
pair by pair, and the pairs are tests.
"""

import re
from collections.abc import Callable

SPANISH_WHOLE = frozenset(
    """pais mes gas bus virus crisis tesis analisis sintesis diagnosis oasis campus corpus lunes martes miercoles
jueves viernes tres seis menos ademas jamas atras detras despues entonces ingles frances portugues interes
estres compas autobus omnibus atlas cosmos chasis dosis sepsis genesis hipotesis enfasis parentesis tenis paris
cadiz onus""".split()
)
"""Spanish words that end in s in the singular."""
PORTUGUESE_WHOLE = frozenset(
    "pais mais mas mes gas lapis onibus virus campus tres apos atras alias atlas oasis tenis".split()
)
"""Portuguese words that end in s in the singular."""
SPANISH_ES = re.compile(r"(?<=[aeiou])[dlrnyzsx]es$")
PORTUGUESE_PLURALS = (
    (re.compile(r"(?:oes|aes)$"), "ao"),
    (re.compile(r"(?<=[a-z]{2}[aeou])is$"), "l"),
    (re.compile(r"(?<=[aeiou])ns$"), "m"),
    (re.compile(r"(?<=[aeiou][rzs])es$"), ""),
)
CATALAN_NS = re.compile(r"(?<=[a-z][aio])ns$")
GENDER_ENDING = re.compile(
    r"((?:(?<=[a-z]{2})(?:iv|ad|id|os|ic|ari|er|an|in|al|ent|umn|uel|ult|eg|str)|^(?:nin|hij|chic|amig)))[oa]$"
    r"|(?<=[a-z]{2})((?:[dts]|ct)or)a$"
)
"""Endings of adjectives, participles and names of people that come in o and a: educativa, niño, educadora."""
VERB_ENDING = re.compile(
    r"(?:a|e|i|o|io|as|es|is|an|en|on|amos|emos|imos|ais|eis|aba|abas|aban|ia|ias|ian|aron|ieron|eron|iron"
    r"|ando|iendo|endo|indo|ad[oa]s?|id[oa]s?|ara|aran|era|eran|ira|iran|are|ase|asen|iese|iesen|aria|arian|eria|irian|ou|aram|eram|iram|am|em)$"
)
"""Endings of Spanish and Portuguese verbs."""
INFINITIVE_ENDING = re.compile(r"(?<=[a-z]{2})[aei]r$")


def singular(word: str, language: str) -> str:
    """The folded word without its plural ending, as far as a light rule can tell; words under three letters stay."""
    if len(word) < 3:
        return word
    rule = SINGULAR_RULES.get(language)
    return rule(word) if rule else word


def spanish_singular(word: str) -> str:
    """The singular of a folded Spanish word by rule."""
    if word in SPANISH_WHOLE:
        return word
    if word.endswith("ces"):
        return word[:-2]
    if word[-1] == "z":
        return word[:-1] + "c"
    if len(word) > 4 and SPANISH_ES.search(word):
        return word[:-2]
    return without_plural_s(word)


def portuguese_singular(word: str) -> str:
    """The singular of a folded Portuguese word by rule."""
    if word in PORTUGUESE_WHOLE:
        return word
    for ending, replacement in PORTUGUESE_PLURALS:
        changed = ending.sub(replacement, word)
        if changed != word:
            return changed
    return without_plural_s(word)


def catalan_singular(word: str) -> str:
    """The singular of a folded Catalan word by rule."""
    return CATALAN_NS.sub("", word)


def without_plural_s(word: str) -> str:
    """The word without an s after a vowel; words of up to three letters stay."""
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] in "aeiou" else word


def keep_number(word: str) -> str:
    """The word itself: for languages whose stemmer alone brings singular and plural together."""
    return word


SINGULAR_RULES: dict[str, Callable[[str], str]] = {
    "es": spanish_singular,
    "pt": portuguese_singular,
    "ca": catalan_singular,
    "fr": keep_number,
    "en": keep_number,
    "und": spanish_singular,
}


def is_inflection(asked: str, word: str, language: str) -> bool:
    """True when a folded word is the one asked for in number, gender or, of an infinitive, person and tense.

    By rule, as far as endings tell: niños and niña of niño, participan of participar; not generar of género, casa of
    caso, nor libre of libro.
    """
    if asked == word or base_form(asked, language) == base_form(word, language):
        return True
    verb = INFINITIVE_ENDING.search(asked) if language in VERB_LANGUAGES else None
    rest = word.removeprefix(asked[: verb.start()]) if verb and word.startswith(asked[: verb.start()]) else ""
    return VERB_ENDING.fullmatch(rest) is not None


def base_form(word: str, language: str) -> str:
    """The folded word without the endings of number and gender that a light rule can tell."""
    short = singular(word, language)
    rule = BASE_FORM_RULES.get(language)
    return rule(short) if rule and len(short) > 3 else short


def without_gender(word: str) -> str:
    """A Spanish, Portuguese or Catalan singular with its ending in o, or -or, where it has one in both genders."""
    return GENDER_ENDING.sub(lambda ending: f"{ending[1]}o" if ending[1] else ending[2], word)


def english_base(word: str) -> str:
    """An English word without -s, -ies, -ing, -ed and a silent e."""
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            word = word.removesuffix(ending)
    return word.removesuffix("e")


def french_base(word: str) -> str:
    """A French word without the endings of plural and feminine: nationaux, citoyenne."""
    if word.endswith("aux"):
        word = word[:-3] + "al"
    word = word[:-1] if word.endswith(("s", "x")) else word
    word = word.removesuffix("e").removesuffix("e")
    return word[:-1] if word.endswith(("nn", "ll", "tt")) else word


def catalan_base(word: str) -> str:
    """A Catalan word without its plural s, and a for the e that stands before it: escoles, projectes."""
    word = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    return without_gender(word[:-1] + "a" if word.endswith("e") else word)


VERB_LANGUAGES = ("es", "pt", "und")
BASE_FORM_RULES: dict[str, Callable[[str], str]] = {
    "es": without_gender,
    "pt": without_gender,
    "und": without_gender,
    "ca": catalan_base,
    "fr": french_base,
    "en": english_base,
}
