"""A bank with a few fictional entries, for the tests of pages, API and journeys; they only read it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, update

from bank import ingest
from bank.assembly import open_bank
from bank.catalogue.tables import Entry, File, Page, Tag
from bank.jobs.indexer import open_indexer
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.imports.files import import_file
from bank.workflow.imports.values import ImportWishes
from tests.ingest.making_pdfs import book, lines
from tests.making_files import experiences, markdown

SENTENCE = "Los huertos de la escuela Nido enseñaron a compartir el agua."
SECRET = "palabraquenadiedebeleer"
CANARY = "canarioquenadiedebeoir"
"""Both stand in a draft: who searches for the one must not be told the other."""
PERSON = "Persona Que Solo Ve La Red"
PLENTY = 24
"""Experiences of the same theme, so that there is a second page of results."""


@dataclass(frozen=True)
class Filled:
    """The bank and the numbers of the entries that tests speak of."""

    bank: Bank
    bulletin: int
    """A PDF of three pages, licensed; SENTENCE stands on its second page."""
    held_back: int
    """A Markdown file whose rights nobody evaluated."""
    catalan: int
    formula: int
    """An entry whose title a spreadsheet would take for a formula."""
    draft: int
    told: int
    """An experience with fields in two languages, a person for the network only, a principle of 2004, an OCR page."""


def bulletin(folder: Path) -> Path:
    """A bulletin as a PDF of three pages."""
    pages = [
        ["Boletín de Villa Ejemplo", "Número de prueba para el banco, con tres páginas."],
        ["Segunda página", SENTENCE, "Las familias regaron cada tarde."],
        ["Tercera página", "Los jóvenes pintaron murales comunitarios con sus vecinas."],
    ]
    path = folder / "boletín «huertos».pdf"
    path.write_bytes(book([lines(page) for page in pages]))
    return path


@contextmanager
def filled(home: Path, files: Path, settings: Settings | None = None) -> Iterator[Filled]:
    """Makes and fills a bank in `home`; `files` is where what it reads is made."""
    files.mkdir(parents=True, exist_ok=True)
    bank = open_bank(settings or Settings(home=home))
    try:
        with open_indexer(bank) as index:
            made = fill(bank, files)
            index.finish()
        yield made
    finally:
        bank.index.close()
        bank.database.close()
        ingest.close_extractors()


def fill(bank: Bank, files: Path) -> Filled:
    """Takes in everything."""
    two = [("Uno", "Museos vivos."), ("Dos", "Els parcs refresquen.")]
    front = "kind: guide\nyear: 2019\nthemes: [cultura]\nprinciples: [4]\ncity: Villa Ejemplo"
    guide = markdown(files, "guia.md", title="Guía de museos", front=front, sections=two)
    parks = markdown(files, "parcs.md", title="Parcs i refugis climàtics", language="ca", sections=two)
    sheet = markdown(files, "formula.md", title="=HYPERLINK(1) y más", sections=two)
    draft = markdown(files, "draft.md", title=f"{SECRET} {CANARY}", sections=[("Uno", f"{SECRET} {CANARY}")])
    made = Filled(
        bank,
        bulletin=add(bank, bulletin(files), city="mx-leon"),
        held_back=add(bank, guide, licence=None),
        catalan=add(bank, parks),
        formula=add(bank, sheet),
        draft=add(bank, draft, publish=False),
        told=add(bank, experiences(files / "one", 1) / "experiencia-000.md"),
    )
    tell(bank, made.told)
    hold_back(bank, made.held_back)
    for path in sorted(experiences(files / "many", PLENTY).iterdir())[1:]:
        add(bank, path)
    return made


def add(
    bank: Bank, path: Path, *, licence: str | None = "CC-BY-4.0", publish: bool = True, city: str | None = None
) -> int:
    """Takes one file in; its entry's number."""
    taken = import_file(bank, path, ImportWishes(publish=publish, licence=licence, city=city))
    assert taken.entry is not None, taken
    return taken.entry


def hold_back(bank: Bank, entry: int) -> None:
    """Makes the entry's originals ones that are not shown."""
    with bank.database.writing() as session:
        session.execute(update(File).where(File.entry_id == entry).values(shown=False))


def tell(bank: Bank, entry: int) -> None:
    """Gives the entry what no file proposes."""
    fields = {
        "methodology": {"es": "Primero se escucha.", "en": "First one listens."},
        "objectives": {"es": ["Regar por turnos", "Cuidar <b>la tierra</b>"]},
        "contact_person": PERSON,
    }
    with bank.database.writing() as session:
        session.execute(update(Entry).where(Entry.id == entry).values(fields=fields))
        session.add(Tag(entry_id=entry, vocabulary="principle", term="9", charter="2004", position=9))
        file = session.scalars(select(File.id).where(File.entry_id == entry)).one()
        page = update(Page).where(Page.file_id == file, Page.number == 1)
        session.execute(page.values(method="ocr", confidence=83.4))
