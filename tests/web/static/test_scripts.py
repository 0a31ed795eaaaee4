"""The scripts of the pages pass their own tests (``*.test.mjs``), in node or in Chromium."""

from pathlib import Path

import pytest

from tests.web.static.running import HERE, ROOT, Runner, in_chromium, in_node, node, runner

SCRIPTS = ROOT / "bank" / "web" / "static"
TESTS = sorted(HERE.glob("*.test.mjs"))
WIRING = ("page.mjs", "viewer.mjs", "drawing.mjs")
"""Modules that only put others together, or wait for the browser: the journeys drive them."""
LONGEST = 120
RUNNERS = (in_node, in_chromium) if node() else (in_chromium,)
WRONG = """
import assert from "node:assert/strict";
import { test } from "node:test";
test("one is one", () => { assert.equal(1, 1); assert.deepEqual({ a: [1] }, { a: [1] }); });
test("one is two", () => assert.equal(1, 2));
test("later it is", async () => { await null; assert.deepEqual([1, { a: 1 }], [1, { a: 2 }]); });
test("it is not", () => assert.ok(false));
test("nor does it match", () => assert.match("a", /b/));
"""


def ready() -> Runner:
    found = runner()
    if found is None:
        pytest.fail("Neither node nor Chromium is here: install one (Debian: apt-get install chromium).", pytrace=False)
    return found


def test_every_script_passes_its_tests() -> None:
    told = ready()(TESTS)
    assert told.failures == ""
    assert told.passed > len(TESTS)


def test_without_node_the_same_tests_pass_in_chromium() -> None:
    told = in_chromium(TESTS)
    assert told.failures == ""
    assert told.passed > len(TESTS)


@pytest.mark.parametrize("run", RUNNERS)
def test_what_is_wrong_is_told_and_counts_as_no_pass(run: Runner, tmp_path: Path) -> None:
    file = tmp_path / "wrong.test.mjs"
    file.write_text(WRONG, encoding="utf-8")
    told = run([file])
    assert told.passed == 1
    for name in ("one is two", "later it is", "it is not", "nor does it match"):
        assert name in told.failures


@pytest.mark.parametrize("run", RUNNERS)
def test_a_file_that_cannot_be_read_is_no_success(run: Runner, tmp_path: Path) -> None:
    file = tmp_path / "unread.test.mjs"
    file.write_text('import { nothing } from "./nowhere.mjs";\n', encoding="utf-8")
    told = run([file])
    assert told.passed == 0
    assert "unread.test.mjs" in told.failures


def test_every_module_has_tests_and_fits_in_a_head() -> None:
    modules = [file for file in SCRIPTS.rglob("*.mjs") if file.name not in WIRING]
    assert modules
    assert {file.stem for file in modules} == {file.name.removesuffix(".test.mjs") for file in TESTS}
    lengths = {file.name: len(file.read_text(encoding="utf-8").splitlines()) for file in SCRIPTS.rglob("*.mjs")}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}
