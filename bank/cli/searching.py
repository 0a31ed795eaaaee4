"""`bank search`: the same search as on the pages, on a terminal."""

from typing import Annotated

import typer
from rich.text import Text

from bank.cli.opening import bank_for_command
from bank.cli.output import out, print_json
from bank.languages import best_text
from bank.messages import N_, say, say_many
from bank.search.request import Filters
from bank.workflow.bank import Bank
from bank.workflow.entries.views import HitView, SearchView, Snippet
from bank.workflow.search.hit_json import hit_json
from bank.workflow.search.remarks import result_remarks
from bank.workflow.search.searching import search


def register(app: typer.Typer) -> None:
    app.command("search")(search_command)


def search_command(
    words: Annotated[list[str], typer.Argument(help='Words, "phrases", -not, OR, prefix*.')],
    principle: Annotated[list[str] | None, typer.Option(help="Only this principle's number; may be repeated.")] = None,
    theme: Annotated[list[str] | None, typer.Option(help="Only this theme's id; may be repeated.")] = None,
    size: Annotated[int, typer.Option(min=1, max=100, help="How many entries to show.")] = 10,
    verbatim: Annotated[
        bool,
        typer.Option("--verbatim", help="The words as they stand: none corrected, left out or added."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object per hit.")] = False,
) -> None:
    """Searches the published entries, and prints those found with the passages and pages that match."""
    filters = Filters(principle=tuple(principle or ()), theme=tuple(theme or ()))
    with bank_for_command() as bank:
        asked = " ".join(words)
        found = search(bank, asked, filters, size=size, verbatim=verbatim)
        if json:
            for hit in found.hits:
                print_json({**hit_json(bank, hit, bank.settings.language), **question_json(found)})
            return
        language = bank.settings.language
        out.print(say_many("{number} entry", "{number} entries", found.total, language))
        for remark in result_remarks(found, asked, language):
            out.print(remark.text, markup=False)
        if found.did_you_mean and not found.corrected:
            out.print(say(N_("Did you mean {words}?"), language, words=found.did_you_mean), markup=False)
        for hit in found.hits:
            print_hit(bank, hit)


def question_json(found: SearchView) -> dict[str, object]:
    """What was searched for in place of the words, without some of them, and beside them."""
    return {
        "corrected": found.corrected,
        "dropped": list(found.dropped),
        "also_searched": list(found.also_searched),
    }


def print_hit(bank: Bank, hit: HitView) -> None:
    """Prints an entry's number and title, its kind, cities and year, and its snippets with page numbers."""
    language = bank.settings.language
    title = best_text(hit.card.titles, language, hit.card.language)[1]
    kind = bank.vocabulary.label("kind", hit.card.kind, language)
    facts = [kind, *(city.name for city in hit.card.cities[:3]), *([str(hit.card.year)] if hit.card.year else [])]
    out.print()
    out.print(Text(f"{hit.card.id}  ", "dim") + Text(title, "bold") + Text(f"  {' · '.join(facts)}", "dim"))
    if hit.by_meaning:
        out.print(Text(f"    {say(N_('Found by its meaning alone.'), language)}", "dim"))
    if hit.lacks:
        out.print(Text(f"    {say(N_('Lacks: {words}'), language, words=', '.join(hit.lacks))}", "dim"))
    for snippet in hit.snippets:
        place = say(N_("page {page}"), language, page=snippet.page) if snippet.page else ""
        out.print(Text(f"    {place + ': ' if place else ''}", "dim") + highlight_snippet(snippet))


def highlight_snippet(snippet: Snippet) -> Text:
    """A snippet with its matches in bold and reverse, which also shows on a terminal without colours."""
    text = Text(snippet.text.replace("\n", " "))
    for start, end in snippet.marks:
        text.stylize("bold reverse", start, end)
    return text
