"""What is handed on: no machine's paths, no registry's address, no user's files."""

import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from functools import cache
from pathlib import Path

import pytest
from pathspec import GitIgnoreSpec

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-dev.lock")
REGISTRY = re.compile(r"(pypi|pythonhosted|npmjs|anaconda|artifactory|nexus)\.(org|com|io)|index[-]url|find-links")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
PRIVATE = "uploads/ab/private.pdf"


@cache
def ignored() -> GitIgnoreSpec:
    return GitIgnoreSpec.from_lines((ROOT / ".gitignore").read_text(encoding="utf-8").splitlines())


@cache
def kept_files() -> tuple[Path, ...]:
    """What a commit of everything would hold, told without git: a copy without its history has the tests too."""
    names = (file.relative_to(ROOT) for file in ROOT.rglob("*") if file.is_file())
    found = tuple(sorted(name for name in names if name.parts[0] != ".git" and not ignored().match_file(name)))
    assert len(found) > 500
    return found


def kept_texts() -> list[tuple[str, str]]:
    texts = []
    for name in kept_files():
        try:
            texts.append((name.as_posix(), (ROOT / name).read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return texts


def test_no_file_names_a_package_registry() -> None:
    own = "tests/test_repository.py"
    assert [name for name, text in kept_texts() if name != own and REGISTRY.search(text)] == []


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    personal = re.compile(r"/(?:home|Users)/\w+/|" + re.escape(f"{ROOT}/"))
    assert [name for name, text in kept_texts() if personal.search(text)] == []


def test_ignore_rules_stand_in_the_root_alone() -> None:
    assert [name.as_posix() for name in kept_files() if name.name == ".gitignore"] == [".gitignore"]


@pytest.mark.parametrize(
    "name", ["bank.db", "bank.db-wal", "secret.key", "worker.lock", "index/0001/x.seg", "index/current", PRIVATE]
)
def test_what_a_running_bank_keeps_is_ignored(name: str) -> None:
    assert ignored().match_file(name)


@pytest.mark.parametrize(
    "name", ["index/README.md", "uploads/README.md", "bank/uploads/folder.py", "tests/uploads/test_folder.py"]
)
def test_what_the_project_keeps_is_not_ignored(name: str) -> None:
    assert not ignored().match_file(name)


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_hold_names_and_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.split(r"\n(?=\S)", text.strip())
    assert pins
    assert [pin for pin in pins if not re.match(r"[\w.\[\]-]+==\S+( ;.*)? \\\n    --hash=sha256:", pin)] == []
    assert "://" not in text


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {re.match(r"[\w-]+", line)[0].lower() for line in project["project"]["dependencies"]}  # type: ignore[index]
    locked = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    assert wanted
    assert wanted - {name.lower() for name in locked} == set()


def test_links_of_the_documentation_lead_somewhere() -> None:
    broken, followed = [], 0
    for name, text in kept_texts():
        targets = LINK.findall(text) if name.endswith(".md") else []
        local = [target for target in targets if not re.match("[a-z]+:", target)]
        followed += len(local)
        broken += [f"{name}: {target}" for target in local if not (ROOT / name).parent.joinpath(target).exists()]
    assert followed > 20
    assert broken == []


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wheel and sdist of a used checkout: one in which a bank has run and keeps a private file."""
    source = tmp_path_factory.mktemp("used") / "checkout"
    for name in kept_files():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, source / name)
    for place in (PRIVATE, "bank.db", "secret.key", "index/0001/x.seg"):
        (source / place).parent.mkdir(parents=True, exist_ok=True)
        (source / place).write_text("private")
    subprocess.run([sys.executable, "-m", "hatchling", "build"], cwd=source, check=True, capture_output=True)
    return source / "dist"


def names_in_wheel(built: Path) -> set[str]:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def names_in_sdist(built: Path) -> set[str]:
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        return {name.partition("/")[2] for name in sdist.getnames()}


def test_the_wheel_holds_the_pages_the_sentences_the_data_and_the_migrations(built: Path) -> None:
    names = names_in_wheel(built)
    for file in kept_files():
        if file.parts[0] == "templates":
            assert f"bank/{file.as_posix()}" in names
        elif file.parts[0] == "bank":
            assert file.as_posix() in names


def test_neither_wheel_nor_sdist_holds_what_a_running_bank_keeps(built: Path) -> None:
    for names in (names_in_wheel(built), names_in_sdist(built)):
        kept = [
            n for n in names if re.match(r"(uploads|index)/|bank\.db|secret\.key", n) and not n.endswith("README.md")
        ]
        assert kept == []


def test_the_sdist_can_be_built_and_tested(built: Path) -> None:
    names = names_in_sdist(built)
    assert {"pyproject.toml", "Makefile", ".ci/run", "LICENSE", "tests/conftest.py", "babel.cfg", *LOCKS} <= names
    assert {"uploads/README.md", "index/README.md"} <= names


def test_every_python_file_is_looked_at_by_the_linter() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--show-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    looked_at = {Path(line).relative_to(ROOT) for line in shown.stdout.splitlines() if line}
    python = [name for name in kept_files() if name.suffix == ".py"]
    assert len(python) > 400
    assert [name for name in python if name not in looked_at] == []
