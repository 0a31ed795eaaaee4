"""A call's form for one entry as a Word document: one part for each language of the call, headings, no tables."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import RGBColor

from bank import languages
from bank.errors import Invalid
from bank.export.form import Answer, answer
from bank.export.format import Context, Format, only
from bank.export.gaps import gaps, sentence
from bank.export.record import Record
from bank.export.texts import day, flat
from bank.export.word.paragraphs import NORMAL, blank, number_pages, write
from bank.messages import N_, say
from bank.vocabulary import Call

TO_COMPLETE = N_("To complete before sending")
ALERT = RGBColor(0xA4, 0x1E, 0x1E)
NOTE = "Missing"
PROPERTY_LIMIT = 255


def write_form(records: Iterable[Record], stream: BinaryIO, context: Context) -> None:
    """Writes the form of the context's call, filled in from one record. Raises Invalid without call or for several."""
    record = only(records)
    if context.call is None:
        raise Invalid(N_("A Word document follows the form of a call, and no call was chosen."))
    document = blank(context.paper, _language(record, context.call))
    _prepare(document, record, context, context.call)
    _cover(document, record, context, context.call)
    for language in context.call.languages:
        _part(document, record, language, context, context.call)
    document.save(stream)


def _prepare(document: Word, record: Record, context: Context, call: Call) -> None:
    """The footer, the style of notices, and the document's properties."""
    footer = document.sections[0].footer.paragraphs[0]
    number_pages(footer, f"{context.network} · {record.identifier} · ")
    styles = document.styles
    note = styles.add_style(NOTE, WD_STYLE_TYPE.PARAGRAPH)
    note.base_style, note.font.bold, note.font.color.rgb = styles[NORMAL], True, ALERT
    _properties(document, record, context, call)


def _properties(document: Word, record: Record, context: Context, call: Call) -> None:
    language = _language(record, call)
    keywords = ", ".join(
        languages.best_text(term.labels, language, context.vocabulary.language)[1] for term in record.themes
    )
    about = document.core_properties
    about.title, about.subject = _short(record.title), _short(call.label(language))
    about.author, about.last_modified_by = _short(context.network), _short(context.network)
    about.keywords, about.comments = _short(keywords), _short(record.url)
    about.identifier, about.language = _short(record.identifier), language
    about.created = about.modified = context.generated.replace(tzinfo=None)


def _language(record: Record, call: Call) -> str:
    """The document's main language: the entry's, where the call asks for it."""
    return record.language if record.language in call.languages else call.languages[0]


def _short(text: str) -> str:
    return flat(text)[:PROPERTY_LIMIT]


def _cover(document: Word, record: Record, context: Context, call: Call) -> None:
    reader = context.language
    write(document, "Title", flat(record.title) or record.identifier, record.language)
    write(document, "Subtitle", call.label(reader), reader)
    destination = call.destination.said(reader)
    write(document, NORMAL, destination, reader)
    write(document, NORMAL, f"{context.network} · {day(context.generated, reader)} · {record.url}", reader)
    found = gaps(record, call, context.vocabulary)
    if found:
        write(document, "Heading1", say(TO_COMPLETE, reader), reader)
    for gap in found:
        write(document, "ListBullet", sentence(gap, call, reader), reader)


def _part(document: Word, record: Record, language: str, context: Context, call: Call) -> None:
    """The whole form in one language, on pages of its own; lines and headings without anything to say are left out."""
    document.add_section(WD_SECTION.NEW_PAGE)
    name = languages.name(language, language)
    write(document, "Heading1", name[:1].upper() + name[1:], language)
    for section in call.sections:
        answers = [answer(record, line, language, context.vocabulary) for line in section.fields]
        answers = [one for one in answers if one.state != "empty"]
        if answers:
            write(document, "Heading2", section.label(language), language)
        for one in answers:
            write(document, "Heading3", one.line.label(language), language)
            _answer(document, one, language, call)


def _answer(document: Word, given: Answer, language: str, call: Call) -> None:
    for note in _notes(given, language, call):
        write(document, NOTE, note, language)
    style = "ListBullet" if given.listed else NORMAL
    for text in given.texts:
        write(document, style, text, given.language, italic=given.state == "untranslated")


def _notes(given: Answer, language: str, call: Call) -> Iterator[str]:
    """What is not as it should be, in the language of the part and in the call's own words."""
    if given.state == "missing":
        yield call.notice("missing", language, field=given.line.label(language))
    if given.state == "untranslated":
        yield call.notice("untranslated", language, original=languages.name(given.language, language))
    if given.long:
        yield call.notice("long", language)


DOCX = Format(
    "docx",
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    many=False,
    write=write_form,
)
