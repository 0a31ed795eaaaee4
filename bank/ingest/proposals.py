"""Proposes title, date and number of an entry from a file. Only proposals: a person confirms them."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from bank.ingest.text.cleaning import clean_text

LONGEST_PROPOSED_TITLE = 300
EARLIEST_YEAR = 1985
"""Dates before this year are not proposed."""
JUNK_TITLE = re.compile(
    r"^microsoft (word|powerpoint|excel)\b|^(untitled|sin t[ií]tulo|sem t[ií]tulo|documento?|document|title|t[ií]tulo|"
    r"presentaci[oó]n de powerpoint|apresenta[cç][aã]o do powerpoint|powerpoint presentation|diapositiva|slide|"
    r"doc|scan|print|impresi[oó]n)[ \d_.-]*$|"
    r"^(to fill in|para llenar|para preencher):|"
    r"^(sum[aá]rio|[ií]ndice|contenidos?|conte[uú]dos?|contents|table of contents|sommaire)\W*$|"
    r"\.(indd?|docx?|odt|pdf|cdr|qxd|pptx?|xlsx?|pub|tex|dvi|rtf|ai|eps|jpe?g|png|html?)$|"
    r"^[0-9a-f-]{16,}$|^[\W\d_]*$|^\(?anonymous|^https?://|[ÃÂ][\x80-\xbf©³±¡]|\ufffd|þÿ",
    re.IGNORECASE,
)
"""Titles that programs write by themselves, file names, headings of contents, and broken encodings."""
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


def propose_title(candidates: Iterable[str | None], name: str) -> str:
    """The first candidate that is no junk, at most 300 characters; else a title made of the file's name."""
    for candidate in candidates:
        text = " ".join(clean_text(candidate or "").split())
        if len(text) >= 3 and not JUNK_TITLE.search(candidate or "") and not JUNK_TITLE.search(text):
            return text[:LONGEST_PROPOSED_TITLE]
    return title_of_name(name)


def title_of_name(name: str) -> str:
    """A title made of a file's name: without folders and ending, the first letter a capital.

    Underscores and hyphens become blanks, but a span of years keeps its hyphen.
    """
    stem = re.split(r"[/\\]", name)[-1].rpartition(".")[0] or name
    spans = re.sub(r"(?<=\d{4})_(?=(?:19|20)\d\d(?!\d))", "-", stem)
    text = " ".join(re.sub(r"_+|(?<!\d)-+|-+(?!\d)", " ", spans).split())
    return (text[:1].upper() + text[1:])[:LONGEST_PROPOSED_TITLE]


def propose_bulletin_number(*texts: str | None) -> str | None:
    """The number of a bulletin, where the beginning of a text says ``Boletín 3`` or ``Boletín n.º 3``."""
    for text in texts:
        found = BULLETIN_NUMBER.search((text or "")[:2000])
        if found:
            return str(int(found.group(1)))
    return None


def real_date(written: str | None, today: date) -> str | None:
    """A written date as YYYY, YYYY-MM or YYYY-MM-DD; None when it is no date, or not from 1985 to tomorrow."""
    found = WRITTEN_DATE.match((written or "").strip()[:10])
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        moment = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if not date(EARLIEST_YEAR, 1, 1) <= moment <= today + timedelta(days=1):
        return None
    return "-".join(f"{part:02d}" for part in (year, month, day) if part is not None)


def guess_date(title: str, name: str, created: str | None, today: date) -> str | None:
    """A date guessed from the year in the title, else in the file name, else the date of creation.

    The creation date is kept whole where it falls in that year.
    """
    made = real_date(created, today)
    stem = re.split(r"[/\\]", name)[-1].rpartition(".")[0] or name
    year = year_in(title, today) or year_in(stem, today)
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
