"""What means the same as the words of a question, by the list that coordinators edit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bank.languages import ANALYSED_LANGUAGES
from bank.search.folding import fold_word, split_words
from bank.search.query import Not, Phrase, Query, Word
from bank.workflow.search.term_names import has_form, singular_and_plural_forms, without_plural_ending

MOST_SYNONYMS = 8
"""Words and phrases that are searched for beside those of a question, at most."""
WordsOfTerm = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidOtherwise:
    """What is searched for beside a question's words: by each word, and as coordinators wrote it."""

    synonyms: Mapping[str, tuple[Word | Phrase, ...]] = field(default_factory=dict)
    terms: tuple[str, ...] = ()

    @property
    def clauses(self) -> tuple[Word | Phrase, ...]:
        """What is searched for beside the words, each once."""
        return tuple(dict.fromkeys(clause for some in self.synonyms.values() for clause in some))


NOTHING_ELSE = SaidOtherwise()


class Thesaurus:
    """Groups of terms by the first word of each term, the longest term first; a later group wins over earlier ones."""

    def __init__(self, groups: Iterable[tuple[str, ...]] = ()) -> None:
        self.starts: dict[str, list[tuple[WordsOfTerm, tuple[str, ...]]]] = {}
        named = {words: group for group in groups for term in group for words in ways_of_asking(term)}
        for words in sorted(named, key=len, reverse=True):
            self.starts.setdefault(words[0], []).append((words, named[words]))

    def said_otherwise(self, query: Query) -> SaidOtherwise:
        """What means the same as neighbouring words of a query; at most MOST_SYNONYMS.

        Phrases, fields, alternatives, exclusions and descriptions stay as they are.
        """
        if not self.starts:
            return NOTHING_ELSE
        excluded = [words for clause in query.clauses if isinstance(clause, Not) for words in words_excluded(clause)]
        synonyms: dict[str, tuple[Word | Phrase, ...]] = {}
        terms: dict[str, None] = {}
        for run in runs_of_words(query):
            for asked, group in self.met(run):
                others = [term for term in group if not any(is_asked(words, term) for words in (asked, *excluded))]
                others = others[: MOST_SYNONYMS - len(terms)]
                terms.update(dict.fromkeys(others))
                for word in asked if others else ():
                    synonyms[word] = (*synonyms.get(word, ()), *map(clause_of, others))
        return SaidOtherwise(synonyms, tuple(terms))

    def met(self, run: tuple[str, ...]) -> Iterator[tuple[WordsOfTerm, tuple[str, ...]]]:
        """(the words that name it, the group) for each group that neighbouring words name, the longest names first."""
        forms = [singular_and_plural_forms(word) for word in run]
        at = 0
        while at < len(run):
            size, group = self.longest(forms[at:])
            if group:
                yield run[at : at + size], group
            at += size or 1

    def longest(self, forms: list[tuple[str, ...]]) -> tuple[int, tuple[str, ...]]:
        """How many words the longest term has that begins here, and its group; 0 and none where none does."""
        starting = [found for start in forms[0] for found in self.starts.get(start, ())]
        for name, group in sorted(starting, key=lambda found: -len(found[0])):
            if len(name) <= len(forms) and all(map(has_form, forms, name)):
                return len(name), group
        return 0, ()


def words_excluded(clause: Not) -> Iterator[WordsOfTerm]:
    """The words of an excluded word or phrase."""
    if isinstance(clause.of, Word | Phrase):
        yield (clause.of.word,) if isinstance(clause.of, Word) else clause.of.words


def runs_of_words(query: Query) -> Iterator[tuple[str, ...]]:
    """The runs of neighbouring plain words."""
    run: list[str] = []
    for clause in query.clauses:
        if isinstance(clause, Word):
            run.append(clause.word)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def ways_of_asking(term: str) -> Iterator[WordsOfTerm]:
    """The folded words of a term, as written and in the singular of each language."""
    plain = tuple(map(fold_word, split_words(term)))
    if plain:
        yield plain
        for language in ANALYSED_LANGUAGES:
            yield tuple(without_plural_ending(word, language) for word in plain)


def is_asked(asked: WordsOfTerm, term: str) -> bool:
    """True where the words that were asked are this very term, in the singular or plural."""
    forms = [singular_and_plural_forms(word) for word in asked]
    return any(len(words) == len(forms) and all(map(has_form, forms, words)) for words in ways_of_asking(term))


def clause_of(term: str) -> Word | Phrase:
    """A term as it is searched for: a word in any of its forms, several as a phrase."""
    words = split_words(term)
    return Word(words[0]) if len(words) == 1 else Phrase(tuple(words))
