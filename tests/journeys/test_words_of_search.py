"""The pages of synonyms and of questions that found nothing, in a browser: axe finds nothing, no script is needed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bank.jobs.indexer import open_indexer
from bank.settings import Settings
from bank.workflow.bank import Bank
from tests.journeys.conftest import served
from tests.journeys.signing_in import sign_in
from tests.journeys.test_keeping_house import faults
from tests.journeys.test_looks import LIGHTS, WIDTHS
from tests.people import COORDINATOR, copied

DESK, QUESTIONS = "/admin/synonyms", "/admin/questions"


@pytest.fixture
def bank(people_home: Path, home: Path) -> Iterator[Bank]:
    with copied(people_home, Settings(home=home, semantic="off")) as made:
        with open_indexer(made) as index:
            index.finish()
        yield made


def test_axe_finds_nothing_on_the_pages_of_words(browser: Browser, bank: Bank) -> None:
    with served(bank) as address:
        found = []
        for width, light in zip(WIDTHS, LIGHTS, strict=True):
            context = browser.new_context(
                base_url=address, color_scheme=light, viewport={"width": width, "height": 900}, bypass_csp=True
            )
            page = context.new_page()
            page.goto("/search?q=zanfoña nocturna para la biblioteca")
            sign_in(page, COORDINATOR)
            for place in (
                DESK,
                f"{DESK}?done=added",
                QUESTIONS,
                f"{QUESTIONS}?done=forgotten",
                "/search?q=ayuntamiento",
            ):
                page.goto(place)
                found += faults(page, place)
            page.goto(DESK)
            page.locator("#terms-new").fill("parque")
            page.locator(f"form[action='{DESK}'] button").click()
            found += faults(page, "a group of one word")
            context.close()
    assert found == []


def test_without_script_a_question_becomes_a_synonym(browser: Browser, bank: Bank) -> None:
    with served(bank) as address:
        context = browser.new_context(base_url=address, locale="es", java_script_enabled=False)
        page = context.new_page()
        page.goto("/search?q=zanfoña")
        sign_in(page, COORDINATOR)
        page.goto(QUESTIONS)
        page.locator(f"a[href^='{DESK}?words=']").first.click()
        assert page.locator("#terms-new").input_value() == "zanfoña, "
        page.locator("#terms-new").fill("zanfoña, bicicletas")
        page.keyboard.press("Enter")
        page.locator("#done").wait_for()
        page.goto("/search?q=zanfoña")
        assert "También se buscó: “bicicletas”." in page.locator("#found").inner_text()
        context.close()
