"""Fills in the bank's template as a person would: words under headings, ticks in boxes."""

import io
from collections.abc import Mapping

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

CHECKED = "{http://schemas.microsoft.com/office/word/2010/wordml}checked"
VALUE = "{http://schemas.microsoft.com/office/word/2010/wordml}val"


def filled(data: bytes, answers: Mapping[str, list[str]], typed_ticks: bool = False) -> bytes:
    """The template with these answers by label: what is offered is ticked, all else is written line by line."""
    document = docx.Document(io.BytesIO(data))
    left = {label: list(lines) for label, lines in answers.items()}
    for label, lines in left.items():
        fill(document, label, lines, typed_ticks)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def fill(document: Document, label: str, lines: list[str], typed_ticks: bool) -> None:
    """Answers one heading. Raises AssertionError where the template has no such heading or box."""
    paragraphs = under(document, label)
    assert paragraphs, f"no heading {label}"
    options = {one.text.strip(" \u2610"): one for one in paragraphs if named(one) == "Bank option"}
    spaces = [one for one in paragraphs if named(one) == "Bank answer"]
    for line in lines:
        if options:
            tick(options[line], typed_ticks)
        elif len(spaces) > 1 or spaces[0].text.endswith(": "):
            spaces.pop(0).add_run(line)
        elif not spaces[0].text:
            spaces[0].add_run(line)
        else:
            spaces[0] = after(spaces[0], line)


def under(document: Document, label: str) -> list[Paragraph]:
    """The paragraphs from a heading of level 2 to the next heading."""
    found: list[Paragraph] = []
    inside = False
    for one in document.paragraphs:
        if named(one).startswith("Heading"):
            inside = named(one) == "Heading 2" and one.text == label
        elif inside:
            found.append(one)
    return found


def named(paragraph: Paragraph) -> str:
    return (paragraph.style.name or "") if paragraph.style is not None else ""


def after(paragraph: Paragraph, text: str) -> Paragraph:
    """A new paragraph of the same style after this one, as the Enter key makes it."""
    document_part = paragraph._p.makeelement(qn("w:p"))
    paragraph._p.addnext(document_part)
    made = Paragraph(document_part, paragraph._parent)  # type: ignore[arg-type]
    made.style = paragraph.style
    made.add_run(text)
    return made


def tick(paragraph: Paragraph, typed: bool) -> None:
    """Ticks a box by a click, or by an X before its label."""
    if typed:
        paragraph.runs[-1].text = f" X{paragraph.runs[-1].text}"
        return
    (state,) = paragraph._p.iter(CHECKED)
    state.set(VALUE, "1")
    (content,) = paragraph._p.iter(qn("w:sdtContent"))
    next(content.iter(qn("w:t"))).text = "\u2612"
