"""The bank's own template: a Word document that a city fills in and the bank reads again."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

from bank import languages
from bank.export.texts import single_line
from bank.export.word.paragraphs import append_page_number, append_paragraph, blank_document
from bank.messages import N_, say
from bank.vocabulary import FieldSpec, Kind, Vocabulary
from bank.vocabulary.field_types import complete_table

TEMPLATE_TITLE = N_("To fill in: {kind}")
CHARTER_NOTE = N_("The principles are numbered as in the Charter of 2020.")
HOW_TO_FILL_IN = N_(
    "Write under each heading and leave empty what you do not know. Save the file as Word (.docx) and upload it to the "
    "bank: it fills in the form for you, and you can change everything there. These grey lines are not read."
)
NEEDED_HEADING = N_("Needed to publish")
REST_CAN_WAIT = N_("The rest can wait. What you already have saves you time.")
HOW_TO_TICK = N_("Click the boxes of what applies, or write an X beside them.")
WORD_LIMIT_NOTE = N_("About {count} words.")
ONE_TERM_A_LINE = N_("One a line; a number is enough:")
CONTACT_POST_LABEL, CONTACT_MAILBOX_LABEL = N_("Post"), N_("Mailbox")
HELP_STYLE, ANSWER_STYLE, OPTION_STYLE = "Bank help", "Bank answer", "Bank option"
HELP_COLOUR = RGBColor(0x59, 0x59, 0x59)
ORDERED_VOCABULARIES = ("principle",)
"""Vocabularies whose terms are written by number, the primary one first; those of the others are tick boxes.

Themes are tick boxes too, so the template can't tell which theme is the primary one.
"""
CHECKBOX_XML = (
    '<w:sdt {ns} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:sdtPr><w14:checkbox>'
    '<w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr>'
    '<w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic"/></w:rPr><w:t>\u2610</w:t></w:r>'
    "</w:sdtContent></w:sdt>"
)
"""A box that Word ticks at a click (a content control, [MS-DOCX] 2.6)."""


def template_docx(vocabulary: Vocabulary, kind: Kind, language: str, paper: str = "letter") -> bytes:
    """The template of a kind with all its public fields. `language` is an interface language, `paper` letter or a4.

    Paragraphs in the style "Bank help", and boxes of "Bank option" that were not ticked, are dropped when it is read.
    """
    document = blank_document(paper, language)
    set_up_template(document, say(TEMPLATE_TITLE, language, kind=kind.label(language)))
    append_paragraph(document, "Title", say(TEMPLATE_TITLE, language, kind=kind.label(language)), language)
    append_paragraph(document, "Subtitle", say(CHARTER_NOTE, language), language)
    append_paragraph(document, "Bankhelp", say(HOW_TO_FILL_IN, language), language)
    shown = [spec for spec in kind.facts.fields if spec.visible == "public" and not spec.field_type.is_file]
    append_paragraph(document, "Heading1", say(NEEDED_HEADING, language), language)
    for spec in shown:
        if spec.required:
            append_field(document, vocabulary, spec, language)
    append_paragraph(document, "Bankhelp", say(REST_CAN_WAIT, language), language)
    for group in vocabulary.field_groups:
        specs = [spec for spec in shown if spec.group == group.id and not spec.required]
        if specs:
            append_paragraph(document, "Heading1", group.label(language), language)
        for spec in specs:
            append_field(document, vocabulary, spec, language)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def set_up_template(document: Word, title: str) -> None:
    """Sets the template's own styles and footer, and empties the properties, which would be read as the city's."""
    styles = document.styles
    for name in (HELP_STYLE, ANSWER_STYLE, OPTION_STYLE):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = styles["Normal"], True
    styles[HELP_STYLE].font.color.rgb, styles[HELP_STYLE].font.italic, styles[HELP_STYLE].font.size = (
        HELP_COLOUR,
        True,
        Pt(9.5),
    )
    styles[HELP_STYLE].paragraph_format.keep_with_next = True
    styles[OPTION_STYLE].paragraph_format.space_after = Pt(0)
    append_page_number(document.sections[0].footer.paragraphs[0], f"{title} · ")
    about = document.core_properties
    about.title = about.author = about.comments = about.last_modified_by = ""


def append_field(document: Word, vocabulary: Vocabulary, spec: FieldSpec, language: str) -> None:
    """Adds a field: its label, its help, and boxes to tick or lines to write on."""
    append_paragraph(document, "Heading2", spec.label(language), language)
    for text in template_advice(vocabulary, spec, language):
        append_paragraph(document, "Bankhelp", text, language)
    for label in tick_box_labels(vocabulary, spec, language):
        paragraph = append_paragraph(document, "Bankoption", f" {label}", language)
        paragraph._p.insert_element_before(parse_xml(CHECKBOX_XML.format(ns=nsdecls("w"))), "w:r")
    if not any(tick_box_labels(vocabulary, spec, language)):
        for part in TEMPLATE_QUESTIONS[spec.type].parts:
            append_paragraph(document, "Bankanswer", f"{say(part, language)}: " if part else "", language)


def template_advice(vocabulary: Vocabulary, spec: FieldSpec, language: str) -> Iterator[str]:
    """The help under a field's label: advice, word limit, how to tick; for principles also the numbered list."""
    hints = [spec.advice(language)]
    if spec.limit_words:
        hints.append(say(WORD_LIMIT_NOTE, language, count=spec.limit_words))
    if any(tick_box_labels(vocabulary, spec, language)):
        hints.append(say(HOW_TO_TICK, language))
    yield " ".join(hints)
    if spec.vocabulary in ORDERED_VOCABULARIES:
        yield say(ONE_TERM_A_LINE, language)
        terms = vocabulary.vocabularies()[spec.vocabulary]
        yield " · ".join(f"{term.id} {term.label(language)}" for term in terms)


def tick_box_labels(vocabulary: Vocabulary, spec: FieldSpec, language: str) -> list[str]:
    """Labels of a field's tick boxes; empty for a field that is answered in words."""
    return TEMPLATE_QUESTIONS[spec.type].offered(vocabulary, spec, language)


@dataclass(frozen=True, slots=True)
class TemplateQuestion:
    """How fields of a type are asked: `offered` gives the labels to tick; without any there is a line for each part.

    A part is the msgid of the label before its line, empty for a line without one.
    """

    offered: Callable[[Vocabulary, FieldSpec, str], list[str]]
    parts: tuple[str, ...] = ("",)


def no_tick_boxes(vocabulary: Vocabulary, spec: FieldSpec, language: str) -> list[str]:
    return []


def term_tick_boxes(vocabulary: Vocabulary, spec: FieldSpec, language: str) -> list[str]:
    """Labels of the field's vocabulary; none for a vocabulary that is written in order."""
    name = spec.vocabulary or ""
    return [] if name in ORDERED_VOCABULARIES else [term.label(language) for term in vocabulary.vocabularies()[name]]


def choice_tick_boxes(vocabulary: Vocabulary, spec: FieldSpec, language: str) -> list[str]:
    return [choice.label(language) for choice in spec.choices]


def licence_tick_boxes(vocabulary: Vocabulary, spec: FieldSpec, language: str) -> list[str]:
    return [licence.label(language) for licence in vocabulary.licences if licence.facts.for_files]


def language_tick_boxes(vocabulary: Vocabulary, spec: FieldSpec, language: str) -> list[str]:
    return [single_line(languages.language_name(code, language)) for code in languages.ANALYSED_LANGUAGES]


TEMPLATE_QUESTIONS: Mapping[str, TemplateQuestion] = complete_table(
    {
        "text": TemplateQuestion(no_tick_boxes),
        "longtext": TemplateQuestion(no_tick_boxes),
        "list": TemplateQuestion(no_tick_boxes),
        "number": TemplateQuestion(no_tick_boxes),
        "year": TemplateQuestion(no_tick_boxes),
        "month": TemplateQuestion(no_tick_boxes),
        "date": TemplateQuestion(no_tick_boxes),
        "period": TemplateQuestion(no_tick_boxes),
        "money": TemplateQuestion(no_tick_boxes),
        "choice": TemplateQuestion(choice_tick_boxes),
        "choices": TemplateQuestion(choice_tick_boxes),
        "cities": TemplateQuestion(no_tick_boxes),
        "city": TemplateQuestion(no_tick_boxes),
        "terms": TemplateQuestion(term_tick_boxes),
        "events": TemplateQuestion(no_tick_boxes),
        "links": TemplateQuestion(no_tick_boxes),
        "bool": TemplateQuestion(no_tick_boxes),
        "contact": TemplateQuestion(no_tick_boxes, (CONTACT_POST_LABEL, CONTACT_MAILBOX_LABEL)),
        "licence": TemplateQuestion(licence_tick_boxes),
        "attachment": TemplateQuestion(no_tick_boxes, ()),
        "language": TemplateQuestion(language_tick_boxes),
    },
    "how the template asks for the values of each type",
)
