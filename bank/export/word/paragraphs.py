"""What all Word documents of the bank share: paper sizes, styles, paragraphs marked with their language."""

from docx import Document
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from bank import languages
from bank.xml_writing import strip_illegal_xml

DOCX_PAPER_SIZES = {"letter": (Mm(215.9), Mm(279.4)), "a4": (Mm(210), Mm(297))}
PAGE_MARGIN = Mm(25)
HEADING_COLOUR = RGBColor(0x1F, 0x3A, 0x5F)
NORMAL_STYLE = "Normal"


def blank_document(paper: str, language: str) -> Word:
    """An empty document in the bank's styles. `paper` is letter or a4, `language` that of text not marked otherwise."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = DOCX_PAPER_SIZES[paper]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = PAGE_MARGIN
    styles = document.styles
    styles[NORMAL_STYLE].font.name, styles[NORMAL_STYLE].font.size = "Calibri", Pt(11)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        styles[name].font.color.rgb = HEADING_COLOUR
    for lang in styles.element.xpath("w:docDefaults//w:lang"):
        lang.set(qn("w:val"), language)
    return document


def append_paragraph(document: Word, style: str, text: str, language: str, italic: bool = False) -> Paragraph:
    """Adds a paragraph, marked with its language for spell checkers and screen readers.

    `style` is a style's id, not its name: python-docx takes ten times as long to find one by name.
    """
    paragraph = document.add_paragraph()
    if style != NORMAL_STYLE:
        paragraph._p.style = style
    run = paragraph.add_run(strip_illegal_xml(text))
    run.italic = italic or None
    if language != languages.UNKNOWN_LANGUAGE:
        mark = OxmlElement("w:lang")
        mark.set(qn("w:val"), language)
        run._r.get_or_add_rPr().append(mark)
    return paragraph


def append_page_number(paragraph: Paragraph, text: str) -> None:
    """Adds `text` and, after it, a field with the page number to a paragraph."""
    paragraph.add_run(strip_illegal_xml(text))
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
