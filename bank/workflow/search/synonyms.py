"""The list of synonyms: those that the bank ships, and what coordinators add, change and take away."""

import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bank.catalogue import audit
from bank.catalogue import synonyms as kept
from bank.errors import Invalid
from bank.languages import UNKNOWN_LANGUAGE
from bank.messages import N_
from bank.search.analysis import is_stop_word
from bank.search.folding import INVISIBLE_CHARACTER, fold_word, split_words
from bank.workflow.bank import Bank
from bank.workflow.rights import Viewer, require_right
from bank.workflow.search.thesaurus import Thesaurus, ways_of_asking

BETWEEN_TERMS = re.compile(r"[\n\r;,=/|\u2194\u00b7]+")
MOST_GROUPS = 300
MOST_TERMS_IN_GROUP = 10
LONGEST_TERM = 80
MOST_WORDS_OF_TERM = 8
SHORTEST_TERM = 2
TOO_FEW_TERMS = N_("Write at least two words or phrases that mean the same, with commas between them.")
TOO_MANY_TERMS = N_("A group holds at most {most} words or phrases.")
TOO_LONG_TERM = N_("“{term}” is too long: a phrase has at most {words} words and {letters} characters.")
EMPTY_TERM = N_("“{term}” can't be searched for: write words with letters that say something by themselves.")
GROUP_CHANGED = N_("This group was changed meanwhile: {group}. What you typed is still here; keep it if it is right.")
GROUP_GONE = N_(
    "This group was taken away meanwhile. What you typed is still here; add it as a new group if it is right."
)
SIGN_OF_QUERIES = re.compile(r'[:*<>"()\[\]]|^[-+]')
"""What has a meaning of its own in a search."""
TERM_ELSEWHERE = N_("“{term}” stands in another group already: {group}. Add your words there.")
TOO_MANY_GROUPS = N_("The list holds at most {most} groups. Take one away that nobody needs.")


@dataclass(frozen=True, slots=True)
class SynonymGroup:
    """A group of the list. `shipped`: the bank brings one with this id; `changed`: but coordinators changed it."""

    id: str
    terms: tuple[str, ...]
    shipped: bool = False
    changed: bool = False


def thesaurus_of(bank: Bank, session: Session) -> Thesaurus:
    """What means the same, by the list as it is now; of groups with the same term that of coordinators counts."""

    def made() -> Thesaurus:
        ordered = sorted(groups_of(bank, session), key=lambda group: group.changed or not group.shipped)
        return Thesaurus(group.terms for group in ordered)

    return bank.memory.recall(session, "thesaurus", made)


def groups_of(bank: Bank, session: Session) -> tuple[SynonymGroup, ...]:
    """Every group of the list, in the order of the alphabet."""
    written = kept.written_synonyms(session)
    seeds = {seed.id: seed.terms for seed in bank.vocabulary.synonyms}
    shipped = [SynonymGroup(id, written.get(id, terms), True, id in written) for id, terms in seeds.items()]
    own = [SynonymGroup(id, terms) for id, terms in written.items() if id not in seeds]
    return tuple(sorted((group for group in (*shipped, *own) if group.terms), key=lambda group: sort_key(group.terms)))


def sort_key(terms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold_term(term) for term in terms)


def synonym_groups(bank: Bank, viewer: Viewer | None) -> tuple[SynonymGroup, ...]:
    """The list for whoever may change it. Raises SignInNeeded, NotFound."""
    require_right(viewer, "manage_search")
    with bank.database.reading() as session:
        return groups_of(bank, session)


def add_synonyms(bank: Bank, viewer: Viewer | None, text: str) -> str:
    """Adds a group; its id. Raises SignInNeeded, NotFound, Invalid."""
    viewer, terms = require_right(viewer, "manage_search"), read_terms(text)
    id = f"own-{secrets.token_hex(6)}"
    with bank.database.writing() as session:
        groups = groups_of(bank, session)
        if len(groups) >= MOST_GROUPS:
            raise Invalid(TOO_MANY_GROUPS, most=MOST_GROUPS)
        expect_new_terms(groups, id, terms)
        kept.write_synonyms(session, id, terms)
        audit.add_audit_row(session, viewer.actor, "add_synonyms", None, {"id": id, "terms": terms})
    return id


def change_synonyms(bank: Bank, viewer: Viewer | None, id: str, text: str, before: str | None = None) -> None:
    """Writes a group anew; `before` is what it was when it was shown. Raises SignInNeeded, NotFound, Invalid."""
    viewer = require_right(viewer, "manage_search")
    with bank.database.writing() as session:
        groups = groups_of(bank, session)
        group = next((one for one in groups if one.id == id), None)
        if group is None:
            raise Invalid(GROUP_GONE)
        if before is not None and before != joined_terms(group.terms):
            raise Invalid(GROUP_CHANGED, group=joined_terms(group.terms))
        terms = read_terms(text)
        expect_new_terms(groups, id, terms)
        kept.write_synonyms(session, id, terms)
        audit.add_audit_row(session, viewer.actor, "change_synonyms", None, {"id": id, "terms": terms})


def remove_synonyms(bank: Bank, viewer: Viewer | None, id: str) -> None:
    """Takes a group away; does nothing where it is gone already. Raises SignInNeeded, NotFound."""
    viewer = require_right(viewer, "manage_search")
    with bank.database.writing() as session:
        group = next((one for one in groups_of(bank, session) if one.id == id), None)
        if group is None:
            return
        if group.shipped:
            kept.write_synonyms(session, id, ())
        else:
            kept.drop_synonyms(session, id)
        audit.add_audit_row(session, viewer.actor, "remove_synonyms", None, {"id": id, "terms": group.terms})


def joined_terms(terms: Sequence[str]) -> str:
    """The terms of a group as they are shown and typed."""
    return ", ".join(terms)


def read_terms(text: str) -> tuple[str, ...]:
    """The terms of a group as somebody wrote it, with commas between them, each once. Raises Invalid.

    Soft hyphens and the like, which are pasted along, are left out.
    """
    visible = INVISIBLE_CHARACTER.sub("", text)
    written = [" ".join(piece.split()).strip("\"“”«»' ") for piece in BETWEEN_TERMS.split(visible)]
    terms = tuple(distinct_terms(filter(None, written)))
    for term in terms:
        expect_term(term)
    if len(terms) < 2:
        raise Invalid(TOO_FEW_TERMS)
    if len(terms) > MOST_TERMS_IN_GROUP:
        raise Invalid(TOO_MANY_TERMS, most=MOST_TERMS_IN_GROUP)
    return terms


def distinct_terms(written: Iterable[str]) -> Iterator[str]:
    """The terms without those that an earlier one is too, in the plural or with other accents."""
    before: set[tuple[str, ...]] = set()
    for term in written:
        ways = set(ways_of_asking(term)) or {(term,)}
        if not ways & before:
            before |= ways
            yield term


def expect_term(term: str) -> None:
    """Raises Invalid for a term that is too long, or that nobody could search for."""
    words = split_words(term)
    if len(term) > LONGEST_TERM or len(words) > MOST_WORDS_OF_TERM:
        raise Invalid(TOO_LONG_TERM, term=term[:LONGEST_TERM], words=MOST_WORDS_OF_TERM, letters=LONGEST_TERM)
    telling = [word for word in words if not is_stop_word(word, UNKNOWN_LANGUAGE)]
    if not any(letter.isalpha() for word in telling for letter in word) or len("".join(words)) < SHORTEST_TERM:
        raise Invalid(EMPTY_TERM, term=term)
    if SIGN_OF_QUERIES.search(term):
        raise Invalid(EMPTY_TERM, term=term)
    if not term.isprintable():
        raise Invalid(EMPTY_TERM, term="".join(letter for letter in term if letter.isprintable()))


def expect_new_terms(groups: tuple[SynonymGroup, ...], id: str, terms: tuple[str, ...]) -> None:
    """Raises Invalid where another group than `id` has one of the terms, be it in the plural."""
    for group in groups:
        there = {way for term in group.terms for way in ways_of_asking(term)} if group.id != id else set()
        for term in terms:
            if there & set(ways_of_asking(term)):
                raise Invalid(TERM_ELSEWHERE, term=term, group=joined_terms(group.terms))


def fold_term(term: str) -> str:
    """A term as terms are compared: its words, accents and capitals aside."""
    return " ".join(map(fold_word, split_words(term)))
