"""Records to export: one filled in as a city would, and the context in which they are written."""

from datetime import UTC, datetime

import pytest

from bank.export import ExportContext, Record, RecordCity, RecordEvent, RecordFile, RecordTerm
from bank.vocabulary import load_vocabulary

FIELDS = {
    "subtitle": {"es": "Una plaza que enseña"},
    "organisation": "Dirección de Educación",
    "contact": {"post": "Enlace municipal", "mailbox": "educacion@example.org"},
    "context": {
        "es": "Un barrio sin lugares de encuentro.\nMuchas familias jóvenes.",
        "en": "A quarter without a square.",
    },
    "objectives": {"es": ["Abrir la plaza", "Reunir edades"], "en": ["Open the square"]},
    "cost": {"amount": 120000, "currency": "MXN", "year": 2021},
    "period": {"start": "2019-03", "end": "2021-06"},
    "territory": ["neighbourhood", "rural"],
    "participants_total": 1250,
}


@pytest.fixture
def context() -> ExportContext:
    vocabulary = load_vocabulary()
    return ExportContext(
        language="es",
        vocabulary=vocabulary,
        network="Red de prueba",
        generated=datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC),
        call=vocabulary.calls["bidce"],
    )


@pytest.fixture
def plaza(context: ExportContext) -> Record:
    """An experience with texts in two languages and something in nearly every field."""
    return Record(
        id=7,
        uid="01HXAMPLE0000000000000000A",
        identifier="oai:prueba.educating-bank:01HXAMPLE0000000000000000A",
        url="https://bank.example.org/entries/7",
        kind="experience",
        kind_labels={"es": "Experiencia", "en": "Experience", "pt": "Experiência"},
        titles={"es": "La plaza que enseña: *juego*", "en": "The square that teaches"},
        summaries={"es": "Vecinas y vecinos\r\nrecuperan una plaza.", "en": "Neighbours win a square back."},
        language="es",
        year=2019,
        publisher="Red de prueba",
        cities=(RecordCity("mx-leon", "León", "MX"), RecordCity("mx-morelia", "Morelia", "MX")),
        principles=(
            _term(context, "principle", "11", charter="2020", primary=True),
            RecordTerm("5", {}, charter="2004"),
        ),
        themes=(_term(context, "theme", "urbanismo-espacio-publico"), _term(context, "theme", "movilidad-sostenible")),
        sdgs=(_term(context, "sdg", "11", iri="http://metadata.un.org/sdg/11"),),
        groups=(_term(context, "group", "jovenes"),),
        events=(RecordEvent("encuentro-3", {"es": "Tercer encuentro"}, "presented", 2020),),
        files=(
            RecordFile(
                1, "plaza.pdf", "application/pdf", 900, "ab" * 32, 3, "https://bank.example.org/f/1", "CC-BY-4.0"
            ),
        ),
        fields=FIELDS,
        published=datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
        updated=datetime(2024, 2, 2, 3, 4, 5, tzinfo=UTC),
        date="2021-06",
        number="4",
        version=3,
    )


@pytest.fixture
def bare() -> Record:
    """The least that a record can be."""
    return Record(8, "U8", "oai:x:U8", "https://bank.example.org/entries/8", "report", {}, {}, {}, "und", None, "Red")


def _term(context: ExportContext, vocabulary: str, id: str, **given: object) -> RecordTerm:
    term = context.vocabulary.get(vocabulary, id)
    assert term is not None
    return RecordTerm(id, dict(term.labels), **given)  # type: ignore[arg-type]
