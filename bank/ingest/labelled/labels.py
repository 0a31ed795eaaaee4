"""Recognises the labels that a file uses for the fields of an entry, such as "OBJETIVO GENERAL:"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bank.ingest.labelled.patterns import field_in_forms, patterned_field, shorter_labels, without_english_head
from bank.vocabulary import FieldSpec, Vocabulary
from bank.vocabulary.folding import fold_label

LONGEST_FIELD_LABEL = 120
"""Characters."""
MOST_LABEL_SPACES = 14
LABEL_NUMBERING = re.compile(
    r"[•●▪■◦○►✓*·–—-]?\s{0,9}(?:\(?(?P<point>\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Za-z])\s?(?:[.)\]º°:]{1,4}\s?[-–—]?\s{0,9}|[-–—]\s{1,9})"
    r"|(?P<bare>\d{1,2}(?:\.\d{1,2}){0,6})\s{1,9})?(?=\S)"
)
LABEL_BRACKETS = re.compile(r"\s{0,9}\([^()]{0,200}\)")
LABEL_PLURAL = re.compile(r"\((e?s|as|os)\)", re.IGNORECASE)
"""An ending in brackets: ``Principio(s)``."""
LABEL_JOINT = re.compile(r"\s{1,9}(?:y|e|i|o|et|and|ou|or)\s{1,9}|\s{0,9}[/,;]\s{0,9}", re.IGNORECASE)
"""What joins two labels in one: ``Antecedentes y problemática``."""
LABEL_TAIL = re.compile(
    r" (?:(?:de(?:l| la| las| los| l)?|da|do|du|d|of the|of) (?:(?:est[ae]|aquest[a]?|this|ce|cette) )?"
    r"(?:proyectos?|experiencias?|programas?|practicas?|buenas? practicas?|iniciativas?|actividad|accion"
    r"|projectes?|bona practica|activitat|accio|projet|experience|programme|pratique|bonne pratique|initiative|action"
    r"|project|practice|good practice|program|activity|projeto|boa pratica|pratica|atividade|acao)"
    r"|proyecto|experiencia|project|practice"
    r"|direct[oa]s|obtenid[oa]s|alcanzad[oa]s|principales|realizad[oa]s|esperad[oa]s|desarrollad[oa]s|implementad[oa]s"
    r"|involucrad[oa]s|encontrad[oa]s|emplead[oa]s?|utilizad[oa]s?|logrados"
    r"|diret[oa]s|obtid[oa]s|alcancad[oa]s|principais|desenvolvid[oa]s|envolvid[oa]s|atingidos"
    r"|directes?|obtinguts|obtingudes|assolits|esperats|realitza(?:ts|des)|desenvolupa(?:ts|des)|implica(?:ts|des)"
    r"|trobades|utilitzada|principals"
    r"|obtenus|atteints|attendus|realise(?:s|es)|mene(?:s|es)|rencontre(?:s|es)|implique(?:s|es)|associe(?:s|es)"
    r"|ejecutivo|executiv[oe]|executiu|executif|vises?|utilisee|principaux|mises en oeuvre"
    r"|achieved|obtained|expected|carried out|undertaken|involved|encountered|used)$"
)
"""What a folded label may say beside a field's own: whose it is, or which."""
LABEL_HEAD = re.compile(
    r"^(?:(?:breve? |breu )?(?:descripcion|descricao|descripcio|description)"
    r" (?:de(?:l| la| las| los| les| l)?|da|das|do|dos|du|des|d|of the|of)"
    r"|main|key|principales|principais|principals|principaux) "
)
"""What a folded label may say before a field's own."""
MOST_JOINED_WORDS, MOST_WORDS_OF_PART = 9, 4
LABEL_CUT = re.compile(r"\s{0,9}:\s{0,9}|\.\s?[-–—]{1,4}\s{0,9}|\s{1,9}[-–—]\s{1,9}|(?<=\?)\s{1,9}")
"""What separates a label from its answer on the same line."""
CELL_BAR = re.compile(r"\s{0,9}\|\s{0,9}")
FORM_BLANK = re.compile(r"[\s_.…]{0,9}[_.…]{3}[\s_.…]*")
"""A place to write in a printed form that was left empty."""
LEAST_LOOSE_WORD = 7
"""Letters of a label of one word beside which more words may stand."""
PATTERNED = " "
"""Before the id of a field: the key of all labels that its pattern fits."""
OPENING_MARKS = "¿¡\"'«“([*#_ "
LABEL_END = re.compile(r"(?<![\s:.*\-–—])[\s:.*\-–—]*$")


@dataclass(frozen=True, slots=True)
class LabelStyle:
    """How a label is written: its `number`, whether in capitals, with a colon, and alone on its line."""

    number: str = ""
    capitals: bool = False
    colon: bool = False
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Label:
    """A label as it is written, and the rest of its line.

    `field` is None for a label of something that entries of this kind have no field for.
    """

    field: FieldSpec | None
    written: str
    rest: str
    style: LabelStyle


@dataclass(frozen=True, slots=True)
class KnownLabels:
    """The labels of a kind's fields. `known`: folded label -> field; None where the kind has no such field.

    `near`: folded label of what usually has no field -> the field in which its answer is likeliest to have a place;
    None where the kind has no such field.
    """

    known: Mapping[str, FieldSpec | None]
    near: Mapping[str, FieldSpec | None]

    def knows(self, text: str, loose: bool = False) -> bool:
        """True when the whole text is a label, apart from its number and brackets; `loose`: and a few more words."""
        return bool(self._key(text, loose))

    def field(self, text: str, loose: bool = False) -> FieldSpec | None:
        """The field whose label the whole text is; None where there is none."""
        return self.known.get(self._key(text, loose))

    def nearest(self, text: str) -> FieldSpec | None:
        """The likeliest field for the answer under a label that has none; None where none is known."""
        return self.near.get(self._key(text))

    def knows_near(self, text: str) -> bool:
        """True for a label that forms usually have, and that has no field of this kind."""
        return self._key(text) in self.near

    def read(self, line: str) -> Label | None:
        """The label with which a line begins, or None."""
        start = LABEL_NUMBERING.match(line)
        body = line[start.end() :] if start else line
        if not begins_like_a_label(body):
            return None
        for written, rest in label_cuts(body):
            loose = f"{written}:" in line or f"{written} :" in line
            if self.knows(written, loose):
                return Label(self.field(written, loose), written, rest, label_style(line, written, rest))
        return None

    def _key(self, text: str, loose: bool = False) -> str:
        """The folded label that the text is, as `label_keys` reads it, also without its number; empty for none."""
        if len(text) > LONGEST_FIELD_LABEL or text.count(" ") > MOST_LABEL_SPACES:
            return ""
        start = LABEL_NUMBERING.match(text)
        bare = text[start.end() :] if start else text
        texts = dict.fromkeys((text, bare))
        exact = next((key for one in texts for key in label_keys(one) if key in self.known), "")
        if exact or not loose or ":" in bare:
            return exact
        folded = fold_label(LABEL_BRACKETS.sub("", bare))
        patterned = f"{PATTERNED}{field_in_forms(folded)}"
        if self.known.get(patterned):
            return patterned
        headless = without_english_head(folded)
        keys = (*shorter_labels(folded), *([headless] if takes_english_head(self.known.get(headless)) else []))
        return next((key for key in keys if key == headless or is_loose(key, self.known.get(key))), "")


def is_loose(label: str, spec: FieldSpec | None) -> bool:
    """Whether more words beside a field's folded label don't change what it is.

    Never for a public field of a line of text, for city and year: "Entidad federativa" and "Ciudad de México" are
    something else. A label of one word must be a long one, unless what follows tells (a number, a date) whether it is
    an answer: "But remember" and "Public schools" are something else.
    """
    if spec is None:
        return False
    short = spec.field_type.is_short
    if short and (spec.core or (spec.takes_prose and spec.visible == "public")):
        return False
    return " " in label or len(label) >= LEAST_LOOSE_WORD or (short and not spec.takes_prose)


def takes_english_head(spec: FieldSpec | None) -> bool:
    """Whether a word such as "expected" may stand before a field's label; not before those of title, city and year."""
    return spec is not None and not (spec.core and spec.field_type.is_short)


def label_keys(text: str) -> Iterator[str]:
    """The folded labels that a text may be, the likeliest first.

    Without brackets; with an ending in brackets; without what it says beside; and the first of several labels in one,
    where none of the others is long.
    """
    plain = LABEL_BRACKETS.sub("", text)
    spelt = (fold_label(plain), fold_label(LABEL_BRACKETS.sub("", LABEL_PLURAL.sub(r"\1", text))))
    yield from spelt
    yield from (LABEL_TAIL.sub("", one) for one in spelt if LABEL_TAIL.search(one))
    yield from (LABEL_HEAD.sub("", one) for one in spelt if LABEL_HEAD.match(one))
    if ":" not in text:
        yield from (f"{PATTERNED}{field}" for field in map(patterned_field, spelt) if field)
    first, *others = LABEL_JOINT.split(LABEL_PLURAL.sub(r"\1", plain).strip())
    if (
        others
        and len(plain.split()) <= MOST_JOINED_WORDS
        and all(0 < len(one.split()) <= MOST_WORDS_OF_PART for one in others)
    ):
        yield fold_label(first)
        yield LABEL_TAIL.sub("", fold_label(first))


def build_kind_labels(vocabulary: Vocabulary, kind: str) -> KnownLabels:
    """The labels of this kind's fields: labels first, then aliases, then those of the calls' forms."""
    found = vocabulary.kind(kind)
    specs = found.facts.fields if found else ()
    own = {spec.id: spec for spec in specs}
    known: dict[str, FieldSpec | None] = {}
    for spec in specs:
        known |= {fold_label(label): spec for label in spec.labels.values() if fold_label(label) not in known}
    for spec in specs:
        known |= {fold_label(alias): spec for alias in spec.aliases if fold_label(alias) not in known}
    for name, label in form_labels(vocabulary):
        known.setdefault(fold_label(label), own.get(name))
    known |= {f"{PATTERNED}{id}": spec for id, spec in own.items()}
    near: dict[str, FieldSpec | None] = {}
    for spec in (*specs, *(spec for one in vocabulary.kinds for spec in one.facts.fields)):
        near |= {fold_label(label): own.get(spec.id) for label in spec.near if fold_label(label) not in near}
    for label in (*near, *map(fold_label, foreign_labels(vocabulary))):
        known.setdefault(label, None)
    known.pop("", None)
    return KnownLabels(known, {label: spec for label, spec in near.items() if known[label] is None})


def form_labels(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """(field, label) of every line of every call's form."""
    for call in vocabulary.calls.values():
        for line in call.fields:
            yield from ((line.field, label) for label in line.labels.values())


def foreign_labels(vocabulary: Vocabulary) -> Iterator[str]:
    """Labels that are no field's of this kind: those of other kinds' fields, and headings over fields."""
    for kind in vocabulary.kinds:
        for spec in kind.facts.fields:
            yield from (*spec.labels.values(), *spec.aliases)
    for group in vocabulary.field_groups:
        yield from group.labels.values()


def begins_like_a_label(body: str) -> bool:
    """True for a text that begins, after opening marks, with a capital."""
    first = body.lstrip(OPENING_MARKS)[:1]
    return first.isalpha() and not first.islower()


def label_cuts(body: str) -> Iterator[tuple[str, str]]:
    """The ways to read a line as (label, rest): the whole line, then cut at each of its first three separators."""
    if len(body) <= LONGEST_FIELD_LABEL and not body.endswith(".") and not FORM_BLANK.search(body):
        yield LABEL_END.sub("", body), ""
    for number, cut in enumerate(LABEL_CUT.finditer(body[: LONGEST_FIELD_LABEL + 20])):
        if number == 3:
            return
        yield body[: cut.start()], body[cut.end() :]


def label_style(line: str, written: str, rest: str) -> LabelStyle:
    """The style of a label on this line."""
    return LabelStyle(leading_number(line), is_in_capitals(written), ":" in line, not rest)


def leading_number(line: str) -> str:
    """The number with which a line begins, such as ``3``, ``3.1`` or ``III``; empty where there is none."""
    start = LABEL_NUMBERING.match(line)
    return (start["point"] or start["bare"] or "") if start else ""


def is_in_capitals(text: str) -> bool:
    """True for a text all in capitals that is more than an acronym."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 4 and all(letter.isupper() for letter in letters)


def row_cells(line: str) -> list[str]:
    """The cells of a table's row; the line alone when it is none."""
    return [cell.strip() for cell in CELL_BAR.split(line)]
