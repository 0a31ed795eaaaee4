"""Finds the date that is printed on a document as its own: on its cover, in its issue line, at its end.

A wrong year is worse than none: years that only stand in the text, deadlines and the years of laws that are cited do
not count.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bank.ingest.extraction import ExtractedPage
from bank.ingest.labelled.dates import WRITTEN_MOMENT, date_parts
from bank.ingest.proposals.no_titles import WEEKDAY
from bank.ingest.proposals.year_words import digits_for_years
from bank.vocabulary.folding import fold_text

EARLIEST_PRINTED_YEAR = 1950
COVER_CHARACTERS = 700
"""A first page with fewer is a cover, and the next one is looked at as well."""
LONGEST_DATE_LINE = 200
MOST_OTHER_LETTERS = 32
"""Letters that stand on a date's line beside it: a place, a weekday, what the date is of."""
MORE_WITH_A_WEEKDAY = 16
LAST_LINES = 40
PIECES_OF_LINE = re.compile(r"\s[∥|•·–—-]\s")
"""What stands between the pieces of a running head or foot."""
YEAR_AFTER_BREAK = re.compile(r"(?:de |del |of )?(?:19|20)\d\d\W*")
"""The end of a date that begins on the line before."""
TELLING_DATE = re.compile(
    r"\b(?:publica\w+|published|issued|emitid\w+|emision|emissao|expedi\w+|version|versao|versio|edicion|edicao|edicio|"
    r"actualiza\w+|atualiza\w+|actualitza\w+|updated?|revis\w+|release|date|elabora\w+|aprob\w+|aprov\w+|"
    r"suscri\w+|firmad\w+|signed|dado|dada|dat)\b|^\W*(?:fecha|data)\b|\b(?:fecha|data) ?:"
)
"""Words beside a date that say that it is the document's."""
FOREIGN_DATE = re.compile(
    r"\b(?:plazo|prazo|limite|deadline|hasta|ate|until|desde|since|a partir|vigen\w+|vigor|inicio|inici|fin|termino|"
    r"inscri\w+|entrega|ley|lei|llei|decreto|d\.?s\.?|dfl|resoluc\w+|acuerdo|acordo|articulo|artigo|art|reglamento|"
    r"modific\w+|derog\w+|nac\w+|born|consult\w+|accessed|acces\w+|recuperad\w+|hora|horas|hrs|reunion|"
    r"copyright|(?:de|con|en|em) (?:fecha|data)|volume|editorial|conference|http\w*|www|doi|isbn|vol|pp)\b"
)
"""Words beside a date that say that it is another's, or only a deadline."""
OWN_CLOSING = re.compile(
    r"\b(?:a los? (?:\d{1,2}|\w+(?: y \w+)?) dias?,? (?:del? mes )?del? |aos \d{1,2} dias? do mes de |"
    r"(?:dado|dada|firmad[oa]|hecho|aprobad[oa]|aprovad[oa]s?|sancionad[oa])\b[^.]{0,80}?)"
)
ACT_NUMBER = re.compile(
    r"^\W{0,4}(?:\w[\w-]{0,20} ){0,2}?(?:ley|lei|llei|loi|decreto(?:-ley|-lei)?|decret|resolucion|resolucao|ordenanza|"
    r"ordenanca|acuerdo|acordo|portaria|edital|oficio|circular|directiva|convocatoria|memorando|comunicado)\b[^,;:()]{0,40}?"
    r"(?:\b\d{1,6}\s?[-/]\s?(?P<year>(?:19|20)\d\d|\d\d)(?!\d)|\b\d{1,6} de (?P<of>(?:19|20)\d\d)(?!\d))"
)
"""The number of an act at the beginning of a line, with its year: ``Decreto-Lei n.º 372/90``."""
COURSE = re.compile(
    r"\b(?:curso|course|ano|any|annee|calendari\w*|ciclo|periodo|gestion|guia)\b[^\d]{0,40}((?:19|20)\d\d)\s?[-/–]\s?(\d\d(?:\d\d)?)"
    r"(?!\d)"
)
"""A school year."""
SIGNED_LINE = re.compile(
    r"[a-z][a-z .]{2,40}(?:,| -)? ?(?:a |el |em |dia )?\d{1,2}\.? (?:de |d')?[a-z]{3,10},? (?:de |del )?"
    r"(?:19|20)\d\d\W{0,5}|"
    r"(?:(?:fecha|data|actualizado|ultima actualizacion|publicad\w|aprobad\w|aprovad\w)[^\d]{0,40})?"
    r"(?:\d{1,2} de )?[a-z]{3,10},? (?:de |del )?(?:19|20)\d\d\W{0,5}"
)
"""A place and a date, as they stand beside signatures; or a month of publication."""
TERM_LINE = re.compile(r"((?:19|20)\d\d)[-.][12]")
"""The first or second half of a year, alone on a line."""
YEAR_ALONE = re.compile(r"(?<![\w/.-])((?:19|20)\d\d)(?![\w/-]|\.\d)")
YEAR_OF_SUBJECT = re.compile(
    r"\b(?:durante?|during|pendant|en|in|el|del|de) (?:l'|l’|the |el |la |o )?(?:any|ano|year|annee) ?$"
)
RETROSPECT = re.compile(r"\b(?:memoria|informe|balance|relatorio|report|rapport|anuario)\b")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date (YYYY, YYYY-MM or YYYY-MM-DD) with the line that says it and its page; the lowest `rank` is the surest."""

    date: str
    page: int
    text: str
    rank: int = 0


def find_printed_date(title: str, pages: Sequence[ExtractedPage], today: date) -> PrintedDate | None:
    """The document's own date as it is printed; None where none surely is."""
    found = [*dates_of_title(title, today), *dates_of_beginning(pages, today), *dates_of_end(pages, today)]
    return min(found, key=lambda one: one.rank, default=None)


def dates_of_title(title: str, today: date) -> Iterator[PrintedDate]:
    """The year of an act's number, or the only year of a title, unless it is the year of its subject."""
    folded = digits_for_years(fold_text(title))
    number = ACT_NUMBER.match(folded)
    if number and (year := act_year(number, today)):
        yield PrintedDate(year, 1, title, -1)
        return
    course = COURSE.search(folded)
    if course and is_school_year(course) and is_possible(int(course[1]), today):
        yield PrintedDate(course[1], 1, title, 3)
        return
    spans = re.findall(r"((?:19|20)\d\d)\s?[-–/]\s?((?:19|20)\d\d|\d\d)(?!\d)", folded)
    if spans:
        last = spans[0][1] if len(spans[0][1]) == 4 else spans[0][0][:2] + spans[0][1]
        if RETROSPECT.search(folded) and is_possible(int(last), today):
            yield PrintedDate(last, 1, title, 4)
        return
    years = [one for one in YEAR_ALONE.finditer(folded) if not YEAR_OF_SUBJECT.search(folded[: one.start()])]
    if len({one[1] for one in years}) == 1 and is_possible(int(years[0][1]), today):
        yield PrintedDate(years[0][1], 1, title, 4)


def dates_of_beginning(pages: Sequence[ExtractedPage], today: date) -> Iterator[PrintedDate]:
    """Dates on the first page, and on the two after it where that is a cover."""
    looked = [pages[0]] if pages else []
    for page in pages[1:4]:
        if sum(len(one.text) for one in looked) < COVER_CHARACTERS:
            looked.append(page)
    for page in looked:
        yield from dates_of_lines(page, page.text.split("\n"), today, 0 if page.number == 1 else 1)


def dates_of_end(pages: Sequence[ExtractedPage], today: date) -> Iterator[PrintedDate]:
    """The date with which a law, a contract or minutes close, on the last page or the one before it."""
    for page in pages[-1:-3:-1]:
        lines = page.text.split("\n")[-LAST_LINES:]
        text = digits_for_years(fold_text(" ".join(lines)))
        for closing in OWN_CLOSING.finditer(text):
            moment = WRITTEN_MOMENT.search(text, closing.end() - 4, closing.end() + 60)
            after = YEAR_ALONE.search(text, closing.end(), closing.end() + 50)
            told = moment_date(moment, today) if moment else None
            end = moment.start() if moment and told else after.start() if after else closing.end()
            if FOREIGN_DATE.search(text, closing.start(), end):
                continue
            if told or (after and is_possible(int(after[1]), today)):
                yield PrintedDate(told or (after[1] if after else ""), page.number, text[closing.start() :][:120], 2)
        if len(pages) > 1:
            signed = [line for line in lines if SIGNED_LINE.fullmatch(fold_text(line))]
            yield from dates_of_lines(page, signed, today, 3)


def dates_of_lines(page: ExtractedPage, lines: Sequence[str], today: date, rank: int) -> Iterator[PrintedDate]:
    """The dates that stand on lines of their own, or beside words that say whose date it is."""
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else ""
        if len(line) > LONGEST_DATE_LINE or not any(one.isdigit() or one.isalpha() for one in line):
            continue
        folded = spelt_dates(line)
        act = ACT_NUMBER.match(folded) if page.number == 1 and number < 12 else None
        if act and line[:1].isupper() and (year := act_year(act, today)):
            yield PrintedDate(year, page.number, line, rank + 2)
        course = COURSE.search(f"{fold_text(before)[-30:]} {folded}")
        if course and is_school_year(course) and is_possible(int(course[1]), today) and len(line) < 80:
            yield PrintedDate(course[1], page.number, line, rank + 3)
        term = TERM_LINE.fullmatch(folded)
        if term and number < 8 and is_possible(int(term[1]), today):
            yield PrintedDate(term[1], page.number, line, rank + 3)
        after = spelt_dates(lines[number + 1]) if number + 1 < len(lines) else ""
        whole = f"{folded} {after}" if YEAR_AFTER_BREAK.fullmatch(after) else folded
        for piece in PIECES_OF_LINE.split(whole) if PIECES_OF_LINE.search(whole) else [whole]:
            yield from dates_of_line(page, line, before, piece, today, rank)


def dates_of_line(
    page: ExtractedPage, line: str, before: str, folded: str, today: date, rank: int
) -> Iterator[PrintedDate]:
    """The date of one line, where the line is hardly more than this date."""
    for moment in WRITTEN_MOMENT.finditer(folded):
        told = moment_date(moment, today)
        if told is None or len(told) < 7:
            continue
        beside = f"{folded[: moment.start()]} {folded[moment.end() :]}"
        most = MOST_OTHER_LETTERS + (MORE_WITH_A_WEEKDAY if WEEKDAY.search(beside) else 0)
        if FOREIGN_DATE.search(beside) or len(re.findall(r"[^\W\d_]", beside)) > most:
            continue
        telling = bool(TELLING_DATE.search(beside) or WEEKDAY.search(beside)) and not line[:1].islower()
        if not telling and goes_on(line, before):
            continue
        yield PrintedDate(told, page.number, line, rank + (0 if telling else 1))


@lru_cache(64)
def spelt_dates(text: str) -> str:
    """A folded text with years in digits, dates such as ``26-Oct-2013`` and ``2005/03/29`` as they are looked for."""
    folded = digits_for_years(fold_text(text))
    folded = re.sub(r"\b(\d{1,2})-([a-z]{3,})\.?-((?:19|20)\d\d)\b", r"\1 \2 \3", folded)
    return re.sub(r"(?<![\d/])((?:19|20)\d\d)/(\d\d)/(\d\d)(?![\d/])", r"\1-\2-\3", folded)


def goes_on(line: str, before: str) -> bool:
    """True for a line that goes on with the sentence of the line before it."""
    return line[:1].islower() and len(before) > 40 and not before.rstrip().endswith((".", ":", ";"))


def moment_date(moment: re.Match[str], today: date) -> str | None:
    """A match of a date as YYYY, YYYY-MM or YYYY-MM-DD; None for one without a year, or that can't be."""
    year, month, day = date_parts(moment)
    if not year or not is_possible(year, today):
        return None
    try:
        made = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if made > today:
        return None
    return "-".join(f"{part:02d}" for part in (year, month, day if month else 0) if part)


def act_year(number: re.Match[str], today: date) -> str | None:
    """The year in the number of an act; two digits are of the last hundred years."""
    written = number["year"] or number["of"]
    if len(written) == 2:
        written = f"20{written}" if int(written) <= today.year % 100 else f"19{written}"
    return written if is_possible(int(written), today) else None


def is_school_year(course: re.Match[str]) -> bool:
    """True where the second year follows the first."""
    return int(course[2]) % 100 == (int(course[1]) + 1) % 100


def is_possible(year: int, today: date) -> bool:
    """True for a year from 1950 to this one."""
    return EARLIEST_PRINTED_YEAR <= year <= today.year
