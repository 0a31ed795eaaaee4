"""Recognises labels made of usual words, such as "Nombre oficial de la iniciativa", in five languages."""

import re
from collections.abc import Iterator

OF = r"(?:de|del|da|do|du|d|of)(?: (?:la|las|los|les|l|el|a|o|the|cette|este|esta))?"
NAME = r"(?:nombre|nome|nom|name|titulo|titol|titre|title|denominacion|denominacio|designacao|intitule)"
WORK = (
    r"(?:proyecto|experiencia|programa|practica|buena practica|iniciativa|actividad|accion|actuacion|politica|projecte"
    r"|bona practica|activitat|accio|actuacio|projet|experience|programme|pratique|bonne pratique|initiative|action"
    r"|dispositif|project|practice|good practice|program|activity|projeto|boa pratica|pratica|atividade|acao)"
)
CITY = (
    r"(?:ciudad|municipio|localidad|cidade|concelho|ville|commune|collectivite|municipalite|ciutat|municipi|city|town"
    r"|municipality|autarquia)"
)
OFFICE = (
    r"(?:areas?|dependencias?|direccion|instancias?|unidad|departamentos?|secretaria|entidad(?:e)?|institucion|organismo"
    r"|oficina|departament|servei|ens|entitat|organisme|regidoria|direction|services?|entite|structure|divisao|unidade"
    r"|servico|instituicao|orgao|departments?|organi[sz]ation|body|office|institution|unit)"
)
LEADING = (
    r"(?:responsables?|responsavel|encargada|coordinadora|promotora?|ejecutora|que coordina|impulsora?|porteu(?:r|se)"
    r"|pilote|in charge|responsible|gestora)"
)
PERSON = (
    r"(?:(?:persona|pessoa|personne|person) (?:responsable|responsavel|enlace|contacto|in charge|a cargo"
    r"|(?:de|of) (?:contacto?|contato|contacte|enlace))"
    r"|responsable|contacto|enlace|coordinador(?:a)?|titular|responsavel|contacte|referente?|contact(?: person)?"
    r"|coordinator|coordenador(?:a)?)"
)
TAKES_PART = (
    r"que (?:(?:se )?(?:presenta|postula|participa|solicita|propone|inscribe|concursa|aplica|candidata|propoe|inscreve"
    r"|presenti|participi))"
)
COUNT = r"(?:numero|nombre|number|total|cantidad|quantidade|n o|no|n)"
PEOPLE = (
    r"(?:participantes|beneficiari[oa]s|personas|pessoas|persones|personnes|people|participants|beneficiaris"
    r"|beneficiaires|beneficiaries|asistentes|poblacion)"
)
START, END = r"(?:inicio|inici|debut|start|arranque|comienzo)", r"(?:fin|termino|fim|final|finalitzacio|conclusion|end)"
PLAN = (
    r"(?:realizacion|ejecucion|implementacion|realizacao|execucao|implementacao|realitzacio|execucio|implementacio"
    r"|realisation|execution|mise en oeuvre|implementation)"
)
BODIES = (
    r"(?:instituciones|entidades|organizaciones|organismos|actores|instituicoes|organizacoes|institucions|entitats"
    r"|organitzacions|agents(?: i entitats)?|institutions|organismes|acteurs|structures|organi[sz]ations|bodies)"
)
TAKING_PART = (
    r"(?:participantes|involucrad[oa]s|aliad[oa]s|colaboradoras|vinculadas|parceiras|envolvid[oa]s|implica(?:ts|des)"
    r"|col laboradores|participants|partenaires|associees|impliquees|involved|partners)"
)
MORE = "MORE"
"""Where a pattern has further words: only before a colon or in a cell, where they can be no sentence."""
FREE_WORDS = r"(?: [^\W\d]+){0,4}"
FIELD_PATTERNS = (
    ("title", rf"{NAME}(?: \w+)? {OF} {WORK}(?: \w+)?|{WORK} (?:name|title)"),
    ("city", rf"{NAME} {OF} {CITY}|{CITY} (?:{TAKES_PART}|participante|solicitante|candidata|candidate){MORE}"),
    (
        "contact_person",
        rf"{NAME}(?: \w+ \w+)? {OF} {PERSON}{MORE}|(?:persona|pessoa|personne) (?:responsables?|responsavel){MORE}",
    ),
    ("contact_person", r"(?:tecnic[oa]?|charge|responsible) (?:responsavel|responsable|person|de projet)"),
    ("organisation", rf"{OFFICE}(?: \w+| (?:o|ou|or|y|e|et) \w+)? {LEADING}{MORE}"),
    ("organisation", rf"(?:lead|leading|responsible|\w+ responsible|municipal) {OFFICE}|{OFFICE} in charge"),
    ("contact", rf"(?:correo|correu|correio|courriel|e mail|email|mail|contact e mail|contact email){MORE}"),
    ("contact_phone", rf"(?:tele[fp]\w+|tel|phone){MORE}|(?:n|no|numero) (?:de )?tele\w+"),
    ("participants_total", rf"(?:total )?{COUNT}(?: total)?(?: (?:de|d|of))? {PEOPLE}(?: \w+)?"),
    ("period", rf"(?:fechas?|datas?|dates?)?(?: (?:de|d))? ?{START} (?:y|e|i|et|and)(?: de)? {END}(?: dates?)?"),
    ("period", rf"(?:periodo|periode|period|fechas|datas|dates)(?: (?:de|d|of))? {PLAN}"),
    ("partners", rf"{BODIES} {TAKING_PART}|(?:partner|partnering) {BODIES}"),
)
PATTERNS = tuple((field, re.compile(rf"(?:{pattern.replace(MORE, '')})")) for field, pattern in FIELD_PATTERNS)
"""Field -> what a folded label of it may be, in full."""
LOOSE_PATTERNS = tuple(
    (field, re.compile(rf"(?:{pattern.replace(MORE, FREE_WORDS)})")) for field, pattern in FIELD_PATTERNS
)
"""As PATTERNS, with further words."""
MAIL_LABEL_START = re.compile(r"(?:correo|correu|correio|courriel|e mail|email|mail)\b")
CONTINUITY_LABEL = re.compile(
    r"(?:sostenibilidad|sustentabilidade|sostenibilitat|sustainability)(?: (?:y|e|i|and) \w+)?"
)
"""What is a label only in a form: the Charter has a principle of that name."""
MOST_MORE_WORDS = 3
ENGLISH_HEAD = re.compile(
    r"(?:expected|estimated|intended|actual|approximate|overall|general|total|main|key|final|initial|future|contact|web"
    r"|target|partner|municipal|local|specific|direct) "
)


def patterned_field(label: str) -> str:
    """The id of the field whose pattern the folded label is; empty for none."""
    return next((field for field, pattern in PATTERNS if pattern.fullmatch(label)), "")


def field_in_forms(label: str) -> str:
    """The id of the field whose label it is before a colon or in a cell of a form; empty for none."""
    if CONTINUITY_LABEL.fullmatch(label):
        return "continuity"
    return next((field for field, pattern in LOOSE_PATTERNS if pattern.fullmatch(label)), "")


def is_answer_of_label(field: str, label: str, answer: str) -> bool:
    """False for a phone without figures, and for what stands under the label of a mail address and is none."""
    if field == "contact_phone":
        return any(letter.isdigit() for letter in answer)
    return field != "contact" or "@" in answer or not MAIL_LABEL_START.match(label)


def shorter_labels(label: str) -> Iterator[str]:
    """The beginnings of a folded label, longest first, with at most three words left out.

    "contexto social" may be a "contexto".
    """
    words = label.split()
    if any(letter.isdigit() for letter in label):
        return
    for left in range(1, min(MOST_MORE_WORDS, len(words) - 1) + 1):
        yield " ".join(words[:-left])


def without_english_head(label: str) -> str:
    """The rest of a folded label after a word such as "expected"; empty where it begins with none, or has figures."""
    begins = ENGLISH_HEAD.match(label) and not any(letter.isdigit() for letter in label)
    return ENGLISH_HEAD.sub("", label) if begins else ""
