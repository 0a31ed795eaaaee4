"""Accepts or rejects a suggested tag: nothing is applied without a click, and every click is kept."""

from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue import audit, decisions, outbox
from bank.catalogue.tables import Decision, Entry, Revision, Tag
from bank.clock import now
from bank.errors import Conflict, Invalid, NotFound
from bank.messages import N_
from bank.vocabulary import CHARTER
from bank.vocabulary.principles import OLD_CHARTER
from bank.workflow.bank import Bank
from bank.workflow.tags.suggesting import Seen, seen

NO_TERM = N_("There is no term {term} that could be suggested.")


Expect = Callable[[Session], object]
"""Raises where who decides may not, as of the transaction in which the decision is written."""


class GivenOtherwise(Conflict):
    """The entry has the tag, and no suggestion gave it: rejecting one can't take it away."""

    code = "given_otherwise"
    sentence = N_("The entry has this tag, and not from a suggestion: rejecting it here does not take it away.")


def anybody(session: Session) -> None:
    """Whether the caller may decide is settled by the caller alone."""


def accept(
    bank: Bank,
    actor: str,
    number: int,
    vocabulary: str,
    term: str,
    user_id: int | None = None,
    expect: Expect = anybody,
) -> None:
    """Gives the entry the term; a principle is the primary one where there is none yet. Twice is no error.

    Of a tag that the entry has already only the decision is kept. The tag, the decision, the audit row and the outbox
    row are written in one transaction, in which `expect` is asked first. Raises NotFound for an entry that there isn't,
    Invalid for a term that there isn't, Busy where too many texts are being read.
    """
    shown = known(bank, number, vocabulary, term)
    with bank.database.writing() as session:
        expect(session)
        entry, tags = loaded(session, number, vocabulary)
        held = decisions.of_entry(session, number).get((vocabulary, term))
        if not those_of(tags, term):
            add(session, entry, tags, vocabulary, term)
            changed(session, entry, vocabulary, user_id)
            keep(session, actor, entry, shown, "accepted", applied=True)
        elif held is None or held.outcome != "accepted":
            keep(session, actor, entry, shown, "accepted", applied=False)


def reject(
    bank: Bank,
    actor: str,
    number: int,
    vocabulary: str,
    term: str,
    user_id: int | None = None,
    expect: Expect = anybody,
) -> None:
    """Keeps that the term is wrong for the entry, and takes back a tag that accepting gave it. Twice is no error.

    Raises GivenOtherwise where the entry has the tag in another way; NotFound, Invalid and Busy as `accept`.
    """
    shown = known(bank, number, vocabulary, term)
    with bank.database.writing() as session:
        expect(session)
        entry, tags = loaded(session, number, vocabulary)
        held = decisions.of_entry(session, number).get((vocabulary, term))
        if gone := those_of(tags, term):
            if held is None or held.outcome != "accepted" or not held.applied:
                raise GivenOtherwise
            take_back(session, tags, gone)
            changed(session, entry, vocabulary, user_id)
            keep(session, actor, entry, shown, "rejected", applied=True)
        elif held is None or held.outcome != "rejected":
            keep(session, actor, entry, shown, "rejected", applied=False)


def known(bank: Bank, number: int, vocabulary: str, term: str) -> Seen:
    """What the person was shown of this term. Raises NotFound, Invalid."""
    if vocabulary not in ("principle", "theme") or bank.vocabulary.get(vocabulary, term) is None:
        raise Invalid(NO_TERM, term=term)
    return seen(bank, number, vocabulary, term)


def loaded(session: Session, number: int, vocabulary: str) -> tuple[Entry, Sequence[Tag]]:
    """The entry, of whatever status, and its tags of the vocabulary in their order. Raises NotFound."""
    entry = session.get(Entry, number)
    if entry is None:
        raise NotFound()
    found = select(Tag).where(Tag.entry_id == number, Tag.vocabulary == vocabulary).order_by(Tag.position, Tag.term)
    return entry, session.scalars(found).all()


def those_of(tags: Sequence[Tag], term: str) -> Sequence[Tag]:
    """The tags of a term; a principle of 2004 with its number is another one."""
    return [tag for tag in tags if tag.term == term and tag.charter != OLD_CHARTER]


def add(session: Session, entry: Entry, tags: Sequence[Tag], vocabulary: str, term: str) -> None:
    """Gives the entry the tag, after those it has."""
    principle = vocabulary == "principle"
    session.add(
        Tag(
            entry_id=entry.id,
            vocabulary=vocabulary,
            charter=CHARTER if principle else "",
            term=term,
            primary=principle and not any(tag.primary for tag in tags),
            position=max((tag.position for tag in tags), default=-1) + 1,
        )
    )


def take_back(session: Session, tags: Sequence[Tag], gone: Sequence[Tag]) -> None:
    """Removes these tags; where one was the primary one, the next takes its place."""
    rest = [tag for tag in tags if tag not in gone]
    for tag in gone:
        session.delete(tag)
    if rest and any(tag.primary for tag in gone):
        rest[0].primary = True


def changed(session: Session, entry: Entry, vocabulary: str, user_id: int | None) -> None:
    """A new version of the entry with the field that changed, of which the index must hear where it is public."""
    moment = now()
    entry.version += 1
    entry.updated = moment
    revision = Revision(entry_id=entry.id, version=entry.version, user_id=user_id, moment=moment)
    revision.fields = [f"{vocabulary}s"]
    session.add(revision)
    if entry.status == "published":
        outbox.announce(session, entry)


def keep(session: Session, actor: str, entry: Entry, shown: Seen, outcome: str, applied: bool) -> None:
    """The decision with what the person saw, and its audit row."""
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
        )
    )
    values = {"vocabulary": shown.vocabulary, "term": shown.term, "outcome": outcome, "version": entry.version}
    audit.note(session, actor, "decide", entry.id, values)
