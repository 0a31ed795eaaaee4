"""The bank's own query language, read once into a tree that every engine takes.

Words, "phrases", -not, OR, prefix*, and field:value for title, city, principle, theme and year, which also go by their
Spanish and Portuguese names, accents and capitals aside. Any text can be read: what means nothing is taken as words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bank.search.folding import flat, normal, words

LONGEST_QUERY = 256
LONGEST_DESCRIPTION = 5000
MOST_TERMS = 16
SHORTEST_PREFIX = 3
TAGS = ("city", "principle", "theme")
FIELDS = {
    "title": "title",
    "titulo": "title",
    "city": "city",
    "ciudad": "city",
    "cidade": "city",
    "principle": "principle",
    "principio": "principle",
    "theme": "theme",
    "tema": "theme",
    "year": "year",
    "ano": "year",
    "anio": "year",
}
"""What a field may be called, folded; a query says itself back in English."""

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"'))
PIECE = re.compile(r'(?P<minus>-?)(?:(?P<field>[^\W\d_]{1,9}):)?(?:"(?P<phrase>[^"]*)"|(?P<text>[^\s"]+))')
YEARS = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any of its forms; as it was typed, in lower case."""

    word: str

    def text(self) -> str:
        return self.word


@dataclass(frozen=True, slots=True)
class Phrase:
    """These very words side by side, accents aside. One word alone means that form of it only."""

    words: tuple[str, ...]

    def text(self) -> str:
        return f'"{" ".join(self.words)}"'


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that begins so; at least three letters."""

    start: str

    def text(self) -> str:
        return f"{self.start}*"


@dataclass(frozen=True, slots=True)
class InTitle:
    """A word, phrase or prefix that must stand in a title."""

    of: Word | Phrase | Prefix

    def text(self) -> str:
        return f"title:{self.of.text()}"


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that an entry must carry: `field` is city, principle or theme, `value` an id or what was typed."""

    field: str
    value: str

    def text(self) -> str:
        return f'{self.field}:"{self.value}"' if re.search(r"\s", self.value) else f"{self.field}:{self.value}"


@dataclass(frozen=True, slots=True)
class Years:
    """A closed span of years, both ends included."""

    first: int
    last: int

    def text(self) -> str:
        return f"year:{self.first}" if self.first == self.last else f"year:{self.first}-{self.last}"


Plain = Word | Phrase | Prefix | InTitle | Tag | Years


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of these is enough."""

    of: tuple[Plain, ...]

    def text(self) -> str:
        return " OR ".join(part.text() for part in self.of)


@dataclass(frozen=True, slots=True)
class Not:
    """This must not be there."""

    of: Plain

    def text(self) -> str:
        return f"-{self.of.text()}"


Clause = Plain | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Query:
    """All of the clauses; none means everything. A long text is a description instead: its words, each once."""

    clauses: tuple[Clause, ...] = ()
    description: tuple[str, ...] = ()

    def text(self) -> str:
        """The query as it was read, in the query language."""
        if self.description:
            return " ".join(self.description)
        return " ".join(clause.text() for clause in self.clauses)

    @property
    def empty(self) -> bool:
        return not self.clauses and not self.description


EVERYTHING = Query()


def parse(text: str) -> Query:
    """Reads any text: of a query 16 terms; one over 256 characters is a description, of which 5,000 are read."""
    text = text[:LONGEST_DESCRIPTION].strip()
    if len(text) > LONGEST_QUERY:
        return Query(description=tuple(dict.fromkeys(words(text))))
    joined: list[Clause] = []
    either = False
    for clause in within_terms(clauses(text)):
        if clause is None:
            either = bool(joined)
        elif either and not isinstance(clause, Not) and not isinstance(joined[-1], Not):
            joined[-1] = one_of(joined[-1], clause)
            either = False
        else:
            joined.append(clause)
            either = False
    return Query(tuple(joined))


def one_of(first: Plain | AnyOf, second: Plain) -> AnyOf:
    before = first.of if isinstance(first, AnyOf) else (first,)
    return AnyOf((*before, second))


def clauses(text: str) -> Iterator[Plain | Not | None]:
    """The clauses of a text in order; None stands for OR."""
    for piece in PIECE.finditer(text.translate(QUOTES)):
        if piece[0] == "OR":
            yield None
            continue
        found = tuple(read(piece["field"], piece["phrase"], piece["text"] or ""))
        yield from negated(found) if piece["minus"] else found


def negated(found: tuple[Plain, ...]) -> Iterator[Not]:
    """What must not be there. Several words that were written as one (socio-educativo) are meant side by side."""
    if len(found) > 1 and all(isinstance(clause, Word) for clause in found):
        found = (Phrase(tuple(clause.word for clause in found if isinstance(clause, Word))),)
    yield from (Not(clause) for clause in found)


def read(name: str | None, phrase: str | None, text: str) -> Iterator[Plain]:
    """The clauses of one piece: several where it holds several words, none where it holds no word."""
    value = text if phrase is None else phrase
    field = FIELDS.get(flat(normal(name or "")))
    if field == "title":
        yield from (InTitle(clause) for clause in plain(phrase, text))
    elif field in TAGS and words(value):
        yield Tag(field, " ".join(value.split()))
    elif field == "year" and (span := YEARS.fullmatch(value)):
        first, last = int(span[1]), int(span[2] or span[1])
        yield Years(min(first, last), max(first, last))
    else:
        yield from (Word(word) for word in words(name or ""))
        yield from plain(phrase, text)


def plain(phrase: str | None, text: str) -> Iterator[Word | Phrase | Prefix]:
    if phrase is not None:
        if found := words(phrase):
            yield Phrase(tuple(found))
        return
    found = words(text)
    if text.endswith("*") and found and len(found[-1]) >= SHORTEST_PREFIX:
        yield from (Word(word) for word in found[:-1])
        yield Prefix(found[-1])
    else:
        yield from (Word(word) for word in found)


def within_terms(found: Iterator[Plain | Not | None]) -> Iterator[Plain | Not | None]:
    """The clauses that the first sixteen terms make; a phrase that reaches beyond them is cut."""
    left = MOST_TERMS
    for clause in found:
        if clause is None:
            yield None
            continue
        if left == 0:
            return
        clause = cut(clause, left)
        left -= size(clause)
        yield clause


def size(clause: Plain | Not) -> int:
    if isinstance(clause, Not | InTitle):
        return size(clause.of)
    return len(clause.words) if isinstance(clause, Phrase) else 1


def cut(clause: Plain | Not, left: int) -> Plain | Not:
    if isinstance(clause, Not):
        return Not(cut_plain(clause.of, left))
    return cut_plain(clause, left)


def cut_plain(clause: Plain, left: int) -> Plain:
    if isinstance(clause, Phrase):
        return Phrase(clause.words[:left])
    if isinstance(clause, InTitle) and isinstance(clause.of, Phrase):
        return InTitle(Phrase(clause.of.words[:left]))
    return clause
