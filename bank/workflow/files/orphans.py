"""Moves originals that no row names aside: of uploads that came to nothing, and of files that were removed.

Nothing is deleted at once, and nothing is moved where the catalogue may be the wrong one: an old copy, an empty one.
"""

import logging
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bank import clock
from bank.catalogue import alarms, audit, files, unpublished
from bank.errors import Busy, Conflict
from bank.messages import N_
from bank.uploads import OldFiles
from bank.workflow.bank import Bank

log = logging.getLogger("bank.sweep")
SWEEP_ALARM = "sweep"
KEPT_ASIDE = timedelta(days=30)
MOST_MOVED, MOST_MOVED_SHARE = 20, 0.05
"""A sweep stops where it would move more than so many originals and more than this share of all."""
MOST_OF_A_SMALL_BANK = 5
"""It also stops where it would move more originals than rows name, if they are more than these."""
UNWITNESSED_AFTER, UNWITNESSED_BEFORE = timedelta(days=1), timedelta(days=2)
"""The catalogue knew nothing of an original where it has no act from so long before its storing until so long after."""

MANY_UNNAMED = N_(
    "Nothing was moved out of uploads: {unnamed} of {all} originals belong to no entry. Is this an old or a wrong "
    "catalogue? Then stop the bank and use `bank restore FILE`. If they may go, `bank check --sweep` moves them aside "
    "for 30 days."
)
UNWITNESSED = N_(
    "Nothing was moved out of uploads: {unnamed} originals that belong to no entry came at times of which the "
    "catalogue tells no act. Is it an old copy? Then stop the bank and use `bank restore FILE`. If they may go, "
    "`bank check --sweep` moves them aside for 30 days."
)
SWEEP_AFTER_LOSS = N_("Nothing was moved out of uploads, because acts are missing from the catalogue.")
BACKUP_GOES_ON = N_("Nothing was moved out of uploads: a backup is being made. Try again when it is done.")
UPLOADS_NOT_OURS = N_("Nothing was moved out of uploads: the folder is marked as another bank's, {owner}.")


@dataclass(frozen=True, slots=True)
class SweepDoubt:
    """Why a sweep moves nothing: an English msgid and its values."""

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SweepPlan:
    """The digests that no row names, with what speaks against moving them."""

    unnamed: frozenset[str]
    doubt: SweepDoubt | None


def sweep_originals(bank: Bank) -> int:
    """Moves originals and thumbnails over a day old that no row names aside; returns how many files.

    Where there is doubt nothing is moved and an alarm is raised, which ends with the doubt. While a backup is being
    made, which copies what the rows named at its beginning, nothing is looked at, moved, told or deleted. What was
    moved over 30 days ago is deleted, unless the catalogue may be the wrong one.
    """
    today = clock.now().date()
    plans: list[SweepPlan] = []

    def choose(old: OldFiles) -> Collection[str]:
        plans.append(plan_sweep(bank, old))
        return () if plans[0].doubt else plans[0].unnamed

    moved = bank.uploads.move_aside(choose, today)
    if moved is None:
        return 0
    doubt = plans[0].doubt if plans else None
    tell_sweep(bank, doubt, moved, today)
    if doubt is None and doubt_of_catalogue(bank) is None:
        gone = bank.uploads.forget_aside(today - KEPT_ASIDE, lambda: named_digests(bank))
        if gone:
            log.warning("%d files that were moved aside over 30 days ago were deleted.", gone)
    return len(moved)


def sweep_all_the_same(bank: Bank) -> int:
    """Moves all that no row names aside, for an operator who said so; returns how many files.

    Raises Conflict where acts are missing from the catalogue, or the folder is another bank's; Busy while a backup is
    being made.
    """
    today = clock.now().date()

    def choose(old: OldFiles) -> Collection[str]:
        if doubt := doubt_of_catalogue(bank):
            raise Conflict(doubt.sentence, **doubt.values)
        return unnamed_among(old, named_digests(bank))

    moved = bank.uploads.move_aside(choose, today)
    if moved is None:
        raise Busy(BACKUP_GOES_ON)
    tell_sweep(bank, None, moved, today)
    return len(moved)


def doubt_of_sweep(bank: Bank) -> SweepDoubt | None:
    """What a sweep would stop at now; None where it would go on. Moves nothing."""
    plans: list[SweepPlan] = []

    def look(old: OldFiles) -> Collection[str]:
        plans.append(plan_sweep(bank, old))
        return ()

    bank.uploads.move_aside(look, clock.now().date())
    return plans[0].doubt if plans else None


def plan_sweep(bank: Bank, old: OldFiles) -> SweepPlan:
    """What no row names, and the first thing that speaks against moving it."""
    named = named_digests(bank)
    unnamed = unnamed_among(old, named)
    with bank.database.reading() as session:
        lost = (unnamed & old.originals.keys()) - unpublished.loose_digests(session)
    doubt = doubt_of_catalogue(bank) if unnamed else None
    if lost and doubt is None:
        doubt = doubt_of_number(len(lost), len(old.originals) + old.young, len(named))
        doubt = doubt or doubt_of_times(bank, [old.originals[digest] for digest in lost])
    return SweepPlan(unnamed, doubt)


def named_digests(bank: Bank) -> set[str]:
    """The digests that rows name now."""
    with bank.database.reading() as session:
        return files.digests_in_rows(session)


def unnamed_among(old: OldFiles, named: Collection[str]) -> frozenset[str]:
    """The digests of old originals and derived files that are not named."""
    return frozenset({*old.originals, *old.derived}.difference(named))


def doubt_of_catalogue(bank: Bank) -> SweepDoubt | None:
    """The doubt where acts were lost or the originals are another bank's."""
    owner = bank.uploads.owner()
    if owner not in (None, bank.namespace):
        return SweepDoubt(UPLOADS_NOT_OURS, {"owner": owner})
    with bank.database.reading() as session:
        lost = any(alarm.name == alarms.LOST_ACTS_ALARM for alarm in alarms.standing_alarms(session))
    return SweepDoubt(SWEEP_AFTER_LOSS) if lost else None


def doubt_of_number(unnamed: int, total: int, named: int) -> SweepDoubt | None:
    """The doubt where suspiciously many originals would be moved."""
    many = unnamed > MOST_MOVED and unnamed > MOST_MOVED_SHARE * total
    if many or unnamed > max(named, MOST_OF_A_SMALL_BANK):
        return SweepDoubt(MANY_UNNAMED, {"unnamed": unnamed, "all": total})
    return None


def doubt_of_times(bank: Bank, moments: Collection[datetime]) -> SweepDoubt | None:
    """The doubt where originals were stored when the catalogue saw nobody do anything, as after an older copy of it.

    The newest act may be of today nevertheless: whoever starts the bank on the old copy and signs in adds one. A
    catalogue without any act is taken for one that begins now.
    """
    first, last = min(moments) - UNWITNESSED_AFTER, max(moments) + UNWITNESSED_BEFORE
    with bank.database.reading() as session:
        any_act = audit.last_audit_id(session) > 0
        acts = audit.moments_of_acts(session, first, last) if any_act else [clock.now()]
    alone = sum(not is_witnessed(acts, moment) for moment in moments)
    return SweepDoubt(UNWITNESSED, {"unnamed": alone}) if alone else None


def is_witnessed(acts: Sequence[datetime], moment: datetime) -> bool:
    """True where one of `acts`, ascending, is from one day before the moment until two days after it."""
    place = bisect_left(acts, moment - UNWITNESSED_AFTER)
    return place < len(acts) and acts[place] <= moment + UNWITNESSED_BEFORE


def tell_sweep(bank: Bank, doubt: SweepDoubt | None, moved: Collection[str], day: date) -> None:
    """Logs each original that was moved; raises the alarm for a doubt, logged once, or ends the one that stands."""
    for name in sorted(moved):
        log.warning("%s, which no entry names, was moved to uploads/removed/%s.", name, day.isoformat())
    with bank.database.reading() as session:
        stands = any(alarm.name == SWEEP_ALARM for alarm in alarms.standing_alarms(session))
    if doubt is None and not stands:
        return
    with bank.database.writing() as session:
        if doubt is None:
            alarms.clear_alarm(session, SWEEP_ALARM)
        elif alarms.raise_alarm(session, SWEEP_ALARM, doubt.sentence, **doubt.values):
            log.warning("%s", doubt.sentence.format(**doubt.values))
