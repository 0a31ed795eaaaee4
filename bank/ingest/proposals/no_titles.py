"""What stands where a title is looked for and is none: junk of programs, institutions, mastheads, dates, addresses."""

import re
from functools import lru_cache

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
    r"^untitled design|\[(add|insert|complet|nombre|t[ií]tulo|fecha|title|date|name)|"
    r"^(?P<same>.)(?P=same)*$|^publica[cç][aã]o oficial|^publicaci[oó]n oficial",
    re.IGNORECASE,
)
"""Titles that programs write by themselves, file names, headings of contents, and broken encodings."""
COVER_WORD = re.compile(
    r"(?:portada|capa|cover|caratula|publicacion oficial|publicacao oficial|documento tecnico|documento oficial|"
    r"borrador|rascunho|esborrany|draft|confidencial|anexos?|ano [ivxlcdm\d]+\b.*|normas legales|separata especial|"
    r"(?:\d{1,2}\.? ?)?(?:preface|prefacio|foreword|presentacion|presentacio|apresentacao|introduccion|introduccio|"
    r"introducao|introduction|resumen|resum|resumo|abstract|summary|executive summary|resumen ejecutivo|"
    r"objetivos?|antecedentes|justificacion|agradecimientos|dedicatoria|prologo|considerandos?|vistos?|decreto|"
    r"seccion i|secao i)|"
    r"(?:trabajo|treball|trabalho|projecte|proyecto)s? (?:de )?fi(?:n|nal)? de "
    r"(?:grado|grau|master|carrera|curso|curs)\b.*|"
    r"tf[gm] del? .*|(?:tesis|tese|tesi|trabajo) (?:de|para|doctoral)\b.*|bachelor'?s? thesis.*|master'?s? thesis.*|"
    r"(?:press release|nota de prensa|comunicado de prensa)\b.*)"
)
"""Words of a cover that say what kind of thing it is, not what it is called."""
INSTITUTION = re.compile(
    r"(?:(?:la|el|los|las|a|o|the|l'|le) ?)?(?:i\.? |h\.? |excm[oa]\.? |ilustre |honorable |excelentisim[oa] )?"
    r"(?:universi\w+|univ\.|ministeri\w+|gobierno|governo|govern|generalitat|ayuntamiento|ajuntament|camara|prefeitura|"
    r"institut\w*|colegio|col·?legi|escuela|escola|ecole|school|facultad|facultat|faculdade|faculty|departament\w+|"
    r"department|secretari\w+|asociacion|associacio\w*|ampa|municipalidad|municipio|municipi|concejo|consejeria|conselleria|"
    r"conseil|council|comite|comision|direccion|direccao|republica|estado|estados|state|tribunal|court|corte|congreso|"
    r"asamblea(?! general)|assembleia|poder (?:ejecutivo|executivo|legislativo|judicial)|presidencia|sociedad|societat|"
    r"fundacion|fundacio|fundacao|centro|centre|center|"
    r"company|cooperativa|biblioteca|museo|hospital|grado en|grau en|ies|ceip|"
    r"grup|grupo|sindicato|federacion|confederacion|i\.e|u\.e|c\.e|"
    r"(?:[a-z]{2,20} ){1,2}(?:university|court|council|college|institute|ministry|department|school|association))\b"
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
STRUCTURE_LINE = re.compile(
    r"(?:capitulo|capitol|chapter|titulo (?:[ivx]+|primer|prelim)|articulo|artigo|article|art\.|seccion|secao|"
    r"parte [ivx\d]|vist[oa]s?\b|considerando|decreta|resuelve|acuerda|fundamento|responsable|version|versao|edicion|"
    r"actualizad|que, |texto actualizado|autor|tutor|[a-z]\) |\d{1,2}(?:\.\d{1,2})*[.)] [a-z]|[ivx]{1,4}\. |- |• )"
)
"""What begins a part of a text, or says something beside its title."""
SPEAKER_LINE = re.compile(
    r"(?:el|la|o|a) (?:h\w*\.? )?(?:concejo|congreso|camara|gobierno|consejo|junta|ministr|presiden|alcald|intendent|"
    r"rector|secretari)"
)
"""The body that decides, as it stands in capitals between the name of its act and the act itself."""
ENACTING = re.compile(r"\b(?:con fuerza de|com forca de)\b ?")
FULL_DATE = re.compile(r"\b\d{1,2} (?:de )?\w+ (?:de |del |of )?(?:19|20)\d\d\b")
WEEKDAY = re.compile(
    r"\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|(?:segunda|terca|quarta|quinta|sexta)-feira|dilluns|"
    r"dimarts|dimecres|dijous|divendres|dissabte|diumenge|monday|tuesday|wednesday|thursday|friday|saturday|sunday|lundi|mardi|"
    r"mercredi|jeudi|vendredi|samedi|dimanche)\b"
)
GAZETTE = re.compile(
    r"(?:pagina \d+ )?(?P<name>(?:diario|diari|jornal|boletin|boletim|gaceta|butlleti) "
    r"(?:oficial|da republica|de la republica)(?: [a-z]+){0,6}?)"
    r"(?:\W*(?:pagina|pag|n|no|nº|ano|serie|edicao|secao|edicion|\d)\b.*)?"
)
MOST_REMEMBERED = 512
"""Lines of which it is remembered what they are: the same ones are asked about again and again."""
PAGE_LINE = re.compile(r"(?:pag(?:ina)?\.?|page|p\.?)? ?\d{1,4}(?: ?(?:de|of|/) ?\d{1,4})?")


@lru_cache(MOST_REMEMBERED)
def is_no_title(text: str) -> bool:
    """True for a text that is surely no title, by itself."""
    folded = fold_text(text)
    if sum(map(str.isalpha, text)) < 3 or JUNK_TITLE.search(text) or COVER_WORD.fullmatch(folded.strip(" .:*-–—")):
        return True
    dated = is_date_line(folded) or (WEEKDAY.search(folded) and FULL_DATE.search(folded))
    return bool(dated or CONTACT_LINE.search(folded) or PAGE_LINE.fullmatch(folded))


@lru_cache(MOST_REMEMBERED)
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


@lru_cache(MOST_REMEMBERED)
def begins_a_part(text: str) -> bool:
    """True for a line that begins a part of the text, or says something beside the title: no title goes on there."""
    folded = fold_text(text).lstrip("\"'«“([* ")
    return folded.endswith(":") or bool(
        STRUCTURE_LINE.match(folded) or SPEAKER_LINE.match(folded) or FULL_DATE.search(folded)
    )


def is_speaker(text: str) -> bool:
    """True for the body that speaks in an act."""
    return bool(SPEAKER_LINE.match(fold_text(text).lstrip("\"'«“([* ")))


def after_enacting(text: str) -> str:
    """The name of an act after the words that enact it: ``... SANCIONA CON FUERZA DE ORDENANZA N° 7``."""
    folded = fold_text(text)
    found = ENACTING.search(folded)
    return " ".join(text.split()[len(folded[: found.end()].split()) :]) if found else text


def gazette_name(text: str) -> str | None:
    """The name of an official gazette with which a line begins; None for any other line."""
    found = GAZETTE.fullmatch(fold_text(text).strip(" .:-–—"))
    before = fold_text(text)[: found.start("name")].split() if found else []
    return " ".join(text.split()[len(before) :][: len(found["name"].split())]) if found else None
