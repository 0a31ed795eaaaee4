"""The form as a Word document, read back with python-docx."""

import io
from dataclasses import replace

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bank.errors import Invalid
from bank.export import EXPORT_FORMATS, ExportContext, Record, find_gaps
from bank.export.gaps import gap_sentence
from bank.export.word import TO_COMPLETE
from bank.languages import language_name
from bank.messages import say


def written(record: Record, context: ExportContext) -> Word:
    stream = io.BytesIO()
    EXPORT_FORMATS["docx"].write([record], stream, context)
    stream.seek(0)
    return Document(stream)


def headings(document: Word, level: int) -> list[str]:
    return [one.text for one in document.paragraphs if one.style is not None and one.style.name == f"Heading {level}"]


def under(document: Word, part: str, heading: str) -> list[tuple[str, str]]:
    """(style, text) of the paragraphs below a heading of level 3 in one language's part."""
    found, here, inside = [], "", False
    for one in document.paragraphs:
        style = one.style.name if one.style is not None and one.style.name else ""
        if style == "Heading 1":
            here = one.text
        if style.startswith("Heading"):
            inside = here == part and style == "Heading 3" and one.text == heading
        elif inside:
            found.append((style, one.text))
    return found


def test_there_is_one_part_for_each_language_of_the_call(plaza: Record, context: ExportContext) -> None:
    document = written(plaza, context)
    assert headings(document, 1) == [say(TO_COMPLETE, "es"), "Español", "English", "Français", "Português"]
    assert len(document.sections) == 5
    assert {"Identificación", "Identification", "Identificação"} <= set(headings(document, 2))


def test_lines_stand_in_the_calls_order_under_its_labels(plaza: Record, context: ExportContext) -> None:
    assert context.call is not None
    document = written(plaza, context)
    lines = headings(document, 3)
    labels = [line.label("fr") for line in context.call.fields]
    french = lines[lines.index("Titre de l'expérience") : lines.index("Título da experiência")]
    assert [label for label in labels if label in french] == french
    assert "Objectifs" in french
    assert "Propositions pour l'avenir" not in french


def test_texts_are_paragraphs_and_lists_are_lists(plaza: Record, context: ExportContext) -> None:
    document = written(plaza, context)
    assert under(document, "Español", "Objetivos") == [
        ("List Bullet", "Abrir la plaza"),
        ("List Bullet", "Reunir edades"),
    ]
    assert under(document, "English", "Title of the experience") == [("Normal", "The square that teaches")]
    assert document.tables == []


def test_a_missing_translation_is_seen_and_the_original_stands_there(plaza: Record, context: ExportContext) -> None:
    notice = "Traduction manquante. Le texte en espagnol :"
    assert under(written(plaza, context), "Français", "Résumé") == [
        ("Missing", notice),
        ("Normal", "Vecinas y vecinos"),
        ("Normal", "recuperan una plaza."),
    ]


def test_a_missing_field_is_seen_in_every_part_and_at_the_start(plaza: Record, context: ExportContext) -> None:
    document = written(plaza, context)
    label = "Metodología y desarrollo"
    told = f"Falta: {label}"
    assert under(document, "Español", label) == [("Missing", told)]
    french = "Méthodologie et déroulement"
    assert under(document, "Français", french) == [("Missing", f"Manquant : {french}")]
    assert [one.text for one in document.paragraphs].count(told) == 2


def test_every_gap_is_listed_at_the_start(plaza: Record, context: ExportContext) -> None:
    assert context.call is not None
    texts = [one.text for one in written(plaza, context).paragraphs]
    start = texts[texts.index(say(TO_COMPLETE, "es")) + 1 : texts.index("Español")]
    expected = [gap_sentence(gap, context.call, "es") for gap in find_gaps(plaza, context.call, context.vocabulary)]
    assert [text for text in start if text] == expected


def test_a_text_over_the_limit_is_marked_and_kept_whole(plaza: Record, context: ExportContext) -> None:
    long = "palabra " * 150 + "final"
    document = written(replace(plaza, summaries={"es": long}), context)
    assert under(document, "Español", "Resumen") == [
        ("Missing", "Este texto es más largo de lo que permite el formulario."),
        ("Normal", long),
    ]


@pytest.mark.parametrize(
    ("part", "heading", "told"),
    [
        ("English", "Target groups", "Missing: Target groups"),
        ("Français", "Public destinataire", "Manquant : Public destinataire"),
        ("Português", "População destinatária", "Em falta: População destinatária"),
    ],
)
def test_a_notice_is_in_the_language_of_its_part(
    plaza: Record, context: ExportContext, part: str, heading: str, told: str
) -> None:
    assert under(written(replace(plaza, groups=()), context), part, heading) == [("Missing", told)]


@pytest.mark.parametrize("heading", ["Thèmes", "Principes de la Charte des Villes éducatrices (2020)", "Licence"])
def test_terms_without_a_verified_french_label_are_marked_as_untranslated(
    plaza: Record, context: ExportContext, heading: str
) -> None:
    first = under(written(plaza, context), "Français", heading)[0]
    assert first == ("Missing", "Traduction manquante. Le texte en espagnol :")


def test_dates_are_in_words_of_the_part(plaza: Record, context: ExportContext) -> None:
    document = written(plaza, context)
    assert under(document, "Français", "Dates de début et de fin") == [("Normal", "mars 2019 – juin 2021")]
    assert under(document, "English", "Date of the record") == [("Normal", "February 2, 2024")]
    assert any("6 de mayo de 2024" in one.text for one in document.paragraphs)


def test_properties_and_languages_are_set(plaza: Record, context: ExportContext) -> None:
    document = written(plaza, context)
    about = document.core_properties
    assert about.title == plaza.title
    assert about.author == "Red de prueba"
    assert about.identifier == plaza.identifier
    assert about.language == "es"
    assert about.created == context.generated
    (default,) = document.styles.element.xpath("w:docDefaults//w:lang")
    assert default.get(qn("w:val")) == "es"
    spoken = {mark.get(qn("w:val")) for mark in document.element.body.iter(qn("w:lang"))}
    assert spoken == {"es", "en", "fr", "pt"}


@pytest.mark.parametrize(("paper", "width", "height"), [("letter", 215.9, 279.4), ("a4", 210, 297)])
def test_the_paper_is_the_networks(
    plaza: Record, context: ExportContext, paper: str, width: float, height: float
) -> None:
    document = written(plaza, replace(context, paper=paper))  # type: ignore[arg-type]
    for section in document.sections:
        assert section.page_width is not None
        assert section.page_height is not None
        assert round(section.page_width.mm, 1) == width
        assert round(section.page_height.mm, 1) == height


def test_an_entry_of_which_little_is_known_is_a_document_too(bare: Record, context: ExportContext) -> None:
    document = written(bare, context)
    assert document.paragraphs[0].text == bare.identifier
    assert under(document, "Español", "Idioma original") == [("Normal", language_name("und", "es"))]


def test_a_document_needs_one_entry_and_a_call(plaza: Record, context: ExportContext) -> None:
    with pytest.raises(Invalid):
        EXPORT_FORMATS["docx"].write([plaza, plaza], io.BytesIO(), context)
    with pytest.raises(Invalid):
        EXPORT_FORMATS["docx"].write([plaza], io.BytesIO(), replace(context, call=None))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(text=st.text(max_size=60) | st.sampled_from(["\0", "\x0b", "\ufffe", "<w:p/>", "]]>", "\n\n", "x" * 3000]))
def test_any_text_makes_a_document_that_opens(plaza: Record, context: ExportContext, text: str) -> None:
    odd = replace(plaza, titles={"es": text}, summaries={"es": text}, fields={"context": {"es": text}, "contact": text})
    document = written(odd, context)
    assert headings(document, 1)[1:] == ["Español", "English", "Français", "Português"]
