"""Puts together what a document proposes: from what somebody wrote about it, from its pages, from its properties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from bank.ingest.extraction import ExtractedPage, MetadataProposals, Origin
from bank.ingest.proposals.given import read_given_date
from bank.ingest.proposals.names import guess_date, propose_bulletin_number
from bank.ingest.proposals.titles import ProposedTitle, TitleLine, only_letters, propose_title
from bank.ingest.proposals.years import find_printed_date
from bank.ingest.text.cleaning import index_text
from bank.ingest.text.language import guess_language
from bank.languages import language_code

PAGES_JUDGED = 20
TITLE_PAGES, LINES_OF_A_PAGE = 3, 40


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a file says of itself. `given` and `lists` are from its front matter, the rest from properties and pages."""

    given: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title: str | None = None
    heading: str | None = None
    language: str | None = None
    created: str | None = None
    lines: Sequence[TitleLine] = ()
    body: float = 0.0
    header: tuple[str, ...] = ()
    """Lines of the header of the first page that are not on the page itself."""


def propose_for_document(facts: DocumentFacts, pages: Sequence[ExtractedPage], name: str) -> MetadataProposals:
    """What the document proposes; `name` is that of its file."""
    today = datetime.now(UTC).date()
    given = facts.given
    lines = lines_as_shown(facts.lines, pages) or lines_of_pages(with_header(pages, facts.header))
    title = propose_title(given.get("title"), facts.title, lines, facts.body, facts.heading, name)
    dated = propose_dates(facts, title, pages, name, today)
    text = "\n".join(index_text(page.text, page.furniture) for page in pages[:PAGES_JUDGED])
    spoken = given_language(given)
    return MetadataProposals(
        title=title.text,
        summary=given.get("summary"),
        language=spoken or guess_language(text, facts.language),
        date=dated.date,
        until=dated.until,
        guessed_date=dated.guess,
        kind=given.get("kind"),
        city=given.get("city"),
        country=given.get("country"),
        number=given.get("number") or propose_bulletin_number(title.text, pages[0].text if pages else None),
        licence=given.get("licence"),
        origins={"title": title.origin, **({"date": dated.origin} if dated.origin else {})},
        **facts.lists,
    )


@dataclass(frozen=True, slots=True)
class ProposedDates:
    """The date of a document with the end of its span, or only a guess, and where they come from."""

    date: str | None = None
    until: str | None = None
    guess: str | None = None
    origin: Origin | None = None


def propose_dates(
    facts: DocumentFacts, title: ProposedTitle, pages: Sequence[ExtractedPage], name: str, today: date
) -> ProposedDates:
    """The date that somebody gave, else the printed one, else a guess from name and properties."""
    given = read_given_date(facts.given["date"], today) if "date" in facts.given else None
    if given:
        return ProposedDates(given[0], given[1], origin=Origin("given"))
    shown = "" if title.origin.source == "name" else title.text
    printed = find_printed_date(shown, with_header(pages, facts.header), today)
    if printed:
        return ProposedDates(printed.date, origin=Origin("printed", printed.page, printed.text))
    guess = guess_date(title.text, name, facts.created, today)
    return ProposedDates(guess=guess, origin=Origin("metadata", doubtful=True) if guess else None)


def with_header(pages: Sequence[ExtractedPage], header: Sequence[str]) -> Sequence[ExtractedPage]:
    """The pages, the first one with these lines above it."""
    if not header or not pages:
        return pages
    return [replace(pages[0], text="\n".join((*header, pages[0].text))), *pages[1:]]


def given_language(given: Mapping[str, str]) -> str | None:
    """The code of the language that somebody gave; None where nobody did, or it can't be understood."""
    return language_code(given["language"]) if "language" in given else None


def unclear_values(given: Mapping[str, str]) -> list[str]:
    """What was given as a language or a date and could not be understood, as ``key: value``."""
    today = datetime.now(UTC).date()
    wrong = "language" in given and given_language(given) is None
    late = "date" in given and read_given_date(given["date"], today) is None
    return [f"{key}: {given[key]}" for key, unclear in (("language", wrong), ("date", late)) if unclear]


def lines_as_shown(lines: Sequence[TitleLine], pages: Sequence[ExtractedPage]) -> list[TitleLine]:
    """The drawn lines as the pages show them: with the accents, letters and blanks that were mended there."""
    shown = {" ".join(text.split()) for page in pages[:TITLE_PAGES] for text in page.text.split("\n")}
    mended = {line.text: " ".join(line.text.split()) for line in lines}
    if all(text in shown for text in mended.values()):
        return list(lines)
    by_letters = {only_letters(text): text for text in sorted(shown, reverse=True)}
    for drawn, text in mended.items():
        if text not in shown and (letters := only_letters(text)):
            mended[drawn] = by_letters.get(letters, drawn)
    return [replace(line, text=mended[line.text]) for line in lines]


def lines_of_pages(pages: Sequence[ExtractedPage]) -> list[TitleLine]:
    """The lines of the first pages, of whose letters nothing is known."""
    found = []
    for page in pages[:TITLE_PAGES]:
        texts = page.text.split("\n")[:LINES_OF_A_PAGE]
        for text, before in zip(texts, ["", *texts], strict=False):
            if text.strip():
                found.append(TitleLine(page.number, 0.0, False, text, apart=not before.strip()))
    return found
