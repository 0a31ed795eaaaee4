"""Files, pictures, look-alikes, suggested tags and discarding, through the pages of an entry on its way."""

from collections.abc import Iterator

import pytest
from babel.dates import format_date
from sqlalchemy import select

from bank.catalogue.tables import Decision, File, Revision
from bank.clock import now
from bank.settings import Settings
from bank.workflow.deposits.expiring import KEPT_AFTER_WITHDRAWAL
from tests.ingest.making_pictures import corners, encoded
from tests.web.controls import controls, dead_links
from tests.web.network import Network, in_state, network
from tests.workflow.deposits.making import TEXT

OWN = ("files/1", "files/1/pages/1", "files/1/remove", "images/1", "images/1/small", "images/1/remove", "withdraw")
MUSEUM = "El museo del barrio abrió sus salas y las familias restauraron juntas piezas del patrimonio histórico. " * 3


@pytest.fixture
def net(settings: Settings) -> Iterator[Network]:
    with network(settings, populated=False) as made:
        yield made


@pytest.mark.parametrize("place", OWN)
def test_what_belongs_to_a_draft_is_there_for_its_city_and_for_nobody_else(net: Network, place: str) -> None:
    number = in_state(net, "draft")
    address = f"/deposits/{number}/{place}"
    answer = net.browser("editor").get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    assert net.browser("stranger").get(address).status_code == 404
    assert net.browser("coordinator").get(address).status_code == 404
    assert net.browser().get(address).headers["location"].startswith("/login")


def test_a_page_that_can_not_be_drawn_says_so_and_keeps_its_text(net: Network) -> None:
    number = in_state(net, "draft")
    page = f"/deposits/{number}/files/1/pages/1"
    assert f'src="{page}/image"' in net.browser("editor").get(page).text
    with net.bank.database.reading() as session:
        path = net.bank.uploads.path(session.scalars(select(File.digest)).one())
    net.bank.drawn.forget([path.name])
    path.chmod(0o640)
    path.write_bytes(b"%PDF-1.7\n".ljust(path.stat().st_size, b" "))
    shown = net.browser("editor").get(page).text
    assert "Esta página no se pudo dibujar" in shown
    assert "/image" not in shown
    assert "Huertos ficticios" in shown


def test_an_original_can_do_nothing_in_the_browser(net: Network) -> None:
    number = in_state(net, "draft")
    for place in ("files/1", "images/1"):
        headers = net.browser("editor").get(f"/deposits/{number}/{place}").headers
        assert headers["content-security-policy"].startswith("sandbox")
        assert headers["x-content-type-options"] == "nosniff"


def test_a_picture_is_public_when_its_entry_is(net: Network) -> None:
    public, draft = in_state(net, "published"), in_state(net, "draft")
    visitor = net.browser()
    for place in ("images/1", "images/1/small"):
        assert visitor.get(f"/entries/{public}/{place}").headers["content-type"].startswith("image/")
        assert visitor.get(f"/entries/{draft}/{place}").status_code == 404
        assert net.browser("editor").get(f"/entries/{draft}/{place}").status_code == 404
    page = visitor.get(f"/entries/{public}").text
    assert 'alt="Un huerto"' in page
    assert "CC BY 4.0" in page


def test_more_files_are_added_and_taken_out_again(net: Network) -> None:
    number, reader = net.desk.written(), net.browser("editor")
    place = f"/deposits/{number}"
    sent = [("files", ("carta.md", TEXT.encode())), ("files", ("foto.png", encoded(corners(), "PNG")))]
    assert reader.post(f"{place}/files", data={"as": ""}, files=sent).status_code == 303
    assert reader.post(f"{place}/files", data={"as": "mayor_letter"}, files=sent[:1]).status_code == 303
    view = net.desk.view(number)
    assert [one.purpose for one in view.files] == ["", "mayor_letter"]
    assert len(view.images) == 1
    wrong = reader.post(f"{place}/files", data={"as": ""}, files=[("files", ("x.exe", b"MZ\x90\x00"))])
    assert wrong.status_code == 415
    assert "x.exe" in wrong.text
    for what in ("files/1", "images/1"):
        page = reader.get(f"{place}/{what}/remove").text
        form = {"version": str(net.desk.view(number).version)}
        assert f'value="{form["version"]}"' in page
        assert reader.post(f"{place}/{what}/remove", data={"version": "1"}).status_code == 412
        assert reader.post(f"{place}/{what}/remove", data=form).status_code == 303
        assert reader.get(f"{place}/{what}/remove").headers["location"] == f"{place}#files"
    view = net.desk.view(number)
    assert ([one.purpose for one in view.files], view.images) == (["mayor_letter"], ())


def test_an_entry_that_looks_like_one_is_told_before_the_form_and_answered(net: Network) -> None:
    public, number = in_state(net, "published"), net.desk.written()
    reader = net.browser("editor")
    page = reader.get(f"/deposits/{number}").text
    assert page.index('id="alikes-head"') < page.index('id="entry"')
    said = {"other": str(public), "kind": "distinct"}
    assert reader.post(f"/deposits/{number}/relations", data=said).status_code == 303
    assert 'value="distinct"' not in reader.get(f"/deposits/{number}").text
    assert reader.post(f"/deposits/{number}/relations", data=said | {"kind": "none"}).status_code == 422
    stranger = net.desk.written(viewer=net.viewers["stranger"])
    assert reader.post(f"/deposits/{number}/relations", data=said | {"other": str(stranger)}).status_code == 404


def test_a_suggested_tag_of_a_draft_is_accepted_and_kept(net: Network) -> None:
    number, reader = net.desk.begun(f"# Museo ficticio\n\n{MUSEUM}\n"), net.browser("editor")
    place = f"/deposits/{number}/suggestions"
    page = reader.get(place).text
    assert 'name="term" value="cultura"' in page
    before = net.desk.view(number).version
    accepted = {"vocabulary": "theme", "term": "cultura", "outcome": "accepted"}
    assert reader.post(place, data=accepted).headers["location"] == place
    view = net.desk.view(number)
    assert (view.values["themes"], view.version) == (["cultura"], before + 1)
    with net.bank.database.reading() as session:
        revision = session.get_one(Revision, (number, view.version))
        assert (revision.fields, revision.user_id) == (["themes"], net.viewers["editor"].id)
        assert session.scalars(select(Decision.outcome)).all() == ["accepted"]
    assert 'name="term" value="cultura"' not in reader.get(f"{place}?part=true").text
    assert net.browser("stranger").get(place).status_code == 404
    assert net.browser("stranger").post(place, data=accepted).status_code == 404


def test_a_draft_is_discarded_after_asking(net: Network) -> None:
    number, reader = net.desk.written(), net.browser("editor")
    place = f"/deposits/{number}/withdraw"
    assert reader.get(place).status_code == 200
    assert net.desk.view(number).status == "draft"
    assert reader.post(place, data={"version": "7"}).status_code == 412
    assert reader.post(place, data={"version": "1"}).headers["location"] == f"/deposits?discarded={number}"
    assert net.desk.view(number).status == "withdrawn"
    public = f"/deposits/{in_state(net, 'published')}"
    assert net.browser("editor").get(f"{public}/withdraw").headers["location"] == public


def test_who_discarded_an_entry_is_told_so_also_where_back_leads(net: Network) -> None:
    number, reader = net.desk.written(), net.browser("editor")
    place = f"/deposits/{number}"
    told = reader.get(reader.post(f"{place}/withdraw", data={"version": "1"}).headers["location"]).text
    assert "«Huertos ficticios» quedó retirada." in told
    assert 'id="done"' not in reader.get(f"/deposits?discarded={net.desk.written()}").text
    for asked in (reader.get(f"{place}/withdraw"), reader.post(f"{place}/withdraw", data={"version": "1"})):
        assert (asked.status_code, asked.headers["location"]) == (303, place)
    sheet = reader.get(place)
    assert (sheet.status_code, "Ya retiraste esta ficha" in sheet.text) == (200, True)
    for where in (place, f"{place}/withdraw"):
        assert net.browser("stranger").get(where).status_code == 404
    assert 'id="done"' not in net.browser("stranger").get(f"/deposits?discarded={number}").text


def test_who_did_not_withdraw_an_entry_is_not_told_to_have_done_it(net: Network) -> None:
    number = in_state(net, "withdrawn")
    assert "Ya retiraste esta ficha" not in net.browser("editor").get(f"/deposits/{number}").text
    assert "Ya retiraste esta ficha" in net.browser("coordinator").get(f"/deposits/{number}").text


def test_whoever_discards_an_entry_with_files_is_told_until_when_they_are_kept(net: Network) -> None:
    typed, number, reader = net.desk.written(), net.desk.begun(), net.browser("editor")
    until = format_date((now() + KEPT_AFTER_WITHDRAWAL).date(), "long", locale="es")
    assert until in reader.get(f"/deposits/{number}/withdraw").text
    assert until not in reader.get(f"/deposits/{typed}/withdraw").text
    assert 'id="files-until"' not in reader.get(f"/deposits/{number}").text
    reader.post(f"/deposits/{number}/withdraw", data={"version": net.desk.view(number).version})
    page = reader.get(f"/deposits/{number}").text
    assert 'id="files-until"' in page
    assert until in page


def test_the_agreement_and_the_privacy_notice_are_public(net: Network) -> None:
    visitor = net.browser()
    assert net.bank.network.agreement.version in visitor.get("/agreement").text
    assert net.bank.settings.network_name in visitor.get("/privacy").text
    page = net.browser("editor").get(f"/deposits/{net.desk.written()}").text
    assert 'href="/privacy"' in page
    assert ("accept", net.bank.network.agreement.version) not in controls(page, "entry")


def test_a_file_whose_reading_was_stopped_says_so_and_is_read_again_with_a_button(net: Network) -> None:
    number = in_state(net, "draft")
    with net.bank.database.writing() as session:
        for file in session.scalars(select(File).where(File.entry_id == number)):
            file.status, file.reason = "failed", "cancelled"
    editor = net.browser("editor")
    page = editor.get(f"/deposits/{number}?lang=en").text
    assert "An administrator stopped the reading of this file." in page
    assert f'action="/deposits/{number}/files/1/read"' in page
    assert editor.post(f"/deposits/{number}/files/1/read").headers["location"] == f"/deposits/{number}#files"
    page = editor.get(f"/deposits/{number}?lang=en").text
    assert "still being read" in page
    assert f'action="/deposits/{number}/files/1/read"' not in page


@pytest.mark.parametrize(("purpose", "name", "place"), [("no-such", "uno.md", "purpose"), ("", "uno.exe", "more")])
def test_what_is_wrong_with_a_file_that_was_sent_is_told_where_it_is_chosen(
    net: Network, purpose: str, name: str, place: str
) -> None:
    number = in_state(net, "draft")
    answer = net.browser("editor").post(
        f"/deposits/{number}/files", data={"as": purpose}, files={"files": (name, b"MZ\x90\x00 uno", "text/markdown")}
    )
    assert answer.status_code >= 400
    assert 'data-group="files" open' in answer.text
    assert '<details class="adding" open>' in answer.text
    assert f'id="wrong-{place}"' in answer.text
    assert not dead_links(answer.text)
