"""What a file's name, the number of a bulletin and a date of creation say; kept apart from what is printed."""

import re
from datetime import date, timedelta

LONGEST_PROPOSED_TITLE = 300
EARLIEST_YEAR = 1985
"""Dates before this year are not proposed."""
BULLETIN_NUMBER = re.compile(
    r"\b(?:bolet[ií]n|butllet[ií]|boletim|bulletin|newsletter)\b[ \t]*(?:(?:informati[vu]o?|electr[oó]nico)[ \t]*)?"
    r"(?:n[.ºo°]{0,2}[ \t]?º?|n[uú]m(?:ero)?\.?|no\.|#)?[ \t]*(\d{1,4})\b",
    re.IGNORECASE,
)
YEAR_OR_SPAN = re.compile(
    r"(?<![^\W_])((?:19|20)\d\d)(?:[ _]?[-–—/_][ _]?((?:19|20)\d\d)|[-–](1[3-9]|[2-9]\d))?(?![^\W_])"
)
"""A year or a span of years, with no letters or digits touching it; ``2010-12`` is taken for a month."""
WRITTEN_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z")


def title_of_name(name: str) -> str:
    """A title made of a file's name: without folders and ending, the first letter a capital.

    Underscores and hyphens become blanks, but a span of years keeps its hyphen.
    """
    stem = stem_of_name(name)
    spans = re.sub(r"(?<=\d{4})_(?=(?:19|20)\d\d(?!\d))", "-", stem)
    text = " ".join(re.sub(r"_+|(?<!\d)-+|-+(?!\d)", " ", spans).split())
    return (text[:1].upper() + text[1:])[:LONGEST_PROPOSED_TITLE]


def stem_of_name(name: str) -> str:
    """A file's name without folders and ending."""
    return re.split(r"[/\\]", name)[-1].rpartition(".")[0] or name


def propose_bulletin_number(*texts: str | None) -> str | None:
    """The number of a bulletin, where the beginning of a text says ``Boletín 3`` or ``Boletín n.º 3``."""
    for text in texts:
        found = BULLETIN_NUMBER.search((text or "")[:2000])
        if found:
            return str(int(found.group(1)))
    return None


def real_date(written: str | None, today: date, earliest: int = EARLIEST_YEAR) -> str | None:
    """A written date as YYYY, YYYY-MM or YYYY-MM-DD; None when it is no date, or not from `earliest` to tomorrow."""
    found = WRITTEN_DATE.match((written or "").strip()[:10])
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        moment = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if not date(earliest, 1, 1) <= moment <= today + timedelta(days=1):
        return None
    return "-".join(f"{part:02d}" for part in (year, month, day) if part is not None)


def guess_date(title: str, name: str, created: str | None, today: date) -> str | None:
    """A date guessed from the year in the title, else in the file name, else the date of creation.

    The creation date is kept whole where it falls in that year.
    """
    made = real_date(created, today)
    year = year_in(title, today) or year_in(stem_of_name(name), today)
    return year if year and not (made or "").startswith(year) else made


def year_in(text: str, today: date) -> str | None:
    """The first year from 1985 to this year in a text; of a span its last year. None where there is none."""
    for found in YEAR_OR_SPAN.finditer(text):
        first, last, short = found.groups()
        last = last or (first[:2] + short if short else first)
        for year in (last, first):
            if EARLIEST_YEAR <= int(year) <= today.year and year >= first:
                return year
    return None
