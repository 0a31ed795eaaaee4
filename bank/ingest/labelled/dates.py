"""Reads years, months, days and periods as people write them."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from bank.vocabulary.folding import fold_text

MONTH_NAMES = {
    "es": (
        "enero ene", "febrero feb", "marzo mar", "abril abr", "mayo may", "junio jun", "julio jul", "agosto ago",
        "septiembre setiembre sept sep set", "octubre oct", "noviembre nov", "diciembre dic",
    ),
    "pt": (
        "janeiro jan", "fevereiro fev", "marco mar", "abril abr", "maio mai", "junho jun", "julho jul", "agosto ago",
        "setembro set", "outubro out", "novembro nov", "dezembro dez",
    ),
    "ca": (
        "gener", "febrer", "marc mar", "abril abr", "maig", "juny", "juliol", "agost",
        "setembre set", "octubre oct", "novembre nov", "desembre",
    ),
    "fr": (
        "janvier jan", "fevrier fev", "mars", "avril", "mai", "juin", "juillet", "aout",
        "septembre sept", "octobre oct", "novembre nov", "decembre dec",
    ),
    "en": (
        "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
        "september sept sep", "october oct", "november nov", "december dec",
    ),
}  # fmt: skip
"""language -> the names and abbreviations of the twelve months, without accents."""
MONTH_NUMBERS = {
    name: number for months in MONTH_NAMES.values() for number, names in enumerate(months, 1) for name in names.split()
}
MONTH_NAME = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
YEAR_DIGITS = r"(?:19|20)\d\d"
MOST_YEARS_AHEAD = 30
"""Years ahead that a date may lie, as in a plan or an agreement."""
WRITTEN_MOMENT = re.compile(
    rf"(?<!\d)(?:(?P<iso>{YEAR_DIGITS})-(?P<isomonth>\d\d)(?:-(?P<isoday>\d\d))?(?!\d)"
    rf"|(?:(?P<day>\d{{1,2}})[/.-])?(?P<month>\d{{1,2}})[/.-](?P<slashed>{YEAR_DIGITS})(?!\d)"
    rf"|(?:(?P<named_day>\d{{1,2}})[.ºo]? ?(?:de |d')?)?\b(?P<name>{MONTH_NAME})\b\.?(?: (?P<after>\d{{1,2}}),)?"
    rf"(?:,? ?(?:del? (?:ano |any )?)?(?P<named>{YEAR_DIGITS})(?!\d))?"
    rf"|(?P<plain>{YEAR_DIGITS})(?!\d))"
)
UNTIL_WORD = re.compile(r"^\W*(?:hasta|ate|until|to|fins|jusqu)\b")
SHORT_SPAN = re.compile(rf"(?<!\d)({YEAR_DIGITS})\s?[-–—/]\s?(\d\d)(?!\d)(?![-/])")
"""A span of years such as 2021-23."""


def find_dates(text: str) -> list[str]:
    """Every year, month or day in the text as YYYY, YYYY-MM or YYYY-MM-DD.

    A month without a year takes the next year in the text.
    """
    found = list(WRITTEN_MOMENT.finditer(fold_text(text)))
    read = [date_parts(match) for match in found]
    return list(valid_dates(read))


def date_parts(match: re.Match[str]) -> tuple[int, int, int]:
    """(year, month, day) of a match, 0 for what it does not say."""
    year = match["iso"] or match["slashed"] or match["named"] or match["plain"] or 0
    month = match["isomonth"] or match["month"] or MONTH_NUMBERS.get(match["name"] or "", 0)
    day = match["isoday"] or match["day"] or match["named_day"] or match["after"] or 0
    return int(year), int(month), int(day)


def valid_dates(read: list[tuple[int, int, int]]) -> Iterator[str]:
    """(year, month, day) triples as YYYY, YYYY-MM or YYYY-MM-DD.

    Impossible dates and years outside 1900 to 30 years ahead are left out.
    """
    latest = datetime.now(UTC).year + MOST_YEARS_AHEAD
    for place, (own, month, day) in enumerate(read):
        year = own or next((later for later, _, _ in read[place:] if later), 0)
        if not 1900 <= year <= latest:
            continue
        try:
            date(year, month or 1, day or 1)
        except ValueError:
            continue
        yield "-".join(f"{part:02d}" for part in (year, month, day if month else 0) if part)


def single_date(text: str) -> str | None:
    """The only date in the text; None when there is none or more than one."""
    found = dict.fromkeys(find_dates(text))
    return next(iter(found)) if len(found) == 1 else None


def first_year(text: str) -> int | None:
    """The first year in a text of at most 80 characters, else None."""
    found = find_dates(text) if len(text) <= 80 else []
    return int(found[0][:4]) if found else None


def find_period(text: str) -> dict[str, str] | None:
    """{from, to} of the first two dates in a text of at most 200 characters; None without a date or out of order.

    With a single date only one of them: `to` after a word like "hasta", else `from`.
    """
    if len(text) > 200:
        return None
    spelt = SHORT_SPAN.sub(lambda span: f"{span[1]} - {span[1][:2]}{span[2]}" if int(span[2]) > 12 else span[0], text)
    found = find_dates(spelt)
    if not found:
        return None
    if len(found) == 1:
        return {"to" if UNTIL_WORD.match(fold_text(spelt)) else "from": found[0]}
    return {"from": found[0], "to": found[1]} if found[0][:7] <= found[1][: len(found[0][:7])] else None
