"""Notices acts that are gone: compares the catalogue with its anchor, and tells it until somebody accepts the loss."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bank.catalogue import audit, info
from bank.catalogue.alarms import LOST_ACTS_ALARM, clear_alarm, raise_alarm, standing_alarms
from bank.catalogue.anchor import ANCHOR_FILE, ANCHOR_SUFFIX, Anchor, AnchorRecord
from bank.catalogue.audit import AuditHead
from bank.catalogue.database import Database
from bank.catalogue.sqlite import database_path
from bank.catalogue.tables import Audit
from bank.clock import now
from bank.errors import DiskFull, ReadOnlyDisk
from bank.messages import N_, say
from bank.settings import Settings
from bank.workflow.bank import Bank

ACTS_LOST = N_(
    "Acts of the bank that are gone: {lost}. Its newest one is of {since}, and {anchor} names a later one. Stop the "
    "bank and bring back bank.db together with its bank.db-wal, or a backup with `bank restore FILE`; or go on with "
    "what is there with `bank check --accept-loss`."
)
ACTS_DIFFER = N_(
    "The bank is an older copy that went on by itself: act number {id} is another one than {anchor} names. Stop the "
    "bank and bring back bank.db together with its bank.db-wal, or a backup with `bank restore FILE`; or go on with "
    "what is there with `bank check --accept-loss`."
)
ANCHORS_GONE = N_(
    "{anchor} and its copy among the originals are missing or damaged, so nobody can tell whether acts are missing "
    "from the catalogue. Its newest act is number {id}, of {since}: compare that with the log and with the last "
    "backup. `bank check --accept-loss` goes on with what is there."
)
ANCHORS_GONE_ALARM = "anchors_gone"
ANCHORED_KEY = "anchored"
"""Fact: the bank has had an anchor since this moment (ISO 8601)."""
FOREIGN_ANCHOR = N_("{anchor} belongs to another bank; it is left as it is, and acts that get lost are not noticed.")
log = logging.getLogger("bank.upkeep")


@dataclass(frozen=True, slots=True)
class LostActs:
    """An anchor names an act that the catalogue lacks.

    `lost` is how many acts are missing, None where others took their place. `since` is the moment of the newest act
    that is there (ISO 8601).
    """

    anchor: Path
    head: AuditHead
    lost: int | None
    since: str

    @property
    def sentence(self) -> str:
        return ACTS_DIFFER if self.lost is None else ACTS_LOST

    @property
    def values(self) -> Mapping[str, object]:
        """The values of the sentence; `head` keeps what the anchor named."""
        return {
            "anchor": self.anchor.name,
            "id": self.head.id,
            "head": self.head.chain,
            "lost": self.lost,
            "since": self.since,
        }


def anchor_paths(settings: Settings) -> list[Path]:
    """Where the anchor is kept: beside the database and among the originals."""
    return [database_path(settings.database).with_suffix(ANCHOR_SUFFIX), settings.uploads_folder / ANCHOR_FILE]


def remove_anchors(settings: Settings) -> None:
    """Removes the anchors of the catalogue that was here, for another one to take its place."""
    for path in anchor_paths(settings):
        path.unlink(missing_ok=True)


def open_anchor(database: Database, settings: Settings, namespace: str) -> None:
    """Compares the catalogue with its anchor, and has the anchor follow it from now on.

    Where acts are gone, this is logged, an alarm is raised, and the anchor stays as evidence. Where there is no anchor
    any more that can tell, that is logged with an alarm, too.
    """
    anchor = Anchor(namespace, anchor_paths(settings))
    records = anchor.records()
    with database.reading() as session:
        lost = find_lost_acts(session, anchor)
        head = audit.audit_head(session)
        anchored = info.read_info(session, ANCHORED_KEY) is not None
        newest = newest_act(session)
    for path, record in records.items():
        if record.namespace != namespace:
            log.warning(say(FOREIGN_ANCHOR, settings.language, anchor=path))
    if lost is None:
        if anchored and not any(record.namespace == namespace for record in records.values()):
            tell_of_acts(
                database, ANCHORS_GONE_ALARM, ANCHORS_GONE, {"anchor": anchor.paths[0].name, **newest}, settings
            )
        follow(anchor, head)
    else:
        anchor.mark_lost()
        tell_of_acts(database, LOST_ACTS_ALARM, lost.sentence, lost.values, settings)
    if not anchored:
        note_anchored(database)
    database.anchor = anchor


def begin_anchor(settings: Settings, namespace: str, head: AuditHead) -> None:
    """Makes the anchor of a catalogue that was put in place just now, such as one from a backup."""
    Anchor(namespace, anchor_paths(settings)).replace(head)


def newest_act(session: Session) -> Mapping[str, object]:
    """Number and moment (ISO 8601) of the newest act."""
    newest = session.execute(select(Audit.id, Audit.moment).order_by(Audit.id.desc()).limit(1)).one_or_none()
    return {"id": newest.id, "since": newest.moment.isoformat(" ", "minutes")} if newest else {"id": 0, "since": "-"}


def note_anchored(database: Database) -> None:
    """Notes that the bank has an anchor from now on, unless its disk takes no writing."""
    try:
        with database.writing() as session:
            info.write_info(session, ANCHORED_KEY, now().isoformat())
    except (DBAPIError, DiskFull, ReadOnlyDisk):
        log.info("It could not be noted that the bank has an anchor.")


def follow(anchor: Anchor, head: AuditHead) -> None:
    """Brings the anchor to the catalogue's head; one that was marked as lost has its act again."""
    own = [record for record in anchor.records().values() if record.namespace == anchor.namespace]
    if any(record.lost for record in own):
        anchor.replace(head)
    elif len(own) < len(anchor.paths) or any(record.head != head for record in own):
        anchor.keep(head)


def find_lost_acts(session: Session, anchor: Anchor) -> LostActs | None:
    """The newest act that an anchor of this bank names and the catalogue lacks; None where there is none."""
    own = [(path, one) for path, one in anchor.records().items() if one.namespace == anchor.namespace]
    missing = [(path, one) for path, one in own if not has_act(session, one)]
    if not missing:
        return None
    path, record = max(missing, key=lambda one: one[1].head.id)
    newest = newest_act(session)
    id = int(str(newest["id"]))
    return LostActs(path, record.head, record.head.id - id if record.head.id > id else None, str(newest["since"]))


def has_act(session: Session, record: AnchorRecord) -> bool:
    """Whether the audit has the row that an anchor names, with its chain value."""
    chain = session.scalar(select(Audit.chain).where(Audit.id == record.head.id))
    return (chain or audit.CHAIN_START) == record.head.chain


def tell_of_acts(
    database: Database, alarm: str, sentence: str, values: Mapping[str, object], settings: Settings
) -> None:
    """Logs a sentence and raises the alarm; a catalogue that can't be written keeps nobody from reading."""
    log.error(say(sentence, settings.language, **values))
    try:
        with database.writing() as session:
            raise_alarm(session, alarm, sentence, **values)
    except (DBAPIError, DiskFull, ReadOnlyDisk):
        log.exception("The alarm %s could not be written.", alarm)


def lost_acts_faults(bank: Bank) -> list[str]:
    """A sentence where acts are gone or nobody can tell, or an anchor belongs to another bank."""
    anchor = bank.database.anchor
    if anchor is None:
        return []
    language = bank.settings.language
    foreign = [path for path, record in anchor.records().items() if record.namespace != anchor.namespace]
    with bank.database.reading() as session:
        lost = find_lost_acts(session, anchor)
        gone = [alarm for alarm in standing_alarms(session) if alarm.name == ANCHORS_GONE_ALARM]
    told = [say(lost.sentence, language, **lost.values)] if lost else []
    told += [say(alarm.sentence, language, **alarm.values) for alarm in gone]
    return told + [say(FOREIGN_ANCHOR, language, anchor=path) for path in foreign]


def accept_lost_acts(bank: Bank, actor: str) -> bool:
    """Goes on with the acts that are there: clears the alarm, notes that in the audit, and makes the anchor anew.

    False where no act is missing, nor the anchor that would tell; then nothing changes.
    """
    anchor = bank.database.anchor
    with bank.database.writing() as session:
        lost = find_lost_acts(session, anchor) if anchor else None
        untold = clear_alarm(session, ANCHORS_GONE_ALARM)
        if lost is None:
            return clear_alarm(session, LOST_ACTS_ALARM) or untold
        clear_alarm(session, LOST_ACTS_ALARM)
        audit.add_audit_row(session, actor, "accept_loss", None, lost.values)
    if anchor is not None:
        with bank.database.reading() as session:
            anchor.replace(audit.audit_head(session))
    return True
