"""The one place of the web that calls text HTML: what a search found, marked. Reviewed; keep it this short."""

from collections.abc import Iterable

from markupsafe import Markup

from bank.workflow.entries.views import Snippet
from bank.workflow.search.hit_json import marked_html


def marked_markup(text: str, marks: Iterable[tuple[int, int]]) -> Markup:
    """`text` escaped, with each (start, end) span of characters inside ``<mark>``; spans are in order and apart."""
    return Markup(marked_html(Snippet(text, tuple(marks))))  # noqa: S704 - marked_html escapes every piece
