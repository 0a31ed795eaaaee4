"""The samples are whole, refer to terms that there are, and say what they are."""

import pypdfium2
import pytest
import yaml

from bank.samples import SampleEntry, SampleFile, SampleRecord, sample_files, sample_records
from bank.vocabulary import Term, Vocabulary, load_vocabulary
from bank.vocabulary.events import EVENT_ENTRY_ROLES

MARKS = {"es": "Muestra", "en": "Sample", "pt": "Amostra", "ca": "Mostra", "fr": "Exemple"}
VOCABULARY = load_vocabulary()


def texts_of(file: SampleFile) -> list[str]:
    """The pages of a PDF, or a Markdown text as one page."""
    if file.path.suffix == ".md":
        return [file.path.read_text("utf-8")]
    with pypdfium2.PdfDocument(file.path) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def problems(sample: SampleEntry, vocabulary: Vocabulary) -> list[str]:
    """References of a sample that lead nowhere."""
    found = [name for name in (sample.city, *sample.cities) if vocabulary.city(name) is None]
    found += [theme for theme in sample.themes if vocabulary.get("theme", theme) is None]
    found += [str(number) for number in sample.principles if vocabulary.principle(number) is None]
    found += [sdg for sdg in sample.sdgs if vocabulary.get("sdg", sdg) is None]
    found += [group for group in sample.groups if vocabulary.get("group", group) is None]
    found += [
        one.event for one in sample.events if vocabulary.event(one.event) is None or one.role not in EVENT_ENTRY_ROLES
    ]
    return found + ([] if vocabulary.kind(sample.kind) else [sample.kind])


@pytest.mark.parametrize("record", sample_records(), ids=lambda record: record.id)
def test_a_record_refers_to_what_there_is(record: SampleRecord) -> None:
    kind = VOCABULARY.kind(record.entry.kind)

    assert problems(record.entry, VOCABULARY) == []
    assert kind is not None
    assert [field for field in record.entry.fields if (spec := kind.facts.field(field)) is None or spec.core] == []
    assert 1 <= len(record.entry.themes) <= 3
    assert set(record.entry.titles) == set(record.entry.summaries) == {"es", "en", "pt"}


@pytest.mark.parametrize("file", sample_files(), ids=lambda file: file.name)
def test_a_file_refers_to_what_there_is_and_is_small(file: SampleFile) -> None:
    assert problems(file.entry, VOCABULARY) == []
    assert VOCABULARY.get("licence", file.licence) is not None
    assert file.record is None or file.record in {record.id for record in sample_records()}
    assert 1000 < file.path.stat().st_size < 150_000


@pytest.mark.parametrize("file", sample_files(), ids=lambda file: file.name)
def test_a_file_says_that_it_is_a_sample(file: SampleFile) -> None:
    mark = MARKS[file.entry.language]

    assert file.entry.title.startswith(mark)
    assert mark in texts_of(file)[0]


@pytest.mark.parametrize(
    "file", [one for one in sample_files() if one.path.suffix == ".md"], ids=lambda file: file.name
)
def test_front_matter_agrees_with_the_metadata(file: SampleFile) -> None:
    head = yaml.safe_load(file.path.read_text("utf-8").split("---\n")[1])

    def told(english: str, spanish: str) -> object:
        return head.get(english, head.get(spanish))

    def ids(vocabulary: str, values: object) -> tuple[str, ...]:
        found: list[Term[object] | None] = [VOCABULARY.find(vocabulary, str(value)) for value in values or ()]  # type: ignore[attr-defined]
        return tuple(term.id for term in found if term)

    def cities(names: object) -> tuple[str, ...]:
        found = [VOCABULARY.city_named(name) for name in names or ()]  # type: ignore[attr-defined]
        return tuple(city.id for city in found if city)

    assert told("title", "titulo") == file.entry.title
    assert told("summary", "resumen") == file.entry.summary
    assert told("language", "idioma") == file.entry.language
    assert ids("kind", [told("kind", "tipo")]) == (file.entry.kind,)
    assert ids("principle", told("principles", "principios")) == tuple(map(str, file.entry.principles))
    assert ids("theme", told("themes", "temas")) == file.entry.themes
    assert ids("sdg", told("sdgs", "ods")) == file.entry.sdgs
    assert cities([told("city", "ciudad")]) == (file.entry.city,)
    assert cities(told("cities", "ciudades")) == file.entry.cities
    assert str(told("date", "fecha") or head.get("year")).startswith(str(file.entry.year))


def test_no_sample_is_of_kind_other_and_ids_are_unique() -> None:
    names = [record.id for record in sample_records()] + [file.name for file in sample_files()]
    kinds = {record.entry.kind for record in sample_records()} | {file.entry.kind for file in sample_files()}

    assert len(names) == len(set(names))
    assert kinds
    assert "other" not in kinds


def test_the_womens_networks_stand_on_the_page_of_the_award() -> None:
    summary = next(file for file in sample_files() if file.name == "yearly-summary.pdf")
    pages = texts_of(summary)

    assert len(pages) == 15
    assert [number for number, text in enumerate(pages, 1) if "Redes de Mujeres sin" in text] == [5]
    assert [number for number, text in enumerate(pages, 1) if "parques urbanos frente" in text] == [6]


def test_samples_are_in_five_languages() -> None:
    assert {file.entry.language for file in sample_files()} == {"es", "en", "pt", "ca", "fr"}
