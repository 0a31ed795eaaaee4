"""What import-linter (`make floors`) cannot say: sizes, names, and who may import which library."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 300
LONGEST_FUNCTION = 50
LARGEST_FOLDER = 25
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "service", "handler", "common", "misc"}
SAID_EVERYWHERE = {"router", "ROUTERS", "log", "register", "N_"}
"""One thing each, said in many modules; `N_` twice, as the light reading child may not load the catalogues."""
ONE_IMPORTER = {
    "whoosh": "bank.search.engines.whoosh_engine",
    "pypdf": "bank.ingest.formats.pypdf_reader",
    "pypdfium2": "bank.ingest.formats.pdfium",
    "mammoth": "bank.ingest.formats.word",
    "docx": "bank.export.word",
    "lxml": "bank.xml_writing",
    "rapidfuzz": "bank.search.edits",
    "alembic": "bank.catalogue.migrations",
    "argon2": "bank.workflow.people.passwords",
    "prometheus_client": "bank.web.measures",
}
OPENED_IN_CHILD = {
    "zipfile": {"bank.ingest.formats.word"},
    "PIL": {"bank.ingest.formats.drawing", "bank.ingest.formats.pdfium.__init__"},
}
"""Library that opens what people upload -> the modules that import it; they run in the confined child alone."""
OWN_ARCHIVES = {"bank.search.engines.whoosh_engine.lexicon"}
"""Reads arrays that the bank itself has written."""
CHILD_MUST_NOT_LOAD = ("sqlalchemy", "fastapi", "pydantic", "numpy", "whoosh")


@cache
def modules() -> dict[str, Path]:
    """Dotted name -> file of every module of the package; migrations are history and don't count."""
    files = sorted((ROOT / "bank").rglob("*.py"))
    found = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts): file for file in files if "versions" not in file.parts
    }
    assert len(found) > 200
    return found


def trees() -> Iterator[tuple[str, ast.Module]]:
    for name, file in modules().items():
        yield name, ast.parse(file.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> set[str]:
    """Top-level names of the packages that a module imports, anywhere in it."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_no_file_is_longer_than_a_head_can_hold() -> None:
    lengths = {name: len(file.read_text(encoding="utf-8").splitlines()) for name, file in modules().items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = []
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long.append(f"{name}.{node.name}: {length} lines")
    assert long == []


def test_names_say_what_is_inside() -> None:
    parts = {part for name in modules() for part in name.split(".")}
    classes = {node.name for _, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    assert parts & EMPTY_NAMES == set()
    assert [name for name in classes if any(name.lower().endswith(word) for word in EMPTY_NAMES)] == []


@pytest.mark.parametrize(("library", "place"), ONE_IMPORTER.items())
def test_a_library_that_may_be_replaced_is_imported_in_one_place(library: str, place: str) -> None:
    importers = [name for name, tree in trees() if library in imported(tree)]
    assert importers
    assert [name for name in importers if name != place and not name.startswith(f"{place}.")] == []


def test_every_module_says_in_a_line_what_it_is_for() -> None:
    silent = [name for name, tree in trees() if tree.body and not ast.get_docstring(tree)]
    assert silent == []


def test_the_reading_child_starts_without_the_heavy_libraries() -> None:
    program = (
        "import sys, bank.ingest.child.extractor, bank.ingest.child.tasks; bank.ingest.child.tasks.load_readers();"
        f"print([name for name in {CHILD_MUST_NOT_LOAD} if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


@pytest.mark.parametrize(("library", "places"), OPENED_IN_CHILD.items())
def test_archives_and_pictures_are_opened_by_readers_alone(library: str, places: set[str]) -> None:
    assert {name for name, tree in trees() if library in imported(tree)} - OWN_ARCHIVES == places


def test_neither_the_web_process_nor_the_worker_loads_a_reader_of_files() -> None:
    readers = ["PIL", "pypdfium2", "pypdf", "mammoth", *sorted(set().union(*OPENED_IN_CHILD.values()))]
    program = (
        "import sys, bank.web.app, bank.jobs.worker, bank.assembly, bank.workflow.imports.files;"
        f"print([name for name in {readers} if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_no_module_bears_the_name_of_a_library_that_it_imports() -> None:
    assert [name for name, tree in trees() if set(name.split(".")[1:]) & (imported(tree) - {"bank"})] == []


def test_no_folder_holds_more_than_a_newcomer_can_survey() -> None:
    counts = Counter(file.parent.relative_to(ROOT).as_posix() for file in modules().values())
    assert {folder: count for folder, count in counts.items() if count > LARGEST_FOLDER} == {}


def test_the_architecture_page_names_every_room() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = [path for room in ("workflow", "ingest") for path in (ROOT / "bank" / room).iterdir()]
    names = [path.name for path in rooms if path.suffix == ".py" or (path / "__init__.py").is_file()]
    assert len(names) > 20
    assert [name for name in names if name != "__init__.py" and not re.search(rf"\b{re.escape(name)}\b", page)] == []


def test_the_architecture_page_leads_to_files_that_there_are() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    places = re.findall(r"`((?:bank|templates|tests|docs)/[\w/.]+)`", page)
    assert len(places) > 20
    assert [
        place for place in places if "FOLDER" not in place and "RESOURCE" not in place and not (ROOT / place).exists()
    ] == []


def names_of(tree: ast.Module) -> Iterator[str]:
    """The names that a module defines for others; handlers of pages, API and commands bear the name of their act."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            if not any(re.search(r"router\.|\.command\(", ast.unparse(one)) for one in node.decorator_list):
                yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))


def test_a_search_for_a_name_finds_one_thing() -> None:
    found: dict[str, list[str]] = {}
    for module, tree in trees():
        for name in names_of(tree):
            if not name.startswith("_") and name not in SAID_EVERYWHERE:
                found.setdefault(name, []).append(module)
    assert len(found) > 2000
    assert {name: modules for name, modules in found.items() if len(set(modules)) > 1} == {}
