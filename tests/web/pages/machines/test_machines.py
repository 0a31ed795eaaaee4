"""What programs read: feed, sitemap, exports, health, counts, static files."""

import csv
import io
import re
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import anyio
import httpx2
from sqlalchemy import select
from starlette.testclient import TestClient

from bank.catalogue.alarms import raise_alarm
from bank.catalogue.info import write_info
from bank.catalogue.jobs import insert_job
from bank.catalogue.tables import Job
from bank.clock import now
from bank.web.app import create_app
from bank.workflow.bank import Bank
from bank.workflow.upkeep.backup import make_backup
from bank.workflow.upkeep.notes import BACKUP_KEY
from tests.web.filling import PLENTY, Filled

LOADED = re.compile(r'<(?:script|img|link rel="(?:stylesheet|icon)")[^>]*?(?:src|href)="([^"]+)"')
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_the_feed_holds_the_search_with_permanent_ids(client: TestClient, made: Filled) -> None:
    answer = client.get("/feed.atom?q=museos&kind=guide")
    assert answer.headers["content-type"] == "application/atom+xml"
    feed = ElementTree.fromstring(answer.content)
    link = feed.find("a:link[@rel='self']", ATOM)
    assert link is not None
    assert link.get("href") == "http://127.0.0.1:8000/feed.atom?q=museos&kind=guide"
    links = [node.get("href", "") for node in feed.findall("a:entry/a:link", ATOM)]
    assert links == [f"http://127.0.0.1:8000/entries/{made.held_back}"]
    stamp = feed.findtext("a:entry/a:updated", "", ATOM)
    assert datetime.fromisoformat(stamp).tzinfo is not None
    assert feed.findtext("a:updated", "", ATOM) == stamp


def test_the_feed_of_everything_begins_with_what_changed_last(client: TestClient) -> None:
    feed = ElementTree.fromstring(client.get("/feed.atom").content)
    stamps = [node.text or "" for node in feed.findall("a:entry/a:updated", ATOM)]
    assert len(stamps) == PLENTY + 4
    assert stamps == sorted(stamps, reverse=True)
    assert len(ElementTree.fromstring(client.get("/feed.atom?size=3").content).findall("a:entry", ATOM)) == 3


def test_an_entry_without_a_summary_has_none_in_the_feed(client: TestClient, made: Filled) -> None:
    feed = ElementTree.fromstring(client.get("/feed.atom").content)
    assert client.get(f"/api/v1/entries/{made.catalan}").json()["summary"] is None
    assert feed.findall("a:entry/a:summary", ATOM) == []


def test_a_feed_without_entries_is_a_feed(client: TestClient) -> None:
    feed = ElementTree.fromstring(client.get("/feed.atom?q=zqxwv%00%01").content)
    assert feed.findall("a:entry", ATOM) == []
    assert feed.findtext("a:updated", "", ATOM) == "1970-01-01T00:00:00Z"


def test_the_sitemap_lists_every_published_entry_and_no_other(client: TestClient, made: Filled) -> None:
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    places = [node.text or "" for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    entries = [place for place in places if "/entries/" in place]
    assert len(entries) == PLENTY + 4
    assert f"http://127.0.0.1:8000/entries/{made.draft}" not in entries
    assert "http://127.0.0.1:8000/principles/20" in places
    assert client.get("/sitemap-1.xml").status_code == 200
    assert client.get("/sitemap-2.xml").status_code == 404


def test_a_spreadsheet_takes_no_title_for_a_formula(client: TestClient, made: Filled) -> None:
    for address in ("/search.csv", f"/entries/{made.formula}.csv"):
        answer = client.get(address)
        assert answer.content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        cells = [cell for row in rows for cell in row]
        assert "'=HYPERLINK(1) y más" in cells
        assert not [cell for cell in cells if re.match(r"[=+\-@\t\r\0]", cell)]


def test_an_export_holds_the_whole_search_whatever_the_page(client: TestClient) -> None:
    lines = client.get("/search.jsonl?theme=medio-ambiente&size=1&page=3").content.splitlines()
    assert len(lines) == PLENTY
    assert client.get("/search.docx").status_code == 404
    assert client.get("/search.nada").status_code == 404


def test_health_is_told(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    answer = client.get("/readyz")
    state = answer.json()
    assert answer.status_code == 200
    assert state["ready"] is True
    assert "tesseract" in state["checks"]


def test_a_catalogue_that_is_moved_away_makes_the_bank_unready_and_is_told_on_every_page(bank: Bank) -> None:
    reader = TestClient(create_app(bank), base_url="http://127.0.0.1", headers={"accept-language": "es"})
    path = bank.database.file
    path.rename(path.with_name("away.db"))
    answer = reader.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["catalogue"]) == (503, "moved away or replaced")
    page = reader.get("/cities")
    assert page.status_code == 503
    assert "catálogo" in page.text
    assert not path.exists(), "nobody founds another"
    path.with_name("away.db").rename(path)
    assert reader.get("/readyz").json()["checks"]["catalogue"] == "ok"
    assert reader.get("/cities").status_code == 200


def test_monitoring_is_answered_while_every_thread_for_visitors_is_taken(made: Filled) -> None:
    app = create_app(made.bank)

    async def crowded() -> list[int]:
        threads = anyio.to_thread.current_default_thread_limiter()
        for number in range(int(threads.total_tokens)):
            threads.acquire_on_behalf_of_nowait(number)
        transport = httpx2.ASGITransport(app, client=("127.0.0.1", 1))
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as monitor:
            with anyio.fail_after(60):
                return [(await monitor.get(path)).status_code for path in ("/healthz", "/readyz", "/metrics")]

    assert anyio.run(crowded) == [200, 200, 200]


def test_answers_are_counted_by_route_and_never_by_address(made: Filled) -> None:
    with TestClient(create_app(made.bank), base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as near:
        near.get(f"/entries/{made.bulletin}")
        near.head(f"/entries/{made.bulletin}")
        near.get("/nowhere/at/all")
        text = near.get("/metrics").text
    assert 'bank_answers_total{method="GET",route="/entries/{number}",status="200"} 1.0' in text
    assert 'bank_answers_total{method="HEAD",route="/entries/{number}",status="200"} 1.0' in text
    assert 'route="none",status="404"' in text
    assert "nowhere" not in text
    assert 'bank_pending{work="index"} 0' in text


def test_the_state_of_the_bank_is_told_to_this_machine_and_to_no_other(bank: Bank, tmp_path: Path) -> None:
    def ask(address: str, client: str = "127.0.0.1") -> httpx2.Response:
        reader = TestClient(create_app(bank), base_url="http://127.0.0.1", client=(client, 1))
        return reader.get(address)

    assert "bank_last_backup" not in ask("/metrics").text
    assert ask("/readyz").json()["state"]["backup"] == "none has been made yet"
    made = make_backup(bank, tmp_path / "bank.tar")
    with bank.database.writing() as session:
        insert_job(session, "ocr", {})
        for job in session.scalars(select(Job)):
            job.created = now() - timedelta(hours=2)
        raise_alarm(session, "test", "Look at this.")
    figures = dict(line.rsplit(" ", 1) for line in ask("/metrics").text.splitlines() if not line.startswith("#"))
    assert 7200 <= float(figures['bank_oldest_job_seconds{kind="ocr"}']) < 7300
    assert figures['bank_oldest_job_seconds{kind="read"}'] == "0.0"
    assert figures['bank_jobs{kind="ocr",state="waiting"}'] == "1"
    assert (figures["bank_alarms"], figures["bank_worker_alive"]) == ("1", "0")
    assert figures["bank_last_backup_bytes"] == str(made.size)
    assert float(figures["bank_last_backup_timestamp_seconds"]) > 0
    assert "bank_last_backup_proved_timestamp_seconds" not in figures
    assert int(figures["bank_disk_free_bytes"]) > 0
    ready = ask("/readyz").json()
    assert ready["state"]["alarms"] == "test"
    assert ready["state"]["jobs ocr"] == "1 waiting, 0 running, 0 failed"
    assert f"{made.size} bytes" in ready["state"]["backup"]
    assert "state" not in ask("/readyz", "192.0.2.1").json()
    assert ask("/metrics", "192.0.2.1").status_code == 404


def test_counters_worker_and_free_room_are_told_though_the_catalogue_does_not_answer(bank: Bank) -> None:
    with bank.database.writing() as session:
        write_info(session, BACKUP_KEY, "{")  # as in a damaged catalogue
    reader = TestClient(create_app(bank), base_url="http://127.0.0.1", client=("127.0.0.1", 1))
    reader.get("/healthz")
    answer = reader.get("/metrics")
    assert answer.status_code == 200
    assert 'bank_answers_total{method="GET",route="/healthz",status="200"} 1.0' in answer.text
    assert "bank_worker_alive 0" in answer.text
    assert re.search(r"^bank_disk_free_bytes \d+$", answer.text, re.MULTILINE)
    assert "bank_alarms" not in answer.text
    assert "state" not in reader.get("/readyz").json()


def test_static_files_may_be_kept_for_ever_under_their_hash_only(client: TestClient) -> None:
    page = client.get("/").text
    found = re.search(r'href="(/static/bank\.[0-9a-f]{12}\.css)"', page)
    assert found is not None
    assert "immutable" in client.get(found[1]).headers["cache-control"]
    assert "immutable" not in client.get("/static/bank.css").headers["cache-control"]
    assert client.get("/static/bank.000000000000.css").status_code == 404


def test_the_pages_load_nothing_from_elsewhere(client: TestClient, made: Filled) -> None:
    for address in ("/", "/search?q=villa", f"/entries/{made.bulletin}", "/docs", "/about"):
        loaded = LOADED.findall(client.get(address).text)
        assert loaded
        assert all(place.startswith("/") for place in loaded), loaded
