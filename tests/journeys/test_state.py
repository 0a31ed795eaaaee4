"""The page "Estado" in a browser: nothing that axe finds, nothing over the edge, its buttons work without script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from bank.catalogue.alarms import raise_alarm
from bank.catalogue.jobs import insert_job
from bank.settings import Settings
from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.upkeep.backup import make_backup
from bank.workflow.upkeep.looking import ORIGINALS_LOST
from tests.journeys.conftest import served
from tests.journeys.signing_in import sign_in
from tests.journeys.test_looks import LIGHTS, WIDTHS, overflow
from tests.people import ADMIN, copied


@pytest.fixture
def bank(people_home: Path, home: Path, tmp_path: Path) -> Iterator[Bank]:
    """A bank with an alarm, a backup, a job that waits and one that has failed."""
    with copied(people_home, Settings(home=home, semantic="off")) as made:
        make_backup(made, tmp_path / "un-nombre-de-respaldo-bastante-largo-2026-03-01.tar")
        with made.database.writing() as session:
            raise_alarm(session, "originals", ORIGINALS_LOST, number="2", entries="7, 12")
            insert_job(session, "ocr", {})
            insert_job(session, "reindex", {})
        for _ in range(jobs.MOST_JOB_ATTEMPTS):
            jobs.begin_job(made, "reindex")
            jobs.retry_job(made, 2, "ValueError: " + "unreadable" * 20)
        yield made


def test_axe_finds_nothing_and_nothing_runs_over_the_edge(browser: Browser, bank: Bank) -> None:
    found = []
    with served(bank) as address:
        for width, light in zip(WIDTHS, LIGHTS, strict=True):
            context = browser.new_context(
                base_url=address, color_scheme=light, viewport={"width": width, "height": 900}, bypass_csp=True
            )
            page = context.new_page()
            sign_in(page, ADMIN)
            page.goto("/admin/state")
            found += [one["id"] for one in Axe().run(page).response["violations"]]
            found += [head.inner_text() for head in page.locator("h2, h3").all() if not head.is_visible()]
            found += ["over the edge"] if overflow(page) > 0 else []
            context.close()
    assert found == []


def test_without_script_and_by_keyboard_jobs_are_cancelled_and_tried_again(browser: Browser, bank: Bank) -> None:
    with served(bank) as address:
        context = browser.new_context(base_url=address, locale="es", java_script_enabled=False)
        page = context.new_page()
        sign_in(page, ADMIN)
        page.locator("a[href='/admin/state']").press("Enter")
        page.locator("form[action$='/jobs/1/cancel'] button").press("Enter")
        assert page.locator("#done").inner_text() == "La tarea se canceló."
        page.locator("form[action$='/jobs/2/again'] button").press("Enter")
        assert page.locator("#done").inner_text() == "La tarea espera a que se intente otra vez."
        context.close()
