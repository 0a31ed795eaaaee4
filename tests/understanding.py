"""A bank with a few fictional experiences in five languages and their vectors, for tests of meaning."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bank import ingest
from bank.assembly import open_bank
from bank.jobs.indexer import open_indexer
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.imports.files import import_file
from bank.workflow.imports.values import ImportWishes
from bank.workflow.index import vectors
from tests.making_files import markdown

GARDENS = ("huertos", "hortas", "horts", "gardens")
SCREENS = ("pantallas", "telas", "screens")
FLOODS = ("inundaciones", "inondations")
TOLD = {
    "huertos": (
        "es",
        "Huertos escolares en los patios",
        "medio-ambiente",
        "Niñas y niños de tres escuelas plantan verduras en los patios y aprenden a cuidar la tierra y el agua.",
        "Cada clase riega su bancal por turnos. Las familias cocinan juntas lo que se cosecha en otoño.",
    ),
    "hortas": (
        "pt",
        "Hortas nas escolas do bairro",
        "medio-ambiente",
        "As crianças semeiam legumes no recreio e descobrem de onde vem a comida que está no prato.",
        "Os avós ensinam a plantar. A colheita vai para a cantina da escola.",
    ),
    "horts": (
        "ca",
        "Horts a les escoles",
        "medio-ambiente",
        "Els infants conreen verdures al pati de l'escola i aprenen a compostar amb les famílies.",
        "Cada grup té cura d'un bancal. El mercat del barri compra els enciams.",
    ),
    "gardens": (
        "en",
        "School gardens and composting",
        "medio-ambiente",
        "Pupils grow vegetables in the school yard and learn how food gets from the soil to the table.",
        "Each class waters its own bed. Grandparents show how to sow beans.",
    ),
    "pantallas": (
        "es",
        "Personas mayores que aprenden a usar el teléfono",
        "personas-mayores",
        "Jóvenes voluntarios enseñan a personas mayores a hacer trámites con el teléfono y a perder el miedo.",
        "Las clases son los martes en la biblioteca. Al acabar el curso, casi todas piden cita médica por sí mismas.",
    ),
    "telas": (
        "pt",
        "Avós ligados à internet",
        "personas-mayores",
        "Estudantes ajudam pessoas idosas a usar o telemóvel e a internet para falar com a família.",
        "As aulas são na biblioteca municipal, em pequenos grupos.",
    ),
    "screens": (
        "en",
        "Older people go online",
        "personas-mayores",
        "Teenagers teach older residents how to use a smartphone, so that nobody is left alone with a form.",
        "Lessons are held in the library every week.",
    ),
    "inundaciones": (
        "es",
        "Un barrio que se prepara para las inundaciones",
        "medio-ambiente",
        "Vecinas y técnicos dibujan el mapa de las calles que se inundan y ensayan qué hacer cuando llueve mucho.",
        "Hay simulacros dos veces al año. El río avisa con una sirena.",
    ),
    "inondations": (
        "fr",
        "Le quartier face aux inondations",
        "medio-ambiente",
        "Les habitants apprennent à reconnaître les signes de la crue et à se mettre à l'abri.",
        "Un exercice a lieu chaque printemps avec les pompiers.",
    ),
    "museo": (
        "es",
        "Noches de museo para adolescentes",
        "cultura",
        "Un grupo de adolescentes prepara visitas nocturnas al museo con música y teatro.",
        "El curador responde preguntas a la luz de una linterna.",
    ),
}
"""Name -> language, title, theme, summary, text."""
PROBLEM = (
    "In our town many people over seventy live alone and can't use a mobile phone. The council, the health centre and "
    "the banks have moved everything to the internet, and they no longer dare to ask for an appointment by themselves. "
    "We would like young volunteers to sit beside them and show them how it works, without hurry."
)


def document(folder: Path, name: str) -> Path:
    """One of the experiences as a file; its text stands in the second section."""
    language, title, theme, summary, text = TOLD[name]
    front = f"kind: experience\nyear: 2020\nthemes: [{theme}]\nsummary: {summary!r}"
    sections = [("A", summary), ("B", text)]
    return markdown(folder, f"{name}.md", title=title, language=language, front=front, sections=sections)


@contextmanager
def understanding(home: Path, files: Path) -> Iterator[tuple[Bank, dict[str, int]]]:
    """The bank, indexed and embedded, and its entries' numbers by name."""
    bank = open_bank(Settings(home=home))
    numbers: dict[str, int] = {}
    try:
        with open_indexer(bank) as index:
            for name in TOLD:
                taken = import_file(bank, document(files, name), ImportWishes(publish=True))
                assert taken.entry is not None, taken
                numbers[name] = taken.entry
            index.finish()
        vectors.queue_outdated_vectors(bank)
        vectors.embed_all(bank)
        yield bank, numbers
    finally:
        bank.index.close()
        bank.database.close()
        ingest.close_extractors()
