"""`bank ingest`: files and folders into the bank, one line per file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from bank import ingest, languages
from bank.cli.opening import bank_for_command
from bank.cli.output import err, out, print_json, print_unembedded_hint, progress_bar
from bank.errors import Invalid
from bank.jobs.indexer import Indexer, open_indexer
from bank.languages import UNKNOWN_LANGUAGE, is_language_code
from bank.messages import N_, say, say_many
from bank.workflow.bank import Bank
from bank.workflow.deposits.duplicates import LikenessReason, imported_look_alikes
from bank.workflow.files.in_folders import files_in
from bank.workflow.imports.files import ImportOutcome, import_files
from bank.workflow.imports.values import ImportWishes
from bank.workflow.index.vectors import count_waiting_for_vectors

FILES_BETWEEN_INDEXING = 50
"""The index is brought up to date after every so many files."""
STATUS_MARKS = {"read": "✓", "warning": "!", "duplicate": "=", "refused": "✗", "failed": "✗"}
ALIKE_SENTENCES: Mapping[LikenessReason, str] = {
    "same_file": N_("the same file as in entry {entry}"),
    "same_text": N_("much the same text as entry {entry}"),
    "same_title": N_("much the same title as entry {entry}"),
}
STATUS_WORDS = {
    "read": N_("read"),
    "warning": N_("with warnings"),
    "duplicate": N_("already there"),
    "refused": N_("refused"),
    "failed": N_("could not be read"),
}


def register(app: typer.Typer) -> None:
    app.command("ingest")(ingest_command)


def ingest_command(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders; folders are read with all that is in them.")],
    city: Annotated[str | None, typer.Option(help="The city they come from: id or name.")] = None,
    kind: Annotated[str | None, typer.Option(help="experience, bulletin, postulation, report, ...")] = None,
    language: Annotated[str | None, typer.Option(help="Their language, as an ISO code.")] = None,
    licence: Annotated[str | None, typer.Option(help="Their licence's id, such as CC-BY-4.0.")] = None,
    publish: Annotated[bool, typer.Option("--publish", help="Publish what could be read.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object per file.")] = False,
) -> None:
    """Reads files into the bank. Exit 1 when any was refused or could not be read."""
    with bank_for_command(make=True) as bank, open_indexer(bank) as index:
        wishes = check_ingest_options(bank, city, kind, language, licence, publish)
        found = files_in(paths)
        counts: Counter[str] = Counter()
        problems: list[str] = []
        try:
            with progress_bar(say(N_("Reading"), bank.settings.language), len(found.files)) as progress:
                for number, (path, taken) in enumerate(import_files(bank, found.files, wishes), 1):
                    counts[taken.status] += 1
                    print_file_result(bank, path, taken, json, problems)
                    progress(number, len(found.files), path.name)
                    if number % FILES_BETWEEN_INDEXING == 0:
                        index.keep_up()
        finally:
            ingest.close_extractors()
        finish_indexing(bank, index)
        print_ingest_summary(bank, counts, problems, found.passed_over, json)
        if index.own:
            print_unembedded_hint(count_waiting_for_vectors(bank), bank.settings.language)
    if counts["refused"] or counts["failed"]:
        raise typer.Exit(1)


def check_ingest_options(
    bank: Bank, city: str | None, kind: str | None, language: str | None, licence: str | None, publish: bool
) -> ImportWishes:
    """The command's options, checked against the vocabulary.

    Raises Invalid, listing the known values, for a kind, licence or language that does not exist.
    """
    for name, value, terms in (
        ("--kind", kind, bank.vocabulary.kinds),
        ("--licence", licence, bank.vocabulary.licences),
    ):
        known = [term.id for term in terms]
        if value is not None and value not in known:
            raise Invalid(
                N_("{option}: there is no {value}. Known values: {known}."),
                option=name,
                value=value,
                known=", ".join(known),
            )
    if language is not None and not is_language_code(language):
        raise Invalid(
            N_("{option}: there is no {value}. Known values: {known}."),
            option="--language",
            value=language,
            known="ISO 639",
        )
    return ImportWishes(city=city, kind=kind, language=language, licence=licence, publish=publish)


def print_file_result(bank: Bank, path: Path, taken: ImportOutcome, json: bool, problems: list[str]) -> None:
    """Prints what became of one file: a line, or a JSON object. Adds a refused or failed file to `problems`."""
    language = bank.settings.language
    reason = say(taken.sentence, language, **(taken.values or {})) if taken.sentence else None
    if taken.unknown:
        unknown = say(N_("Not in the vocabulary: {labels}."), language, labels=", ".join(taken.unknown))
        reason = f"{reason} {unknown}" if reason else unknown
    alike = imported_look_alikes(bank, taken.entry) if taken.entry is not None and taken.title is not None else []
    if json:
        facts = {"entry": taken.entry, "pages": taken.pages, "flags": list(taken.flags), "reason": reason}
        meant = {"title": taken.title, "year": taken.year, "language": taken.language}
        guessed = {"guessed_year": taken.guessed_year, "doubtful_title": taken.doubtful}
        like = {"alike": [id for id, _ in alike]}
        print_json({"file": str(path), "status": taken.status, **facts, **meant, **guessed, **like})
        return
    pages = say_many("{number} page", "{number} pages", taken.pages, language)
    told = [
        say(STATUS_WORDS[taken.status], language),
        *([pages] if taken.pages else []),
        *guessed_metadata(taken, language),
        *alike_words(alike, language),
        *([reason] if reason else []),
    ]
    line = f"{STATUS_MARKS[taken.status]} {path.name}: {' · '.join(told)}"
    out.print(line, markup=False)
    if taken.status in ("refused", "failed"):
        problems.append(f"{path}: {reason or ''}")


def alike_words(alike: Sequence[tuple[int, LikenessReason]], language: str) -> list[str]:
    """What other entries the new one looks like, each in a few words."""
    return [say(ALIKE_SENTENCES[why], language, entry=id) for id, why in alike]


def guessed_metadata(taken: ImportOutcome, language: str) -> list[str]:
    """Title, year and language of the new entry as short texts; empty where no entry was made.

    They are printed so that the user checks them: most are guessed from the file.
    """
    if taken.title is None:
        return []
    spoken = taken.language or UNKNOWN_LANGUAGE
    return [
        say(N_("“{title}” (a guess)") if taken.doubtful else N_("“{title}”"), language, title=taken.title),
        year_told(taken, language),
        say(N_("language unknown"), language)
        if spoken == UNKNOWN_LANGUAGE
        else languages.language_name(spoken, language),
    ]


def year_told(taken: ImportOutcome, language: str) -> str:
    """The year of the new entry; where it has none, the one that is only a guess, for a person to look at."""
    if taken.year is None and taken.guessed_year:
        return say(N_("year unknown, perhaps {year}"), language, year=str(taken.guessed_year))
    return str(taken.year) if taken.year else say(N_("year unknown"), language)


def finish_indexing(bank: Bank, index: Indexer) -> None:
    """Returns when all that is published is in the index; shows a progress bar meanwhile."""
    with progress_bar(say(N_("Indexing"), bank.settings.language)) as progress:
        index.finish(progress)


def print_ingest_summary(bank: Bank, counts: Counter[str], problems: list[str], passed_over: int, json: bool) -> None:
    """Prints how many files had each status or were passed over, and each of the `problems`; nothing with --json."""
    language = bank.settings.language
    if json:
        return
    told = [f"{say(STATUS_WORDS[status], language)} {counts[status]}" for status in STATUS_WORDS if counts[status]]
    total = say_many("{number} file", "{number} files", counts.total(), language)
    out.print(f"\n{total}: {', '.join(told) or '0'}", markup=False)
    if passed_over:
        told_over = say_many(
            "{number} hidden file, or file of an operating system, was passed over.",
            "{number} hidden files, or files of an operating system, were passed over.",
            passed_over,
            language,
        )
        out.print(told_over, markup=False)
    for problem in problems:
        err.print(escape(f"  {problem}"))
