"""What the page of an entry shows first: when it was, how it stands, what came of it; and its fields in sections."""

from collections.abc import Sequence
from dataclasses import dataclass

from bank.web.entry_fields import FieldText
from bank.web.words import Words
from bank.workflow.entries.views import EntryView

SPAN_FIELDS = ("period", "reported_period", "validity", "term")
"""Fields that say from when to when; the first that has a value is shown as the time of the entry."""
LONGEST_EXTRACT = 300
"""Characters of the results that stand at the top."""
SECTIONS_WITHOUT_CONTENTS = 4
"""A page of more sections than this has a list of them."""
PAGES_IN_STRIP = 6
"""Pages of a file that the page of its entry leads to."""


@dataclass(frozen=True, slots=True)
class EntryParts:
    """The public fields of an entry, each where its page shows it.

    `time` says when it was, `state` how it stands, `extract` begins the results, `subtitle` stands under the title;
    they are empty, or None, where nothing is known. `facts` are brief fields, `sections` the others.
    """

    time: str
    state: str
    subtitle: FieldText | None
    extract: str
    results: FieldText | None
    facts: tuple[FieldText, ...]
    sections: tuple[FieldText, ...]


def entry_parts(view: EntryView, texts: Sequence[FieldText], words: Words) -> EntryParts:
    """Sorts the fields of an entry into the parts of its page."""
    by_id = {text.id: text for text in texts}
    span = next((by_id[id] for id in SPAN_FIELDS if id in by_id), None)
    results = by_id.get("results")
    apart = {"state", "subtitle", *(() if span is None else (span.id,))}
    return EntryParts(
        time=span.items[0] if span else str(view.card.year or ""),
        state=by_id["state"].items[0] if "state" in by_id else "",
        subtitle=by_id.get("subtitle"),
        extract=beginning_of_text(" ".join(results.items)) if results else "",
        results=results,
        facts=tuple(text for text in texts if text.brief and text.id not in apart),
        sections=tuple(text for text in texts if not text.brief),
    )


def beginning_of_text(text: str) -> str:
    """The text in one line, or its first sentences or words, some LONGEST_EXTRACT characters at most."""
    whole = " ".join(text.split())
    if len(whole) <= LONGEST_EXTRACT:
        return whole
    start = whole[:LONGEST_EXTRACT]
    sentence = start.rfind(". ")
    return start[: sentence + 1] if sentence > LONGEST_EXTRACT // 2 else f"{start.rpartition(' ')[0]} …"
