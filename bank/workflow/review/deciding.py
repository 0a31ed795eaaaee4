"""Review: an entry is returned to its city with remarks, published, or withdrawn. Called by pages and API."""

from collections.abc import Iterable

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from bank import crash_points
from bank.catalogue import audit, outbox, people
from bank.catalogue.entries import EntryRows
from bank.catalogue.tables import Entry, Ticket, User, UserSession
from bank.clock import now
from bank.errors import Fault, InvalidFields, NotAllowed
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.deposits.access import permitted_entry
from bank.workflow.deposits.changing import SavedVersion, expect_version
from bank.workflow.deposits.cleaning import clean_written
from bank.workflow.deposits.readiness import RIGHTS_NOT_EVALUATED, entry_faults
from bank.workflow.deposits.unplaced import forget_unplaced
from bank.workflow.entries import steps
from bank.workflow.entries.publishing import publish_entry as make_public
from bank.workflow.notices import tell_city
from bank.workflow.rights import RIGHTS, Viewer

LONGEST_REMARKS = 5000
LONGEST_SECOND_NAME = 120
WRITE_REMARKS = N_("Write to the city what is to be changed.")
WRITE_REASON = N_("Write why the entry is withdrawn; everybody may read it.")
REMARKS_TOO_LONG = N_("At most {most} characters.")
NOT_ONES_OWN_ENTRY = N_("Somebody else has to publish what you or your city handed in.")
NAME_SECOND_PERSON = N_("Nobody else can publish it: name the second person who has looked at it.")


def return_to_city(bank: Bank, viewer: Viewer | None, number: int, version: int | None, remarks: str) -> SavedVersion:
    """Returns a submitted entry to its city with remarks. Raises as `change_values`; InvalidFields without remarks."""
    with bank.database.writing() as session:
        rows = permitted_entry(session, viewer, number, "return")
        expect_version(bank, session, rows, version)
        said = expect_remarks("remarks", remarks, WRITE_REMARKS)
        saved = write_move(session, rows.entry, viewer, "return", "returned", remarks=said)
    tell_city(bank, number, viewer)
    return saved


def publish(bank: Bank, viewer: Viewer | None, number: int, version: int | None, second: str = "") -> SavedVersion:
    """Publishes a submitted or paused entry; it can be found by words within moments.

    Nobody publishes what they or their city handed in, unless nobody else can: then `second` names the other person who
    has looked at it. Raises as `change_values`; NotAllowed; InvalidFields with what is missing.
    """
    with bank.database.writing() as session:
        rows = permitted_entry(session, viewer, number, "publish")
        expect_version(bank, session, rows, version)
        named = expect_second_person(session, rows, viewer, second)
        wrong = entry_faults(bank, session, rows)
        if wrong or viewer is None:
            raise InvalidFields(wrong)
        for file in rows.files:
            file.shown = file.licence != RIGHTS_NOT_EVALUATED
        forget_unplaced(rows.files)
        moment = now()
        make_public(session, rows.entry, viewer.actor)
        steps.take_step(session, rows.entry, "publish", "published", viewer.id, moment, second=named)
        steps.write_status_revision(session, rows.entry, viewer.id, moment)
        saved = SavedVersion(rows.entry.version, moment)
        session.flush()
        crash_points.crash_point("publish.written")
    crash_points.crash_point("publish.committed")
    tell_city(bank, number, viewer)
    return saved


def withdraw(bank: Bank, viewer: Viewer | None, number: int, version: int | None, reason: str = "") -> SavedVersion:
    """Withdraws an entry; a published one leaves a tombstone that gives the reason.

    Raises as `change_values`; InvalidFields where a published one is withdrawn without a reason.
    """
    with bank.database.writing() as session:
        rows = permitted_entry(session, viewer, number, "withdraw")
        expect_version(bank, session, rows, version)
        if rows.entry.published:
            said = expect_remarks("reason", reason, WRITE_REASON)
        else:
            said = clean_written(reason).strip()[:LONGEST_REMARKS]
        saved = write_move(session, rows.entry, viewer, "withdraw", "withdrawn", remarks=said)
        digests = [file.digest for file in rows.files]
    bank.drawn.forget(digests)
    tell_city(bank, number, viewer)
    return saved


def write_move(
    session: Session, entry: Entry, viewer: Viewer | None, act: str, status: str, **said: str
) -> SavedVersion:
    """Writes the rows of a move: the step, the revision, the audit row, and for what was public the outbox row."""
    moment, was_public = now(), entry.status == "published"
    entry.version += 1
    entry.updated = moment
    user_id = viewer.id if viewer else None
    steps.take_step(session, entry, act, status, user_id, moment, **said)
    steps.write_status_revision(session, entry, user_id, moment)
    if was_public:
        outbox.queue_for_index(session, entry)
    audit.add_audit_row(session, viewer.actor if viewer else "bank", act, entry.id, {"version": entry.version, **said})
    return SavedVersion(entry.version, moment)


def expect_remarks(name: str, text: str, sentence: str) -> str:
    """The text, cleaned and trimmed. Raises InvalidFields for an empty one and for one that is too long."""
    said = clean_written(text).strip()
    if not said:
        raise InvalidFields([Fault(name, sentence)])
    if len(said) > LONGEST_REMARKS:
        raise InvalidFields([Fault(name, REMARKS_TOO_LONG, {"most": LONGEST_REMARKS})])
    return said


def expect_second_person(session: Session, rows: EntryRows, viewer: Viewer | None, second: str) -> str:
    """The name of the second person where one is needed, else an empty text.

    Raises NotAllowed where another can publish, InvalidFields without a name.
    """
    if viewer is None or not is_involved(session, rows, viewer.id, viewer.cities):
        return ""
    if can_another_publish(session, rows, viewer.id):
        raise NotAllowed(NOT_ONES_OWN_ENTRY)
    named = " ".join(clean_written(second).split())
    if len(named) < 3 or len(named) > LONGEST_SECOND_NAME:
        raise InvalidFields([Fault("second", NAME_SECOND_PERSON)])
    return named


def is_involved(session: Session, rows: EntryRows, user_id: int, cities: Iterable[str]) -> bool:
    """Whether a person began the entry or handed it in, or speaks for one of its cities."""
    own = {city.id for city in rows.cities}
    return user_id in steps.depositors_of(session, rows.entry.id) or not own.isdisjoint(cities)


def can_another_publish(session: Session, rows: EntryRows, user_id: int) -> bool:
    """Whether another active reviewer can sign in who is not involved with the entry."""
    came = users_able_to_sign_in(session)
    others = [user for user in people.all_users(session) if user.id != user_id and may_review(user) and user.id in came]
    cities = people.cities_of_users(session, [user.id for user in others], now().date())
    return any(not is_involved(session, rows, user.id, cities.get(user.id, ())) for user in others)


def may_review(user: User) -> bool:
    return user.active and user.role in RIGHTS["review"]


def users_able_to_sign_in(session: Session) -> set[int]:
    """Ids of users with a password, a session or a used ticket; one only invited can't publish yet."""
    used = exists().where(Ticket.user_id == User.id, Ticket.used.is_not(None))
    stayed = exists().where(UserSession.user_id == User.id)
    return set(session.scalars(select(User.id).where(or_(User.password.is_not(None), stayed, used))))


def needs_second_person(bank: Bank, viewer: Viewer, rows: EntryRows) -> bool | None:
    """How the viewer may publish it: False as it is, True with a second name, None not at all."""
    with bank.database.reading() as session:
        if not is_involved(session, rows, viewer.id, viewer.cities):
            return False
        return None if can_another_publish(session, rows, viewer.id) else True
