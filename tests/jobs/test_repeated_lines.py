"""Equal log lines become one with a count, and nothing else is held back."""

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bank.jobs.json_lines import JsonLineFormatter
from bank.jobs.repeated_lines import MOST_COUNTED_LINES, RepeatedLines


@pytest.fixture
def written() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def handler(written: io.StringIO) -> RepeatedLines:
    target = logging.StreamHandler(written)
    target.setFormatter(JsonLineFormatter())
    return RepeatedLines(target)


@pytest.fixture
def log(handler: RepeatedLines) -> Iterator[logging.Logger]:
    made = logging.getLogger("test.repeated")
    made.addHandler(handler)
    made.propagate = False
    yield made
    made.removeHandler(handler)


def messages(written: io.StringIO) -> list[str]:
    return [json.loads(line)["message"] for line in written.getvalue().splitlines()]


def test_45000_equal_lines_become_one_with_a_count(
    log: logging.Logger, handler: RepeatedLines, written: io.StringIO
) -> None:
    for number in range(45_000):
        try:
            raise OSError(28, "No space left on device", f"/x/{number}")
        except OSError:
            log.exception("Making vectors failed; it will be tried again.")
    assert messages(written) == ["Making vectors failed; it will be tried again."]
    handler.flush()
    first, last = (json.loads(line) for line in written.getvalue().splitlines())
    assert "Traceback" in first["error"]
    assert last["message"] == "Making vectors failed; it will be tried again. [the same 44999 times more]"
    assert last["logger"] == "test.repeated"
    assert "error" not in last


def test_other_messages_and_other_kinds_of_exceptions_are_written(log: logging.Logger, written: io.StringIO) -> None:
    for kind in (ValueError, KeyError, ValueError):
        try:
            raise kind("x")
        except (ValueError, KeyError):
            log.exception("A step failed.")
    log.warning("A step failed.")
    log.warning("Entry %s", 1)
    log.warning("Entry %s", 2)
    assert messages(written) == ["A step failed.", "A step failed.", "A step failed.", "Entry 1", "Entry 2"]


def test_the_count_is_told_when_the_time_is_over_though_nothing_else_is_logged(
    written: io.StringIO,
) -> None:
    handler = RepeatedLines(logging.StreamHandler(written), seconds=0.05)
    for _ in range(3):
        handler.handle(logging.makeLogRecord({"msg": "again", "levelno": logging.WARNING}))
    timer = handler.timer
    assert timer is not None
    timer.join()
    while timer := handler.timer:  # it was a moment early, and was started again
        timer.join()
    assert written.getvalue().splitlines() == ["again", "again [the same 2 times more]"]
    handler.handle(logging.makeLogRecord({"msg": "again", "levelno": logging.WARNING}))
    assert written.getvalue().splitlines()[-1] == "again"


def test_no_more_than_some_hundred_lines_are_remembered(
    log: logging.Logger, handler: RepeatedLines, written: io.StringIO
) -> None:
    log.warning("the first")
    log.warning("the first")
    for number in range(3 * MOST_COUNTED_LINES):
        log.warning("line %s", number)
    assert len(handler.lines) == MOST_COUNTED_LINES
    assert "the first [the same 1 times more]" in messages(written)
    assert len(messages(written)) == 3 * MOST_COUNTED_LINES + 2


def test_what_was_counted_is_told_when_the_process_ends() -> None:
    program = (
        "import logging; from bank.jobs.json_lines import log_json_lines; log_json_lines();"
        "[logging.getLogger('x').warning('again') for _ in range(5)]"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert [json.loads(line)["message"] for line in ended.stderr.splitlines()] == [
        "again",
        "again [the same 4 times more]",
    ]


def test_equal_sentences_about_exceptions_of_two_places_are_two_lines(
    log: logging.Logger, written: io.StringIO
) -> None:
    for _ in range(3):
        try:
            raise ValueError("here")
        except ValueError:
            log.exception("A request failed.", extra={"request": "a"})
        try:
            raise ValueError("there")
        except ValueError:
            log.exception("A request failed.", extra={"request": "b"})
    assert messages(written) == ["A request failed."] * 2
    assert [json.loads(line)["request"] for line in written.getvalue().splitlines()] == ["a", "b"]
