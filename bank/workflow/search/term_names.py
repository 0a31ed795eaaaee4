"""The names of principles, themes, SDGs and groups in five languages, to be found among the words of a search."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bank.languages import ANALYSED_LANGUAGES
from bank.search.folding import fold_word, split_words
from bank.search.plurals import singular
from bank.vocabulary import Term, Vocabulary

OFFERED_FACETS = ("theme", "principle", "sdg", "group")
"""The vocabularies whose terms are offered, in this order."""
NUMBER_WORDS = {
    "es": {"principle": ("principio",), "sdg": ("ods", "objetivo de desarrollo sostenible")},
    "pt": {"principle": ("principio",), "sdg": ("ods", "objetivo de desenvolvimento sustentável")},
    "ca": {"principle": ("principi",), "sdg": ("ods", "objectiu de desenvolupament sostenible")},
    "fr": {"principle": ("principe",), "sdg": ("odd", "objectif de développement durable")},
    "en": {"principle": ("principle",), "sdg": ("sdg", "sustainable development goal")},
}
"""Language -> vocabulary -> words before the number of a term: Principio 8."""
NUMBER_SIGNS = ("", "n", "no", "n o", "número")
"""What may stand between such a word and the number: Principio n.º 8."""
LANGUAGES_OF_S_PLURALS = ("en", "fr", "ca")
"""Languages whose plurals end in s; `singular` leaves these plurals to the stemmers."""


@dataclass(frozen=True, slots=True)
class NamedTerm:
    """A term by one of its names. `amid`: the name means the term also among other words, not only by itself."""

    facet: str
    value: str
    amid: bool


@dataclass(frozen=True, slots=True)
class NameMatch:
    """Terms whose name is `size` words long and begins at the word `at`, counted from 0."""

    at: int
    size: int
    terms: tuple[NamedTerm, ...]


class TermNames:
    """All names by their first word, the longest first; singular and plural count as the same, accents aside."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        found: dict[tuple[str, ...], dict[tuple[str, str], NamedTerm]] = {}
        for facet in OFFERED_FACETS:
            for term in vocabulary.vocabularies()[facet]:
                for name, amid in (*names_of_term(term), *names_by_number(facet, term.id)):
                    held = found.setdefault(name, {})
                    known = held.get((facet, term.id))
                    held[facet, term.id] = NamedTerm(facet, term.id, amid or bool(known and known.amid))
        self.starts: dict[str, list[tuple[tuple[str, ...], tuple[NamedTerm, ...]]]] = {}
        for name in sorted(found, key=len, reverse=True):
            self.starts.setdefault(name[0], []).append((name, tuple(found[name].values())))

    def met(self, asked: Sequence[str]) -> Iterator[NameMatch]:
        """Every name among the words `asked`, also one inside another."""
        forms = [singular_and_plural_forms(word) for word in asked]
        for at, starting in enumerate(forms):
            for start in starting:
                for name, terms in self.starts.get(start, ()):
                    following = forms[at : at + len(name)]
                    if len(following) == len(name) and all(map(has_form, following, name)):
                        yield NameMatch(at, len(name), terms)


def has_form(forms: tuple[str, ...], word: str) -> bool:
    return word in forms


def names_of_term(term: Term[object]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """(words, amid) of every name of a term; `amid` as in NamedTerm.

    It is True for names of several words; for one word where it is a label that no longer label contains: *Ambiente*
    stands in *Medio ambiente*.
    """
    labels = [*term.labels.items(), *term.other_labels.items()]
    long = {word for _, label in labels for word in map(fold_word, split_words(label)) if len(split_words(label)) > 1}
    others = [(language, name) for language, given in term.names.items() for name in given]
    others += [(language, alias) for alias in term.aliases for language in ANALYSED_LANGUAGES]
    for language, name in (*labels, *others):
        plain = tuple(map(fold_word, split_words(name)))
        amid = len(plain) > 1 or ((language, name) in labels and plain[0] not in long)
        yield plain, amid
        yield tuple(without_plural_ending(word, language) for word in plain), amid


def names_by_number(facet: str, number: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The names that a numbered term has by its number: Principio 8, principle no. 8, ODS 4, SDG4."""
    for word in dict.fromkeys(word for spoken in NUMBER_WORDS.values() for word in spoken.get(facet, ())):
        for sign in NUMBER_SIGNS:
            yield tuple(map(fold_word, split_words(f"{word} {sign} {number}"))), True
        if len(word) == len("ods"):
            yield (f"{word}{number}",), True


@lru_cache(maxsize=50_000)
def singular_and_plural_forms(word: str) -> tuple[str, ...]:
    """The folded word, and its singular in each language, each form once."""
    plain = fold_word(word)
    return tuple(dict.fromkeys((plain, *(without_plural_ending(plain, language) for language in ANALYSED_LANGUAGES))))


def without_plural_ending(word: str, language: str) -> str:
    """The folded word without its plural ending."""
    short = singular(word, language)
    ends = language in LANGUAGES_OF_S_PLURALS and len(short) > 3 and short.endswith("s") and not short.endswith("ss")
    return short[:-1] if ends else short
