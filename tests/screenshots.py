"""Takes a picture of every page into ``docs/screenshots``: ``make screenshots``.

A fictional network is filled for it: entries in each state, one with a very long title, people of each role, empty
lists and faults. Every page of ``tests/web/every_page.py`` is taken at 1280 and 390 pixels, light and dark, in Spanish
and Portuguese, signed in as who works on it, and named in ``docs/screenshots/README.md``.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from bank.jobs.indexer import open_indexer
from bank.settings import Settings
from tests.journeys.conftest import ARGUMENTS, CHROMIUM, served
from tests.web.every_page import ROLES, Screen, screens
from tests.web.filling import Filled, fill
from tests.web.network import Network, network
from tests.workflow.deposits.making import NEEDED

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
WIDTHS = (1280, 390)
LIGHTS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGES = ("es", "pt")
TALLEST = 6000
"""Pixels of a page that a picture shows; what is below is cut off."""
QUALITY = 55
LONG_TITLE = (
    "Caminos escolares seguros, huertos compartidos y bibliotecas de barrio: una experiencia de seis años con "
    "familias, docentes, comercios y personas mayores en catorce colonias de una ciudad ficticia 🌱"
)
WRONG: Sequence[tuple[str, str, str, Sequence[tuple[str, str]]]] = (
    ("login-wrong", "/login", "visitor", (("#email", "nadie@ciudad.example"), ("#password", "equivocada"))),
    ("person-wrong", "/admin/people/new", "coordinator", (("#email", "sin arroba"),)),
)
"""Forms that are sent with faults: name, address, who, and what is filled in before Enter."""


INDEX = """# Every page, as it looks

`make screenshots` makes these pictures from a fictional network (`tests/screenshots.py`): every page of
`tests/web/every_page.py`, signed in as who works on it, with a very long title, empty lists, faults and the open menu.
Each is there eight times, as `PAGE-WIDTH-LIGHT-LANGUAGE.jpg`: at 1280 and 390 pixels, light and dark, in Spanish (es)
and Portuguese (pt). Pages begin with the role: visitor, editor, stranger (an editor of a city without entries),
coordinator, admin. Git keeps this list and `search.png` only; the others are made anew.

"""


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is taken."""

    width: int
    light: Literal["light", "dark"]
    language: str

    @property
    def ending(self) -> str:
        return f"{self.width}-{self.light}-{self.language}.jpg"


LOOKS = tuple(Look(width, light, code) for width in WIDTHS for light in LIGHTS for code in LANGUAGES)


@contextmanager
def shown_network(folder: Path) -> Iterator[tuple[Network, Filled]]:
    """A network with entries in each state, and many published ones."""
    with network(Settings(home=folder / "bank")) as net:
        (folder / "files").mkdir()
        with open_indexer(net.bank) as index:
            filled = fill(net.bank, folder / "files")
            for state in ("draft", "submitted"):
                number = net.desk.written({**NEEDED, "title": {"es": f"{LONG_TITLE} ({state})"}})
                if state == "submitted":
                    net.desk.handed_in(number)
            index.finish()
        yield net, filled


def all_screens(net: Network, filled: Filled) -> Iterator[Screen]:
    """Every page, and more examples of those that people read."""
    yield from screens(net)
    yield Screen("entry-told", "", f"/entries/{filled.told}")
    yield Screen("entry-bulletin", "", f"/entries/{filled.bulletin}")
    yield Screen("page-bulletin", "", f"/entries/{filled.bulletin}/files/1/pages/2?q=huertos")


def taken(browser: Browser, net: Network, address: str, shown: Sequence[Screen], into: Path) -> Iterator[str]:
    """Takes every picture; the name of each."""
    for look in LOOKS:
        for who in (*ROLES, "stranger"):
            context = browser.new_context(
                base_url=address,
                locale=look.language,
                color_scheme=look.light,
                viewport={"width": look.width, "height": 900},
                reduced_motion="reduce",
            )
            if who in net.stays:
                context.add_cookies([{"name": "session", "value": net.stays[who], "url": address}])
            page = context.new_page()
            for screen in shown:
                if screen.who == who:
                    page.goto(f"{screen.address}{'&' if '?' in screen.address else '?'}lang={look.language}")
                    yield picture(page, into, f"{who}-{screen.name}-{look.ending}")
            for name, place, sender, values in WRONG:
                if sender == who:
                    page.goto(f"{place}?lang={look.language}")
                    send(page, values)
                    yield picture(page, into, f"{who}-{name}-{look.ending}")
            if who == "visitor" or who == "admin":
                page.goto(f"/about?lang={look.language}")
                menu = page.locator(".menu > summary")
                (menu if menu.is_visible() else page.locator(".tongues summary")).click()
                yield picture(page, into, f"{who}-menu-{look.ending}")
            context.close()


def send(page: Page, values: Sequence[tuple[str, str]]) -> None:
    """Fills a form in and sends it, without the browser's own checks."""
    for field, value in values:
        page.fill(field, value)
    page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
    with page.expect_navigation():
        page.press(values[-1][0], "Enter")


def picture(page: Page, into: Path, name: str) -> str:
    """Saves what the window shows and what is below; the file's name."""
    high = min(TALLEST, int(page.evaluate("document.documentElement.scrollHeight")))
    wide = (page.viewport_size or {"width": WIDTHS[0]})["width"]
    clip = {"x": 0.0, "y": 0.0, "width": float(wide), "height": float(high)}
    page.screenshot(path=into / name, type="jpeg", quality=QUALITY, full_page=True, clip=clip)  # type: ignore[arg-type]
    return name


def index_of(names: Sequence[str]) -> str:
    """The text of the folder's README: one line for each page."""
    ends = [f"-{look.ending}" for look in LOOKS]
    pages = dict.fromkeys(name.removesuffix(end) for name in names for end in ends if name.endswith(end))
    return INDEX + "".join(f"- {page}\n" for page in pages)


def main() -> None:
    """Takes the pictures; ``--only TEXT`` those whose page has TEXT in its name."""
    asked = argparse.ArgumentParser(description=main.__doc__)
    asked.add_argument("--into", type=Path, default=FOLDER)
    asked.add_argument("--only", default="")
    given = asked.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    if CHROMIUM is None:
        raise SystemExit("Chromium is missing: install it (Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as folder, shown_network(Path(folder)) as (net, filled):
        shown = [screen for screen in all_screens(net, filled) if given.only in screen.name]
        with served(net.bank) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            names = list(taken(browser, net, address, shown, given.into))
            browser.close()
    if not given.only:
        (given.into / "README.md").write_text(index_of(names), encoding="utf-8")
    print(f"{len(names)} pictures in {given.into}")


if __name__ == "__main__":
    main()
