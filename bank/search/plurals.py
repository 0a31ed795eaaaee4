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
