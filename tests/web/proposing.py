"""Entries that get suggestions and people who may decide about them, for the tests of pages and journeys."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bank import ingest
from bank.jobs.indexer import open_indexer
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.imports.files import import_file
from bank.workflow.imports.values import ImportWishes
from bank.workflow.people import accounts
from tests.making_files import markdown
from tests.people import CITY, OPERATOR, PASSWORD, copied

GARDEN = "El alumnado separa residuos, hace composta y riega con agua de lluvia un huerto de plantas nativas."
MUSEUM = "El museo del barrio abrió sus salas y las familias restauraron juntas piezas del patrimonio."
NAMED = "Así la ciudad cumplió con el principio 8 de la Carta de Ciudades Educadoras de 2020."
STRANGER, OTHER_CITY = "editora@vecina.example", "mx-colima"


@dataclass(frozen=True)
class Workshop:
    """The bank and its entries; garden and draft are of the city that the tests' editor speaks for."""

    bank: Bank
    garden: int
    """Carries the theme ``cultura``; its second page speaks for principle 13, names principle 8, tells of a museum."""
    report: int
    """Of no city, about nothing in particular."""
    draft: int


@contextmanager
def workshop(template: Path, settings: Settings, files: Path) -> Iterator[Workshop]:
    """A bank with the people of `template` and an editor of another city; its files are made in `files`."""
    with copied(template, settings) as bank:
        accounts.add_user(
            bank, STRANGER, "editor", PASSWORD, name="Vecina Ficticia", cities=[OTHER_CITY], actor=OPERATOR
        )
        with open_indexer(bank) as index:
            made = fill(bank, files)
            index.finish()
        yield made
        bank.index.close()
    ingest.close_extractors()


def fill(bank: Bank, files: Path) -> Workshop:
    front = "year: 2022\nkind: experience\nthemes: [cultura]"
    told = [("Presentación", "Una escuela de Villa Ejemplo y su barrio."), ("Desarrollo", f"{GARDEN} {MUSEUM} {NAMED}")]
    garden = markdown(files, "huerto.md", title="Un huerto para el barrio", front=front, sections=told)
    report = markdown(files, "acta.md", title="Acta", sections=[("Uno", "Se leyó el acta anterior.")])
    draft = markdown(files, "borrador.md", title="Borrador", sections=[("Uno", MUSEUM)])
    return Workshop(bank, add(bank, garden, CITY), add(bank, report, None), add(bank, draft, CITY, publish=False))


def add(bank: Bank, path: Path, city: str | None, publish: bool = True) -> int:
    taken = import_file(bank, path, ImportWishes(publish=publish, licence="CC-BY-4.0", city=city))
    assert taken.entry is not None, taken
    return taken.entry
