"""What commands print: lines and JSON on standard output; progress, notices and errors on standard error."""

import json
import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from bank.messages import say_many
from bank.progress import Progress, no_progress

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


class SentenceFormatter(logging.Formatter):
    """The sentence of a log line, without the traceback: who runs a command is told what, not where in the code."""

    def format(self, record: logging.LogRecord) -> str:
        return record.getMessage()


def log_sentences() -> None:
    """Sends what is logged while a command runs to standard error as sentences; `bank serve` and `worker` log JSON."""
    target = logging.StreamHandler(sys.stderr)
    target.setFormatter(SentenceFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[target])


def print_json(value: Mapping[str, object]) -> None:
    """Prints a JSON object on one line of standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


@contextmanager
def progress_bar(title: str, total: int | None = None) -> Iterator[Progress]:
    """A Progress that draws a bar on standard error where that is a terminal, else does nothing."""
    if not err.is_terminal:
        yield no_progress
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=err, transient=True) as bar:
        task = bar.add_task(title, total=total)

        def show(done: int, total: int | None, message: str = "") -> None:
            bar.update(task, completed=done, total=total, description=message or title)

        yield show


def print_unembedded_hint(number: int, language: str) -> None:
    """Prints how many entries still have no vectors, and which command makes them; nothing for none."""
    if not number:
        return
    told = say_many(
        "{number} entry is found by words but not yet by meaning: `bank serve` or `bank reindex` sees to that.",
        "{number} entries are found by words but not yet by meaning: `bank serve` or `bank reindex` sees to that.",
        number,
        language,
    )
    err.print(told, markup=False)
