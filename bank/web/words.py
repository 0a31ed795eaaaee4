"""Labels, numbers, dates and sizes in the reader's language, for templates."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.numbers import format_decimal, format_percent, get_group_symbol

from bank import languages
from bank.clock import day_in_zone, in_zone, now
from bank.export import EXPORT_FORMATS
from bank.messages import N_, say
from bank.table_keys import expect_keys
from bank.vocabulary import PrincipleFacts, Vocabulary
from bank.vocabulary.principles import OLD_CHARTER_VERSION
from bank.workflow.entries.views import TagView
from bank.workflow.people.letters import until_moment

DATE_WITH_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-|$)")
SPAN_OF_YEARS = re.compile(r"(\d{4}) ?[-–] ?(\d{4})")
"""A span that stands in the place of its first or last year, such as ``2018-2021`` where no more is known."""
SIZE_UNITS = ("B", "kB", "MB", "GB")

FORMAT_LABELS: Mapping[str, str] = expect_keys(
    {
        "csv": N_("Spreadsheet (CSV)"),
        "jsonl": N_("JSON Lines"),
        "json": N_("JSON"),
        "ris": N_("Reference managers (RIS)"),
        "dc": N_("Dublin Core (XML)"),
        "docx": N_("Form of the international bank (Word)"),
    },
    "the labels of export formats",
    EXPORT_FORMATS,
)
FILE_TYPE_LABELS = {
    "application/pdf": "PDF",
    "text/markdown": "Markdown",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
}
FLAG_SENTENCES = {
    "no_text": N_("Its pages are pictures without text."),
    "partial": N_("Not all of its pages could be read."),
    "encrypted": N_("The file is protected."),
    "damaged": N_("The file is damaged in places."),
    "has_javascript": N_("The file contains scripts; the bank never runs them."),
    "has_attachments": N_("The file contains other files inside."),
    "ocr": N_("Some of its text was recognised from pictures."),
    "picture_notes": N_("A stamp in the file is a picture; what it says was not read."),
    "incomplete": N_("Published before all its details were known."),
}
LIKELIHOOD_WORDS = ((0.75, N_("Very likely")), (0.5, N_("Likely")), (0.0, N_("Possible")))
"""(lowest score, words) for a suggestion, the likeliest first."""
SINCE_MOMENT, UNTIL_MOMENT = N_("since {moment}"), N_("until {moment}")
BETWEEN_YEARS = N_("between {first} and {last}")
EVENT_ROLE_LABELS = {
    "presented": N_("presented here"),
    "winner": N_("winner"),
    "finalist": N_("finalist"),
    "related": N_("related"),
}


@lru_cache(maxsize=4096)
def format_number(value: float, language: str) -> str:
    """A number with the language's separators; cached, as CLDR's patterns are slow and a page shows hundreds."""
    return format_decimal(value, locale=language)


@dataclass(frozen=True, slots=True)
class Words:
    """Words in one interface language. All methods return plain text, which templates escape.

    Days and hours are those of `zone`, the network's time zone.
    """

    language: str
    vocabulary: Vocabulary
    zone: ZoneInfo

    def label(self, vocabulary: str, id: str) -> str:
        """The label of a term; the id where the vocabulary has no such term."""
        return self.vocabulary.label(vocabulary, id, self.language)

    def best(self, texts: Mapping[str, str], original: str | None = None) -> tuple[str, str]:
        """(language, text) to show of texts by language: the reader's, else `original`, else as in `best_text`."""
        return languages.best_text(texts, self.language, original, self.vocabulary.language)

    def number(self, value: float) -> str:
        return format_number(value, self.language)

    def money(self, amount: float, currency: str, year: str) -> str:
        """An amount as ``350 000 MXN (2022)``, with the thousands apart as ISO 80000-1 writes them."""
        said = format_number(amount, self.language).replace(get_group_symbol(self.language), "\u00a0")
        return " ".join(part for part in (said, currency, f"({year})" if year else "") if part)

    def percent(self, share: float) -> str:
        """A share (0 to 1) in percent, to one decimal: ``66,7 %``."""
        return format_percent(round(share, 3), locale=self.language, decimal_quantization=False)

    def likely(self, score: float) -> str:
        """How likely a suggestion is, in words; `score` is from 0 to 1."""
        return say(next(words for least, words in LIKELIHOOD_WORDS if score >= least), self.language)

    def size(self, count: int) -> str:
        """A number of bytes as ``1,4 MB`` (powers of 1024, one decimal from MB on)."""
        value, unit = float(count), 0
        while value >= 1024 and unit < len(SIZE_UNITS) - 1:
            value, unit = value / 1024, unit + 1
        return f"{format_decimal(round(value, 1 if unit > 1 else 0), locale=self.language)} {SIZE_UNITS[unit]}"

    def day(self, moment: date | datetime | None) -> str:
        """The day of a moment, or a date as it is: ``3 de mayo de 2024``; empty for None."""
        return format_date(day_in_zone(moment, self.zone), "long", locale=self.language) if moment else ""

    def ago(self, moment: datetime) -> str:
        """How long ago it was, in words: ``hace 3 días``."""
        return format_timedelta(moment - now(), locale=self.language, add_direction=True)

    def time(self, moment: datetime) -> str:
        """The hour and minute, such as ``12:04``."""
        return format_time(in_zone(moment, self.zone).time(), "HH:mm", locale=self.language)

    def until(self, moment: datetime) -> str:
        """A day and its hour after the word until: ``las 23:59 del 3 de mayo de 2026``."""
        return until_moment(moment, self.zone, self.language)

    def moment(self, moment: datetime) -> str:
        """A day with hour and minute."""
        return f"{self.day(moment)}, {self.time(moment)}"

    def month(self, moment: str) -> str:
        """Month and year of a date that begins with ``YYYY-MM``; anything else, such as a year alone, unchanged."""
        if not DATE_WITH_MONTH.match(moment):
            return moment
        first = date(int(moment[:4]), int(moment[5:7]), 1)
        return format_skeleton("yMMMM", first, locale=self.language)

    def span(self, start: str, end: str) -> str:
        """A span of years, months or days: ``2018–2023``, ``enero de 2018 – septiembre de 2023``, ``desde 2018``."""
        first, last = self.month(start), self.month(end)
        if years := SPAN_OF_YEARS.fullmatch(first or last):
            first, last = years[1], years[2]
        if not (first and last):
            return (
                say(SINCE_MOMENT if first else UNTIL_MOMENT, self.language, moment=first or last)
                if first or last
                else ""
            )
        if first == last:
            return first
        return f"{first}–{last}" if first.isdigit() and last.isdigit() else f"{first} – {last}"

    def between(self, year: str) -> str:
        """A year, or where only a span is known that it lies in: ``entre 2018 y 2021``."""
        years = SPAN_OF_YEARS.fullmatch(year)
        return say(BETWEEN_YEARS, self.language, first=years[1], last=years[2]) if years else year

    def language_name(self, code: str) -> str:
        return languages.language_name(code, self.language)

    def country(self, code: str | None) -> str:
        return languages.country_name(code, self.language) if code else ""

    def told(self, sentence: str, values: Mapping[str, object]) -> str:
        """A sentence of the program (an English msgid), translated, with its values."""
        return say(sentence, self.language, **dict(values))

    def format(self, name: str) -> str:
        """The label of an export format."""
        return say(FORMAT_LABELS[name], self.language)

    def file_type(self, media_type: str) -> str:
        return FILE_TYPE_LABELS.get(media_type, media_type)

    def flags(self, flags: tuple[str, ...]) -> list[str]:
        """Sentences for those flags of a file that readers should know of."""
        return [say(FLAG_SENTENCES[flag], self.language) for flag in flags if flag in FLAG_SENTENCES]

    def event_role(self, role: str) -> str:
        return say(EVENT_ROLE_LABELS[role], self.language) if role in EVENT_ROLE_LABELS else role

    def heirs(self, tag: TagView) -> tuple[str, ...]:
        """Numbers of the principles of 2020 that a tag stands for: its own, or the successors of a number of 2004."""
        if tag.charter != OLD_CHARTER_VERSION:
            return (tag.term,)
        return tuple(str(number) for number in self.vocabulary.heirs(int(tag.term)))

    def tag(self, tag: TagView) -> str:
        """A tag's label; that of a principle of the Charter of 2004 where the tag has its number."""
        old = tag.vocabulary == "principle" and tag.charter == OLD_CHARTER_VERSION
        return self.label("principle_2004" if old else tag.vocabulary, tag.term)

    def section(self, principle: str) -> str:
        """The letter of the Charter's section that a principle of 2020 belongs to; empty when unknown."""
        found = self.vocabulary.get("principle", principle)
        return found.facts.section if found and isinstance(found.facts, PrincipleFacts) else ""

    def tag_section(self, tag: TagView) -> str:
        """The letter of the Charter's section of the first principle that a tag stands for; empty when unknown."""
        return next((self.section(heir) for heir in self.heirs(tag)), "")
