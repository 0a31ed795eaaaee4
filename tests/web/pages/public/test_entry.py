"""The page of an entry: what its first screen answers, its sections, its files, why it has its principles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import event, select, update
from starlette.testclient import TestClient

from bank import ingest
from bank.assembly import open_bank
from bank.catalogue.tables import Decision, Entry, File, Page, Tag
from bank.settings import Settings
from bank.web.app import create_app
from bank.web.pages.public.entry_parts import LONGEST_EXTRACT, PAGES_IN_STRIP, beginning_of_text
from bank.workflow.bank import Bank
from bank.workflow.entries import public
from bank.workflow.tags.deciding import decide_on_term
from bank.workflow.tags.kept_evidence import kept_evidence
from tests.ingest.making_pdfs import book, lines
from tests.making_files import markdown
from tests.web.filling import add

GARDEN = "El alumnado separa residuos, hace composta y riega con agua de lluvia un huerto de plantas nativas."
RESULTS = "Participaron 240 familias en tres años. La mitad de los residuos ya es composta. " * 6
FIELDS = {
    "subtitle": {"es": "De la basura a la tierra"},
    "period": {"from": "2018", "to": "2021"},
    "state": "ended",
    "results": {"es": RESULTS},
    "methodology": {"es": "Primero se escucha."},
    "context": {"es": "Había un patio de cemento."},
    "continuity": {"es": "Sigue."},
    "territory": ["neighbourhood", "city"],
}


@dataclass(frozen=True)
class Told:
    bank: Bank
    garden: int
    """An experience with fields, of a PDF of eight pages, with an accepted principle."""
    plain: int
    """A guide of one part and nothing else."""


@pytest.fixture
def told(home: Path, tmp_path: Path) -> Iterator[Told]:
    bank = open_bank(Settings(home=home, semantic="off"))
    pages = [["Huerto escolar", "Ocho páginas."], [GARDEN], *([f"Página {number}", GARDEN] for number in range(3, 9))]
    (tmp_path / "huerto.pdf").write_bytes(book([lines(page) for page in pages]))
    plain = markdown(tmp_path, "guia.md", title="Guía", front="kind: guide", sections=[("Uno", "Museos vivos.")])
    garden = add(bank, tmp_path / "huerto.pdf", city="mx-leon")
    with bank.database.writing() as session:
        session.execute(update(Entry).where(Entry.id == garden).values(kind="experience", fields=FIELDS))
    decide_on_term(bank, "accepted", "somebody", garden, "principle", "13")
    yield Told(bank, garden, add(bank, plain))
    bank.database.close()
    ingest.close_extractors()


@pytest.fixture
def reader(told: Told) -> Iterator[TestClient]:
    headers = {"accept-language": "es"}
    with TestClient(create_app(told.bank), base_url="http://127.0.0.1", headers=headers) as visitor:
        yield visitor


def section(page: str, id: str) -> str:
    """The page from the heading with this id to the end of its section."""
    return page[page.index(f'id="{id}"') :].partition("</section>")[0]


def test_the_first_screen_says_who_when_what_and_what_came_of_it(told: Told, reader: TestClient) -> None:
    page = reader.get(f"/entries/{told.garden}").text
    head = page[page.index("<article>") : page.index('id="field-results"')]
    assert '<a href="/cities/mx-leon">León</a> <span class="soft">(México)</span>' in head
    assert "<dd>2018–2021 · Concluida</dd>" in head
    assert "<dd>Experiencia</dd>" in head
    assert '<p class="subtitle">De la basura a la tierra</p>' in head
    assert "<strong>Resultados:</strong> Participaron 240 familias" in head
    assert '<a class="more" href="#field-results">' in head
    assert head.count("La mitad de los residuos") < RESULTS.count("La mitad de los residuos")
    assert RESULTS.strip() in section(page, "field-results")


def test_what_is_a_word_or_two_shares_one_section(told: Told, reader: TestClient) -> None:
    page = reader.get(f"/entries/{told.garden}").text
    assert "<dd>Barrio o colonia, Toda la ciudad</dd>" in section(page, "facts")
    assert 'id="field-period"' not in page
    assert 'id="field-territory"' not in page


def test_a_long_entry_has_a_list_of_its_sections_that_leads_to_each(told: Told, reader: TestClient) -> None:
    page = reader.get(f"/entries/{told.garden}").text
    contents = page[page.index('<nav class="contents"') :].partition("</nav>")[0]
    places = re.findall(r'href="#([\w-]+)"', contents)
    assert places[:4] == ["field-methodology", "field-continuity", "field-context", "field-results"]
    assert {"facts", "subjects", "files"} <= set(places)
    assert all(f'id="{place}"' in page for place in places)
    assert 'class="contents"' not in reader.get(f"/entries/{told.plain}").text


def test_a_file_leads_to_its_first_pages(told: Told, reader: TestClient) -> None:
    files = section(reader.get(f"/entries/{told.garden}").text, "files")
    strip = files[files.index('<ol class="strip drawn-strip">') :].partition("</ol>")[0]
    assert re.findall(r"/files/1/pages/(\d+)\"", strip) == [str(page) for page in range(1, PAGES_IN_STRIP + 1)]
    assert len(re.findall(r'/thumbnail\?v=[0-9a-f]{16}" alt="" width="96" height="136" loading="lazy"', strip)) == 6
    assert "8 páginas" in files
    other = section(reader.get(f"/entries/{told.plain}").text, "files")
    assert "1 parte" in other
    assert "página" not in other
    assert "strip" not in other


def test_an_accepted_principle_shows_the_sentences_that_spoke_for_it(told: Told, reader: TestClient) -> None:
    with told.bank.database.reading() as session:
        kept = session.scalars(select(Decision.evidence)).one()
    assert [set(one) for one in kept] == [{"text", "file", "page"}] * len(kept)
    about = section(reader.get(f"/entries/{told.garden}").text, "subjects")
    assert f"<blockquote>{GARDEN}</blockquote>" in about
    assert re.search(rf'href="/entries/{told.garden}/files/1/pages/\d"', about)
    assert "blockquote" not in reader.get(f"/entries/{told.plain}").text


def test_the_main_principle_stands_first_also_without_sentences(told: Told, reader: TestClient) -> None:
    with told.bank.database.writing() as session:
        session.execute(update(Tag).values(primary=False))
        session.add(Tag(entry_id=told.garden, vocabulary="principle", charter="2020", term="4", primary=True))
    about = section(reader.get(f"/entries/{told.garden}").text, "subjects")
    assert about.index('href="/principles/4"') < about.index('href="/principles/13"') < about.index("<blockquote")


def test_a_sentence_that_is_gone_or_that_not_everybody_may_read_is_not_shown(told: Told, reader: TestClient) -> None:
    def shown() -> bool:
        return "<blockquote" in reader.get(f"/entries/{told.garden}").text

    assert shown()
    with told.bank.database.writing() as session:
        session.execute(update(File).where(File.entry_id == told.garden).values(purpose="mayor_letter"))
    assert not shown()
    with told.bank.database.writing() as session:
        session.execute(update(File).where(File.entry_id == told.garden).values(purpose=""))
    assert shown()
    with told.bank.database.writing() as session:
        session.execute(update(Page).values(text="Otra cosa."))
    assert not shown()


def sentences(told: Told, *rows: dict[str, object]) -> None:
    with told.bank.database.writing() as session:
        session.execute(update(Decision).values(evidence=list(rows)))


def test_the_pages_of_all_sentences_are_read_at_once(told: Told, reader: TestClient) -> None:
    rows: list[dict[str, object]] = [{"text": GARDEN, "file": 1, "page": page} for page in (8, 7, 2)]
    sentences(told, *rows, {"text": "Ocho páginas.", "file": 1, "page": 1}, {"text": GARDEN, "file": 1, "page": 2})
    asked: list[str] = []

    def note(*told_by_the_engine: object) -> None:
        asked.append(str(told_by_the_engine[2]))

    view = public.published_entry(told.bank, told.garden)
    event.listen(told.bank.database.engine, "before_cursor_execute", note)
    found = kept_evidence(told.bank, view)
    event.remove(told.bank.database.engine, "before_cursor_execute", note)
    assert [[one.page for one in some] for some in found.values()] == [[2, 1]]
    assert len([one for one in asked if f"FROM {Page.__tablename__}" in one]) == 1


def test_a_sentence_without_letters_speaks_for_nothing_and_one_of_the_title_does(
    told: Told, reader: TestClient
) -> None:
    sentences(told, {"text": " — ", "file": 1, "page": 2}, {"text": "", "file": None, "page": None})
    assert "<blockquote" not in reader.get(f"/entries/{told.garden}").text
    [title] = public.published_entry(told.bank, told.garden).card.titles.values()
    sentences(told, {"text": title, "file": None, "page": None})
    assert f"<blockquote>{title}</blockquote>" in reader.get(f"/entries/{told.garden}").text


def test_the_word_form_comes_first_and_the_other_formats_are_folded(told: Told, reader: TestClient) -> None:
    page = reader.get(f"/entries/{told.garden}").text
    aside = page[page.index('<aside class="beside"') :]
    assert aside.index(f'class="button" href="/entries/{told.garden}.docx"') < aside.index("<summary>Más formatos")
    folded = aside[aside.index("<summary>Más formatos") :].partition("</details>")[0]
    assert f'href="/entries/{told.garden}.ris"' in folded
    assert ".docx" not in folded
    assert 'data-copy="citation" data-done="Copiado" hidden' in aside


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Breve.", "Breve."),
        ("a " * 400, "a a"),
        ("Una frase entera que dice algo. " * 20, "Una frase"),
    ],
)
def test_the_extract_ends_with_a_sentence_or_a_word(text: str, start: str) -> None:
    extract = beginning_of_text(text)
    assert extract.startswith(start)
    assert len(extract) <= LONGEST_EXTRACT + 2
    assert extract.endswith((".", "…"))
