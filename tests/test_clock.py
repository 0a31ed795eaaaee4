import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bank import clock
from bank.clock import new_uid, now


def test_now_knows_its_zone() -> None:
    assert now().tzinfo is UTC


def test_a_uid_has_26_characters_of_crockfords_alphabet() -> None:
    assert re.fullmatch("[0-7][0-9A-HJKMNP-TV-Z]{25}", new_uid())


def test_a_uid_begins_with_its_moment_as_the_ulid_specification_writes_it() -> None:
    # 1469918176385 ms is the example of the specification.
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=1469918176385)
    assert new_uid(moment)[:10] == "01ARYZ6S41"


def test_uids_sort_by_their_moment() -> None:
    start = datetime(2024, 1, 1, tzinfo=UTC)
    made = [new_uid(start + timedelta(milliseconds=step)) for step in range(50)]
    assert made == sorted(made)


def test_two_uids_of_one_moment_differ() -> None:
    moment = now()
    assert len({new_uid(moment) for _ in range(1000)}) == 1000


def test_a_moment_has_the_day_and_hour_of_a_zone_and_a_date_stays_as_it_is() -> None:
    mexico = ZoneInfo("America/Mexico_City")
    late = datetime(2024, 5, 2, 3, 30, tzinfo=UTC)
    assert clock.in_zone(late, mexico).isoformat() == "2024-05-01T21:30:00-06:00"
    assert clock.day_in_zone(late, mexico) == date(2024, 5, 1)
    assert clock.day_in_zone(late.replace(tzinfo=None), mexico) == date(2024, 5, 1)
    assert clock.day_in_zone(date(2024, 5, 2), mexico) == date(2024, 5, 2)
