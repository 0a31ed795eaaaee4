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
from bank.export.texts import flat
from bank.export.word.paragraphs import blank, number_pages, write
from bank.messages import N_, say
from bank.vocabulary import FieldSpec, Kind, Vocabulary
from bank.vocabulary.field_types import complete

TITLE = N_("To fill in: {kind}")
CHARTER = N_("The principles are numbered as in the Charter of 2020.")
HOW = N_(
    "Write under each heading and leave empty what you do not know. Save the file as Word (.docx) and upload it to the "
    "bank: it fills in the form for you, and you can change everything there. These grey lines are not read."
)
NEEDED = N_("Needed to publish")
MORE = N_("The rest can wait. What you already have saves you time.")
TICK = N_("Click the boxes of what applies, or write an X beside them.")
WORDS = N_("About {count} words.")
ONE_A_LINE = N_("One a line; a number is enough:")
POST, MAILBOX = N_("Post"), N_("Mailbox")
HELP, ANSWER, OPTION = "Bank help", "Bank answer", "Bank option"
GREY = RGBColor(0x59, 0x59, 0x59)
ORDERED = ("principle",)
"""Vocabularies whose first term counts most: they are written in order, the others are ticked."""
CHECKBOX = (
    '<w:sdt {ns} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:sdtPr><w14:checkbox>'
    '<w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr>'
    '<w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic"/></w:rPr><w:t>\u2610</w:t></w:r>'
    "</w:sdtContent></w:sdt>"
)
"""A box that Word ticks by a click (a content control, [MS-DOCX] 2.6)."""


def template_docx(vocabulary: Vocabulary, kind: Kind, language: str, paper: str = "letter") -> bytes:
    """A document with every field of the kind that anybody may see, in an interface language, on letter or a4 paper.

    What stands in the style "Bank help", and boxes of "Bank option" that nobody ticked, are dropped when it is read.
    """
    document = blank(paper, language)
    prepare(document, say(TITLE, language, kind=kind.label(language)))
    write(document, "Title", say(TITLE, language, kind=kind.label(language)), language)
    write(document, "Subtitle", say(CHARTER, language), language)
    write(document, "Bankhelp", say(HOW, language), language)
    shown = [spec for spec in kind.facts.fields if spec.visible == "public" and not spec.field_type.is_file]
    write(document, "Heading1", say(NEEDED, language), language)
    for spec in shown:
        if spec.required:
            ask(document, vocabulary, spec, language)
    write(document, "Bankhelp", say(MORE, language), language)
    for group in vocabulary.field_groups:
        specs = [spec for spec in shown if spec.group == group.id and not spec.required]
        if specs:
            write(document, "Heading1", group.label(language), language)
        for spec in specs:
            ask(document, vocabulary, spec, language)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def prepare(document: Word, title: str) -> None:
    """The styles that only the template has, the footer, and no property that would pass for the city's."""
    styles = document.styles
    for name in (HELP, ANSWER, OPTION):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = styles["Normal"], True
    styles[HELP].font.color.rgb, styles[HELP].font.italic, styles[HELP].font.size = GREY, True, Pt(9.5)
    styles[HELP].paragraph_format.keep_with_next = True
    styles[OPTION].paragraph_format.space_after = Pt(0)
    number_pages(document.sections[0].footer.paragraphs[0], f"{title} · ")
    about = document.core_properties
    about.title = about.author = about.comments = about.last_modified_by = ""


def ask(document: Word, vocabulary: Vocabulary, spec: FieldSpec, language: str) -> None:
    """A field: its label, its help, and where the answer goes."""
    write(document, "Heading2", spec.label(language), language)
    for text in advice(vocabulary, spec, language):
        write(document, "Bankhelp", text, language)
    for label in offered(vocabulary, spec, language):
        paragraph = write(document, "Bankoption", f" {label}", language)
        paragraph._p.insert_element_before(parse_xml(CHECKBOX.format(ns=nsdecls("w"))), "w:r")
    if not any(offered(vocabulary, spec, language)):
        for part in ASKED[spec.type].parts:
            write(document, "Bankanswer", f"{say(part, language)}: " if part else "", language)


def advice(vocabulary: Vocabulary, spec: FieldSpec, language: str) -> Iterator[str]:
    """What the person is told under a label."""
    hints = [spec.advice(language)]
    if spec.limit_words:
        hints.append(say(WORDS, language, count=spec.limit_words))
    if any(offered(vocabulary, spec, language)):
        hints.append(say(TICK, language))
    yield " ".join(hints)
    if spec.vocabulary in ORDERED:
        yield say(ONE_A_LINE, language)
        terms = vocabulary.vocabularies()[spec.vocabulary]
        yield " · ".join(f"{term.id} {term.label(language)}" for term in terms)


def offered(vocabulary: Vocabulary, spec: FieldSpec, language: str) -> list[str]:
    """The labels that are ticked; empty for a field that is written."""
    return ASKED[spec.type].offered(vocabulary, spec, language)


@dataclass(frozen=True, slots=True)
class Asking:
    """How the fields of a type are asked: `offered` gives the labels to tick; else one line is written for each part.

    A part is the sentence that stands before its line, empty for a line with nothing before it.
    """

    offered: Callable[[Vocabulary, FieldSpec, str], list[str]]
    parts: tuple[str, ...] = ("",)


def nothing(vocabulary: Vocabulary, spec: FieldSpec, language: str) -> list[str]:
    return []


def terms(vocabulary: Vocabulary, spec: FieldSpec, language: str) -> list[str]:
    """The terms of the field's vocabulary, but of one that is written in order."""
    name = spec.vocabulary or ""
    return [] if name in ORDERED else [term.label(language) for term in vocabulary.vocabularies()[name]]


def choices(vocabulary: Vocabulary, spec: FieldSpec, language: str) -> list[str]:
    return [choice.label(language) for choice in spec.choices]


def licences(vocabulary: Vocabulary, spec: FieldSpec, language: str) -> list[str]:
    return [licence.label(language) for licence in vocabulary.licences if licence.facts.for_files]


def tongues(vocabulary: Vocabulary, spec: FieldSpec, language: str) -> list[str]:
    return [flat(languages.name(code, language)) for code in languages.ANALYSED]


ASKED: Mapping[str, Asking] = complete(
    {
        "text": Asking(nothing),
        "longtext": Asking(nothing),
        "list": Asking(nothing),
        "number": Asking(nothing),
        "year": Asking(nothing),
        "month": Asking(nothing),
        "date": Asking(nothing),
        "period": Asking(nothing),
        "money": Asking(nothing),
        "choice": Asking(choices),
        "choices": Asking(choices),
        "cities": Asking(nothing),
        "city": Asking(nothing),
        "terms": Asking(terms),
        "events": Asking(nothing),
        "links": Asking(nothing),
        "bool": Asking(nothing),
        "contact": Asking(nothing, (POST, MAILBOX)),
        "licence": Asking(licences),
        "attachment": Asking(nothing, ()),
        "language": Asking(tongues),
    },
    "how the template asks for the values of each type",
)
