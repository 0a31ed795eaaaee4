"""The right value of each input of a folder of cases; `cases` says how they are asked for."""

from collections.abc import Iterator, Mapping

from tests.evaluation.asking_cases import (
    counted,
    dated,
    flagged,
    found,
    guessed,
    hidden,
    kind,
    never_shown,
    ordered,
    proposed,
    shown,
    silent,
    titled,
    uncorrected,
    valued,
    without_notice,
)  # fmt: skip
from tests.evaluation.cases import Case

FRONT = "---\ntitle: {title}\ncity: León\nlanguage: es\nkind: {kind}\n---\n\n{text}\n"
WRITE_UP = "La ciudad cuenta con talleres en los que familias y escuelas aprenden juntas cada semana."


def note(title: str, text: str, kind: str = "experience") -> str:
    """A short fictional write-up."""
    return FRONT.format(title=title, kind=kind, text=f"{WRITE_UP} {text}")


NOTES: Mapping[str, str] = {
    "generar.md": note("Generar empleo", "Generar, generada, generar: el programa quiere generar y generar empleo."),
    "genero.md": note("Igualdad en la escuela", "Los talleres tratan la igualdad de género entre jóvenes del barrio."),
    "dice.md": note("Lo que dice el barrio", "Una vecina dice lo que piensa, otra dice lo que falta."),
    "miles-juntos.md": note("Feria del libro", "Asistieron 1200 personas."),
    "miles-con-coma.md": note("Feria de la ciencia", "Asistieron 1,200 personas."),
    "covid-junto.md": note("Clases en casa", "Durante covid19 se enseñó por radio."),
    "covid-con-guion.md": note("Clases por radio", "Durante COVID-19 se enseñó en casa."),
    "boletin-2.md": note("Boletín 2", "Noticias de la red.", "bulletin"),
    "boletin-10.md": note("Boletín 10", "Más noticias de la red.", "bulletin"),
}
"""Write-ups that the questions need; they are made by the evaluation itself."""
NUMBERS = ("miles-con-coma.md", "miles-juntos.md")
EPIDEMIC = ("covid-con-guion.md", "covid-junto.md")
CODE_LIKE_CURP = "GOMC850101HDFRRL09"


def every_case() -> list[Case]:
    """All cases, in the order of their inputs."""
    return [*drawn_over(), *real_pdfs(), *front_matter(), *word_files(), *deposited(), *questions()]


def drawn_over() -> Iterator[Case]:
    """What a viewer draws, and what it doesn't."""
    form = "reading/postulacion-formulario.pdf"
    yield from shown(form, "Huertos comunitarios en azoteas escolares", "León, Guanajuato", "Niñas y niños de primaria",
                     "Las familias siembran jitomate y lechuga en la azotea", "2022")  # fmt: skip
    yield from found(form, "jitomate", "azotea")
    yield titled(form, "Huertos comunitarios en azoteas escolares")
    yield proposed(form, "city", "León, Guanajuato")
    yield proposed(form, "groups", ["ninas-ninos"])
    wanted = "Las familias siembran jitomate y lechuga en la azotea de veinte escuelas públicas"
    yield proposed(form, "summary", {"es": wanted})
    shared = "reading/qpdf__form-fields-and-annotations-shared.pdf"
    yield from shown(shared, "Formy field", "Rot-ccw field", "radio button 1", "Thick green border surrounds page.")
    yield from shown(shared, "Formy field", "Rot-ccw field", "Potato", page=2)
    yield from found(shared, "formy", '"rot-ccw field"')
    yield from found("reading/pdfjs__bug1724918.pdf", "hello", "world")
    notes = "reading/pdfjs__freetexts.pdf"
    yield from found(notes, '"Hello World from Acrobat"', '"Hello World From Firefox"', '"Hello World from Okular"')
    yield from found("reading/layers.pdf", "capavisible", '"Documento con capas"')
    yield never_shown("reading/layers.pdf", "capaoculta", "borrador interno")
    cut = "reading/crop.pdf"
    yield from hidden(cut, "fueraderecorte", '"marcas de corte"')
    yield from found(
        cut, '"Recorte de pagina"', '"familias aprenden a cuidar la tierra, el agua"', '"durante todo el curso"'
    )


def real_pdfs() -> Iterator[Case]:
    """Real documents: how they are opened, their glyphs, titles, years and languages."""
    junk = "reading/qpdf__leading-junk.pdf"
    for number in range(10):
        yield from shown(junk, f"Potato {number}", page=number + 1)
        yield from found(junk, f'"Potato {number}"')
    locked = "reading/qpdf__enc-XI-R6_V5_U_attachment_encrypted-attachments.pdf"
    yield from shown(locked, "Potato 0")
    yield flagged(locked, "has_attachments")
    yield from found("reading/pdfjs__issue19634.pdf", "guest")
    yield never_shown("reading/pdfjs__issue19634.pdf", "gguueesstt")
    yield titled("reading/alephdata__demo.pdf", "CIS_Papers_2016.01_Sean-McDonald", "Ebola: A Big Data Disaster")
    yield valued("reading/alephdata__demo.pdf", "start_year", None)
    yield guessed("reading/alephdata__demo.pdf", 2016)
    spaces = "reading/caiuc__protocolo-espacios.pdf"
    yield titled(spaces, "Protocolo de Uso de Espacios", "Propuesta: Protocolo de Uso de Espacios")
    yield titled("reading/consejoyk1__realizar-reserva.pdf", "Realizar reservas")
    yield valued("reading/epslaboulaye__ordenanza.pdf", "start_year", 2023)
    yield valued("reading/TiagovskiCode__decreto-372-90.pdf", "start_year", 1990)
    yield valued("reading/mxcat1__TE.pdf", "language", "es")
    call = "reading/ubaldino__convocatoria.pdf"
    yield from found(call, "admisión")
    yield from shown(call, "admisión")
    yield valued(call, "start_year", 2012)
    yield from found("reading/YoelLeon__DOC-001_DS_004_2012_MINAM_IGAC.pdf", "fiscalización", "verificar")


def front_matter() -> Iterator[Case]:
    """What somebody wrote at the top of a text."""
    colon = "reading/colon.md"
    yield titled(colon, "Boletín 3: aprender en la calle")
    yield valued(colon, "city", "mx-leon")
    yield valued(colon, "start_year", 2020)
    yield kind(colon, "experience")
    for name, title in (("blankfirst", "Título tras líneas vacías"), ("dots", "Título con puntos")):
        yield titled(f"reading/{name}.md", title)
        yield valued(f"reading/{name}.md", "city", "mx-leon")
        yield valued(f"reading/{name}.md", "start_year", 2023)
    yield titled("reading/toml.md", "Título TOML")
    yield valued("reading/toml.md", "start_year", 2023)
    yield dated("reading/datemx.md", "2022-12-31")
    yield valued("reading/yearrange.md", "start_year", 2019)
    yield valued("reading/yearrange.md", "period", {"from": "2019", "to": "2021"})
    yield titled("reading/num.md", "007")


def word_files() -> Iterator[Case]:
    """What a Word file shows, hides and draws."""
    notes = "reading/notes.docx"
    yield from hidden(notes, "textooculto")
    yield from found(notes, "notaalpie", "notafinal")
    yield never_shown(notes, "comentariointerno")
    yield from found("reading/textbox_nofallback.docx", "recuadroazul")
    yield from found("reading/sdt.docx", "formulaabc", "controlbloque", "controlcelda")


def deposited() -> Iterator[Case]:
    """What the form proposes for files that somebody deposits."""
    table = "deposit/tabla-municipal.docx"
    yield counted(table, 23)
    yield valued(table, "participants_women", 1014)
    yield valued(table, "participants_men", 848)
    yield valued(table, "participants_total", 1862)
    yield valued(table, "principles", ["13", "5", "11"])
    scan = "deposit/escaneo-dos-paginas.pdf"
    yield titled(scan, "Abuelos cuentacuentos en el mercado Hidalgo")
    yield without_notice(scan)
    bulletin = "deposit/boletin-ficticio-cinco-ciudades.pdf"
    yield valued(bulletin, "start_year", 2022)
    yield from shown(bulletin, "diciembre de 2022")


def questions() -> Iterator[Case]:
    """Questions that any bank answers so."""
    yield from silent("zzzxq", "1234567890", CODE_LIKE_CURP)
    yield uncorrected("AICE")
    yield ordered("género", "genero.md", "generar.md")
    yield from found("genero.md", "gé\u00adnero", "gé\u200bnero")
    for q in ("1200", "1,200"):
        yield from (one for name in NUMBERS for one in found(name, q))
    for q in ("covid19", "COVID-19"):
        yield from (one for name in EPIDEMIC for one in found(name, q))
    yield ordered("Boletín", "boletin-2.md", "boletin-10.md", "title")
