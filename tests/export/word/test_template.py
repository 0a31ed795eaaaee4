"""The bank's own template, filled in by a person, gives back every field."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from bank import languages
from bank.export.word import template_docx
from bank.ingest import ExtractedPage, read_file
from bank.ingest.labelled.fields import find_labelled_values
from bank.vocabulary import FieldSpec, Kind, Vocabulary, load_vocabulary
from tests.export.filling_in import filled

Pages = Callable[[bytes], tuple[ExtractedPage, ...]]

PERIOD = {"es": "marzo de 2019 – junio de 2021", "en": "March 2019 – June 2021", "pt": "março de 2019 a junho de 2021"}
DAY = {"es": "5 de marzo de 2019", "en": "March 5, 2019", "pt": "5 de março de 2019"}
WRITTEN: dict[str, list[str]] = {
    "text": ["La plaza que enseña, de día y de noche"],
    "longtext": ["Vecinas y vecinos recuperan una plaza.", "Cada sábado, dos horas.", "Es de todas las edades"],
    "list": ["Abrir la plaza", "Reunir edades; sin prisa", "Cuidar"],
    "number": ["1.250"],
    "year": ["2019"],
    "money": ["120,000 MXN (2021)"],
    "city": ["León, Guanajuato"],
    "cities": ["Morelia", "Purépero", "Rosario"],
    "links": ["Video de la plaza: https://example.org/plaza?x=1", "https://example.org/otra"],
    "contact": ["Enlace municipal", "educacion@example.org"],
    "events": ["XV Encuentro Nacional"],
}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    """Has the confined reader read a document."""

    def read(data: bytes) -> tuple[ExtractedPage, ...]:
        path = tmp_path / "plantilla.docx"
        path.write_bytes(data)
        extraction = read_file(path, name="plantilla.docx")
        assert extraction.outcome == "read"
        return extraction.pages

    return read


def shown(kind: Kind) -> list[FieldSpec]:
    return [spec for spec in kind.facts.fields if spec.visible == "public" and spec.type != "attachment"]


def answer(vocabulary: Vocabulary, spec: FieldSpec, language: str) -> tuple[list[str], object]:
    """What a person writes or ticks, and the value that it is."""
    if spec.type == "terms":
        terms = vocabulary.vocabularies()[spec.vocabulary or ""]
        if spec.vocabulary == "principle":
            return ["8", terms[12].label(language)], ["8", "13"]
        return [terms[1].label(language), terms[-1].label(language)], [terms[1].id, terms[-1].id]
    if spec.type in ("choice", "choices"):
        taken = spec.choices[1:2] if spec.type == "choice" else spec.choices[1:3]
        ids = [choice.id for choice in taken]
        return [choice.label(language) for choice in taken], ids[0] if spec.type == "choice" else ids
    if spec.type == "licence":
        return [next(one.label(language) for one in vocabulary.licences if one.id == "CC-BY-SA-4.0")], "CC-BY-SA-4.0"
    if spec.type == "language":
        return [languages.language_name("pt", language)], "pt"
    if spec.type == "events":
        event = vocabulary.events[2]
        return [event.title(language)], [{"id": event.id, "role": "presented"}]
    if spec.type == "period":
        return [PERIOD[language]], {"from": "2019-03", "to": "2021-06"}
    if spec.type == "date":
        return [DAY[language]], "2019-03-05"
    return WRITTEN[spec.type], written(spec)


def written(spec: FieldSpec) -> object:
    """The value of `WRITTEN`."""
    lines = WRITTEN[spec.type]
    values: dict[str, object] = {
        "longtext": "\n\n".join(lines),
        "list": "\n".join(lines),
        "number": 1250,
        "year": 2019,
        "money": {"amount": 120000, "currency": "MXN", "year": 2021},
        "cities": lines,
        "links": [
            {"title": "Video de la plaza", "url": "https://example.org/plaza?x=1"},
            {"url": "https://example.org/otra"},
        ],
        "contact": {"post": "Enlace municipal", "mailbox": "educacion@example.org"},
    }
    value = values.get(spec.type, lines[0])
    return {"pt": value} if spec.translated else value


@pytest.mark.parametrize(
    ("kind_id", "language"),
    [
        *(("experience", language) for language in languages.INTERFACE_LANGUAGES),
        ("bulletin", "es"),
        ("postulation", "pt"),
        ("agreement", "en"),
        ("report", "es"),
        ("guide", "pt"),
    ],
)
def test_every_field_that_a_person_fills_in_comes_back(
    vocabulary: Vocabulary, pages: Pages, kind_id: str, language: str
) -> None:
    kind = vocabulary.kind(kind_id)
    assert kind is not None
    given = {spec.id: answer(vocabulary, spec, language) for spec in shown(kind)}
    answers = {spec.label(language): given[spec.id][0] for spec in shown(kind)}
    found = find_labelled_values(
        pages(filled(template_docx(vocabulary, kind, language), answers)), vocabulary, kind_id, "es"
    )
    assert {id: one.value for id, one in found.items()} == {id: value for id, (_, value) in given.items()}
    assert all(one.label == kind.facts.field(id).label(language) for id, one in found.items())  # type: ignore[union-attr]


@pytest.mark.parametrize("language", languages.INTERFACE_LANGUAGES)
def test_a_template_that_nobody_filled_in_fills_nothing(vocabulary: Vocabulary, pages: Pages, language: str) -> None:
    assert len(vocabulary.kinds) >= 3
    for kind in vocabulary.kinds[:3]:
        assert (
            find_labelled_values(pages(template_docx(vocabulary, kind, language)), vocabulary, kind.id, language) == {}
        )


def test_an_x_typed_beside_a_box_ticks_it(vocabulary: Vocabulary, pages: Pages) -> None:
    kind = vocabulary.kind("experience")
    assert kind is not None
    answers = {"Estado": ["Concluida"], "A quién va dirigida": ["Mujeres", "Familias"]}
    found = find_labelled_values(
        pages(filled(template_docx(vocabulary, kind, "es"), answers, typed_ticks=True)), vocabulary, "experience", "es"
    )
    assert {id: one.value for id, one in found.items()} == {"state": "ended", "groups": ["mujeres", "familias"]}


def test_what_was_offered_and_not_taken_is_no_text_of_the_document(vocabulary: Vocabulary, pages: Pages) -> None:
    kind = vocabulary.kind("experience")
    assert kind is not None
    data = filled(template_docx(vocabulary, kind, "es"), {"Temas": ["Movilidad"]})
    text = "\n".join(page.text for page in pages(data))
    assert "\u2612 Movilidad" in text
    assert "Deporte" not in text
    assert "Personas con discapacidad" not in text
    assert "Claro y breve" not in text


def test_what_is_needed_to_publish_comes_first(vocabulary: Vocabulary, pages: Pages) -> None:
    kind = vocabulary.kind("experience")
    assert kind is not None
    lines = [line for page in pages(template_docx(vocabulary, kind, "en")) for line in page.text.split("\n")]
    places = [lines.index(spec.label("en")) for spec in shown(kind) if spec.required]
    others = [lines.index(spec.label("en")) for spec in shown(kind) if not spec.required]
    assert len(places) == 8
    assert max(places) < min(others)


@pytest.mark.parametrize(("paper", "width"), [("letter", 215.9), ("a4", 210)])
def test_the_template_is_on_the_networks_paper(vocabulary: Vocabulary, paper: str, width: float) -> None:
    document = docx.Document(io.BytesIO(template_docx(vocabulary, vocabulary.kinds[0], "es", paper)))
    assert document.sections[0].page_width is not None
    assert round(document.sections[0].page_width.mm, 1) == width
