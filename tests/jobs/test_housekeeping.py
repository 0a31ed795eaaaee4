import logging

import pytest

from bank.assembly import open_bank
from bank.jobs.housekeeping import Chore, Housekeeping
from bank.settings import Settings
from bank.workflow.bank import Bank


def test_each_chore_is_done_at_the_start_and_then_in_its_own_time(settings: Settings) -> None:
    bank = open_bank(settings)
    done: list[str] = []
    house = Housekeeping(
        bank, [Chore("often", 10, lambda bank: done.append("often")), Chore("seldom", 60, lambda _: done.append("s"))]
    )
    for moment in (0, 5, 10, 19, 20, 60):
        house.step(moment)
    assert done == ["often", "s", "often", "often", "often", "s"]
    bank.database.close()


def test_a_chore_that_fails_is_logged_and_holds_up_no_other(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    bank = open_bank(settings)
    done: list[str] = []

    def failing(bank: Bank) -> None:
        raise OSError("The disk is full.")

    house = Housekeeping(bank, [Chore("broken", 10, failing), Chore("whole", 10, lambda _: done.append("whole"))])
    with caplog.at_level(logging.ERROR, "bank.worker"):
        house.step(0)
        house.step(10)
    assert done == ["whole", "whole"]
    assert [record.getMessage() for record in caplog.records] == [
        "The chore broken failed; it will be tried again."
    ] * 2
    bank.database.close()
