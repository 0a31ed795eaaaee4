"""The bank's own query language, parsed into a tree that every engine takes.

Words, "phrases", -not, OR, prefix*, and field:value for title, city, principle, theme and year, which also go by their
Spanish and Portuguese names, accents and capitals aside. Any text can be parsed: what has no meaning in the language is
taken as words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bank.search.folding import fold_word, normalise_text, split_words

LONGEST_QUERY = 256
"""Characters of a query; a longer text is a description."""
LONGEST_DESCRIPTION = 5000
"""Characters of a description that are read."""
MOST_TERMS = 16
"""Words of a query that are read; the rest is ignored."""
SHORTEST_PREFIX = 3
"""Letters before the `*`."""
TAG_FIELDS = ("city", "principle", "theme")
QUERY_FIELDS = {
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
"""Folded name as typed -> field; `text` writes the fields in English."""

QUOTE_MARKS = str.maketrans(dict.fromkeys("“”„‟«»″", '"'))
QUERY_PIECE = re.compile(r'(?P<minus>-?)(?:(?P<field>[^\W\d_]{1,9}):)?(?:"(?P<phrase>[^"]*)"|(?P<text>[^\s"]+))')
YEAR_SPAN = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")


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
    """Every word that begins with `start`, which has at least three letters."""

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
class HasTag:
    """A tag that an entry must have: `field` is city, principle or theme, `value` an id or what was typed."""

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


SimpleClause = Word | Phrase | Prefix | InTitle | HasTag | Years


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Alternatives: one of these clauses is enough."""

    of: tuple[SimpleClause, ...]

    def text(self) -> str:
        return " OR ".join(part.text() for part in self.of)


@dataclass(frozen=True, slots=True)
class Not:
    """An exclusion: the clause must not match."""

    of: SimpleClause

    def text(self) -> str:
        return f"-{self.of.text()}"


Clause = SimpleClause | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Query:
    """Clauses, all of which are asked for; no clauses means everything.

    A long text is a description instead: its words without repeats, and no clauses.
    """

    clauses: tuple[Clause, ...] = ()
    description: tuple[str, ...] = ()

    def text(self) -> str:
        """The query as it was understood, in the query language."""
        if self.description:
            return " ".join(self.description)
        return " ".join(clause.text() for clause in self.clauses)

    @property
    def empty(self) -> bool:
        return not self.clauses and not self.description


EVERYTHING = Query()


def parse_query(text: str) -> Query:
    """Parses any text, without errors. Of a query the first 16 terms are read.

    A text over 256 characters is a description, of which 5,000 characters are read.
    """
    text = text[:LONGEST_DESCRIPTION].strip()
    if len(text) > LONGEST_QUERY:
        return Query(description=tuple(dict.fromkeys(split_words(text))))
    joined: list[Clause] = []
    either = False
    for clause in limit_terms(split_clauses(text)):
        if clause is None:
            either = bool(joined)
        elif either and not isinstance(clause, Not) and not isinstance(joined[-1], Not):
            joined[-1] = join_alternatives(joined[-1], clause)
            either = False
        else:
            joined.append(clause)
            either = False
    return Query(tuple(joined))


def join_alternatives(first: SimpleClause | AnyOf, second: SimpleClause) -> AnyOf:
    """`first OR second` as one clause."""
    before = first.of if isinstance(first, AnyOf) else (first,)
    return AnyOf((*before, second))


def split_clauses(text: str) -> Iterator[SimpleClause | Not | None]:
    """The clauses of a text in order; None stands for OR."""
    for piece in QUERY_PIECE.finditer(text.translate(QUOTE_MARKS)):
        if piece[0] == "OR":
            yield None
            continue
        found = tuple(piece_clauses(piece["field"], piece["phrase"], piece["text"] or ""))
        yield from negate_clauses(found) if piece["minus"] else found


def negate_clauses(found: tuple[SimpleClause, ...]) -> Iterator[Not]:
    """The clauses as exclusions. Several words written as one (socio-educativo) are excluded as a phrase."""
    if len(found) > 1 and all(isinstance(clause, Word) for clause in found):
        found = (Phrase(tuple(clause.word for clause in found if isinstance(clause, Word))),)
    yield from (Not(clause) for clause in found)


def field_named(name: str | None) -> str | None:
    """The field that goes by a name as typed; None where none does."""
    return QUERY_FIELDS.get(fold_word(normalise_text(name or "")))


def piece_clauses(name: str | None, phrase: str | None, text: str) -> Iterator[SimpleClause]:
    """The clauses of one piece: several where it holds several words, none where it holds no word."""
    value = text if phrase is None else phrase
    field = field_named(name)
    if field == "title":
        yield from (InTitle(clause) for clause in word_clauses(phrase, text))
    elif field in TAG_FIELDS and split_words(value):
        yield HasTag(field, " ".join(value.split()))
    elif field == "year" and (span := YEAR_SPAN.fullmatch(value)):
        first, last = int(span[1]), int(span[2] or span[1])
        yield Years(min(first, last), max(first, last))
    else:
        yield from (Word(word) for word in split_words(name or ""))
        yield from word_clauses(phrase, text)


def word_clauses(phrase: str | None, text: str) -> Iterator[Word | Phrase | Prefix]:
    """The words of a piece: a phrase, words, or words with a prefix at the end."""
    if phrase is not None:
        if found := split_words(phrase):
            yield Phrase(tuple(found))
        return
    found = split_words(text)
    if text.endswith("*") and found and len(found[-1]) >= SHORTEST_PREFIX:
        yield from (Word(word) for word in found[:-1])
        yield Prefix(found[-1])
    else:
        yield from (Word(word) for word in found)


def limit_terms(found: Iterator[SimpleClause | Not | None]) -> Iterator[SimpleClause | Not | None]:
    """The clauses up to 16 words in all; a phrase that goes over is shortened."""
    left = MOST_TERMS
    for clause in found:
        if clause is None:
            yield None
            continue
        if left == 0:
            return
        clause = cut_clause(clause, left)
        left -= clause_size(clause)
        yield clause


def clause_size(clause: SimpleClause | Not) -> int:
    """How many words a clause has."""
    if isinstance(clause, Not | InTitle):
        return clause_size(clause.of)
    return len(clause.words) if isinstance(clause, Phrase) else 1


def cut_clause(clause: SimpleClause | Not, left: int) -> SimpleClause | Not:
    """The clause with at most `left` words."""
    if isinstance(clause, Not):
        return Not(cut_simple_clause(clause.of, left))
    return cut_simple_clause(clause, left)


def cut_simple_clause(clause: SimpleClause, left: int) -> SimpleClause:
    """The clause with at most `left` words."""
    if isinstance(clause, Phrase):
        return Phrase(clause.words[:left])
    if isinstance(clause, InTitle) and isinstance(clause.of, Phrase):
        return InTitle(Phrase(clause.of.words[:left]))
    return clause
