"""The form's groups and its list of what is to be done, by touch, by keyboard and without script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Place
from tests.journeys.depositing import control, saved, unfold, write
from tests.journeys.test_looks import overflow
from tests.workflow.deposits.making import NEEDED

TALLEST = {1280: 2000, 390: 3000}
"""Pixels that the page of a form may take with every group closed."""
CLOSE_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = false; })"


def opened(page: Page) -> list[str | None]:
    return [one.get_attribute("data-group") for one in page.locator("details[data-group][open]").all()]


@pytest.mark.parametrize("width", TALLEST)
def test_the_form_is_short_with_its_groups_closed_and_clean(still: Place, width: int) -> None:
    page = still.context("editor", width).new_page()
    page.goto(f"/deposits/{still.net.desk.begun()}")
    page.evaluate(CLOSE_ALL)
    assert page.evaluate("document.documentElement.scrollHeight") < TALLEST[width]
    assert overflow(page) <= 0
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []


def test_one_group_is_open_at_a_time_and_what_is_missing_is_one_tap_away(still: Place) -> None:
    number = still.net.desk.written({id: value for id, value in NEEDED.items() if id != "contact"})
    page = still.context("editor", 390).new_page()
    page.goto(f"/deposits/{number}")
    assert opened(page) == ["needed"]
    page.click("#standing a[href='#g-content']")
    assert opened(page) == ["content"]
    page.click("#standing a[href='#f-contact']")
    assert opened(page) == ["needed"]
    expect(page.locator("[id='contact.post']")).to_be_focused()
    page.keyboard.type("Dirección de Educación")
    page.keyboard.press("Tab")
    page.keyboard.type("educacion@ciudad.example")
    expect(page.locator("[data-task=needed] [data-state]")).to_have_text("completo")
    expect(page.locator("#tally-needed [data-state]")).to_have_text("completo")
    page.locator("[data-group=needed] [name=next]").focus()
    page.keyboard.press("Enter")
    assert opened(page) == ["identity"]
    expect(page.locator("[data-group=identity] > summary")).to_be_focused()
    page.goto(f"/deposits/{number}#f-objectives")
    assert opened(page) == ["content"]


def test_without_script_a_link_opens_a_group_and_next_saves(still: Place) -> None:
    number = still.net.desk.written()
    context = still.browser.new_context(base_url=still.address, locale="es-MX", java_script_enabled=False)
    context.add_cookies([{"name": "session", "value": still.net.stays["editor"], "url": still.address}])
    page = context.new_page()
    page.goto(f"/deposits/{number}")
    page.click("#standing a[href='#g-needed']")
    expect(page.locator("#start_year")).to_be_visible()
    page.fill("#start_year", "2019")
    page.click("[data-group=needed] [name=next]")
    page.wait_for_url(re.compile("#g-identity$"))
    expect(page.locator(control(page, "subtitle.es"))).to_be_visible()
    assert still.net.desk.view(number).values["start_year"] == 2019


def test_all_proposals_are_said_to_be_right_at_once_and_one_is_doubted_again(still: Place) -> None:
    number = still.net.desk.begun()
    page = still.context("editor", 390).new_page()
    page.goto(f"/deposits/{number}")
    assert {"title", "summary", "objectives"} <= set(still.net.desk.view(number).proposed)
    page.click("#reading [name=all]")
    expect(page.locator("[data-proposal]")).to_have_count(0)
    expect(page.locator("#reading [name=all]")).to_be_hidden()
    saved(page)
    assert not still.net.desk.view(number).proposed
    unfold(page, "#f-summary [name=confirm]")
    page.uncheck("#f-summary [name=confirm]")
    expect(page.locator("#f-summary [data-proposal]")).to_have_count(1)
    saved(page)
    assert set(still.net.desk.view(number).proposed) == {"summary"}
    page.reload()
    expect(page.locator("#f-title [name=confirm]")).to_be_checked()
    expect(page.locator("#f-summary [name=confirm]")).not_to_be_checked()


def test_what_can_not_be_saved_is_told_at_its_control_linked_and_never_counted(still: Place) -> None:
    number = still.net.desk.written(NEEDED | {"title": {"es": "Huertos", "pt": "Hortas"}})
    page = still.context("editor").new_page()
    page.goto(f"/deposits/{number}")
    write(page, "title.pt", "h " * 200)
    expect(page.locator("[id='f-title.pt'] .count")).to_contain_text("demasiado largo")
    expect(page.locator("[id='f-title.pt'] .count")).not_to_contain_text("no pasa nada")
    expect(page.locator("[id='f-title.pt'] .wrong")).to_contain_text("300")
    expect(page.locator("[id='title.pt']")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[id='title.es']")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-task=needed] [data-state]")).to_contain_text("por corregir: 1")
    expect(page).to_have_title(re.compile("^Error: "))
    write(page, "contact_person", "Persona Ficticia")
    expect(page.locator("[data-task=contact] [data-state]")).to_contain_text("1 de")
    expect(page.locator("[data-task=needed] [data-state]")).to_contain_text("por corregir: 1")
    assert opened(page) == ["contact"]
    page.click("#saved a[href='#f-title']")
    assert opened(page) == ["needed"]
    write(page, "title.pt", "Hortas")
    saved(page)
    expect(page.locator("[data-task=needed] [data-state]")).to_have_text("completo")
    expect(page).to_have_title(re.compile("^Huertos"))


def test_three_answers_choose_a_licence_that_is_told_before_it_is_saved(still: Place) -> None:
    number = still.net.desk.begun()
    page = still.context("editor", 390).new_page()
    page.goto(f"/deposits/{number}")
    result = page.locator("#f-licence [data-result]")
    expect(result).to_contain_text("ninguna elegida")
    for question, answer in (("share", "yes"), ("adapt", "yes")):
        page.check(f"[name='licence.{question}'][value={answer}]")
        expect(result).to_contain_text("Responde las tres preguntas")
    page.check("[name='licence.earn'][value=no]")
    expect(result).to_contain_text("CC BY-NC 4.0")
    saved(page)
    assert still.net.desk.view(number).values["licence"] == "CC-BY-NC-4.0"
