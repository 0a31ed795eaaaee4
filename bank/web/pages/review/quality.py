"""Precision and recall of tag suggestions per term, for coordinators."""

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.export.csv_table import guard_csv_cell
from bank.tagging.values import TAGGED_VOCABULARIES
from bank.web.originals import content_disposition
from bank.web.rendering import render, site_of, words_of
from bank.web.viewer import viewer_of
from bank.workflow.rights import require_right
from bank.workflow.tags.quality import TermQuality, tag_quality

router = APIRouter(include_in_schema=False)
QUALITY_FIGURES: Mapping[str, Callable[[TermQuality], float | None]] = {
    "decided": lambda one: one.decided,
    "accepted": lambda one: one.accepted,
    "rejected": lambda one: one.rejected,
    "missed": lambda one: one.missed,
    "precision": lambda one: one.precision,
    "recall": lambda one: one.recall,
}
"""Column -> its figure. Tables can be sorted by these, and by "term", the vocabulary's own order."""
QUALITY_COLUMNS = ("vocabulary", "term", "label", *QUALITY_FIGURES)
QUALITY_DECIMALS = 4
"""Decimals of precision and recall in the CSV."""


@router.get("/quality")
def quality_page(request: Request, sort: str = "term") -> Response:
    """A table for each vocabulary. `sort` is the name of a column; with "-" before it the largest comes first."""
    rows = measured_quality(request)
    tables = {name: [one for one in rows if one.vocabulary == name] for name in TAGGED_VOCABULARIES}
    return render(
        request,
        "review/quality.html",
        tables={name: sort_term_quality(some, sort) for name, some in tables.items() if some},
        sums={name: sum_term_quality(name, some) for name, some in tables.items()},
        overall=sum_term_quality("", rows),
        figures=list(QUALITY_FIGURES),
        sort=sort,
    )


@router.get("/quality.csv")
def quality_csv(request: Request) -> Response:
    """The same figures as CSV; precision and recall from 0 to 1, empty where there is none."""
    rows, words = measured_quality(request), words_of(request)
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\r\n")
    sheet.writerow(QUALITY_COLUMNS)
    for one in rows:
        figures = [value(one) for value in QUALITY_FIGURES.values()]
        told = ["" if figure is None else round(figure, QUALITY_DECIMALS) for figure in figures]
        sheet.writerow([one.vocabulary, one.term, guard_csv_cell(words.label(one.vocabulary, one.term)), *told])
    headers = {"content-disposition": content_disposition("quality.csv", inline=False), "x-robots-tag": "noindex"}
    return Response(codecs.BOM_UTF8 + text.getvalue().encode(), 200, headers, "text/csv; charset=utf-8")


def measured_quality(request: Request) -> tuple[TermQuality, ...]:
    """The figures of every term. Raises SignInNeeded, and NotFound for those who may not see them."""
    require_right(viewer_of(request), "see_quality")
    return tag_quality(site_of(request).bank)


def sort_term_quality(rows: Iterable[TermQuality], sort: str) -> list[TermQuality]:
    """The rows sorted by a figure, those without it last; in the vocabulary's order for an unknown figure."""
    value, sign = QUALITY_FIGURES.get(sort.removeprefix("-")), -1 if sort.startswith("-") else 1
    if value is None:
        return list(rows)
    return sorted(rows, key=lambda one: ((figure := value(one)) is None, sign * (figure or 0)))


def sum_term_quality(vocabulary: str, rows: Iterable[TermQuality]) -> TermQuality:
    """The sums of the rows as one row, for precision and recall over all decisions (micro average)."""
    some = list(rows)
    return TermQuality(
        vocabulary,
        "",
        accepted=sum(one.accepted for one in some),
        rejected=sum(one.rejected for one in some),
        missed=sum(one.missed for one in some),
    )
