"""Thirty payloads in title, text, city, question and snippet stay text in a real browser (S20)."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request

from bank import ingest
from bank.assembly import open_bank
from bank.jobs.indexer import open_indexer
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.entries.public import public_city_views
from tests.journeys.conftest import served
from tests.web.filling import add

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" autofocus onfocus="alert(1)',
    "' autofocus onfocus='alert(1)",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</p></main></body><script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href=javascript:alert(1)>pulsa</a>",
    "[pulsa](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<link rel=stylesheet href=data:text/css,*{color:red}>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=https://evil.example/>",
    "<form action=https://evil.example><button>x</button></form>",
    "<object data=javascript:alert(1)></object>",
    "<mark onmouseover=alert(1)>x</mark>",
    "{{ ''.__class__.__mro__ }}{% include '/etc/passwd' %}${alert(1)}",
    "&lt;script&gt;alert(1)&lt;/script&gt;&#60;img src=x onerror=alert(1)&#62;",
    "\u202e<script>alert(1)</script>\u2028<!--<img src='--><img src=x onerror=alert(1)>",
)


def hostile_file(folder: Path, number: int, payload: str) -> Path:
    """A Markdown file that says the payload wherever it can, between words that a search finds."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"hostile-{number:02}.md"
    front = {"title": f"{payload} veneno{number}", "summary": f"resumen {payload}", "city": f"Villa {payload}"}
    head = "\n".join(f"{name}: {json.dumps(value)}" for name, value in front.items())
    fenced = f"```\nveneno{number} antes {payload} después veneno\n```"
    text = f"---\n{head}\nlanguage: es\n---\n\n# {payload}\n\n{fenced}\n\nveneno {payload}\n"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bank, list[int]]]:
    """A bank of hostile entries and their numbers."""
    folder = tmp_path_factory.mktemp("hostile")
    bank = open_bank(Settings(home=folder / "bank"))
    with open_indexer(bank) as index:
        numbers = [add(bank, hostile_file(folder / "files", number, one)) for number, one in enumerate(PAYLOADS)]
        index.finish()
    yield bank, numbers
    bank.index.close()
    bank.database.close()
    ingest.close_extractors()


def places(bank: Bank, numbers: list[int]) -> Iterator[str]:
    """Every page on which a payload is shown."""
    yield from ("/", "/cities", "/search?q=veneno&size=100", "/search?sort=title&size=100", "/feed.atom")
    for number, payload in zip(numbers, PAYLOADS, strict=True):
        asked = quote(payload, safe="")
        yield f"/entries/{number}"
        yield f"/entries/{number}/pages/1?q={asked}"
        yield f"/search?q={asked}"
        yield f"/search?q=veneno&city={asked}&theme={asked}"
        yield f"/{asked}"
    yield from (f"/cities/{quote(city.id, safe='')}" for city in public_city_views(bank) if "Villa" in city.name)


def listen(page: Page, address: str, heard: list[str]) -> None:
    """Notes every dialog, every breach of the content policy and every request to elsewhere."""

    def dialog(opened: Dialog) -> None:
        heard.append(f"dialog {opened.message}")
        opened.dismiss()

    def console(said: ConsoleMessage) -> None:
        if "Content Security Policy" in said.text:
            heard.append(said.text)

    def request(asked: Request) -> None:
        if not asked.url.startswith(address):
            heard.append(asked.url)

    page.on("dialog", dialog)
    page.on("console", console)
    page.on("request", request)


def test_no_payload_runs_or_loads_anything_on_any_page(browser: Browser, poisoned: tuple[Bank, list[int]]) -> None:
    bank, numbers = poisoned
    heard: list[str] = []
    with served(bank) as address:
        context = browser.new_context(base_url=address, locale="es")
        page = context.new_page()
        listen(page, address, heard)
        visited = 0
        for place in places(bank, numbers):
            page.goto(place)
            visited += 1
        page.goto("/")
        page.locator("#q").press_sequentially("vene", delay=10)
        page.locator("[role=option]").first.wait_for()
        context.close()
    assert visited > 150
    assert heard == []


def test_a_payload_in_a_title_is_read_as_it_was_written(browser: Browser, poisoned: tuple[Bank, list[int]]) -> None:
    bank, numbers = poisoned
    with served(bank) as address:
        page = browser.new_page(base_url=address)
        page.goto(f"/entries/{numbers[0]}")
        assert page.locator("h1").inner_text() == "<script>alert(1)</script> veneno0"
        page.goto(f"/entries/{numbers[1]}/pages/1?q=antes")
        assert page.locator(".leaf mark").first.inner_text() == "antes"
        assert page.locator(".leaf img").count() == 0
        page.close()
