"""What stands where a title is looked for and is none: junk of programs, institutions, mastheads, dates, addresses."""

import re

from bank.ingest.labelled.dates import WRITTEN_MOMENT
from bank.vocabulary.folding import fold_text

JUNK_TITLE = re.compile(
    r"^microsoft (word|powerpoint|excel)\b|^(untitled|sin t[ií]tulo|sem t[ií]tulo|documento?|document|title|t[ií]tulo|"
    r"presentaci[oó]n de powerpoint|apresenta[cç][aã]o do powerpoint|powerpoint presentation|diapositiva|slide|"
    r"doc|scan|print|impresi[oó]n)[ \d_.-]*$|"
    r"^(to fill in|para llenar|para preencher):|"
    r"^(sum[aá]rio|[ií]ndice|contenidos?|conte[uú]dos?|contents|table of contents|sommaire|[ií]ndex|"
    r"tabla de contenidos?|[ií]ndice general|table des mati[eè]res)\W*$|"
    r"\.(indd?|docx?|odt|pdf|cdr|qxd|pptx?|xlsx?|pub|tex|dvi|rtf|ai|eps|jpe?g|png|html?|md|rmd|key|pages)$|"
    r"^[0-9a-f-]{16,}$|^[\W\d_]*$|^\(?anonymous|^https?://|[ÃÂ][\x80-\xbf©³±¡]|\ufffd|þÿ|"
    r"^(copy|copia|c[oó]pia) (of|de)\b|\b(plantilla|template|modelo de documento)\b|^diseño sin título|"
    r"^untitled design",
    re.IGNORECASE,
)
"""Titles that programs write by themselves, file names, headings of contents, and broken encodings."""
COVER_WORD = re.compile(
    r"(?:portada|capa|cover|caratula|publicacion oficial|publicacao oficial|documento tecnico|documento oficial|"
    r"borrador|rascunho|esborrany|draft|confidencial|anexos?|"
    r"(?:trabajo|treball|trabalho|projecte|proyecto)s? (?:de )?fi(?:n|nal)? de "
    r"(?:grado|grau|master|carrera|curso|curs)\b.*|"
    r"tf[gm] del? .*|(?:tesis|tese|tesi|trabajo) (?:de|para|doctoral)\b.*|bachelor'?s? thesis.*|master'?s? thesis.*|"
    r"(?:press release|nota de prensa|comunicado de prensa)\b.*)"
)
"""Words of a cover that say what kind of thing it is, not what it is called."""
INSTITUTION = re.compile(
    r"(?:(?:la|el|los|las|a|o|the|l'|le) ?)?(?:i\.? |h\.? |excm[oa]\.? |ilustre |honorable |excelentisim[oa] )?"
    r"(?:universi\w+|univ\.|ministeri\w+|gobierno|governo|govern|generalitat|ayuntamiento|ajuntament|camara|prefeitura|"
    r"institut\w*|colegio|col·?legi|escuela|escola|ecole|school|facultad|facultat|faculdade|faculty|departament\w+|department|"
    r"secretari\w+|asociacion|associacio\w*|ampa|municipalidad|municipio|municipi|concejo|consejeria|conselleria|"
    r"conseil|council|comite|comision|direccion|direccao|republica|estado|estados|state|tribunal|court|corte|congreso|asamblea|"
    r"assembleia|poder|presidencia|sociedad|societat|fundacion|fundacio|fundacao|centro|centre|center|red|xarxa|rede|"
    r"company|cooperativa|biblioteca|museo|hospital|grado|grau|master|licenciatura|curso|asignatura|materia|ies|ceip|"
    r"grup|grupo|sindicato|federacion|confederacion|unidad|area|division|oficina|sede|campus)\b"
)
"""What the name of an institution, or of a part of it, begins with."""
TITLE_WORD = re.compile(
    r"\b(?:plan|pla|plano|programa|proyecto|projecte|projeto|informe|relatorio|rapport|report|memoria|guia|guide|manual|"
    r"reglamento|reglament|regulamento|regimento|estatutos?|estatuts|bases|convocatoria|boletin|butlleti|boletim|bulletin|"
    r"acta|ata|acuerdo|acord|acordo|ley|lei|llei|loi|decreto|decret|ordenanza|ordenanca|resolucion|resolucao|protocol\w*|"
    r"calendario|calendari|normativa|norma|codigo|constitucion|carta|declaracion|politica|estrategia|diagnostico|estudio|"
    r"analisis|evaluacion|propuesta|proposta|solicitud|formulario|ficha|edital|circular|comunicado|oficio|instructivo|"
    r"procedimiento|catalogo|agenda|tutorial|curso de|taller|practica|ejercicios|presupuesto|reforma)\b"
)
"""What titles are made of: a line with one is a title although it begins with an institution's name."""
CONTACT_LINE = re.compile(
    r"@|\bhttps?:|\bwww\.|\b(?:tel|telf?|telefono|fax|cif|nif|rfc|ruc|isbn|issn|doi|c/|calle|avda|av|rua|apartado|c\.p)"
    r"\b[.:/ ]|"
    r"^(?:autor(?:es|a)?|author|tutor|alumno|profesor\w*|presentado por|elaborado por|por|by|nombre|fecha|date|data|"
    r"version|versao|version|edicion|pagina|page|pag)\b ?[:.]|\b\d{2,3}[ .-]\d{2,3}[ .-]\d{2,4}[ .-]?\d*\b"
)
SALUTATION = re.compile(
    r"(?:estimad|querid|apreciad|benvolgu|car[oa]s? |prezad|dear |senor|sr\.|sra\.|a quien corresponda)"
)
PAGE_LINE = re.compile(r"(?:pag(?:ina)?\.?|page|p\.?)? ?\d{1,4}(?: ?(?:de|of|/) ?\d{1,4})?")


def is_no_title(text: str) -> bool:
    """True for a text that is surely no title, by itself."""
    folded = fold_text(text)
    if sum(map(str.isalpha, text)) < 3 or JUNK_TITLE.search(text) or COVER_WORD.fullmatch(folded.strip(" .:*-–—")):
        return True
    return bool(CONTACT_LINE.search(folded) or PAGE_LINE.fullmatch(folded) or is_date_line(folded))


def is_institution(text: str) -> bool:
    """True for a text that begins with the name of an institution and has no word that titles are made of."""
    folded = fold_text(text).lstrip("\"'«“([*-–—• ")
    return bool(INSTITUTION.match(folded)) and not TITLE_WORD.search(folded)


def is_salutation(text: str) -> bool:
    """True for the first words of a letter."""
    return bool(SALUTATION.match(fold_text(text)))


def is_date_line(folded: str) -> bool:
    """True where a folded line is hardly more than a date."""
    left = WRITTEN_MOMENT.sub(" ", folded)
    return left != folded and sum(map(str.isalpha, left)) <= 18 and not TITLE_WORD.search(left)
