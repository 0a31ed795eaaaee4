"""Years, months, days and periods as people write them."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from bank.vocabulary.folding import fold

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
"""language -> the names of the twelve months and how they are shortened, without accents."""
MONTHS = {
    name: number for months in MONTH_NAMES.values() for number, names in enumerate(months, 1) for name in names.split()
}
NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
YEAR = r"(?:19|20)\d\d"
LATEST = 30
"""Years ahead that a period may reach: a plan, an agreement."""
MOMENT = re.compile(
    rf"(?<!\d)(?:(?P<iso>{YEAR})-(?P<isomonth>\d\d)(?:-(?P<isoday>\d\d))?(?!\d)"
    rf"|(?:(?P<day>\d{{1,2}})[/.-])?(?P<month>\d{{1,2}})[/.-](?P<slashed>{YEAR})(?!\d)"
    rf"|(?:(?P<named_day>\d{{1,2}})[.ºo]? ?(?:de |d')?)?\b(?P<name>{NAME})\b\.?(?: (?P<after>\d{{1,2}}),)?"
    rf"(?:,? ?(?:del? (?:ano |any )?)?(?P<named>{YEAR})(?!\d))?"
    rf"|(?P<plain>{YEAR})(?!\d))"
)
UNTIL = re.compile(r"^\W*(?:hasta|ate|until|to|fins|jusqu)\b")
SHORT_SPAN = re.compile(rf"(?<!\d)({YEAR})\s?[-–—/]\s?(\d\d)(?!\d)(?![-/])")


def moments(text: str) -> list[str]:
    """Every year, month or day in the text as YYYY, YYYY-MM or YYYY-MM-DD; a month takes the year of the next one."""
    found = list(MOMENT.finditer(fold(text)))
    read = [parts(match) for match in found]
    return list(sound(read))


def parts(match: re.Match[str]) -> tuple[int, int, int]:
    """(year, month, day), 0 where it is not said."""
    year = match["iso"] or match["slashed"] or match["named"] or match["plain"] or 0
    month = match["isomonth"] or match["month"] or MONTHS.get(match["name"] or "", 0)
    day = match["isoday"] or match["day"] or match["named_day"] or match["after"] or 0
    return int(year), int(month), int(day)


def sound(read: list[tuple[int, int, int]]) -> Iterator[str]:
    """The moments that there are; what is no date is left out."""
    latest = datetime.now(UTC).year + LATEST
    for place, (own, month, day) in enumerate(read):
        year = own or next((later for later, _, _ in read[place:] if later), 0)
        if not 1900 <= year <= latest:
            continue
        try:
            date(year, month or 1, day or 1)
        except ValueError:
            continue
        yield "-".join(f"{part:02d}" for part in (year, month, day if month else 0) if part)


def moment(text: str) -> str | None:
    """The one moment that the text names; None when there is none or another."""
    found = dict.fromkeys(moments(text))
    return next(iter(found)) if len(found) == 1 else None


def year(text: str) -> int | None:
    """The first year in a short text."""
    found = moments(text) if len(text) <= 80 else []
    return int(found[0][:4]) if found else None


def period(text: str) -> dict[str, str] | None:
    """{from, to} of the first two moments; only one of them where the text names one."""
    if len(text) > 200:
        return None
    spelt = SHORT_SPAN.sub(lambda span: f"{span[1]} - {span[1][:2]}{span[2]}" if int(span[2]) > 12 else span[0], text)
    found = moments(spelt)
    if not found:
        return None
    if len(found) == 1:
        return {"to" if UNTIL.match(fold(spelt)) else "from": found[0]}
    return {"from": found[0], "to": found[1]} if found[0][:7] <= found[1][: len(found[0][:7])] else None
