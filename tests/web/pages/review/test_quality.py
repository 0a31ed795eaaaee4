"""How good suggestions are: exact figures, for those who may see them."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import html5lib
import pytest
from fastapi import FastAPI

from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.tags.deciding import DecisionOutcome, decide_on_term
from tests.making_files import experience
from tests.people import ADMIN, CITY, COORDINATOR, EDITOR, copied
from tests.web.pages.review.test_suggestions import browser
from tests.web.proposing import add

WHO = "user:1"
DECISIONS: Sequence[tuple[DecisionOutcome, str, Mapping[int, str]]] = (
    ("accepted", "principle", {0: "13", 1: "13", 2: "13"}),
    ("rejected", "principle", {3: "13", 0: "8", 1: "8"}),
    ("accepted", "theme", {0: "cultura"}),
)
"""Outcome, vocabulary, number of the entry -> term. Entry n carries principle n + 1 and the theme medio-ambiente."""
COUNTED = {
    ("principle", "1"): (0, 0, 0, 1, None, 0.0),
    ("principle", "2"): (0, 0, 0, 1, None, 0.0),
    ("principle", "3"): (0, 0, 0, 1, None, 0.0),
    ("principle", "4"): (0, 0, 0, 1, None, 0.0),
    ("principle", "8"): (2, 0, 2, 0, 0.0, None),
    ("principle", "13"): (4, 3, 1, 0, 0.75, 1.0),
    ("theme", "cultura"): (1, 1, 0, 0, 1.0, 1.0),
    ("theme", "medio-ambiente"): (0, 0, 0, 1, None, 0.0),
}
"""By hand: decided, accepted, rejected, missed, precision, recall. Entries 1 to 3 have no decision on a theme."""


@pytest.fixture
def bank(people_home: Path, home: Path) -> Iterator[Bank]:
    with copied(people_home, Settings(home=home, semantic="off")) as made:
        yield made


@pytest.fixture
def judged(bank: Bank, tmp_path: Path) -> None:
    """Five entries; four of them were decided about, one of them twice."""
    numbers = [add(bank, experience(tmp_path / "files", number), CITY) for number in range(5)]
    decide_on_term(bank, "rejected", WHO, numbers[0], "principle", "13")
    for outcome, vocabulary, terms in DECISIONS:
        for number, term in terms.items():
            decide_on_term(bank, outcome, WHO, numbers[number], vocabulary, term)


def rows(page: str) -> list[list[str]]:
    """The text of the cells of every row in the tables' bodies and feet."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    found = [row for part in ("tbody", "tfoot") for row in tree.iterfind(f".//{part}/tr")]
    return [["".join(cell.itertext()).strip() for cell in row] for row in found]


def order(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/principles/(\d+)">', page)


@pytest.mark.parametrize(("who", "status"), [(None, 303), (EDITOR, 404), (COORDINATOR, 200), (ADMIN, 200)])
def test_who_may_see_it_and_who_is_shown_the_way(app: FastAPI, who: str | None, status: int) -> None:
    reader = browser(app, who)
    for place in ("/quality", "/quality.csv"):
        assert reader.get(place).status_code == status
        assert reader.post(place).status_code == 405
    assert ('href="/quality"' in reader.get("/").text) == (status == 200)


def test_before_anybody_decided_it_says_how_to_begin(app: FastAPI) -> None:
    page = browser(app, COORDINATOR).get("/quality").text
    assert "<table" not in page
    assert 'class="note"' in page


@pytest.mark.usefixtures("judged")
def test_every_figure_is_that_counted_by_hand(app: FastAPI) -> None:
    sheet = browser(app, COORDINATOR).get("/quality.csv")
    assert sheet.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="quality.csv"' in sheet.headers["content-disposition"]
    assert sheet.text.startswith("\ufeffvocabulary,term,label,decided")
    found = {}
    for row in csv.DictReader(io.StringIO(sheet.text.lstrip("\ufeff"))):
        figures = [float(row[name]) if row[name] else None for name in list(row)[3:]]
        found[row["vocabulary"], row["term"]] = tuple(figures)
        assert row["label"]
    assert found == COUNTED


@pytest.mark.usefixtures("judged")
def test_the_page_shows_the_same_figures_and_their_sums(app: FastAPI) -> None:
    page = browser(app, COORDINATOR).get("/quality?lang=en").text
    shown = rows(page)
    assert shown[5][0].startswith("13 · ")
    assert shown[5][1:] == ["4", "3", "1", "0", "75%", "100%"]
    assert shown[4][1:] == ["2", "0", "2", "0", "0%", "–none"]
    assert [row[1:] for row in shown[-2:]] == [
        ["6", "3", "3", "4", "50%", "42.9%"],
        ["1", "1", "0", "1", "100%", "50%"],
    ]
    told = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "7 suggestions decided (accepted: 4, rejected: 3)" in told
    assert "Precision: 57.1%. Recall: 44.4%." in told


@pytest.mark.usefixtures("judged")
def test_columns_are_sorted_by_links_and_what_has_no_figure_stands_last(app: FastAPI) -> None:
    reader = browser(app, COORDINATOR)
    assert order(reader.get("/quality").text) == ["1", "2", "3", "4", "8", "13"]
    assert order(reader.get("/quality?sort=-decided").text)[:2] == ["13", "8"]
    assert order(reader.get("/quality?sort=precision").text)[:2] == ["8", "13"]
    assert order(reader.get("/quality?sort=-precision").text)[:2] == ["13", "8"]
    assert order(reader.get("/quality?sort=recall").text)[-1] == "8"
    assert order(reader.get("/quality?sort=<b>").text) == ["1", "2", "3", "4", "8", "13"]
    page = reader.get("/quality?sort=-decided").text
    assert page.count('aria-sort="descending"') == 2
    assert 'href="/quality?sort=decided"' in page


@pytest.mark.usefixtures("judged")
def test_the_page_is_sound_html_in_every_language(app: FastAPI) -> None:
    reader = browser(app, ADMIN)
    for language in ("es", "en", "pt"):
        page = reader.get(f"/quality?lang={language}&sort=-recall").text
        html5lib.HTMLParser(strict=True).parse(page)
        assert f'<html lang="{language}">' in page
