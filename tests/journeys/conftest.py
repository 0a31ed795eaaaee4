"""A real server, a real browser: what the journeys travel in."""

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bank.jobs.deposits import do_read_job
from bank.settings import Settings
from bank.web.app import create_app
from bank.workflow.bank import Bank
from tests.web.filling import Filled, filled
from tests.web.network import Network, network

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def served(bank: Bank) -> Iterator[str]:
    """The bank's address while uvicorn answers for it in a thread."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(bank), log_level="error", lifespan="off"))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        running.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            running.join()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    folder = tmp_path_factory.mktemp("journeys")
    settings = Settings(home=folder / "bank")
    with filled(folder / "bank", folder / "files", settings) as ready:
        yield ready


@pytest.fixture(scope="session")
def address(made: Filled) -> Iterator[str]:
    """Where the filled bank answers."""
    with served(made.bank) as place:
        yield place


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a module's journeys and no longer: while it is driven, no other event loop starts here."""
    if CHROMIUM is None:
        pytest.fail("Chromium is missing: install it (Debian: apt-get install chromium).", pytrace=False)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(Path(CHROMIUM)), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A visitor's browser, wide and Spanish, who knows nothing yet."""
    opened = browser.new_context(base_url=address, locale="es-MX", viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@dataclass(frozen=True)
class Place:
    """A served network with a worker that reads files."""

    net: Network
    address: str
    browser: Browser

    def context(self, who: str, width: int = 1280) -> BrowserContext:
        """The browser of somebody who is signed in."""
        opened = self.browser.new_context(
            base_url=self.address, locale="es-MX", viewport={"width": width, "height": 900}, bypass_csp=True
        )
        opened.add_cookies([{"name": "session", "value": self.net.stays[who], "url": self.address}])
        return opened


@pytest.fixture
def still(settings: Settings, browser: Browser) -> Iterator[Place]:
    """One whose worker rests: the test itself reads files, or there are none."""
    with network(settings, populated=False) as net, served(net.bank) as address:
        yield Place(net, address, browser)


@pytest.fixture
def place(still: Place) -> Iterator[Place]:
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            if not do_read_job(still.net.bank):
                stop.wait(0.1)

    worker = threading.Thread(target=read)
    worker.start()
    yield still
    stop.set()
    worker.join()
