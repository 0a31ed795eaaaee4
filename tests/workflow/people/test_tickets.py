"""How long a code lives that a coordinator hands over."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bank.workflow.people.letters import until_moment
from bank.workflow.people.tickets import draw_code, handed_code_end

MEXICO = ZoneInfo("America/Mexico_City")


@pytest.mark.parametrize(
    ("hour", "until_night", "end"),
    [
        (datetime(2026, 5, 3, 16, 0, tzinfo=UTC), False, datetime(2026, 5, 3, 16, 30, tzinfo=UTC)),
        (datetime(2026, 5, 3, 16, 0, tzinfo=UTC), True, datetime(2026, 5, 4, 5, 59, tzinfo=UTC)),
        (datetime(2026, 5, 4, 3, 0, tzinfo=UTC), True, datetime(2026, 5, 4, 5, 59, tzinfo=UTC)),
        (datetime(2026, 5, 4, 5, 50, tzinfo=UTC), True, datetime(2026, 5, 4, 6, 20, tzinfo=UTC)),
    ],
)
def test_it_ends_in_half_an_hour_or_with_the_networks_day(hour: datetime, until_night: bool, end: datetime) -> None:
    found = handed_code_end(hour, MEXICO, until_night)
    assert found == end
    assert found - hour >= timedelta(minutes=30)


def test_one_that_lives_longer_is_longer() -> None:
    assert {len(draw_code()) for _ in range(20)} == {8}
    assert {len(draw_code(lasting=True)) for _ in range(20)} == {10}


def test_the_moment_is_told_in_the_networks_time() -> None:
    moment = datetime(2026, 5, 4, 5, 59, tzinfo=UTC)
    assert until_moment(moment, MEXICO, "es") == "las 23:59 del 3 de mayo de 2026"
    assert until_moment(moment, MEXICO, "pt") == "às 23:59 de 3 de maio de 2026"
    moment = datetime(2026, 5, 4, 7, 5, tzinfo=UTC)
    assert until_moment(moment, MEXICO, "es") == "la 01:05 del 4 de mayo de 2026"
    assert until_moment(moment, MEXICO, "pt") == "à 01:05 de 4 de maio de 2026"
    assert until_moment(moment, MEXICO, "en") == "01:05 on May 4, 2026"
