"""Finds personal data in a text and reports kind, page and count, never the data.

So a city is asked to look before it publishes. What may as well be another number is not reported: a false alarm on
every page would teach people not to read the warning.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bank.ingest.extraction import ExtractedPage

PersonalDataKind = Literal["curp", "rfc", "phone", "mail", "attendance"]
CURP_LETTERS = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
CURP = re.compile(r"(?<![\w&])[A-ZÑ][AEIOUX][A-ZÑ]{2}(\d{6})[HMX][A-Z]{2}[B-DF-HJ-NP-TV-ZÑ]{3}[A-Z\d]\d(?!\w)")
RFC = re.compile(r"(?<![\w&])(?!XAXX|XEXX)[A-ZÑ&]{4}[ -]?(\d{6})[ -]?[A-Z\d]{2}[A\d](?!\w)")
MAIL_ADDRESS = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@([a-z\d-]{1,63})\.[a-z]{2,3}(?:\.[a-z]{2})?(?![\w-])", re.IGNORECASE
)
PRIVATE_MAIL_HOSTS = frozenset(
    "gmail googlemail hotmail outlook live msn yahoo ymail icloud me aol proton protonmail gmx prodigy terra uol bol "
    "sapo wanadoo orange laposte telefonica".split()
)
MEXICAN_PHONE = re.compile(
    r"(?<![\w.,/$€%#+-])"
    r"(?P<country>\+ ?52|0052)?[ .-]{0,2}(?P<mobile>1[ .-])?"
    r"(?P<number>\(\d{2,3}\) ?\d{3,4}[ .-]?\d{4}|\d{2}[ .-]\d{4}[ .-]\d{4}|\d{3}[ .-]\d{3}[ .-]?\d{2}[ .-]?\d{2}|"
    r"\d{2}(?: \d{2}){4}|\d{10})"
    r"(?!\d|[.,/-]\d| \d|%)"
)
PHONE_WORDS = re.compile(
    r"(?:tel[eé]?f?s?\b|tel[eé]fonos?|telemóv\w*|cel\b|celular(?:es)?|m[oó]vil(?:es)?|whats ?app|phone|ll[aá]m[ae]\w*|"
    r"marc[ae]\w*|lada|contacto)[^\n\d]{0,30}$",
    re.IGNORECASE,
)
ATTENDANCE_HEADING = re.compile(
    r"^[ #*|]*(?:(?:lista|listado|registro|hoja|control|relaci[oó]n) de (?:asistencia|asistentes)|"
    r"(?:lista|registo|folha) de presen[cç]as?|llista d['’]assist[eè]ncia|attendance (?:list|sheet)|sign-in sheet)\b"
    r"[^,;.\n]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
"""A heading in a line of its own; "Lista de asistencia, fotografías y actas" is a sentence."""
SIGNATURE_WORDS = re.compile(r"\b(?:firmas?|r[uú]bricas?|assinaturas?|signatures?)\b", re.IGNORECASE)
SIGNATURE_COLUMNS = re.compile(
    r"^[^\n]{0,40}\b(?:nombres?|nomes?|noms?|names?)\b[^\n]{0,60}\b(?:firma|r[uú]brica|assinatura|signature)\b[^\n]{0,20}$",
    re.IGNORECASE | re.MULTILINE,
)
"""The head of a table with a column of names and one for signatures."""
NAME_LINE = re.compile(
    r"^[ |]*(?:\d{1,3}[ .)|-]+)?[A-ZÁÉÍÓÚÑÇ][\wáéíóúñç]+(?: (?:de|del|la|las|los|da|do|dos|y|e|i))*"
    r"(?: [A-ZÁÉÍÓÚÑÇ][\wáéíóúñç]+){1,4}(?=[ |_\d.]*$|[ |]{2,})",
    re.MULTILINE,
)
SOME_NAMES, MANY_NAMES = 3, 5
"""Names that a list of attendance needs below a heading, and without one."""


@dataclass(frozen=True, slots=True)
class PersonalDataFinding:
    """`count` different personal data of a `kind` on a `page` (from 1).

    Kinds are curp, rfc, phone, mail; for attendance, `count` is the number of names on the list.
    """

    kind: PersonalDataKind
    page: int
    count: int


def find_personal_data(pages: Iterable[ExtractedPage]) -> tuple[PersonalDataFinding, ...]:
    """What looks like personal data, counted by page and kind; never the data."""
    return tuple(
        PersonalDataFinding(kind, page.number, count)
        for page in pages
        for kind, count in count_personal_data(page.text)
        if count > 0
    )


def count_personal_data(text: str) -> Iterator[tuple[PersonalDataKind, int]]:
    """(kind, number of different ones) in a text, for every kind."""
    yield (
        "curp",
        len({found[0] for found in CURP.finditer(text) if is_birth_date(found[1]) and is_curp_digit_right(found[0])}),
    )
    yield "rfc", len({found[0] for found in RFC.finditer(text) if is_birth_date(found[1])})
    yield "phone", len({digits_of(found["number"]) for found in MEXICAN_PHONE.finditer(text) if is_phone(text, found)})
    yield (
        "mail",
        len({found[0].lower() for found in MAIL_ADDRESS.finditer(text) if found[1].lower() in PRIVATE_MAIL_HOSTS}),
    )
    yield "attendance", count_attendance(text)


def is_curp_digit_right(curp: str) -> bool:
    """True when the check digit of a CURP is right.

    Each of the first 17 characters counts by its place in 0-9, A-N, Ñ, O-Z, times 18, 17, ... 2; the digit brings the
    sum to a multiple of ten. Source: Instructivo normativo para la asignación de la Clave Única de Registro de
    Población (SEGOB, Diario Oficial de la Federación, 18 October 2021); consultas.curp.gob.mx does the same.
    """
    total = sum(CURP_LETTERS.index(letter) * (18 - place) for place, letter in enumerate(curp[:17]))
    return -total % 10 == int(curp[17])


def is_birth_date(six: str) -> bool:
    """True when six digits are a date YYMMDD in the 1900s or 2000s."""
    for century in ("19", "20"):
        try:
            date(int(century + six[:2]), int(six[2:4]), int(six[4:]))
        except ValueError:
            continue
        return True
    return False


def digits_of(text: str) -> str:
    """The digits of a text."""
    return "".join(letter for letter in text if letter.isdigit())


def is_phone(text: str, found: re.Match[str]) -> bool:
    """True when ten digits are a phone number in Mexico: by +52, by a bracket, or by a word before them on the line.

    Source: Plan Técnico Fundamental de Numeración (IFT, 2018): ten digits, of which the first is not 0 or 1.
    """
    number = digits_of(found["number"])
    if number[0] in "01" or len(set(number)) == 1:
        return False
    if found["country"] or found["number"].startswith("("):
        return True
    line = text[max(0, found.start() - 120) : found.start()].rpartition("\n")[2]
    return bool(PHONE_WORDS.search(without_phones(line)))


def without_phones(line: str) -> str:
    """The line without phone numbers, so that "Tel." also counts for the second of two numbers after it."""
    return MEXICAN_PHONE.sub("", line)


def count_attendance(text: str) -> int:
    """How many names a list of attendance has, at least 1; 0 where the page is none.

    A list has a heading and either three names or a place to sign; or five names, and columns for names and signatures.
    """
    lines = [found[0] for found in NAME_LINE.finditer(text)]
    names = sum(not ATTENDANCE_HEADING.match(line) and not SIGNATURE_WORDS.search(line) for line in lines)
    if ATTENDANCE_HEADING.search(text) and (names >= SOME_NAMES or SIGNATURE_WORDS.search(text)):
        return max(names, 1)
    return names if names >= MANY_NAMES and SIGNATURE_COLUMNS.search(text) else 0
