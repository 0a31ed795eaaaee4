"""The guides tell the truth: every command and option that they show exists, in both languages."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from bank.cli.main import app

ROOT = Path(__file__).resolve().parent.parent
PAIRS = {
    "instalar": "install",
    "cargar": "ingest",
    "buscar": "search",
    "etiquetar": "tag",
    "respaldar": "backup",
    "exportar": "export",
    "enviar": "deposit",
    "revisar": "review",
    "personas": "people",
}
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCED = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def shown(page: Path) -> list[list[str]]:
    """The words of every `bank ...` and `make ...` line in the fenced blocks of a page."""
    lines = [line for block in FENCED.findall(page.read_text(encoding="utf-8")) for line in block.splitlines()]
    parts = (shlex.split(re.sub(r"^(BANK_\w+=\S+ )+", "", line), comments=True) for line in lines)
    commands = ([words[0].removeprefix(".venv/bin/"), *words[1:]] for words in parts if words)
    return [words for words in commands if words[0] in ("bank", "make") and len(words) > 1]


def options(words: list[str]) -> set[str]:
    return {word.partition("=")[0] for word in words if word.startswith("-") and word != "-"}


def unknown_in(words: list[str]) -> str | None:
    """What of a `bank` line does not exist."""
    command, rest = typer.main.get_command(app), words[1:]
    while hasattr(command, "commands") and rest:
        if rest[0] not in command.commands:
            return f"bank {rest[0]}"
        command = command.commands[rest.pop(0)]
    known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    missing = options(rest) - known - {"--help"}
    return f"{' '.join(words)}: {sorted(missing)}" if missing else None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_that_a_page_shows_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    wrong = []
    for words in shown(page):
        if words[0] == "make":
            wrong += [f"make {word}" for word in words[1:] if "=" not in word and word not in targets]
        else:
            wrong += filter(None, [unknown_in(words)])
    assert wrong == []


def test_the_guides_are_there_in_both_languages_and_show_the_same_commands() -> None:
    guides = ROOT / "docs" / "guides"
    assert {page.stem for page in (guides / "es").glob("*.md")} == PAIRS.keys()
    assert {page.stem for page in (guides / "en").glob("*.md")} == set(PAIRS.values())
    for spanish, english in PAIRS.items():
        es = [(words[:2], options(words)) for words in shown(guides / "es" / f"{spanish}.md")]
        en = [(words[:2], options(words)) for words in shown(guides / "en" / f"{english}.md")]
        assert es
        assert es == en
