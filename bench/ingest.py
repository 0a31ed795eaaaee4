"""How fast files are taken in, against pypdf alone on the same files in the same run, and what memory it takes.

    python bench/ingest.py [FOLDER]

FOLDER holds real PDFs; without one, copies of the samples stand in. Three rounds in turn; medians are printed.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
from measuring import Peak, command, environment, machine

from bank.samples import sample_files

ROUNDS = 3
PYPDF = """
import sys, logging
from pypdf import PdfReader
logging.getLogger("pypdf").setLevel(logging.CRITICAL)
pages = 0
for path in sys.argv[1:]:
    try:
        reader = PdfReader(path)
        for page in reader.pages:
            pages += 1
            try:
                page.extract_text()
            except Exception:
                pass
    except Exception:
        pass
print(pages)
"""


def main(arguments: Sequence[str]) -> None:
    """Prints one table."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(arguments[0]) if arguments else made(Path(folder) / "files")
        found = sorted(path for path in source.rglob("*.pdf") if path.is_file())
        alone: list[float] = []
        ours: list[float] = []
        peaks: list[int] = []
        pages = 0
        for round_ in range(ROUNDS):
            pages, seconds = pypdf_alone(found)
            alone.append(pages / seconds)
            pages, seconds, peak = bank_ingest(source, Path(folder) / f"bank{round_}")
            ours.append(pages / seconds)
            peaks.append(peak)
    print(f"\n{machine()}; {len(found)} files, {pages} pages, {ROUNDS} rounds in turn\n")
    print("| reader | pages/s, median | to pypdf alone | peak memory of all processes |")
    print("|---|---|---|---|")
    print(f"| pypdf alone, text only, nothing kept | {statistics.median(alone):.0f} | 1.0 | |")
    ratio = statistics.median(ours) / statistics.median(alone)
    mebibytes = max(peaks) / 2**20
    print(f"| bank ingest --publish, all of it | {statistics.median(ours):.0f} | {ratio:.1f} | {mebibytes:.0f} MB |")


def pypdf_alone(files: Sequence[Path]) -> tuple[int, float]:
    """(pages, seconds) of reading every page's text with pypdf in one process."""
    began = time.perf_counter()
    printed = subprocess.run(
        [sys.executable, "-c", PYPDF, *map(str, files)], capture_output=True, text=True, check=True
    ).stdout
    return int(printed), time.perf_counter() - began


def bank_ingest(source: Path, home: Path) -> tuple[int, float, int]:
    """(pages, seconds, peak bytes) of taking the folder in, publishing and indexing it."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command("ingest", str(source), "--publish", "--json"), env=environment(home), stdout=subprocess.PIPE, text=True
    )
    with Peak(psutil.Process(process.pid)) as peak:
        printed, _ = process.communicate()
    seconds = time.perf_counter() - began
    return sum(json.loads(line)["pages"] for line in printed.splitlines()), seconds, peak.bytes


def made(folder: Path) -> Path:
    """A hundred copies of the sample PDFs, each with a comment of its own at its end so that none is a duplicate."""
    folder.mkdir(parents=True)
    papers = [sample.path for sample in sample_files() if sample.path.suffix == ".pdf"]
    for number in range(100):
        paper = papers[number % len(papers)]
        (folder / f"{number:03}.pdf").write_bytes(paper.read_bytes() + f"\n% {number}\n".encode())
    return folder


if __name__ == "__main__":
    main(sys.argv[1:])
