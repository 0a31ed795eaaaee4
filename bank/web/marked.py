"""Text with search matches as HTML. The web's only module that makes Markup: keep it short, review every change."""

from collections.abc import Iterable

from markupsafe import Markup

from bank.workflow.entries.views import Snippet
from bank.workflow.search.hit_json import marked_html


def marked_markup(text: str, marks: Iterable[tuple[int, int]]) -> Markup:
    """`text` escaped, with each span of `marks` inside ``<mark>``.

    Spans are (start, end) in characters, in ascending order, not overlapping.
    """
    return Markup(marked_html(Snippet(text, tuple(marks))))  # noqa: S704 - marked_html escapes every piece
