"""The form of an entry on its way, as a browser without script sends it."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from bank.settings import Settings
from bank.web.entry_fields import linked_pieces
from bank.workflow.deposits.draft import DraftView, open_draft
from bank.workflow.deposits.saving import save_whole_form
from tests.web.controls import entry_form
from tests.web.network import Network, in_state, network
from tests.workflow.deposits.making import NEEDED, TEXT

FULL: dict[str, object] = {
    **NEEDED,
    "subtitle": {"es": "Lema", "pt": "Lema em português"},
    "objectives": {"es": "Uno\nDos", "ca": "Un"},
    "cities": ["mx-colima"],
    "period": {"from": "2018-01", "to": "2020"},
    "state": "running",
    "sdgs": ["11", "4"],
    "groups": ["jovenes"],
    "territory": ["rural", "city"],
    "participants_women": 1200,
    "cost": {"amount": 12.5, "currency": "MXN", "year": 2020},
    "links": [{"title": "Video", "url": "https://video.example/1"}],
    "principles": ["8", "4", "2"],
    "themes": ["medio-ambiente"],
    "context": {"es": "  Dos párrafos.\r\n\r\nCon «comillas» & <b>signos</b>  "},
    "contact_person": "Persona Ficticia",
}
"""A value of every shape that the form has."""


@pytest.fixture
def net(settings: Settings) -> Iterator[Network]:
    with network(settings, populated=False) as made:
        yield made


def seen(net: Network, number: int, who: str = "editor") -> DraftView:
    return open_draft(net.bank, net.viewers[who], number)


def test_an_entry_is_written_saved_and_handed_in_without_script(net: Network) -> None:
    reader, number = net.browser("editor"), net.desk.begun()
    place = f"/deposits/{number}"
    form = entry_form(reader.get(place).text)
    form |= {
        "title.es": "Huertos que enseñan",
        "start_year": "2021",
        "licence": "CC-BY-4.0",
        "files.1.people": "nobody",
    }
    form |= {"themes.first": "medio-ambiente", "principles.first": "8"}
    form |= {"contact.post": "Dirección de Educación", "contact.mailbox": "educacion@ciudad.example"}
    assert reader.post(place, data=form).headers["location"] == place
    form = entry_form(reader.get(place).text)
    assert form["title.es"] == "Huertos que enseñan"
    form["accept"] = net.bank.network.agreement.version
    sent = reader.post(f"{place}/submit", data=form)
    assert sent.status_code == 303, sent.text
    assert seen(net, number).status == "submitted"
    assert 'role="status"' in reader.get(sent.headers["location"]).text


@pytest.mark.parametrize("who", ["editor", "coordinator"])
def test_a_form_that_nobody_touched_changes_nothing(net: Network, who: str) -> None:
    number = (
        net.desk.written(FULL, net.viewers[who])
        if who == "editor"
        else net.desk.written({**FULL, "city": "León"}, net.viewers[who])
    )
    before = seen(net, number, who)
    page = net.browser(who).get(f"/deposits/{number}").text
    answer = net.browser(who).post(f"/deposits/{number}", data=entry_form(page))
    assert answer.status_code == 303
    after = seen(net, number, who)
    assert (after.version, after.values) == (before.version, before.values)


def test_only_what_was_changed_is_confirmed(net: Network) -> None:
    number = net.desk.begun()
    reader = net.browser("editor")
    assert {"title", "summary", "objectives"} <= set(seen(net, number).proposed)
    form = entry_form(reader.get(f"/deposits/{number}").text)
    form |= {"title.es": "Otro título", "confirm": "summary"}
    reader.post(f"/deposits/{number}", data=form)
    assert set(seen(net, number).proposed) & {"title", "summary", "objectives"} == {"objectives"}


def test_what_is_wrong_is_told_beside_its_field_and_everything_else_is_saved(net: Network) -> None:
    number = net.desk.written({"title": {"es": "Huertos"}})
    reader = net.browser("editor")
    form = entry_form(reader.get(f"/deposits/{number}").text)
    form |= {"start_year": "hace mucho", "contact.post": "Dirección"}
    answer = reader.post(f"/deposits/{number}", data=form)
    assert answer.status_code == 422
    assert 'value="hace mucho"' in answer.text
    assert 'href="#f-start_year"' in answer.text
    assert 'id="f-start_year"' in answer.text
    assert "Guardado, salvo:" in answer.text or "Saved, but for:" in answer.text
    assert "No se ha enviado" not in answer.text
    assert "It has not been sent" not in answer.text
    assert seen(net, number).values["contact"] == {"post": "Dirección"}


def test_what_is_missing_is_listed_and_linked_to_its_field_when_it_is_sent(net: Network) -> None:
    number = net.desk.begun()
    reader = net.browser("editor")
    form = entry_form(reader.get(f"/deposits/{number}").text) | {"start_year": "2020"}
    answer = reader.post(f"/deposits/{number}/submit", data=form)
    assert answer.status_code == 422
    for name in ("themes", "principles", "contact", "licence", "files.1.people", "accept"):
        assert f'href="#f-{name}"' in answer.text
        assert f'id="f-{name}"' in answer.text
    assert seen(net, number).values["start_year"] == 2020
    assert seen(net, number).status == "draft"


def test_two_who_write_in_different_fields_both_keep_what_they_wrote(net: Network) -> None:
    number = net.desk.written()
    reader = net.browser("editor")
    form = entry_form(reader.get(f"/deposits/{number}").text) | {"start_year": "2019"}
    net.desk.changed(number, {"title": {"es": "El de la otra"}})
    assert reader.post(f"/deposits/{number}", data=form).status_code == 303
    values = seen(net, number).values
    assert (values["start_year"], values["title"]) == (2019, {"es": "El de la otra"})


@pytest.mark.parametrize(("choice", "kept"), [("mine", "El mío"), ("theirs", "El de la otra")])
def test_who_comes_second_sees_both_versions_and_chooses(net: Network, choice: str, kept: str) -> None:
    number = net.desk.written()
    reader = net.browser("editor")
    form = entry_form(reader.get(f"/deposits/{number}").text) | {"title.es": "El mío", "start_year": "2019"}
    net.desk.changed(number, {"title": {"es": "El de la otra"}})
    answer = reader.post(f"/deposits/{number}", data=form)
    assert answer.status_code == 412
    assert "El de la otra" in answer.text
    assert 'value="El mío"' in answer.text
    assert "Ya guardaste tú esta ficha en otra pestaña o equipo." in answer.text
    assert "Lo cambiaste tú en otra pestaña o equipo, hace" in answer.text
    again = entry_form(answer.text)
    assert again["start_year"] == "2019"
    assert reader.post(f"/deposits/{number}", data=again | {"keep.title": choice}).status_code == 303
    assert seen(net, number).values["title"] == {"es": kept}
    assert seen(net, number).values["start_year"] == 2019


def test_what_was_handed_in_is_shown_and_not_offered_for_change(net: Network) -> None:
    number = in_state(net, "submitted")
    page = net.browser("editor").get(f"/deposits/{number}").text
    assert 'id="entry"' not in page
    assert f"/deposits/{number}/withdraw" in page
    assert net.browser("editor").post(f"/deposits/{number}", data={"version": "1"}).status_code == 403


def test_an_entry_of_another_city_is_not_there_and_nobody_is_asked_to_sign_in(net: Network) -> None:
    number = net.desk.written()
    for method in ("get", "post"):
        assert getattr(net.browser("stranger"), method)(f"/deposits/{number}").status_code == 404
        answer = getattr(net.browser(), method)(f"/deposits/{number}")
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/login")
    assert net.browser("editor").get(f"/deposits/{number}").headers["cache-control"] == "private, no-store"


def test_what_a_file_says_otherwise_is_offered_and_taken_on_demand(net: Network) -> None:
    number = net.desk.written({"title": {"es": "El mío"}})
    with net.bank.database.writing() as session:
        from bank.catalogue.tables import Entry

        entry = session.get_one(Entry, number)
        entry.proposed = {"title": {"source": "label", "file": 1, "page": 3, "text": "", "value": {"es": "El suyo"}}}
    reader = net.browser("editor")
    page = reader.get(f"/deposits/{number}").text
    assert "El suyo" in page
    reader.post(f"/deposits/{number}", data=entry_form(page) | {"use": "title"})
    found = seen(net, number)
    assert found.values["title"] == {"es": "El suyo"}
    assert "title" not in found.proposed


def test_pictures_and_files_are_described_in_the_same_form(net: Network) -> None:
    number = in_state(net, "draft")
    reader = net.browser("editor")
    form = entry_form(reader.get(f"/deposits/{number}").text)
    form |= {"files.1.people": "minors", "files.1.consents": "Archivo municipal", "images.1.texts.pt": "Uma horta"}
    assert reader.post(f"/deposits/{number}", data=form).status_code == 303
    found = seen(net, number)
    assert (found.files[0].people, found.files[0].consents) == ("minors", "Archivo municipal")
    assert found.images[0].texts == {"es": "Un huerto", "pt": "Uma horta"}


@pytest.mark.parametrize(("choice", "kept"), [("mine", "adults"), ("theirs", "minors")])
def test_a_part_that_another_described_meanwhile_is_asked_about(net: Network, choice: str, kept: str) -> None:
    number = in_state(net, "draft")
    reader = net.browser("editor")
    form = entry_form(reader.get(f"/deposits/{number}").text) | {"files.1.people": "adults"}
    save_whole_form(
        net.bank, net.viewers["editor"], number, seen(net, number).version, {"files.1": {"people": "minors"}}
    )
    answer = reader.post(f"/deposits/{number}", data=form)
    assert answer.status_code == 412
    assert 'data-group="files" open' in answer.text
    form = entry_form(answer.text)
    assert form["keep.files.1"] == "mine"
    assert reader.post(f"/deposits/{number}", data=form | {"keep.files.1": choice}).status_code == 303
    assert seen(net, number).files[0].people == kept


def test_the_agreement_stays_ticked_while_other_things_are_missing(net: Network) -> None:
    number, reader = net.desk.begun(), net.browser("editor")
    version = net.bank.network.agreement.version
    form = entry_form(reader.get(f"/deposits/{number}").text) | {"accept": version}
    answer = reader.post(f"/deposits/{number}/submit", data=form)
    assert answer.status_code == 422
    assert entry_form(answer.text)["accept"] == version
    assert "accept" not in entry_form(reader.get(f"/deposits/{number}").text)


def test_what_is_missing_about_a_file_is_said_at_its_control(net: Network) -> None:
    number, reader = net.desk.begun(), net.browser("editor")
    form = entry_form(reader.get(f"/deposits/{number}").text) | {"files.1.people": "minors"}
    page = reader.post(f"/deposits/{number}/submit", data=form).text
    for name in ("licence", "files.1.consents", "accept"):
        told = page.partition(f'id="wrong-{name}"')[2].partition("</div>")[0]
        assert "<p>" in told, name
        assert f"wrong-{name}" in page.partition(f'id="wrong-{name}"')[0], name


def test_what_is_public_is_said_to_be_public_where_it_is_edited(net: Network) -> None:
    published, draft = in_state(net, "published"), in_state(net, "draft")
    assert 'id="public"' in net.browser("coordinator").get(f"/deposits/{published}").text
    assert 'id="public"' not in net.browser("editor").get(f"/deposits/{draft}").text


@pytest.mark.parametrize(
    ("place", "back"),
    [
        ("/deposits/{n}/submit", "/deposits/{n}"),
        ("/deposits/{n}/files", "/deposits/{n}"),
        ("/deposits/{n}/relations", "/deposits/{n}"),
        ("/deposits/{n}/suggestions", "/deposits/{n}/suggestions"),
        ("/deposits/{n}/files/1/remove", "/deposits/{n}/files/1/remove"),
        ("/review/{n}/return", "/review/{n}"),
        ("/review/{n}/publish", "/review/{n}"),
    ],
)
def test_after_signing_in_one_comes_back_to_a_page_and_learns_what_was_lost(
    net: Network, place: str, back: str
) -> None:
    number, visitor = in_state(net, "draft"), net.browser()
    place, back = place.format(n=number), back.format(n=number)
    form = {"version": "1", "other": "1", "kind": "related", "vocabulary": "theme", "term": "x", "outcome": "accepted"}
    where = f"http://127.0.0.1{place}"
    files = [("files", ("carta.md", TEXT.encode()))] if place.endswith("/files") else None
    answer = visitor.post(place, data=form, files=files, headers={"referer": where, "host": "127.0.0.1"})
    assert parse_qs(urlsplit(answer.headers["location"]).query) == {"next": [back], "written": ["lost"]}
    assert 'id="written"' in visitor.get(answer.headers["location"]).text
    assert 'id="written"' not in visitor.get(f"/login?next={back}").text


def test_a_public_entry_has_its_links_as_links_and_its_money_as_money(net: Network) -> None:
    number = in_state(net, "published")
    links = [{"title": "Video", "url": "https://video.example/1"}]
    cost = {"amount": 350000, "currency": "MXN", "year": 2022}
    save_whole_form(
        net.bank, net.viewers["coordinator"], number, seen(net, number, "coordinator").version, {"links": links}
    )
    save_whole_form(
        net.bank, net.viewers["coordinator"], number, seen(net, number, "coordinator").version, {"cost": cost}
    )
    page = net.browser().get(f"/entries/{number}").text
    assert '<a href="https://video.example/1" rel="nofollow noopener">Video</a>' in page
    assert 'href="mailto:' in page
    assert "350\u00a0000 MXN (2022)" in page


def test_only_web_addresses_and_mailboxes_become_links(net: Network) -> None:
    kind = net.bank.vocabulary.kind("experience")
    assert kind is not None
    links, contact = kind.facts.field("links"), kind.facts.field("contact")
    assert links is not None
    assert contact is not None
    ((piece,),) = linked_pieces(links, [{"title": "Malo", "url": "javascript:alert(1)"}])
    assert (piece.text, piece.href) == ("Malo · javascript:alert(1)", "")
    ((post, mailbox),) = linked_pieces(contact, {"post": "Oficina", "mailbox": "a@b.example?bcc=x@y.example"})
    assert (post.href, mailbox.href) == ("", "")
    ((_, mailbox),) = linked_pieces(contact, {"post": "Oficina", "mailbox": "a+b@c.example"})
    assert mailbox.href == "mailto:a%2Bb@c.example"
