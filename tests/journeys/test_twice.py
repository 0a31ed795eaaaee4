"""Who double-clicks does an act once and ends on the page that says it was done: with the script, and without it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy import func, select, update

from bank.catalogue.tables import Audit, Entry, User
from bank.workflow.people.passwords import hash_password
from tests.journeys.conftest import Place
from tests.people import PASSWORD
from tests.web.network import Network, in_state
from tests.workflow.deposits.making import HERE, TEXT

Open = Callable[[str], Page]
PATIENCE = 30_000
"""Milliseconds; passwords are hashed twice."""


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def scripted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def opened(still: Place, scripted: bool) -> Iterator[Open]:
    """A page of somebody's browser."""
    contexts: list[BrowserContext] = []

    def page_of(who: str) -> Page:
        context = still.browser.new_context(
            base_url=still.address,
            locale="es-MX",
            viewport={"width": 1280, "height": 900},
            java_script_enabled=scripted,
        )
        if who in still.net.stays:
            context.add_cookies([{"name": "session", "value": still.net.stays[who], "url": still.address}])
        contexts.append(context)
        return context.new_page()

    yield page_of
    for context in contexts:
        context.close()


def acts(net: Network, act: str) -> int:
    with net.bank.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Audit).where(Audit.act == act)) or 0


def test_handing_in_publishing_and_withdrawing(still: Place, opened: Open) -> None:
    net = still.net
    number = net.desk.written()
    city = opened("editor")
    city.goto(f"/deposits/{number}")
    city.locator("[name=accept]").check()
    city.locator("button[formaction$='/submit']").last.dblclick()
    expect(city).to_have_url(re.compile(rf"/deposits/{number}\?done=submitted"), timeout=PATIENCE)
    assert net.desk.view(number).status == "submitted"
    desk = opened("coordinator")
    desk.goto(f"/review/{number}")
    desk.locator("#publish button[type=submit]").dblclick()
    expect(desk).to_have_url(re.compile(rf"/review/{number}\?done=published"), timeout=PATIENCE)
    desk.goto(f"/review/{number}/withdraw")
    desk.locator("#reason").fill("La ciudad lo pidió.")
    desk.locator("form[action$='/withdraw'] button[type=submit]").dblclick()
    expect(desk).to_have_url(re.compile(rf"/review/{number}\?done=withdrawn"), timeout=PATIENCE)
    assert [acts(net, act) for act in ("submit", "publish", "withdraw")] == [1, 1, 1]


def test_returning(still: Place, opened: Open) -> None:
    number = in_state(still.net, "submitted")
    desk = opened("coordinator")
    desk.goto(f"/review/{number}")
    desk.locator("#remarks").fill("Falta decir quién lo evaluó.")
    desk.locator("form[action$='/return'] button[type=submit]").dblclick()
    expect(desk).to_have_url(re.compile(rf"/review/{number}\?done=returned"), timeout=PATIENCE)
    assert acts(still.net, "return") == 1


def test_inviting_and_a_code(still: Place, opened: Open) -> None:
    desk = opened("coordinator")
    desk.goto("/admin/people/new")
    desk.locator("#email").fill("nueva@ciudad.example")
    desk.locator("#name").fill("Nueva Ficticia")
    desk.locator("#city").select_option(HERE)
    desk.locator("form[action='/admin/people/new'] button[type=submit]").dblclick()
    link = desk.locator("#secret").input_value()
    guest = opened("nobody")
    guest.goto("/invitation/" + link.rpartition("/")[2])
    guest.locator("#password").fill(PASSWORD)
    guest.locator("main form button[type=submit]").first.dblclick()
    expect(guest).to_have_url(re.compile("/deposits$"), timeout=PATIENCE)
    expect(guest.locator(".who")).to_be_visible()
    assert (acts(still.net, "invite"), acts(still.net, "use_invitation")) == (1, 1)


def test_beginning_with_a_file(still: Place, opened: Open, tmp_path: Path) -> None:
    path = tmp_path / "huertos.md"
    path.write_text(TEXT, encoding="utf-8")
    city = opened("editor")
    city.goto("/deposits/new")
    city.set_input_files("#files", path)
    city.locator("#begin button[type=submit]").dblclick()
    expect(city).to_have_url(re.compile(r"/deposits/\d+$"), timeout=PATIENCE)
    with still.net.bank.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Entry)) == 1


def test_signing_in(still: Place, opened: Open) -> None:
    with still.net.bank.database.writing() as session:
        kept = hash_password(PASSWORD)
        session.execute(update(User).where(User.email == "editor@ciudad.example").values(password=kept))
    guest = opened("nobody")
    guest.goto("/login?next=/account")
    guest.locator("#email").fill("editor@ciudad.example")
    guest.locator("#password").fill(PASSWORD)
    guest.locator("form[action^='/login'] button[type=submit]").dblclick()
    expect(guest).to_have_url(re.compile("/account$"), timeout=PATIENCE)
    expect(guest.locator(".who")).to_be_visible()


def test_merging_and_naming_a_city(still: Place, opened: Open) -> None:
    net = still.net
    number = net.desk.written({"title": {"es": "Otra"}, "city": "Ciudad Inventada"}, net.desk.coordinator)
    invented = net.desk.view(number, net.desk.coordinator).card.cities[0].id
    desk = opened("coordinator")
    desk.goto(f"/admin/cities/{invented}")
    desk.locator("#alias").fill("La Inventada")
    desk.locator("form[action$='/names'] button[type=submit]").dblclick()
    expect(desk).to_have_url(re.compile("done=added"), timeout=PATIENCE)
    desk.goto(f"/admin/cities/{invented}/merge?into={HERE}")
    desk.locator("form[action$='/merge'] button[type=submit]").dblclick()
    expect(desk).to_have_url(re.compile(rf"/admin/cities/{HERE}\?done=merged"), timeout=PATIENCE)
    assert acts(net, "merge_city") == 2  # of the city, and of its one entry


def test_a_page_that_comes_back_can_be_sent_again(still: Place) -> None:
    desk = still.context("coordinator").new_page()
    desk.goto("/account")
    before = desk.locator("form[action='/account/name'] [name=once]").input_value()
    desk.locator("#name").fill("Coordinación")
    desk.locator("form[action='/account/name'] button[type=submit]").click()
    expect(desk).to_have_url(re.compile("done=name"), timeout=PATIENCE)
    desk.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    after = desk.locator("form[action='/account/name'] [name=once]").input_value()
    assert re.fullmatch(r"[\w-]{24}", after)
    assert after != before
    desk.locator("#name").fill("Coordinación de la red")
    desk.locator("form[action='/account/name'] button[type=submit]").click()
    expect(desk.locator(".who")).to_contain_text("Coordinación de la red")


def test_who_stops_the_sending_may_send_again_at_once(still: Place) -> None:
    context = still.browser.new_context(base_url=still.address, locale="es-MX")
    page = context.new_page()
    sent: list[str] = []

    def answer(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(status=204)

    page.goto("/login/code")
    page.route("**/login/code", answer)
    send = "document.querySelector('form[action^=\"/login/code\"]').requestSubmit()"
    page.evaluate(send)
    page.wait_for_timeout(300)
    page.evaluate(send)
    page.wait_for_timeout(300)
    assert sent == ["POST"]
    page.keyboard.press("Escape")
    page.evaluate(send)
    page.wait_for_timeout(300)
    assert sent == ["POST", "POST"]
    context.close()
