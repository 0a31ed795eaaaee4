"""Front matter: what a Markdown file says of itself between ``---`` (YAML) or ``+++`` (TOML) lines at its beginning.

What only looks like it stays text, and a line that can't be read costs nothing but itself.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bank.ingest.formats.front_matter_values import toml_value, yaml_value
from bank.ingest.text.cleaning import clean_text

LONGEST_FRONT_MATTER = 16 * 1024
"""Characters."""
FRONT_MATTER_NAMES = {
    "title": "title titulo titol titre nombre",
    "summary": "summary resumen resumo resum resume abstract",
    "language": "language lang idioma lengua lingua llengua langue",
    "date": "date year fecha data ano any annee fecha_de_publicacion data_de_publicacao date_de_publication",
    "kind": "kind type tipo tipus",
    "city": "city ciudad cidade ciutat ville municipio municipi commune",
    "cities": "cities ciudades cidades ciutats villes",
    "country": "country pais pays",
    "principles": "principles principios principis principes",
    "themes": "themes temas temes",
    "sdgs": "sdgs ods odd",
    "groups": "groups grupos grups groupes dirigida_a dirigido_a destinatarios",
    "number": "number numero",
    "licence": "licence license licencia licenca llicencia",
}
"""Field -> its keys in English, Spanish, Portuguese, Catalan and French, folded by `front_matter_key`."""
FRONT_MATTER_KEYS = {key: field for field, keys in FRONT_MATTER_NAMES.items() for key in keys.split()}
"""Key -> field."""
FRONT_MATTER_LISTS = ("cities", "principles", "themes", "sdgs", "groups")
FRONT_MATTER_LENGTHS = {"title": 300, "summary": 5000}
"""Characters that are kept of a field's value; of others 200."""
OPENING_FENCE = re.compile(r"\A(?:[ \t]*\n)*(---|\+\+\+)[ \t]*\n(?![ \t]*(?:\n|#))")
"""No blank line and no heading follows it: those stand after a rule."""
CLOSING_FENCES = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE),
}
ENTRY_LINES = {
    "---": re.compile(r"[\"']?(?P<key>[^\W_][^:\n\"']{0,59}?)[\"']?[ \t]*:(?P<rest>.*)", re.DOTALL),
    "+++": re.compile(r"[\"']?(?P<key>[^\W_][^=\n\"']{0,59}?)[\"']?[ \t]*=(?P<rest>.*)", re.DOTALL),
}
CONTINUED_LINE = re.compile(r"[ \t]|[-\]}](?:[ \t]|$)|$")
NO_VALUES = ("", "~", "null", "[]", "{}", '""', "''")
"""What stands for no value at all."""
REMARK_AFTER_VALUE = re.compile(r"[ \t]#[ \t].*$")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a file says of itself, and the text after it.

    Values of `fields` are a str, or a list of str for those in FRONT_MATTER_LISTS. `unclear` are lines whose value
    could not be read, `left` those with keys that the bank does not know: both are text of the file as well.
    """

    fields: dict[str, Any]
    body: str
    unclear: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FrontMatterEntry:
    """A key with its value, as written over one or more lines; `field` is None for a key that the bank does not know.

    A line that belongs to no key has the empty key.
    """

    key: str
    field: str | None
    value: str
    written: str


def split_front_matter(text: str) -> FrontMatter:
    """The front matter of a text with ``\\n`` line ends.

    Without a known key, or with more prose than keys, all is text.
    """
    opened = OPENING_FENCE.match(text)
    closed = CLOSING_FENCES[opened[1]].search(text, opened.end()) if opened else None
    if not opened or not closed or closed.end() - opened.start(1) > LONGEST_FRONT_MATTER:
        return FrontMatter({}, text)
    entries = list(front_matter_entries(text[opened.end() : closed.start()], opened[1]))
    known = sum(one.field is not None for one in entries)
    if not known or sum(not one.key for one in entries) >= known:
        return FrontMatter({}, text)
    return read_entries(entries, opened[1], text[closed.end() :])


def front_matter_key(written: str) -> str:
    """A key in small letters without accents, its words joined by underscores: ``Dirigida a`` -> ``dirigida_a``."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", written).casefold())
    return "_".join(re.split(r"[\s_-]+", "".join(one for one in plain if not unicodedata.combining(one)).strip()))


def front_matter_entries(block: str, fence: str) -> Iterator[FrontMatterEntry]:
    """The entries of a block, in their order; indented lines, list items and blank lines go on with the one before."""
    gathered: list[str] = []
    for line in block.split("\n"):
        if gathered and CONTINUED_LINE.match(line):
            gathered.append(line)
            continue
        if gathered:
            yield front_matter_entry("\n".join(gathered).rstrip(), fence)
        gathered = [line] if line.strip() else []
    if gathered:
        yield front_matter_entry("\n".join(gathered).rstrip(), fence)


def front_matter_entry(written: str, fence: str) -> FrontMatterEntry:
    """One entry; without a blank after its colon a line has a key only where the bank knows it."""
    found = ENTRY_LINES[fence].fullmatch(written)
    field = FRONT_MATTER_KEYS.get(front_matter_key(found["key"])) if found else None
    if found is None or (field is None and found["rest"][:1] not in ("", " ", "\t", "\n")):
        return FrontMatterEntry("", None, "", written)
    return FrontMatterEntry(found["key"], field, found["rest"].strip(" \t").rstrip(), written)


def read_entries(entries: list[FrontMatterEntry], fence: str, body: str) -> FrontMatter:
    """The fields of the entries; what has no field or no readable value is left as text."""
    fields: dict[str, Any] = {}
    unclear: list[str] = []
    left: list[str] = []
    for one in entries:
        taken = entry_value(one, fence) if one.field and one.field not in fields else None
        if one.field and taken:
            fields[one.field] = taken
        elif one.value.casefold() not in NO_VALUES or not one.key:
            left.append(one.written)
            if one.field or not one.key:
                unclear.append(one.written)
    return FrontMatter(fields, body, tuple(unclear), tuple(left))


def entry_value(one: FrontMatterEntry, fence: str) -> str | list[str] | None:
    """The value of an entry with a field, in the form of that field; None where it can't be read."""
    value = yaml_value(one.value) if fence == "---" else toml_value(one.value)
    if one.field in FRONT_MATTER_LISTS:
        return front_matter_list(value)
    text = front_matter_text(value, FRONT_MATTER_LENGTHS.get(one.field or "", 200))
    return text if text is None or one.field in FRONT_MATTER_LENGTHS else REMARK_AFTER_VALUE.sub("", text)


def front_matter_text(value: Any, length: int) -> str | None:
    """A value as clean text of at most `length` characters; of a list its first; None for anything else."""
    if isinstance(value, list) and value:
        value = value[0]
    return " ".join(clean_text(value).split())[:length] or None if isinstance(value, str) else None


def front_matter_list(value: Any) -> list[str]:
    """A list of values; a text is split at semicolons or, where it has none, at commas."""
    if isinstance(value, str):
        value = REMARK_AFTER_VALUE.sub("", value)
        value = value.split(";" if ";" in value else ",")
    return [text for item in value[:50] if (text := front_matter_text(item, 200))] if isinstance(value, list) else []
