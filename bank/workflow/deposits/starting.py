"""Begins an entry, with or without files; a repeated request under the same Idempotency-Key begins no second one."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank import crash_points
from bank.catalogue import audit
from bank.catalogue.entries import load_entries_where
from bank.catalogue.tables import Entry, EntryCity, Receipt
from bank.catalogue.unpublished import count_open_drafts, leading_city, newest_unsaved_draft
from bank.catalogue.visibility import entry_visible_to
from bank.clock import now
from bank.errors import Fault, Invalid, InvalidFields, NotAllowed, WrongState
from bank.languages import UNKNOWN_LANGUAGE
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.deposits import files
from bank.workflow.deposits.incoming import ArrivedFile, IncomingFile, KeptUpload, arrived_files, keep_files
from bank.workflow.deposits.values import field_values, is_empty_value
from bank.workflow.deposits.writing import NOT_YOUR_CITY, EntryWriteContext, current_own_cities, write_values
from bank.workflow.entries import steps
from bank.workflow.entries.new import EntryDescription, add_entry
from bank.workflow.files.quota import expect_unpublished_quota
from bank.workflow.rights import Viewer, require_right

LONGEST_IDEMPOTENCY_KEY = 120
WRONG_IDEMPOTENCY_KEY = N_("An Idempotency-Key has 1 to {most} visible ASCII characters.")
KEY_OF_OTHER_REQUEST = N_("This Idempotency-Key was used for another deposit.")


class TooManyDrafts(WrongState):
    """The person has begun as many entries, and not handed them in, as one may."""

    code = "too_many_drafts"
    sentence = N_(
        "You have {most} entries that are begun and not handed in. Hand some in, or discard those that you no longer "
        "need, and begin this one then."
    )


@dataclass(frozen=True, slots=True)
class DepositRequest:
    """What somebody begins an entry with. `city` None: the one that the person speaks for, if there is just one.

    `values` are as in `deposits/values`; with `as_document` pictures become the pages of one PDF. `country` (ISO 3166-1
    alpha-2) tells which city is meant by a name, `date` is YYYY, YYYY-MM or YYYY-MM-DD of the year among the values.
    With `go_on`, and without files, the person's newest draft is gone on with where it is still empty.
    """

    kind: str = "experience"
    city: str | None = None
    values: Mapping[str, object] | None = None
    incoming: Sequence[IncomingFile] = ()
    as_document: bool = False
    country: str | None = None
    date: str | None = None
    go_on: bool = False


@dataclass(frozen=True, slots=True)
class StartedDeposit:
    """The new entry; `job` is the id of the job that reads its files, None without files.

    `again`: a request before this one began it, and `status` and `version` are its present ones.
    """

    entry: int
    uid: str
    version: int
    job: int | None = None
    again: bool = False
    status: str = "draft"


def start_new_deposit(bank: Bank, viewer: Viewer | None, asked: DepositRequest, key: str = "") -> StartedDeposit:
    """Stores the files and makes the draft, with its job, step, audit row and the receipt for `key`.

    A request repeated under its key returns the first deposit and stores nothing. Raises SignInNeeded; NotAllowed for
    viewers who may deposit for no city; what `arrived_files` and `keep_files` raise; TooManyDrafts; InvalidFields;
    Invalid for the key.
    """
    viewer = expect_depositor(viewer)
    if key and (len(key) > LONGEST_IDEMPOTENCY_KEY or not key.isascii() or not key.isprintable()):
        raise Invalid(WRONG_IDEMPOTENCY_KEY, most=LONGEST_IDEMPOTENCY_KEY)
    with arrived_files(bank, asked.incoming) as sent:
        request = deposit_request_digest(asked, sent)
        with bank.database.reading() as session:
            earlier = find_earlier_deposit(session, viewer, key, request)
        if earlier is not None:
            return earlier
        city = rehearse_deposit(bank, viewer, asked) if sent else None
        kept = keep_files(bank, viewer, city, sent, asked.as_document)
    with bank.database.writing() as session:
        earlier = find_earlier_deposit(session, viewer, key, request)
        if earlier is not None:
            return earlier
        started = find_empty_draft(bank, session, viewer, asked) if asked.go_on and not kept else None
        started = started or write_new_draft(bank, session, viewer, asked, kept)
        if key:
            answer = {"entry": started.entry, "uid": started.uid, "version": started.version, "job": started.job}
            session.add(Receipt(user_id=viewer.id, key=key, request=request, answer=answer, moment=now()))
        session.flush()
        crash_points.crash_point("deposit.written")
    crash_points.crash_point("deposit.committed")
    return started


def rehearse_deposit(bank: Bank, viewer: Viewer, asked: DepositRequest) -> str | None:
    """Writes the draft without its files and rolls back, so that faults are found before files are stored.

    Returns the id of the city that will lead the entry, if any. Raises InvalidFields, TooManyDrafts.
    """
    with bank.database.writing() as session:
        started = write_new_draft(bank, session, viewer, asked, ())
        city = leading_city(session, started.entry)
        session.rollback()
    return city


def expect_depositor(viewer: Viewer | None) -> Viewer:
    """The viewer, who may deposit for some city or for any. Raises SignInNeeded, NotAllowed."""
    if viewer is not None and viewer.scope == "read":
        raise NotAllowed
    if viewer is not None and viewer.role == "editor" and not viewer.cities:
        raise NotAllowed(N_("You don't speak for any city at present. Ask your network's coordination."))
    return require_right(viewer, "deposit", viewer.cities if viewer else ())


def deposit_request_digest(asked: DepositRequest, sent: Sequence[ArrivedFile]) -> str:
    """SHA-256 (hex) of the request: the same for the same values and files."""
    words = [asked.kind, asked.city, asked.country, asked.date, asked.values]
    parts = [*words, asked.as_document, [(one.name, one.staged.digest) for one in sent]]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def find_earlier_deposit(session: Session, viewer: Viewer, key: str, request: str) -> StartedDeposit | None:
    """What was begun under the key, as it stands now where the viewer may see it; None for nothing.

    Raises Invalid where the key was used for another request.
    """
    earlier = session.get(Receipt, (viewer.id, key)) if key else None
    if earlier is None:
        return None
    if earlier.request != request:
        raise Invalid(KEY_OF_OTHER_REQUEST)
    answer = earlier.answer
    began = StartedDeposit(answer["entry"], answer["uid"], answer["version"], answer["job"], again=True)
    entry = session.scalar(select(Entry).where(Entry.id == began.entry, entry_visible_to(viewer.reader)))
    return replace(began, version=entry.version, status=entry.status) if entry is not None else began


def find_empty_draft(bank: Bank, session: Session, viewer: Viewer, asked: DepositRequest) -> StartedDeposit | None:
    """The person's newest draft of the same kind and city, where it has nothing but what every new one has."""
    number = newest_unsaved_draft(session, viewer.id, asked.kind)
    found = load_entries_where(session, [number], entry_visible_to(viewer.reader)) if number else {}
    if number is None or number not in found:
        return None
    rows = found[number]
    values = field_values(session, bank.vocabulary, rows)
    written = {id for id, value in values.items() if not is_empty_value(value)} - {"language", *rows.entry.proposed}
    own = next(iter(viewer.cities)) if len(viewer.cities) == 1 else None
    city = asked.city or own
    if written != ({"city"} if city else set()) or values.get("city") != city:
        return None
    return StartedDeposit(number, rows.entry.uid, rows.entry.version, again=True)


def write_new_draft(
    bank: Bank, session: Session, viewer: Viewer, asked: DepositRequest, kept: Sequence[KeptUpload]
) -> StartedDeposit:
    """The rows of a new draft in the caller's transaction.

    Raises TooManyDrafts; InvalidFields; RefusedFile and NoRoom as `add_file_rows`; NoRoom also for its texts.
    """
    most = bank.settings.person_drafts
    if count_open_drafts(session, viewer.id) >= most:
        raise TooManyDrafts(most=most)
    viewer = replace(viewer, cities=current_own_cities(session, viewer))
    empty = EntryDescription(kind="experience", language=UNKNOWN_LANGUAGE, titles={})
    entry = add_entry(bank, session, empty, viewer.id)
    city = asked.city or (next(iter(viewer.cities)) if len(viewer.cities) == 1 else None)
    values = {"kind": asked.kind, **({"city": city} if city else {}), **(asked.values or {})}
    job = files.add_file_rows(bank, session, entry, kept, added_by=viewer.id)
    wrong = write_values(EntryWriteContext(session, bank.vocabulary, entry, viewer, asked.country), values)
    if viewer.role == "editor" and values.get("city") is None and len(viewer.cities) > 1:
        wrong.append(Fault("city", NOT_YOUR_CITY))
    if wrong:
        raise InvalidFields(wrong)
    session.flush()
    expect_unpublished_quota(bank, session, viewer.id, leading_city(session, entry.id), ())
    if asked.date and asked.date.startswith(str(entry.year)):
        entry.date = asked.date
    propose_contact(session, entry, viewer)
    steps.take_step(session, entry, "deposit", "draft", viewer.id, entry.created)
    audit.add_audit_row(
        session, viewer.actor, "deposit", entry.id, {"uid": entry.uid, "digests": [one.digest for one in kept]}
    )
    return StartedDeposit(entry.id, entry.uid, entry.version, job)


def propose_contact(session: Session, entry: Entry, viewer: Viewer) -> None:
    """Proposes the contact of the newest entry of the same leading city that the viewer may see.

    One that a file proposed and nobody has confirmed is none that the city gave, unless the entry is published.
    """
    if entry.fields.get("contact"):
        return
    mine = select(EntryCity.city_id).where(EntryCity.entry_id == entry.id, EntryCity.position == 0)
    same = select(EntryCity.entry_id).where(EntryCity.position == 0, EntryCity.city_id.in_(mine))
    told = select(Entry.fields, Entry.proposed, Entry.status)
    others = told.where(Entry.id.in_(same), Entry.id != entry.id, Entry.sample.is_(False))
    seen = others.where(entry_visible_to(viewer.reader), Entry.status != "withdrawn")
    for fields, proposed, status in session.execute(seen.order_by(Entry.updated.desc()).limit(20)):
        if fields.get("contact") and ("contact" not in proposed or status == "published"):
            entry.fields = {**entry.fields, "contact": fields["contact"]}
            entry.proposed = {**entry.proposed, "contact": {"source": "city"}}
            return
