"""The chart of years on the search page: a bar for each year that has entries, each with its place in the drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bank.web.parameters import SearchParameters
from bank.workflow.entries.views import FacetValue

YEARS_SHOWN = 40
"""Years of the chart at most; those before are one link."""
CHART_WIDTH, CHART_HEIGHT = 260, 112
"""Of the drawing, in its own units, about a pixel each in the column of filters."""
LEFT, RIGHT, TOP, GROUND = 24.0, 256.0, 22.0, 84.0
"""Where the bars stand in the drawing: from LEFT to RIGHT, from TOP down to GROUND."""
LOWEST_BAR, WIDEST_BAR = 3.0, 28.0


@dataclass(frozen=True, slots=True)
class YearBar:
    """One year with entries; `chosen`: in the span. `query` chooses it alone, or no year where it alone is chosen."""

    year: int
    count: int
    x: float
    y: float
    width: float
    height: float
    chosen: bool
    query: str
    alone: bool
    """True where this year alone is chosen."""


@dataclass(frozen=True, slots=True)
class YearChart:
    """The bars, oldest first, and the axis from `first` to `last`; `top` is the count of the highest bar.

    `span` is the chosen span as (left, right) in the drawing, None where no year is chosen or none of them is shown.
    `before` adds up the counts of the years before `first`.
    """

    bars: tuple[YearBar, ...]
    first: int
    last: int
    top: int
    span: tuple[float, float] | None
    before: int

    @property
    def step(self) -> float:
        """The width of a year in the drawing."""
        return step_of_years(self.first, self.last)


def step_of_years(first: int, last: int) -> float:
    """The width of a year in the drawing, where the chart goes from `first` to `last`."""
    return (RIGHT - LEFT) / (last - first + 1)


def year_chart(values: Sequence[FacetValue], parameters: SearchParameters) -> YearChart | None:
    """The chart of the years of a result; None for fewer than two years."""
    counts = {int(one.value): one.count for one in values if one.value.isdigit() and one.count}
    if len(counts) < 2:
        return None
    last = max(counts)
    first = max(min(counts), last - YEARS_SHOWN + 1)
    shown = {year: counts[year] for year in sorted(counts) if year >= first}
    return YearChart(
        bars=tuple(each_bar(shown, first, last, parameters)),
        first=first,
        last=last,
        top=max(shown.values()),
        span=chosen_span(first, last, parameters),
        before=sum(count for year, count in counts.items() if year < first),
    )


def each_bar(shown: Mapping[int, int], first: int, last: int, parameters: SearchParameters) -> list[YearBar]:
    """A bar for each year that has entries, as high as its share of the highest."""
    step, top = step_of_years(first, last), max(shown.values())
    width = round(min(step * 0.8, WIDEST_BAR), 2)
    return [one_bar(year, count, top, first, step, width, parameters) for year, count in shown.items()]


def one_bar(
    year: int, count: int, top: int, first: int, step: float, width: float, parameters: SearchParameters
) -> YearBar:
    height = round(max((GROUND - TOP) * count / top, LOWEST_BAR), 2)
    alone = parameters.year_from == parameters.year_to == year
    chosen = None if alone else year
    return YearBar(
        year=year,
        count=count,
        x=round(LEFT + (year - first) * step + (step - width) / 2, 2),
        y=round(GROUND - height, 2),
        width=width,
        height=height,
        chosen=is_chosen(year, parameters),
        query=parameters.query(year_from=chosen, year_to=chosen, page=None),
        alone=alone,
    )


def is_chosen(year: int, parameters: SearchParameters) -> bool:
    """Whether a year lies in the chosen span; never where none is chosen."""
    begin, end = parameters.year_from, parameters.year_to
    return (begin or end) is not None and (begin or year) <= year <= (end or year)


def chosen_span(first: int, last: int, parameters: SearchParameters) -> tuple[float, float] | None:
    """(left, right) of the chosen years in the drawing, as far as they are shown."""
    years = [year for year in range(first, last + 1) if is_chosen(year, parameters)]
    step = step_of_years(first, last)
    return (
        (round(LEFT + (years[0] - first) * step, 2), round(LEFT + (years[-1] - first + 1) * step, 2)) if years else None
    )
