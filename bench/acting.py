"""What acts cost: files imported and published, and drafts saved, in milliseconds each.

    python -m bench.acting [ENTRIES] [PAGES]

Each file is Markdown with so many sections of 200 words; each save changes the title of an entry in the middle.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from bank import ingest
from bank.assembly import open_bank
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.deposits.changing import change_values
from bank.workflow.deposits.draft import open_draft
from bank.workflow.imports.files import import_file
from bank.workflow.imports.values import ImportWishes
from bank.workflow.rights import Viewer

COORDINATOR = Viewer(1, "Coordinadora", "coordinator")
PARAGRAPH = "La ciudad educa cuando escucha: vecinas y vecinos midieron el parque y propusieron tres cambios. " * 13
SAVES = 200


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that an act takes."""
    began = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - began)


def tell(name: str, taken: list[float]) -> None:
    """Prints number, median and 95th percentile."""
    ordered = sorted(taken)
    late = ordered[len(ordered) * 95 // 100]
    print(f"{name:8} {len(taken):5} acts  median {median(taken):7.2f} ms  p95 {late:7.2f} ms", flush=True)


def written(folder: Path, number: int, sections: int) -> Path:
    """A Markdown file."""
    path = folder / f"experiencia-{number}.md"
    body = "\n\n".join(f"# Parte {part}\n\n{PARAGRAPH} {number}" for part in range(sections))
    path.write_text(body, encoding="utf-8")
    return path


def save(bank: Bank, number: int, title: str) -> None:
    """One save of a draft, as autosave makes it."""
    version = open_draft(bank, COORDINATOR, number).version
    change_values(bank, COORDINATOR, number, version, {"title": {"es": title}})


def measure(entries: int, sections: int) -> None:
    """Imports, then saves, in a bank of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bank = open_bank(Settings(home=folder / "bank", semantic="off"))
        files = [written(folder, number, sections) for number in range(entries)]
        wishes = ImportWishes(publish=True)
        tell("import", [timed(partial(import_file, bank, path, wishes)) for path in files])
        draft = import_file(bank, written(folder, entries, sections), ImportWishes()).entry or 0
        tell("save", [timed(partial(save, bank, draft, f"Huertos {at}")) for at in range(SAVES)])
        bank.database.close()
        ingest.close_extractors()


if __name__ == "__main__":
    measure(*[int(given) for given in (sys.argv[1:] + ["300", "20"][len(sys.argv) - 1 :])])
