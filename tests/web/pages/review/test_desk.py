"""The coordinators' desk through its pages."""

from collections.abc import Iterator
from urllib.parse import quote

import html5lib
import pytest

from bank.settings import Settings
from bank.workflow.deposits import files
from bank.workflow.deposits.values import field_specs
from bank.workflow.review import deciding
from tests.web.network import REASON, REMARKS, Network, in_state, network
from tests.workflow.deposits.making import HERE

PAYLOAD = "{{7*7}} ${7*7} <script>alert(1)</script> \"'><img src=x onerror=alert(1)> javascript:alert(1) </title>"


@pytest.fixture
def net(settings: Settings) -> Iterator[Network]:
    with network(settings, populated=False) as made:
        yield made


def test_an_entry_is_returned_and_published_and_the_city_can_be_told(net: Network) -> None:
    number = in_state(net, "submitted")
    reader = net.browser("coordinator")
    assert f'href="/review/{number}"' in reader.get("/review").text
    sheet = reader.get(f"/review/{number}").text
    for told in ("Huertos ficticios", "Dirección de Educación", "submitted.pdf", "foto.png", "OBJETIVO GENERAL"):
        assert told in sheet
    version = net.desk.view(number).version
    empty = reader.post(f"/review/{number}/return", data={"version": version, "remarks": " "})
    assert empty.status_code == 422
    assert 'role="alert"' in empty.text
    sent = reader.post(f"/review/{number}/return", data={"version": version, "remarks": REMARKS})
    assert (sent.status_code, sent.headers["location"]) == (303, f"/review/{number}?done=returned#done")
    done = reader.get(sent.headers["location"]).text
    assert "https://wa.me/?text=" in done
    assert quote(REMARKS, safe="") in done
    assert REMARKS in net.browser("editor").get(f"/deposits/{number}").text
    again = in_state(net, "submitted")
    sent = reader.post(f"/review/{again}/publish", data={"version": net.desk.view(again).version})
    assert (sent.status_code, sent.headers["location"]) == (303, f"/review/{again}?done=published#done")
    assert f'href="/entries/{again}"' in reader.get(sent.headers["location"]).text
    assert net.browser().get(f"/entries/{again}").status_code == 200


def test_who_looked_at_an_older_version_is_shown_what_changed_and_loses_nothing(net: Network) -> None:
    number = in_state(net, "submitted")
    version = net.desk.view(number).version
    net.desk.changed(number, {"start_year": 2017}, net.desk.other)
    reader = net.browser("coordinator")
    answer = reader.post(f"/review/{number}/return", data={"version": version, "remarks": "Mis observaciones."})
    assert answer.status_code == 412
    assert "Año de inicio" in answer.text.partition('id="overtaken"')[2].partition("</div>")[0]
    assert "Mis observaciones." in answer.text
    assert reader.post(f"/review/{number}/publish", data={"version": version}).status_code == 412
    stale = reader.post(f"/review/{number}/withdraw", data={"version": version, "reason": "Mi motivo."})
    assert stale.status_code == 412
    assert "Mi motivo." in stale.text
    assert net.desk.view(number).status == "submitted"


def test_who_handed_it_in_is_told_why_somebody_else_has_to_publish(net: Network) -> None:
    number = net.desk.written({"title": {"es": "Propia"}, "city": HERE}, net.desk.coordinator)
    net.desk.handed_in(number)
    own = net.browser("coordinator")
    page = own.get(f"/review/{number}").text
    assert 'name="second"' not in page
    assert f'action="/review/{number}/publish"' in page
    assert own.post(f"/review/{number}/publish", data={"version": net.desk.view(number).version}).status_code == 403
    assert 'name="second"' not in net.browser("other").get(f"/review/{number}").text


def test_withdrawing_asks_for_a_reason_on_a_page_of_its_own(net: Network) -> None:
    number = in_state(net, "published")
    reader = net.browser("coordinator")
    form = {"version": net.desk.view(number).version}
    assert reader.post(f"/review/{number}/withdraw", data=form).status_code == 422
    assert reader.get(f"/review/{number}/withdraw").status_code == 200
    sent = reader.post(f"/review/{number}/withdraw", data={**form, "reason": REASON})
    assert sent.status_code == 303
    assert reader.get(sent.headers["location"]).status_code == 200
    assert reader.get(f"/review/{number}/withdraw").headers["location"] == f"/review/{number}"
    stone = net.browser().get(f"/entries/{number}")
    assert (stone.status_code, REASON in stone.text, "Huertos" in stone.text) == (410, True, False)
    assert net.browser().get(f"/api/v1/entries/{number}").json()["code"] == "gone"


def test_what_people_write_stays_what_they_wrote(net: Network) -> None:
    """S20, S52: in every field, name and remark, on every page of the review, of the entry and of its city."""
    number = in_state(net, "submitted")
    values: dict[str, object] = {"title": {"es": PAYLOAD}, "summary": {"es": PAYLOAD}, "cities": [PAYLOAD]}
    for id, spec in field_specs(net.bank.vocabulary, "experience").items():
        if spec.type in ("text", "longtext") and id not in ("title", "summary", "number"):
            values[id] = {"es": PAYLOAD} if spec.translated else PAYLOAD
    net.desk.changed(number, values, net.desk.coordinator)
    add_said = {"texts": {"es": PAYLOAD}, "author": PAYLOAD, "people": "adults", "consents": PAYLOAD}
    desk = net.desk
    files.describe_image(net.bank, desk.coordinator, number, 1, desk.view(number).version, add_said)
    said = {"people": "minors", "consents": PAYLOAD}
    files.describe_file(net.bank, desk.coordinator, number, 1, desk.view(number).version, said)
    deciding.return_to_city(net.bank, desk.coordinator, number, desk.view(number).version, PAYLOAD)
    places = [f"/review/{number}", f"/review/{number}?done=returned", f"/review/{number}/withdraw", "/review"]
    for who, some in (("coordinator", places), ("editor", [f"/deposits/{number}", "/deposits"])):
        for place in some:
            answer = net.browser(who).get(place)
            assert answer.status_code == 200
            assert "{{7*7}}" in answer.text
            assert "49 $" not in answer.text
            tree = html5lib.parse(answer.text, namespaceHTMLElements=False)
            assert len(list(tree.iter())) > 20, place
            for element in tree.iter():
                if isinstance(element.tag, str):
                    assert not [name for name in element.attrib if str(name).startswith("on")], place
                    assert not element.attrib.get("href", "").startswith("javascript:"), place
            scripts = [element for element in tree.iter("script") if not element.attrib.get("src")]
            assert [one for one in scripts if "alert" in (one.text or "")] == []


def test_the_queue_is_told_in_the_singular_and_the_decision_stands_before_the_file(net: Network) -> None:
    reader = net.browser("coordinator")
    number = in_state(net, "submitted")
    queue = reader.get("/review").text
    assert "Te espera 1 ficha" in queue
    assert '<span class="badge submitted">Por revisar</span>' in queue
    in_state(net, "submitted")
    assert "Te esperan 2 fichas" in reader.get("/review").text
    sheet = reader.get(f"/review/{number}").text
    assert '<span class="badge submitted">' in sheet
    assert (
        sheet.index('href="#decide"')
        < sheet.index('id="told"')
        < sheet.index('id="decide"')
        < sheet.index('id="beside"')
    )
    wrong = reader.post(f"/review/{number}/return", data={"version": net.desk.view(number).version, "remarks": ""}).text
    assert "<title>Error: " in wrong
    assert 'id="wrong-remarks"' in wrong
