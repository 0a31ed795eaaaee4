"""Accepts or rejects a suggested tag: nothing is applied without a click, and every decision is stored."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue import audit, decisions, outbox
from bank.catalogue.tables import Decision, Entry, Revision, Tag
from bank.clock import now
from bank.errors import Conflict, Invalid, NotFound
from bank.messages import N_
from bank.vocabulary import CHARTER_VERSION
from bank.vocabulary.principles import OLD_CHARTER_VERSION
from bank.workflow.bank import Bank
from bank.workflow.tags.suggesting import ShownSuggestion, find_shown_suggestion

NO_SUGGESTIBLE_TERM = N_("There is no term {term} that could be suggested.")

DecisionOutcome = Literal["accepted", "rejected"]
ExpectMayDecide = Callable[[Session], object]
"""Raises where the person may not decide, in the transaction that writes the decision."""


class GivenOtherwise(Conflict):
    """The entry has the tag, but no accepted suggestion gave it: rejecting one can't take it away."""

    code = "given_otherwise"
    sentence = N_("The entry has this tag, and not from a suggestion: rejecting it here does not take it away.")


def expect_nothing(session: Session) -> None:
    """Checks nothing: for callers that have checked the rights themselves."""


def decide_on_term(
    bank: Bank,
    outcome: DecisionOutcome,
    actor: str,
    number: int,
    vocabulary: str,
    term: str,
    user_id: int | None = None,
    expect: ExpectMayDecide = expect_nothing,
) -> None:
    """Accepts a term for the entry, or notes that it is wrong for it. Twice is no error.

    Accepting gives the tag (see `give_tag`), rejecting takes back one that accepting gave; where the tags stay as they
    are only the decision is stored. The tag, the decision, the audit row and the outbox row are written in one
    transaction, in which `expect` is called first. Raises NotFound for an entry that there isn't, Invalid for a term
    that there isn't, Busy where too many texts are being read; GivenOtherwise where the entry has the rejected tag in
    another way.
    """
    shown = expect_suggestible(bank, number, vocabulary, term)
    with bank.database.writing() as session:
        expect(session)
        entry, tags = load_entry_and_tags(session, number, vocabulary)
        held = decisions.decisions_of_entry(session, number).get((vocabulary, term))
        if outcome == "accepted":
            applied = give_tag(session, entry, tags, vocabulary, term)
        else:
            applied = take_tags_back(session, tags, term, held)
        if applied:
            write_tag_version(session, entry, vocabulary, user_id)
        if applied or held is None or held.outcome != outcome:
            write_decision(session, actor, entry, shown, outcome, applied)


def expect_suggestible(bank: Bank, number: int, vocabulary: str, term: str) -> ShownSuggestion:
    """The suggestion for this term as it is shown now (score, place, method). Raises NotFound, Invalid."""
    if vocabulary not in ("principle", "theme") or bank.vocabulary.get(vocabulary, term) is None:
        raise Invalid(NO_SUGGESTIBLE_TERM, term=term)
    return find_shown_suggestion(bank, number, vocabulary, term)


def load_entry_and_tags(session: Session, number: int, vocabulary: str) -> tuple[Entry, Sequence[Tag]]:
    """The entry, of whatever status, and its tags of the vocabulary in their order. Raises NotFound."""
    entry = session.get(Entry, number)
    if entry is None:
        raise NotFound()
    found = select(Tag).where(Tag.entry_id == number, Tag.vocabulary == vocabulary).order_by(Tag.position, Tag.term)
    return entry, session.scalars(found).all()


def tags_of_term(tags: Sequence[Tag], term: str) -> Sequence[Tag]:
    """The tags of a term; a principle of 2004 with the same number is not one of them."""
    return [tag for tag in tags if tag.term == term and tag.charter != OLD_CHARTER_VERSION]


def give_tag(session: Session, entry: Entry, tags: Sequence[Tag], vocabulary: str, term: str) -> bool:
    """Adds the tag after those that the entry has, a principle as the primary one where there is none yet.

    False where the entry has the tag already.
    """
    if tags_of_term(tags, term):
        return False
    principle = vocabulary == "principle"
    session.add(
        Tag(
            entry_id=entry.id,
            vocabulary=vocabulary,
            charter=CHARTER_VERSION if principle else "",
            term=term,
            primary=principle and not any(tag.primary for tag in tags),
            position=max((tag.position for tag in tags), default=-1) + 1,
        )
    )
    return True


def take_tags_back(session: Session, tags: Sequence[Tag], term: str, held: Decision | None) -> bool:
    """Removes the tag; where it was the primary one, the next becomes it. False where the entry doesn't have it.

    Raises GivenOtherwise unless `held`, the newest decision on it, gave it.
    """
    gone = tags_of_term(tags, term)
    if not gone:
        return False
    if held is None or held.outcome != "accepted" or not held.applied:
        raise GivenOtherwise
    rest = [tag for tag in tags if tag not in gone]
    for tag in gone:
        session.delete(tag)
    if rest and any(tag.primary for tag in gone):
        rest[0].primary = True
    return True


def write_tag_version(session: Session, entry: Entry, vocabulary: str, user_id: int | None) -> None:
    """A new version of the entry with the field that changed; an outbox row where the entry is published."""
    moment = now()
    entry.version += 1
    entry.updated = moment
    revision = Revision(entry_id=entry.id, version=entry.version, user_id=user_id, moment=moment)
    revision.fields = [f"{vocabulary}s"]
    session.add(revision)
    if entry.status == "published":
        outbox.queue_for_index(session, entry)


def write_decision(
    session: Session, actor: str, entry: Entry, shown: ShownSuggestion, outcome: DecisionOutcome, applied: bool
) -> None:
    """Adds the decision, with what the person was shown, and its audit row."""
    session.add(
        Decision(
            entry_id=entry.id,
            vocabulary=shown.vocabulary,
            term=shown.term,
            outcome=outcome,
            applied=applied,
            score=shown.score,
            place=shown.place,
            method=shown.method,
            actor=actor,
            moment=now(),
            evidence=[asdict(one) for one in shown.evidence],
        )
    )
    values = {"vocabulary": shown.vocabulary, "term": shown.term, "outcome": outcome, "version": entry.version}
    audit.add_audit_row(session, actor, "decide", entry.id, values)
