"""A call's form for one entry as a Word document: a cover, then one part for each language of the call."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC
from typing import BinaryIO

from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import RGBColor

from bank import languages
from bank.errors import Invalid
from bank.export.form import Answer, answer_form_line
from bank.export.format import ExportContext, ExportFormat, only_record
from bank.export.gaps import find_gaps, gap_sentence
from bank.export.record import Record
from bank.export.texts import format_day, single_line
from bank.export.word.paragraphs import NORMAL_STYLE, append_page_number, append_paragraph, blank_document
from bank.messages import N_, say
from bank.vocabulary import Call

TO_COMPLETE = N_("To complete before sending")
ALERT_COLOUR = RGBColor(0xA4, 0x1E, 0x1E)
NOTICE_STYLE = "Missing"
PROPERTY_LIMIT = 255


def write_call_form(records: Iterable[Record], stream: BinaryIO, context: ExportContext) -> None:
    """Writes the form of the context's call, filled in from one record.

    Raises Invalid for none or several records, and where the context has no call.
    """
    record = in_network_zone(only_record(records), context)
    if context.call is None:
        raise Invalid(N_("A Word document follows the form of a call, and no call was chosen."))
    document = blank_document(context.paper, _language(record, context.call))
    _prepare(document, record, context, context.call)
    _cover(document, record, context, context.call)
    for language in context.call.languages:
        _part(document, record, language, context, context.call)
    document.save(stream)


def in_network_zone(record: Record, context: ExportContext) -> Record:
    """The record with its moments in the time zone of the context's own, in which its days are told."""
    zone = context.generated.tzinfo
    published, updated = (moment and moment.astimezone(zone) for moment in (record.published, record.updated))
    return replace(record, published=published, updated=updated)


def _prepare(document: Word, record: Record, context: ExportContext, call: Call) -> None:
    """Sets the footer, the style of notices, and the document's properties."""
    footer = document.sections[0].footer.paragraphs[0]
    append_page_number(footer, f"{context.network} · {record.identifier} · ")
    styles = document.styles
    note = styles.add_style(NOTICE_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    note.base_style, note.font.bold, note.font.color.rgb = styles[NORMAL_STYLE], True, ALERT_COLOUR
    _properties(document, record, context, call)


def _properties(document: Word, record: Record, context: ExportContext, call: Call) -> None:
    language = _language(record, call)
    keywords = ", ".join(
        languages.best_text(term.labels, language, context.vocabulary.language)[1] for term in record.themes
    )
    about = document.core_properties
    about.title, about.subject = _short(record.title), _short(call.label(language))
    about.author, about.last_modified_by = _short(context.network), _short(context.network)
    about.keywords, about.comments = _short(keywords), _short(record.url)
    about.identifier, about.language = _short(record.identifier), language
    about.created = about.modified = context.generated.astimezone(UTC).replace(tzinfo=None)


def _language(record: Record, call: Call) -> str:
    """The document's main language: the entry's, where the call asks for it."""
    return record.language if record.language in call.languages else call.languages[0]


def _short(text: str) -> str:
    return single_line(text)[:PROPERTY_LIMIT]


def _cover(document: Word, record: Record, context: ExportContext, call: Call) -> None:
    reader = context.language
    append_paragraph(document, "Title", single_line(record.title) or record.identifier, record.language)
    append_paragraph(document, "Subtitle", call.label(reader), reader)
    destination = call.destination.said(reader)
    append_paragraph(document, NORMAL_STYLE, destination, reader)
    append_paragraph(
        document, NORMAL_STYLE, f"{context.network} · {format_day(context.generated, reader)} · {record.url}", reader
    )
    found = find_gaps(record, call, context.vocabulary)
    if found:
        append_paragraph(document, "Heading1", say(TO_COMPLETE, reader), reader)
    for gap in found:
        append_paragraph(document, "ListBullet", gap_sentence(gap, call, reader), reader)


def _part(document: Word, record: Record, language: str, context: ExportContext, call: Call) -> None:
    """Adds the whole form in one language, on pages of its own; empty answers and their headings are left out."""
    document.add_section(WD_SECTION.NEW_PAGE)
    name = languages.language_name(language, language)
    append_paragraph(document, "Heading1", name[:1].upper() + name[1:], language)
    for section in call.sections:
        answers = [answer_form_line(record, line, language, context.vocabulary) for line in section.fields]
        answers = [one for one in answers if one.state != "empty"]
        if answers:
            append_paragraph(document, "Heading2", section.label(language), language)
        for one in answers:
            append_paragraph(document, "Heading3", one.line.label(language), language)
            _answer(document, one, language, call)


def _answer(document: Word, given: Answer, language: str, call: Call) -> None:
    for note in _notes(given, language, call):
        append_paragraph(document, NOTICE_STYLE, note, language)
    style = "ListBullet" if given.listed else NORMAL_STYLE
    for text in given.texts:
        append_paragraph(document, style, text, given.language, italic=given.state == "untranslated")


def _notes(given: Answer, language: str, call: Call) -> Iterator[str]:
    """Notices on an answer (missing, untranslated, too long), in the part's language and the call's own words."""
    if given.state == "missing":
        yield call.notice("missing", language, field=given.line.label(language))
    if given.state == "untranslated":
        yield call.notice("untranslated", language, original=languages.language_name(given.language, language))
    if given.long:
        yield call.notice("long", language)


DOCX = ExportFormat(
    "docx",
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    many=False,
    write=write_call_form,
)
