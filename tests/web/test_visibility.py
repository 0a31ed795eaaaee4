"""What is not public is nowhere: a word that only a draft has, looked for at every address that there is."""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from bank.catalogue.tables import City, Membership, User
from bank.clock import now
from bank.export import EXPORT_FORMATS
from bank.jobs.deposits import do_read_job
from bank.jobs.indexer import open_indexer
from bank.settings import Settings
from bank.web.app import create_app
from bank.workflow.deposits import files
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.submitting import submit
from bank.workflow.deposits.values import field_specs
from bank.workflow.review import deciding
from tests.ingest.making_pdfs import book, lines
from tests.web.matrix import addresses
from tests.web.network import Network, add_picture, in_state, network, person
from tests.workflow.deposits.making import HERE, NEEDED

PROBE, SECRET, INSIDE = "sondaficticia", "canariosecreto", "soloparalared"
"""PROBE and SECRET stand together: who searches for the one must not be told the other. INSIDE is for the network."""
BOTH = f"{PROBE} {SECRET}"
CITY = f"xx-villa-{PROBE}-{SECRET}"
"""The id of a city that only the draft names; a page that is asked for by it may repeat its own address."""
CHANGING = re.compile(
    r'"(?:took_ms|score)": ?[\d.]+|"request_id":"[^"]*"|<code>[\w-]{8,}</code>|\(?[\d.,]+ ?ms\)?'
    r'|name="(?:key|once)"(?: autocomplete="off")? value="[^"]*"'
)
"""What differs from one answer to the next though nothing has changed."""
ALIVE = ("/metrics", "/readyz", "/healthz", "/deposits/template.docx", "/account")
FACETS = (f"city=xx-villa-{PROBE}", "kind=experience")
ASKED = ("", f"q={PROBE}", f"q={PROBE[:6]}*", "q=status:draft", "q=huertos", *FACETS)


@pytest.fixture
def net(settings: Settings) -> Iterator[Network]:
    with network(settings, populated=False) as made:
        in_state(made, "published")
        indexed(made)
        yield made


def indexed(net: Network) -> None:
    """Has the worker do what waits."""
    with open_indexer(net.bank) as index:
        index.finish()


def places(net: Network, entry: int) -> Iterator[str]:
    """Every address that is asked for, with all that could lead to an entry."""
    with net.bank.database.reading() as session:
        cities = [id for id in session.scalars(select(City.id)) if PROBE in id or id == HERE]
    values: Mapping[str, list[object]] = {
        "number": [entry],
        "id": ["medio-ambiente", *(cities or [HERE])],
        "name": ["principles", "themes"],
        "ending": [form.ending for form in EXPORT_FORMATS.values()],
        "format": [form.ending for form in EXPORT_FORMATS.values()],
        "token": ["x" * 43],
        **{name: [1, 2] for name in ("file", "page", "image", "part")},
    }
    for path in {address.path for address in addresses(create_app(net.bank)) if address.method == "GET"}:
        filled = [path]
        for name, some in values.items():
            filled = [re.sub(rf"{{{name}(:\w+)?}}", str(value), one) for one in filled for value in some]
        yield from filled
        if path.endswith(("/search", "/search.{ending}", "/feed.atom", "/complete")):
            yield from (f"{one}?{asked}" for one in set(filled) for asked in ASKED)


def crawled(net: Network, who: str, entry: int) -> dict[str, str]:
    """Address -> what this person gets there: status, headers and body."""
    page, program = net.browser(who), net.program(who)
    found = {}
    for place in sorted(set(places(net, entry))):
        got = (program if place.startswith("/api/") else page).get(place)
        headers = "\n".join(got.headers.get(name, "") for name in ("location", "content-disposition"))
        told = f"{got.status_code}\n{headers}\n{got.content.decode('utf-8', 'replace')}"
        asked = CITY if CITY in place else place.partition("?")[0]
        found[place] = CHANGING.sub("", told.replace(asked, ""))
    assert len(found) > 120
    return found


def telling(found: Mapping[str, str], *words: str) -> list[str]:
    return [place for place, body in found.items() if any(word in body.lower() for word in words)]


def differing(before: Mapping[str, str], after: Mapping[str, str], *but: str) -> list[str]:
    return [
        place
        for place, body in after.items()
        if place in before and before[place] != body and not place.startswith((*ALIVE, *but))
    ]


def canary(net: Network) -> int:
    """A draft of the city HERE that has the words wherever a person or a file can put any."""
    specs = field_specs(net.bank.vocabulary, "experience")
    values: dict[str, object] = {}
    for id, spec in specs.items():
        word = BOTH if spec.visible == "public" else INSIDE
        plain: dict[str, object] = {"list": [word], "links": [{"title": word, "url": "https://ciudad.example"}]}
        if spec.type in ("text", "longtext", "list", "links") and id not in ("title", "summary", "number"):
            value = plain.get(spec.type, word)
            values[id] = {"es": word} if spec.translated else value
    number = net.desk.written(
        {
            **values,
            **NEEDED,
            "title": {"es": f"Título {BOTH}", "en": f"Title {BOTH}"},
            "summary": {"es": f"Resumen {BOTH} de los huertos."},
            "contact": {"post": BOTH, "mailbox": f"{SECRET}@ciudad.example"},
            "cities": [f"Villa {PROBE} {SECRET}"],
        }
    )
    desk, bank = net.desk, net.bank
    pdf = book([lines([f"Huertos {BOTH}"]), lines([f"Familias {BOTH}"])], Title=BOTH)
    files.add_files(bank, desk.editor, number, [IncomingFile(f"{BOTH}.pdf", io.BytesIO(pdf))])
    letter = book([lines([f"Carta {INSIDE}"])])
    files.add_files(
        bank, desk.editor, number, [IncomingFile(f"{INSIDE}.pdf", io.BytesIO(letter))], purpose="mayor_letter"
    )
    while do_read_job(bank):
        pass
    said = {"people": "adults", "consents": INSIDE, "licence": "CC-BY-4.0"}
    files.describe_file(bank, desk.editor, number, 1, desk.view(number).version, said)
    files.describe_file(bank, desk.editor, number, 1001, desk.view(number).version, {"licence": "CC-BY-4.0"})
    add_picture(desk, number, {"texts": {"es": BOTH}, "author": BOTH, "people": "adults", "consents": INSIDE})
    assert desk.view(number).faults == ()
    return number


def test_what_is_on_its_way_is_nowhere_for_visitors_and_other_cities(net: Network) -> None:
    """S25, and S31 at its end: withdrawn, it is nowhere again, whether the worker has run or not."""
    desk, bank, soon = net.desk, net.bank, 2
    outside = ("visitor", "stranger")
    before = {who: crawled(net, who, soon) for who in (*outside, "coordinator")}
    number = canary(net)
    assert number == soon
    assert SECRET in net.browser("editor").get(f"/deposits/{number}").text

    def nowhere(*who: str, but: str = "/admin/") -> None:
        """Coordinators are told the names of cities, to confirm them, and nothing else."""
        for one in who:
            after = crawled(net, one, number)
            told = [place for place in telling(after, SECRET, INSIDE) if not place.startswith(but)]
            assert (one, told) == (one, [])
            assert (one, differing(before[one], after, but)) == (one, [])

    nowhere(*outside, "coordinator")
    accept = bank.network.agreement.version
    submit(bank, desk.editor, number, desk.view(number).version, accept=accept, remarks=f"{SECRET} {INSIDE}")
    nowhere(*outside)
    deciding.return_to_city(bank, desk.coordinator, number, desk.view(number).version, f"{SECRET} {INSIDE}")
    nowhere(*outside)


def test_what_only_the_network_sees_of_a_published_entry_is_nowhere_public(net: Network) -> None:
    desk, bank = net.desk, net.bank
    number = canary(net)
    submit(bank, desk.editor, number, desk.view(number).version, accept=bank.network.agreement.version, remarks=INSIDE)
    deciding.publish(bank, desk.coordinator, number, desk.view(number).version)
    indexed(net)
    assert INSIDE in net.browser("coordinator").get(f"/review/{number}").text
    for who in ("visitor", "stranger"):
        found = crawled(net, who, number)
        assert (who, telling(found, INSIDE)) == (who, [])
        assert {f"/entries/{number}", f"/search?q={PROBE}", f"/api/v1/entries/{number}"} <= set(telling(found, SECRET))
        assert found[f"/entries/{number}/files/2"].startswith("404")
        assert "<mark>" in found[f"/search?q={PROBE}"]


def test_what_was_withdrawn_is_nowhere_at_once_and_after_the_worker_has_run(net: Network) -> None:
    """S31: the index hears of it later than visitors do."""
    desk, bank, soon = net.desk, net.bank, 2
    before = crawled(net, "visitor", soon)
    number = canary(net)
    submit(bank, desk.editor, number, desk.view(number).version, accept=bank.network.agreement.version)
    deciding.publish(bank, desk.coordinator, number, desk.view(number).version)
    indexed(net)
    assert telling(crawled(net, "visitor", number), SECRET)
    deciding.withdraw(bank, desk.coordinator, number, desk.view(number).version, "Ya no aplica.")
    own = (f"/entries/{number}", f"/api/v1/entries/{number}", "/api/v1/stats")
    for drained in (False, True):
        if drained:
            indexed(net)
        after = crawled(net, "visitor", number)
        assert (drained, telling(after, SECRET, INSIDE)) == (drained, [])
        assert (drained, differing(before, after, *(own[:2] if drained else own))) == (drained, [])
        stone = net.browser().get(f"/entries/{number}")
        assert stone.status_code == 410
        assert "Ya no aplica." in stone.text
        for part in ("/files/1", "/files/1/pages/1", "/pages/1", "/files/1/thumbnail", "/images/1", ".json", ".csv"):
            assert net.browser().get(f"/entries/{number}{part}").status_code in (404, 410)


def test_the_successor_finds_everything_and_who_left_nothing(net: Network) -> None:
    number = canary(net)
    user, stay = person(net.bank, "successor", "editor", HERE)
    assert user
    leaver = net.browser("editor")
    assert leaver.get(f"/deposits/{number}").status_code == 200
    with net.bank.database.writing() as session:
        mine = select(User.id).where(User.email == "editor@ciudad.example").scalar_subquery()
        yesterday = now().date() - timedelta(days=1)
        days = {"since": yesterday - timedelta(days=400), "until": yesterday}
        session.execute(update(Membership).where(Membership.user_id == mine).values(**days))
    for place in ("", "/files/1", "/images/1", "/state.json"):
        assert leaver.get(f"/deposits/{number}{place}").status_code == 404
    program = net.program("editor")
    assert program.get(f"/api/v1/entries/{number}").status_code == 404
    assert SECRET not in leaver.get("/deposits").text
    assert SECRET not in program.get("/api/v1/submissions").text
    successor: TestClient = net.asking({"cookie": f"session={stay}", "sec-fetch-site": "same-origin"})
    assert SECRET in successor.get("/deposits").text
    assert SECRET in successor.get(f"/deposits/{number}").text
    assert successor.get(f"/deposits/{number}/files/1").status_code == 200


def test_a_demotion_holds_at_the_next_request(net: Network) -> None:
    """S30."""
    number = in_state(net, "submitted")
    reader, program = net.browser("coordinator"), net.program("coordinator")
    assert reader.get(f"/review/{number}").status_code == 200
    assert program.get("/api/v1/review").status_code == 200
    with net.bank.database.writing() as session:
        session.execute(update(User).where(User.id == net.desk.coordinator.id).values(role="editor"))
    for place in ("/review", f"/review/{number}", f"/deposits/{number}"):
        assert reader.get(place).status_code == 404
    sent = {"version": net.desk.view(number).version, "remarks": "palabras"}
    for act in ("publish", "return", "withdraw"):
        assert reader.post(f"/review/{number}/{act}", data=sent).status_code == 404
    assert program.get("/api/v1/review").status_code == 404
    assert program.post(f"/api/v1/entries/{number}/publish").status_code == 404
    assert net.desk.view(number).status == "submitted"
