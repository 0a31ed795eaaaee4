"""`bank suggest`: which principles and themes a file speaks for. Nothing is stored."""

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from bank import ingest
from bank.assembly import open_meaning
from bank.cli.opening import exit_on_error, read_settings
from bank.cli.output import out, print_json
from bank.messages import N_, say
from bank.tagging.values import Suggestion, Suggestions
from bank.vocabulary import Vocabulary, load_vocabulary
from bank.workflow.tagger import new_tagger
from bank.workflow.tags.suggesting import suggest_file, suggestions_json


def register(app: typer.Typer) -> None:
    app.command("suggest")(suggest_command)


def suggest_command(
    file: Annotated[Path, typer.Argument(help="A PDF, Markdown or Word file.")],
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Prints the principles and themes that a file speaks for, with the sentences that say so. Stores nothing."""
    given = read_settings()
    with exit_on_error(given.language):
        vocabulary = load_vocabulary(language=given.language)
        tagger = new_tagger(vocabulary, open_meaning(given) if given.semantic == "on" else None)
        try:
            found = suggest_file(tagger, file, ingest.Limits(max_bytes=given.max_upload_bytes))
        finally:
            ingest.close_extractors()
        if json:
            print_json({"file": str(file), **suggestions_json(vocabulary, found, given.language)})
        else:
            print_suggestions(vocabulary, found, given.language)


def print_suggestions(vocabulary: Vocabulary, found: Suggestions, language: str) -> None:
    """Prints the suggested principles and themes, or that there are none."""
    lists = (("principle", N_("Principles"), found.principles), ("theme", N_("Themes"), found.themes))
    for name, heading, suggestions in lists:
        if suggestions:
            out.print(Text(say(heading, language), "bold"))
        for one in suggestions:
            print_suggestion(vocabulary, name, one, language)
    if not found.principles and not found.themes:
        out.print(say(N_("The text speaks clearly for no principle and no theme."), language))


def print_suggestion(vocabulary: Vocabulary, name: str, one: Suggestion, language: str) -> None:
    """Prints a term with its score in percent, then the sentences that speak for it, with their pages."""
    label = vocabulary.label(name, one.term, language)
    title = f"{one.term}. {label}" if name == "principle" else label
    out.print(Text(f"  {round(100 * one.score):>3} %  ", "dim") + Text(title))
    for each in one.evidence:
        place = f"{say(N_('page {page}'), language, page=each.page)}: " if each.page else ""
        out.print(Text(f"         {place}", "dim") + Text(each.text))
