"""Finds links, and the contact of an office: never that of a named person."""

import re
from collections.abc import Iterable, Sequence

from bank.vocabulary.folding import fold_label

URL_PATTERN = re.compile(r"(?:https?://|www\.)[^\s<>|]+[^\s<>|.,;:)\]]", re.IGNORECASE)
MAILBOX_PATTERN = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
CONTACT_PHONE = re.compile(r"\+?\(?\d[\d\s().-]{6,}\d")
POST_LABEL = re.compile(
    r"\W{0,8}(?:puesto|cargo|post|position|fun[cç][aã]o|poste|c[aà]rrec|[aá]rea|oficina|office|servi[cç]o)\W{0,8}:\s{0,8}",
    re.I,
)
OTHER_CONTACT_LABEL = re.compile(
    r"\W{0,8}(?:nombre|nome|name|nom|tel[eéè]?f?\w{0,8}|phone|m[oó]vil|celular|direcci[oó]n|address|p[aá]gina|web)\W{0,8}:",
    re.I,
)
MAIL_LABEL = re.compile(
    r"\b(?:correo(?:\s+(?:electr[oó]nico|institucional|de\s+la\s+oficina))?|e-?mail|mail|mailbox)\s*:?\s*$",
    re.I,
)
OFFICE_WORDS = frozenset(
    "direccion coordinacion secretaria departamento jefatura enlace oficina area instituto regidor regiduria unidad "
    "ayuntamiento municipio alcaldia subdireccion concejalia consejeria gabinete department office directorate unit "
    "council liaison coordination institute head direcao coordenacao gabinete divisao servico camara prefeitura "
    "vereador direccio regidoria ajuntament mairie service bureau delegacion comision programa".split()
)
LONGEST_CONTACT_LINE = 500
"""Characters of a line that are searched."""
CONTACT_SEPARATORS = " \t,;:|·-–—()<>/"


def find_links(items: Iterable[str]) -> list[dict[str, str]]:
    """[{title, url}]; the title is the text before the address on its line."""
    found: list[dict[str, str]] = []
    for item in (text[:LONGEST_CONTACT_LINE] for text in items):
        start = 0
        for match in URL_PATTERN.finditer(item):
            title = item[start : match.start()].strip(CONTACT_SEPARATORS)
            url = match[0] if "://" in match[0] else f"https://{match[0]}"
            found.append({"title": title, "url": url} if title else {"url": url})
            start = match.end()
    return found


def find_contact(items: Sequence[str]) -> dict[str, str] | None:
    """{post, mailbox}, those that the lines give; None where they give neither.

    Of a line without a label only the name of an office is taken for a post.
    """
    items = [text[:LONGEST_CONTACT_LINE] for text in items]
    mail = next((match[0] for item in items if (match := MAILBOX_PATTERN.search(item))), None)
    post = next(
        (without_post_label(item) for item in items if POST_LABEL.match(item) and without_post_label(item)), None
    )
    if post is None:
        post = next((text for item in items if (text := find_office(item))), None)
    found = {"post": post, "mailbox": mail.rstrip(".") if mail else None}
    return {key: value for key, value in found.items() if value} or None


def without_post_label(item: str) -> str:
    """The text after a label such as ``Puesto:``."""
    return without_mail(POST_LABEL.sub("", item, count=1))


def find_office(item: str) -> str | None:
    """The part of a line that names an office; None where there is none."""
    if OTHER_CONTACT_LABEL.match(item):
        return None
    named = (part.strip(CONTACT_SEPARATORS) for part in re.split(r"[,;|·]|\s[-–—]\s", without_mail(item)))
    return next((part for part in named if OFFICE_WORDS & set(fold_label(part).split())), None)


def without_mail(text: str) -> str:
    """The text without mailbox and phone and the words that announce them."""
    before = MAILBOX_PATTERN.split(text)[0] if MAILBOX_PATTERN.search(text) else text
    return CONTACT_PHONE.sub("", MAIL_LABEL.sub("", before.strip())).strip(CONTACT_SEPARATORS)
