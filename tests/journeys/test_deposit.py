"""An entry is begun, written, interrupted, contested and sent, in a browser that runs the script."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from bank.catalogue.tables import Entry
from tests.journeys.conftest import Place
from tests.journeys.depositing import control, kept_here, saved, unfold, write
from tests.web.network import in_state
from tests.workflow.deposits.making import TEXT


@pytest.fixture
def huertos(tmp_path: Path) -> Path:
    path = tmp_path / "huertos.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_file_fills_the_form_and_what_is_typed_stays(place: Place, huertos: Path) -> None:
    page = place.context("editor", 390).new_page()
    page.goto("/deposits/new")
    page.set_input_files("#files", huertos)
    expect(page.locator(".chosen li")).to_have_count(1)
    page.click("#begin button[type=submit]")
    page.wait_for_url(re.compile(r"/deposits/\d+$"))
    write(page, "contact.post", "Dirección de Educación")
    expect(page.locator("#f-summary [data-proposal]")).to_have_count(1)
    saved(page)
    number = int(page.url.rpartition("/")[2])
    values = place.net.desk.view(number).values
    assert values["contact"] == {"post": "Dirección de Educación"}
    assert values["summary"] == {"es": "Cada escuela del barrio cuida un huerto con las familias."}
    page.check("#f-summary [name=confirm]")
    expect(page.locator("#f-summary [data-proposal]")).to_have_count(0)
    saved(page)
    assert "summary" not in place.net.desk.view(number).proposed


def test_what_is_written_without_a_line_is_kept_and_comes_back(place: Place) -> None:
    number = place.net.desk.written()
    context = place.context("editor")
    page = context.new_page()
    page.goto(f"/deposits/{number}")
    context.set_offline(True)
    write(page, "summary.es", "Escrito sin línea")
    kept_here(page)
    page.close()
    assert place.net.desk.view(number).values["summary"] != {"es": "Escrito sin línea"}
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"/deposits/{number}")
    expect(page.locator(control(page, "summary.es"))).to_have_value("Escrito sin línea")
    saved(page)
    assert place.net.desk.view(number).values["summary"] == {"es": "Escrito sin línea"}


def test_an_older_copy_is_offered_and_never_put_over_what_is_newer(place: Place) -> None:
    number = place.net.desk.written()
    context = place.context("editor")
    page = context.new_page()
    page.goto(f"/deposits/{number}")
    context.set_offline(True)
    write(page, "summary.es", "El viejo")
    kept_here(page)
    page.close()
    place.net.desk.changed(number, {"summary": {"es": "El nuevo"}})
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"/deposits/{number}")
    expect(page.locator("#asking [role=alert]")).to_be_visible()
    expect(page.locator(control(page, "summary.es"))).to_have_value("El nuevo")
    page.locator("#asking button").first.click()
    saved(page)
    assert place.net.desk.view(number).values["summary"] == {"es": "El viejo"}


def test_two_who_write_the_same_field_choose_and_others_are_merged(place: Place) -> None:
    number = place.net.desk.written()
    page = place.context("editor").new_page()
    page.goto(f"/deposits/{number}")
    place.net.desk.changed(number, {"title": {"es": "El de la otra"}, "start_year": 2001})
    write(page, "contact.post", "Otra oficina")
    expect(page.locator("#start_year")).to_have_value("2001")
    expect(page.locator(control(page, "title.es"))).to_have_value("El de la otra")
    saved(page)
    place.net.desk.changed(number, {"title": {"es": "Otra vez la otra"}})
    write(page, "title.es", "El mío")
    panel = page.locator("#f-title .both")
    expect(panel).to_contain_text("Otra vez la otra")
    expect(panel).to_contain_text("Lo cambiaste tú en otra pestaña o equipo, hace")
    expect(page.locator("#saved")).to_contain_text("Cambiaste tú el mismo campo en otra pestaña o equipo")
    assert place.net.desk.view(number).values["title"] == {"es": "Otra vez la otra"}
    panel.locator("button").nth(0).click()
    expect(panel).to_have_count(0)
    saved(page)
    assert place.net.desk.view(number).values["title"] == {"es": "El mío"}


def test_a_session_that_ended_loses_nothing(place: Place) -> None:
    number = place.net.desk.written()
    context = place.context("editor")
    page = context.new_page()
    page.goto(f"/deposits/{number}")
    context.clear_cookies()
    write(page, "summary.es", "Ya sin sesión")
    expect(page.locator('#saved a[href^="/login"]')).to_be_visible()
    context.add_cookies([{"name": "session", "value": place.net.stays["editor"], "url": place.address}])
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    saved(page)
    assert place.net.desk.view(number).values["summary"] == {"es": "Ya sin sesión"}


def test_it_is_sent_by_keyboard_alone_with_what_is_missing_linked(place: Place) -> None:
    number = place.net.desk.written()
    page = place.context("editor").new_page()
    page.goto(f"/deposits/{number}")
    page.locator("button[formaction]").focus()
    page.keyboard.press("Enter")
    fault = page.locator('#faults a[href="#f-accept"]')
    expect(page.locator("#faults")).to_be_focused()
    fault.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[name=accept]")).to_be_focused()
    page.keyboard.press("Space")
    page.locator("button[formaction]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#done")).to_be_visible()
    assert place.net.desk.view(number).status == "submitted"


def test_what_was_just_written_is_saved_before_another_form_leaves_the_page(place: Place, huertos: Path) -> None:
    number = place.net.desk.written()
    page = place.context("editor").new_page()
    page.goto(f"/deposits/{number}")
    page.set_input_files("#more", huertos)
    write(page, "contact.post", "Escrito justo antes")
    unfold(page, "#files form button[type=submit]")
    page.click("#files form button[type=submit]")
    page.wait_for_url(re.compile("#files$"))
    expect(page.locator("#files .file")).to_have_count(1)
    expect(page.locator(control(page, "contact.post"))).to_have_value("Escrito justo antes")
    assert "Escrito justo antes" in str(place.net.desk.view(number).values["contact"])


def test_no_form_leaves_the_page_while_what_was_written_cannot_be_saved(place: Place, huertos: Path) -> None:
    number = place.net.desk.written()
    context = place.context("editor")
    page = context.new_page()
    page.goto(f"/deposits/{number}")
    page.set_input_files("#more", huertos)
    context.clear_cookies()
    write(page, "contact.post", "Sin sesión")
    unfold(page, "#files form button[type=submit]")
    page.click("#files form button[type=submit]")
    link = page.locator("#saved a")
    expect(link).to_have_attribute("href", re.compile("written=kept"))
    assert page.evaluate("localStorage.length") == 1
    signing = context.new_page()
    signing.goto(link.get_attribute("href") or "")
    expect(signing.locator("#written")).to_be_visible()


def test_a_copy_comes_back_by_itself_where_nobody_changed_the_same_field(place: Place) -> None:
    number = place.net.desk.written()
    context = place.context("editor")
    page = context.new_page()
    page.goto(f"/deposits/{number}")
    context.set_offline(True)
    write(page, "summary.es", "Escrito sin línea")
    write(page, "title.es", "Mi título")
    kept_here(page)
    page.close()
    place.net.desk.changed(number, {"title": {"es": "El de la otra"}})
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"/deposits/{number}#files")
    expect(page.locator("#asking [role=alert]")).to_be_in_viewport()
    expect(page.locator(control(page, "summary.es"))).to_have_value("Escrito sin línea")
    expect(page.locator(control(page, "title.es"))).to_have_value("El de la otra")
    write(page, "contact.post", "Otra cosa")
    page.wait_for_function("Object.keys(JSON.parse(localStorage.getItem(localStorage.key(0))).fields).length === 0")
    values = place.net.desk.view(number).values
    assert values["summary"] == {"es": "Escrito sin línea"}
    assert "Otra cosa" in str(values["contact"])
    page.reload()
    expect(page.locator("#heading")).to_have_text("El de la otra")
    page.locator("#asking button").first.click()
    saved(page)
    assert place.net.desk.view(number).values["title"] == {"es": "Mi título"}
    expect(page.locator("#heading")).to_have_text("Mi título")
    expect(page).to_have_title(re.compile("^Mi título"))


def test_what_the_file_filled_in_is_counted_and_no_group_unfolds_by_itself(place: Place, huertos: Path) -> None:
    page = place.context("editor").new_page()
    page.goto("/deposits/new")
    page.set_input_files("#files", huertos)
    page.click("#begin button[type=submit]")
    page.wait_for_url(re.compile(r"/deposits/\d+$"))
    expect(page.locator("#f-summary [data-proposal]")).to_have_count(1)
    proposed = page.locator("details.group:not([data-group=needed]):has([data-proposal])")
    expect(proposed.first.locator("[data-tally]")).to_contain_text(re.compile(r"[1-9]\d* (de|of) .* [1-9]"))
    expect(page.locator("#heading")).to_have_text(page.input_value(control(page, "title.es")))
    assert [one.get_attribute("data-group") for one in page.locator("details.group[open]").all()] == ["needed"]


def test_files_that_are_too_large_or_refused_are_told_and_marked(place: Place, tmp_path: Path) -> None:
    large, wrong = tmp_path / "grande.pdf", tmp_path / "programa.md"
    large.write_bytes(bytes(52 * 1024 * 1024))
    wrong.write_bytes(b"MZ\x90\x00 program")
    page = place.context("editor").new_page()
    page.goto("/deposits/new")
    page.set_input_files("#files", large)
    page.click("#begin button[type=submit]")
    expect(page.locator(".sending")).to_contain_text("50 MB")
    page.click(".chosen button")
    photo = tmp_path / "IMG_0001.HEIC"
    photo.write_bytes(b"x")
    page.set_input_files("#files", photo)
    expect(page.locator(".sending")).to_contain_text("Guárdalas como JPEG")
    page.get_by_role("button", name="Quitar: IMG_0001.HEIC").click()
    expect(page.locator(".sending")).to_be_empty()
    page.set_input_files("#files", wrong)
    page.click("#begin button[type=submit]")
    expect(page.locator(".chosen li.wrong")).to_contain_text("programa.md")
    page.goto(f"/deposits/{place.net.desk.written()}")
    page.set_input_files("#more", large)
    unfold(page, "#files form button[type=submit]")
    page.click("#files form button[type=submit]")
    expect(page.locator("#files [data-large]")).to_contain_text("50 MB")


def test_what_is_emptied_about_a_file_is_saved_as_empty(still: Place) -> None:
    number = in_state(still.net, "draft")
    page = still.context("editor").new_page()
    page.goto(f"/deposits/{number}")
    for consents in ("Archivo municipal", ""):
        write(page, "files.1.consents", consents)
        page.wait_for_function("localStorage.length === 1")
        saved(page)
        assert still.net.desk.view(number).files[0].consents == consents


def test_what_the_file_offers_is_taken_by_a_tick_and_given_up_by_typing(still: Place) -> None:
    number = still.net.desk.written()
    offer = {"source": "label", "file": 1, "page": 3, "text": ""}
    with still.net.bank.database.writing() as session:
        values = {"title": {"es": "El suyo"}, "summary": {"es": "Suyo también"}}
        session.get_one(Entry, number).proposed = {id: {**offer, "value": value} for id, value in values.items()}
    page = still.context("editor").new_page()
    page.goto(f"/deposits/{number}")
    page.click("#standing a[href='#g-needed']")
    page.click("#f-title [name=use]")  # once saved it is gone, which `check` would wait for in vain
    expect(page.locator(control(page, "title.es"))).to_have_value("El suyo")
    saved(page)
    page.locator("#f-summary [name=use]").evaluate("(one) => { one.checked = true; }")
    write(page, "summary.es", "El mío")
    saved(page)
    expect(page.locator("#f-summary [data-offer]")).to_have_count(0)
    kept = still.net.desk.view(number).values
    assert (kept["title"], kept["summary"]) == ({"es": "El suyo"}, {"es": "El mío"})


def test_back_after_discarding_an_entry_leads_to_no_missing_page(still: Place) -> None:
    page = still.context("editor").new_page()
    page.goto(f"/deposits/{still.net.desk.written()}")
    page.click('main a[href$="/withdraw"]')
    page.click("main form button[type=submit]")
    expect(page.locator("#done")).to_contain_text("Huertos ficticios")
    for _ in range(2):
        page.go_back()
        expect(page.locator("#withdrawn")).to_contain_text("Ya retiraste esta ficha")


def test_no_part_of_the_review_desk_is_cut_off(still: Place) -> None:
    page = still.context("coordinator").new_page()
    page.goto(f"/review/{in_state(still.net, 'submitted')}")
    assert page.locator(".aside").evaluate("(one) => one.scrollHeight <= one.clientHeight")


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(still: Place, width: int) -> None:
    states = {state: in_state(still.net, state) for state in ("draft", "returned", "submitted", "published")}
    draft = f"/deposits/{states['draft']}"
    places = ["/deposits", "/deposits/new", "/agreement", "/privacy", f"/entries/{states['published']}"]
    places += [f"/deposits/{number}" for number in states.values()]
    places += [f"{draft}/{rest}" for rest in ("withdraw", "files/1/remove", "files/1/pages/1", "suggestions")]
    page, axe, found = still.context("editor", width).new_page(), Axe(), []
    for address in places:
        page.goto(address)
        page.evaluate(
            "document.querySelectorAll('details').forEach((one) => { one.removeAttribute('name'); one.open = true; })"
        )
        violations = axe.run(page).response["violations"]
        found += [f"{address}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{address}: runs over the edge")
    assert found == []
