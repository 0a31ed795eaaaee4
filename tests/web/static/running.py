"""Runs the tests of the scripts: in node's own runner where there is node, else the same files in Chromium."""

import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from json import dumps
from pathlib import Path

from playwright.sync_api import Route, sync_playwright

from tests.journeys.conftest import ARGUMENTS, CHROMIUM

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).resolve().parent
OLDEST_NODE = 18
"""The first that has a runner of its own."""
PATIENCE = 120
PLACE = "http://scripts.invalid"
"""Where Chromium finds this repository's files; no such host exists."""
STAND_INS = {
    "node:test": f"{PLACE}/tests/web/static/in_browser/test.mjs",
    "node:assert/strict": f"{PLACE}/tests/web/static/in_browser/assert.mjs",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many tests passed, and what is told of those that did not."""

    passed: int
    failures: str


Runner = Callable[[Sequence[Path]], Outcome]


def node() -> str | None:
    """The path of a node that can run tests."""
    found = shutil.which("node")
    if found is None:
        return None
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.", told)
    return found if version and int(version[1]) >= OLDEST_NODE else None


def runner() -> Runner | None:
    """What runs tests on this machine; None where there is neither node nor Chromium."""
    if node() is not None:
        return in_node
    return in_chromium if CHROMIUM is not None else None


def in_node(files: Sequence[Path]) -> Outcome:
    """Runs test files, each in a process of its own."""
    command = [str(node()), "--test", "--test-reporter=tap", *map(str, files)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    counted = re.search(r"^# pass (\d+)$", ran.stdout, re.MULTILINE)
    passed = int(counted[1]) if counted else 0
    return Outcome(passed, "" if ran.returncode == 0 and passed else ran.stdout + ran.stderr)


def in_chromium(files: Sequence[Path]) -> Outcome:
    """Runs test files in one page, with small stand-ins for what node brings."""
    page_text = f'<!doctype html><script type="importmap">{dumps({"imports": STAND_INS})}</script>'
    places = {f"{PLACE}/{file.relative_to(ROOT) if file.is_relative_to(ROOT) else file.name}": file for file in files}

    def serve(route: Route) -> None:
        address = route.request.url
        if address == f"{PLACE}/":
            return route.fulfill(body=page_text, content_type="text/html")
        file = places.get(address, ROOT / address.removeprefix(f"{PLACE}/"))
        return route.fulfill(path=file, content_type="text/javascript") if file.is_file() else route.abort()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page()
        page.route("**/*", serve)
        page.goto(f"{PLACE}/")
        told = page.evaluate(
            """async (places) => {
              const unread = [];
              for (const place of places) await import(place).catch((error) => unread.push([place, String(error)]));
              return [...unread, ...await (await import("node:test")).report()];
            }""",
            list(places),
        )
        browser.close()
    return Outcome(sum(wrong is None for _, wrong in told), "\n\n".join(f"{n}: {wrong}" for n, wrong in told if wrong))
