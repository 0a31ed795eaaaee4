"""The look over the originals: each night the worker verifies a share of them, so that none is lost unnoticed.

A share is of some of the 256 prefixes of digests; a whole round takes 26 nights. Each step is bounded in bytes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy.orm import Session

from bank.catalogue import files
from bank.catalogue.alarms import clear_alarm, raise_alarm
from bank.clock import in_zone, now
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.files.place import what_is_wrong_with_place
from bank.workflow.upkeep.notes import LOOK_KEY, WHOLE_ROUND_KEY, LookState, WholeRound, look_state, write_note

PREFIXES = 256
SHARE_PREFIXES = 10
LOOK_STEP_BYTES = 64 * 1024 * 1024
"""Bytes after which a step ends: a second or so of reading. The last original of a step may be larger."""
MOST_LOOKED_AT_ONCE = 500
NIGHT_ENDS_HOUR = 6
"""A share is begun before this hour of the network's time zone, or later where the night was missed."""
SOONEST_SHARE, LATEST_SHARE = timedelta(hours=20), timedelta(hours=26)
"""Between the beginnings of two shares: at least, where it is night; at most, at any hour."""
MOST_ENTRIES_NAMED = 20
MOST_FAULTS_KEPT = 10_000
ORIGINALS_ALARM = "originals"
ORIGINALS_LOST = N_(
    "Originals that are missing or altered: {number}, of these entries: {entries}. Put them back from a backup, with "
    "“bank restore FILE --originals”."
)
ORIGINALS_ASIDE = N_(
    "Originals that are missing or altered: {number}, of these entries: {entries}. {aside} of them were moved aside "
    "into uploads/removed: “bank check --repair” brings those back. All others come back from a backup, with “bank "
    "restore FILE --originals”."
)


def share_is_due(last: datetime | None, moment: datetime, hour: int) -> bool:
    """Whether a share is to be begun at `moment`, when it is `hour` o'clock here and the `last` was begun then.

    One that was begun far ahead of now was begun before the clock was set back: it counts for nothing.
    """
    if last is None or last > moment + LATEST_SHARE:
        return True
    gap = moment - last
    return gap >= LATEST_SHARE or (gap >= SOONEST_SHARE and hour < NIGHT_ENDS_HOUR)


def look_over_originals(bank: Bank, most_bytes: int = LOOK_STEP_BYTES) -> bool:
    """Takes one step of the share that is under way or due: verifies originals until so many bytes are read.

    False where no share is due, and where the folder is not the bank's own: that has an alarm of its own.
    """
    if what_is_wrong_with_place(bank) is not None:
        return False
    with bank.database.reading() as session:
        state = look_state(session)
    if state.prefix == state.until:
        moment = now()
        if not share_is_due(state.share, moment, in_zone(moment, bank.settings.zone).hour):
            return False
        state = begin_share(state, moment)
    low = max(state.after, f"{state.prefix:02x}")
    high = f"{state.until:02x}" if state.until < PREFIXES else "g"
    with bank.database.reading() as session:
        ahead = files.digests_between(session, low, high, MOST_LOOKED_AT_ONCE)
    looked = verify_some(bank, ahead, most_bytes)
    keep_step(bank, state, looked, whole=len(looked) == len(ahead) < MOST_LOOKED_AT_ONCE)
    return True


def begin_share(state: LookState, moment: datetime) -> LookState:
    """The state in which the next share is under way."""
    until = min(state.prefix + SHARE_PREFIXES, PREFIXES)
    return replace(state, until=until, after="", share=moment, begun=state.begun or moment)


def verify_some(bank: Bank, ahead: Iterable[tuple[str, int]], most_bytes: int) -> dict[str, str | None]:
    """Verifies originals, given as (digest, size), until so many bytes are read: digest -> what is wrong, or None."""
    looked: dict[str, str | None] = {}
    read = 0
    for digest, size in ahead:
        looked[digest] = what_is_wrong(bank, digest)
        read += 0 if looked[digest] in ("missing", "aside") else size
        if read >= most_bytes:
            break
    return looked


def what_is_wrong(bank: Bank, digest: str) -> str | None:
    """None for a whole original, else missing, aside (in uploads/removed), or altered: that it can't be read, too.

    Raises OSError as `verify` does.
    """
    if not bank.uploads.has(digest):
        return "aside" if bank.uploads.has_aside(digest) else "missing"
    return None if bank.uploads.verify(digest) else "altered"


def keep_step(bank: Bank, state: LookState, looked: Mapping[str, str | None], whole: bool) -> None:
    """Writes what a step found; `whole` ends the share, and after the last prefix the round."""
    with bank.database.writing() as session:
        faults = known_faults(session, look_state(session).faults, looked)
        state = replace(state, faults=faults, looked=state.looked + len(looked), after=max(looked, default=state.after))
        if whole:
            state = replace(state, prefix=state.until, after="")
        if state.prefix == PREFIXES:
            begun = state.begun or now()
            write_note(session, WHOLE_ROUND_KEY, WholeRound(begun, now(), state.looked))
            state = replace(state, prefix=0, until=0, looked=0, begun=None)
        write_note(session, LOOK_KEY, state)
        tell_of_faults(session, faults)


def known_faults(session: Session, known: Mapping[str, str], looked: Mapping[str, str | None]) -> dict[str, str]:
    """What is wrong after a look: what was known, without what was found whole or is named by no row any more.

    What was looked at just now stands last, so that the next look begins with the rest.
    """
    told = {digest: wrong for digest, wrong in known.items() if digest not in looked} | dict(looked)
    wrong_ones = {digest: wrong for digest, wrong in told.items() if wrong is not None}
    named = files.sizes_by_digest(session, wrong_ones)
    return dict(islice(((digest, wrong) for digest, wrong in wrong_ones.items() if digest in named), MOST_FAULTS_KEPT))


def tell_of_faults(session: Session, faults: Mapping[str, str]) -> None:
    """Raises the alarm that names the entries, or clears it where nothing is wrong."""
    if not faults:
        clear_alarm(session, ORIGINALS_ALARM)
        return
    numbers = sorted(files.entries_of_digests(session, faults))
    named = ", ".join(map(str, numbers[:MOST_ENTRIES_NAMED])) + (", …" if len(numbers) > MOST_ENTRIES_NAMED else "")
    number = f"{len(faults)}+" if len(faults) >= MOST_FAULTS_KEPT else str(len(faults))
    if aside := sum(wrong == "aside" for wrong in faults.values()):
        raise_alarm(session, ORIGINALS_ALARM, ORIGINALS_ASIDE, number=number, entries=named, aside=aside)
    else:
        raise_alarm(session, ORIGINALS_ALARM, ORIGINALS_LOST, number=number, entries=named)


def look_again_at_faults(bank: Bank, most_bytes: int = LOOK_STEP_BYTES) -> None:
    """Looks again at originals that a look found wrong, at most some bytes; the alarm goes when all are whole."""
    with bank.database.reading() as session:
        known = look_state(session).faults
        sizes = files.sizes_by_digest(session, known)
    if not known:
        return
    looked = verify_some(bank, [(digest, sizes.get(digest, 0)) for digest in known], most_bytes)
    with bank.database.writing() as session:
        state = look_state(session)
        faults = known_faults(session, state.faults, looked)
        write_note(session, LOOK_KEY, replace(state, faults=faults))
        tell_of_faults(session, faults)
