"""Each night a share of the originals is verified; what is lost or altered is told until it is put back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bank.assembly import open_bank
from bank.catalogue.alarms import Alarm, standing_alarms
from bank.catalogue.tables import File
from bank.clock import now
from bank.errors import Conflict
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.upkeep import looking
from bank.workflow.upkeep.backup import make_backup
from bank.workflow.upkeep.looking import (
    PREFIXES,
    SHARE_PREFIXES,
    look_again_at_faults,
    look_over_originals,
    share_is_due,
)
from bank.workflow.upkeep.notes import WholeRound, last_whole_round, look_state
from bank.workflow.upkeep.putting_back import restore_originals
from bank.workflow.upkeep.unnamed import bring_back_originals
from tests.originals import add_original

NIGHTS = -(-PREFIXES // SHARE_PREFIXES)


@pytest.fixture
def digests(bank: Bank) -> list[str]:
    """The digests of forty originals, each of an entry of its own (entry 1 has the first)."""
    return [add_original(bank, f"Huerto {number}") for number in range(40)]


def look_for_a_night(bank: Bank, monkeypatch: pytest.MonkeyPatch, night: int) -> None:
    """All steps of one night's share."""
    monkeypatch.setattr(looking, "now", lambda: now() + timedelta(hours=26 * night))
    while look_over_originals(bank):
        pass


def alarms(bank: Bank) -> list[Alarm]:
    with bank.database.reading() as session:
        return standing_alarms(session)


def whole_round(bank: Bank) -> WholeRound | None:
    with bank.database.reading() as session:
        return last_whole_round(session)


def test_within_twenty_six_nights_every_original_is_looked_at(
    bank: Bank, digests: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert NIGHTS <= 28
    seen: list[str] = []
    verify = looking.what_is_wrong

    def watched(bank: Bank, digest: str) -> str | None:
        seen.append(digest)
        return verify(bank, digest)

    monkeypatch.setattr(looking, "what_is_wrong", watched)
    for night in range(NIGHTS):
        assert whole_round(bank) is None
        before = len(seen)
        look_for_a_night(bank, monkeypatch, night)
        assert len(seen) - before < len(digests)
    assert sorted(seen) == sorted(digests)
    ended = whole_round(bank)
    assert ended is not None
    assert ended.looked == len(digests)
    assert not alarms(bank)
    look_for_a_night(bank, monkeypatch, NIGHTS)
    assert whole_round(bank) == ended, "the next round has only begun"


def test_a_step_is_bounded_in_bytes_and_the_next_goes_on_where_it_ended(
    bank: Bank, digests: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "SHARE_PREFIXES", PREFIXES)
    for taken in range(1, len(digests) + 1):
        assert look_over_originals(bank, most_bytes=1)
        with bank.database.reading() as session:
            state = look_state(session)
        assert state.looked == taken or (taken, state.looked) == (len(digests), 0)
    while whole_round(bank) is None:
        assert look_over_originals(bank)
    assert not look_over_originals(bank), "the next share is due another night"


@pytest.mark.parametrize("what", ["missing", "altered"])
def test_a_lost_or_altered_original_is_told_with_its_entry_until_it_is_put_back(
    bank: Bank, digests: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, what: str
) -> None:
    archive = tmp_path / "bank.tar"
    make_backup(bank, archive)
    path = bank.uploads.path(digests[0])
    if what == "missing":
        path.unlink()
    else:
        path.write_bytes(b"Huerto 9")
    for night in range(NIGHTS):
        look_for_a_night(bank, monkeypatch, night)
    (alarm,) = alarms(bank)
    assert (alarm.name, dict(alarm.values)) == ("originals", {"number": "1", "entries": "1"})
    assert "bank restore FILE --originals" in alarm.sentence
    look_again_at_faults(bank)
    assert alarms(bank) == [alarm]
    assert restore_originals(bank, archive).number == 1
    look_again_at_faults(bank)
    assert not alarms(bank)
    assert bank.uploads.verify(digests[0])
    assert restore_originals(bank, archive).number == 0


def test_originals_are_not_looked_for_in_the_backup_of_another_bank(
    bank: Bank, digests: list[str], tmp_path: Path
) -> None:
    another = open_bank(Settings(home=tmp_path / "another", semantic="off"))
    add_original(another, "Otro banco")
    make_backup(another, tmp_path / "another.tar")
    another.database.close()
    with pytest.raises(Conflict):
        restore_originals(bank, tmp_path / "another.tar")


def test_an_original_that_was_moved_aside_comes_back_by_the_words_of_the_alarm(
    bank: Bank, digests: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    removed = bank.settings.uploads_folder / "removed" / "2026-01-01"
    removed.mkdir(parents=True)
    bank.uploads.path(digests[0]).rename(removed / digests[0])
    bank.uploads.path(digests[1]).unlink()
    monkeypatch.setattr(looking, "SHARE_PREFIXES", PREFIXES)
    look_for_a_night(bank, monkeypatch, 0)
    (alarm,) = alarms(bank)
    assert dict(alarm.values) == {"number": "2", "entries": "1, 2", "aside": 1}
    assert "bank check --repair" in alarm.sentence
    assert "bank restore FILE --originals" in alarm.sentence
    assert bring_back_originals(bank, set(digests)) == 1
    look_again_at_faults(bank)
    (alarm,) = alarms(bank)
    assert dict(alarm.values) == {"number": "1", "entries": "2"}
    assert "--repair" not in alarm.sentence


def test_what_no_entry_has_any_more_is_no_loss(bank: Bank, digests: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    bank.uploads.path(digests[0]).unlink()
    for night in range(NIGHTS):
        look_for_a_night(bank, monkeypatch, night)
    assert alarms(bank)
    with bank.database.writing() as session:
        session.delete(session.get(File, 1))
    look_again_at_faults(bank)
    assert not alarms(bank)


NOON, NIGHT = 12, 3
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours_since", "hour", "due"),
    [
        (19, NIGHT, False),
        (20, NIGHT, True),
        (20, NOON, False),
        (26, NOON, True),
        (-2, NIGHT, False),  # the clock was set back by two hours
        (-1000, NOON, True),  # it had been wrong by weeks
    ],
)
def test_a_share_is_due_once_a_night_whatever_the_clock_does(hours_since: int, hour: int, due: bool) -> None:
    assert share_is_due(MOMENT - timedelta(hours=hours_since), MOMENT, hour) is due
    assert share_is_due(None, MOMENT, NOON)
