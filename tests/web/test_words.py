"""Days and hours in the network's time zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bank.settings import Settings
from bank.vocabulary import load_vocabulary
from bank.web.words import Words

LATE = datetime(2024, 5, 2, 3, 30, tzinfo=UTC)


def words(zone: str) -> Words:
    return Words("es", load_vocabulary(), ZoneInfo(zone))


def test_day_and_hour_of_a_moment_agree_in_the_networks_zone() -> None:
    assert words("America/Mexico_City").day(LATE) == "1 de mayo de 2024"
    assert words("America/Mexico_City").time(LATE) == "21:30"
    assert words("America/Mexico_City").moment(LATE) == "1 de mayo de 2024, 21:30"
    assert words("Europe/Madrid").moment(LATE) == "2 de mayo de 2024, 05:30"


def test_a_date_without_an_hour_is_the_same_in_every_zone() -> None:
    assert {words(zone).day(date(2024, 5, 2)) for zone in ("America/Mexico_City", "Asia/Tokyo")} == {
        "2 de mayo de 2024"
    }


def test_the_network_of_mexico_has_the_hour_of_mexico_and_another_names_its_own() -> None:
    assert Settings().zone == ZoneInfo("America/Mexico_City")
    assert Settings(time_zone="Europe/Lisbon").zone.key == "Europe/Lisbon"
    for wrong in ("Mars/Base", "../etc/passwd", ""):
        with pytest.raises(ValueError, match="BANK_TIME_ZONE"):
            Settings(time_zone=wrong)


def test_a_span_of_years_in_the_place_of_one_year_is_a_span_and_never_since_a_span() -> None:
    said = words("UTC")
    assert said.span("2018-2021", "") == "2018–2021"
    assert said.span("", "2018-2021") == "2018–2021"
    assert said.span("2018", "") == "desde 2018"
    assert said.between("2018-2021") == "entre 2018 y 2021"
    assert said.between("2015") == "2015"


def test_a_span_that_stands_where_its_beginning_should_is_told_as_a_span() -> None:
    made = words("Europe/Madrid")
    assert made.span("2018-2021", "") == made.span("2018", "2021") == "2018–2021"
    assert made.span("2018", "") == "desde 2018"
    assert made.span("2018-05", "") == "desde mayo de 2018"
