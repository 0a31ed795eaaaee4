"""The chart of years: where bars stand, which are chosen, what each links to."""

from bank.web.pages.public.year_chart import GROUND, LEFT, RIGHT, TOP, YEARS_SHOWN, year_chart
from bank.web.parameters import SearchParameters
from bank.workflow.entries.views import FacetValue


def values(**counts: int) -> list[FacetValue]:
    """Facet values of years, given as y2019=3."""
    return [FacetValue(name[1:], count, False) for name, count in counts.items()]


def test_a_year_without_entries_has_no_bar_and_the_highest_reaches_the_top() -> None:
    chart = year_chart(values(y2019=4, y2021=0, y2022=1), SearchParameters())
    assert chart is not None
    assert [(bar.year, bar.count) for bar in chart.bars] == [(2019, 4), (2022, 1)]
    assert (chart.first, chart.last, chart.top, chart.span) == (2019, 2022, 4, None)
    assert chart.bars[0].y == TOP
    assert all(bar.y + bar.height == GROUND for bar in chart.bars)
    assert chart.bars[0].x >= LEFT
    assert chart.bars[1].x + chart.bars[1].width <= RIGHT
    assert not any(bar.chosen for bar in chart.bars)


def test_one_year_alone_needs_no_chart() -> None:
    assert year_chart(values(y2019=4), SearchParameters()) is None
    assert year_chart(values(y2019=4, y2020=0), SearchParameters()) is None


def test_the_chosen_span_is_marked_as_far_as_it_is_shown() -> None:
    years = values(y2018=1, y2019=2, y2020=3, y2021=1)
    chart = year_chart(years, SearchParameters(year_from=2019, year_to=2020))
    assert chart is not None
    assert [bar.year for bar in chart.bars if bar.chosen] == [2019, 2020]
    assert chart.span == (LEFT + chart.step, LEFT + 3 * chart.step)
    openended = year_chart(years, SearchParameters(year_from=2020))
    assert openended is not None
    assert openended.span == (LEFT + 2 * openended.step, RIGHT)
    elsewhere = year_chart(years, SearchParameters(year_from=1990, year_to=1991))
    assert elsewhere is not None
    assert elsewhere.span is None


def test_a_bar_chooses_its_year_and_the_chosen_one_lets_go_of_it() -> None:
    chart = year_chart(
        values(y2018=1, y2019=2), SearchParameters(q="agua", kind=["guide"], year_from=2018, year_to=2018, page=3)
    )
    assert chart is not None
    assert [(bar.alone, bar.query) for bar in chart.bars] == [
        (True, "?q=agua&kind=guide"),
        (False, "?q=agua&kind=guide&year_from=2019&year_to=2019"),
    ]


def test_years_long_ago_are_counted_and_not_drawn() -> None:
    chart = year_chart(values(y1910=2, y1950=1, y2020=3, y2021=1), SearchParameters())
    assert chart is not None
    assert chart.first == 2021 - YEARS_SHOWN + 1
    assert chart.before == 3
    assert [bar.year for bar in chart.bars] == [2020, 2021]
