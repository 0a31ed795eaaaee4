"""Front matter: the YAML between ``---`` lines at the beginning of a Markdown file, with Spanish or English keys."""

import re
from typing import Any

import yaml

from bank.ingest.text.cleaning import clean_text

LONGEST_FRONT_MATTER = 16 * 1024
"""Characters."""
DEEPEST_FRONT_MATTER = 5
FENCED_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
FRONT_MATTER_KEYS = {
    "title": "title", "titulo": "title", "summary": "summary", "resumen": "summary", "language": "language",
    "idioma": "language", "lang": "language", "date": "date", "year": "date", "fecha": "date", "ano": "date",
    "kind": "kind", "tipo": "kind", "city": "city", "ciudad": "city", "cities": "cities", "ciudades": "cities",
    "country": "country", "pais": "country", "principles": "principles", "principios": "principles",
    "themes": "themes", "temas": "themes", "sdgs": "sdgs", "ods": "sdgs", "groups": "groups",
    "dirigida_a": "groups", "number": "number", "numero": "number", "licence": "licence", "licencia": "licence",
}  # fmt: skip
"""Key without accents, blanks as underscores -> field."""
FRONT_MATTER_LISTS = ("cities", "principles", "themes", "sdgs", "groups")
FRONT_MATTER_LENGTHS = {"title": 300, "summary": 5000}
"""Characters that are kept of a field's value; of others 200."""
UNACCENTED_LETTERS = str.maketrans("áéíóúñüÁÉÍÓÚÑÜ", "aeiounuAEIOUNU")


class PlainLoader(yaml.BaseLoader):
    """A YAML loader whose scalars all stay text (``no`` is Norwegian, not False).

    Aliases, tags and deep nesting are refused.
    """

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuses aliases, tags and deep nesting. Raises yaml.YAMLError."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        tag = getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent) or (tag and not tag.startswith("tag:yaml.org,2002:str")):
            raise yaml.YAMLError("front matter holds plain values only")
        self.depth += 1
        if self.depth > DEEPEST_FRONT_MATTER:
            raise yaml.YAMLError("front matter is nested too deeply")
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1


def split_front_matter(text: str) -> tuple[dict[str, Any], str, bool]:
    """The known fields, the text after them, and whether there was front matter that could not be parsed.

    `text` has ``\\n`` line ends. Values are a str, or a list of str for cities, principles, themes, sdgs, groups.
    """
    found = FENCED_FRONT_MATTER.match(text)
    if not found:
        return {}, text, False
    body = text[found.end() :]
    if found.end() > LONGEST_FRONT_MATTER:
        return {}, body, True
    try:
        loaded = yaml.load(found.group(1).expandtabs(2), PlainLoader)  # noqa: S506 - PlainLoader makes text only
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, body, True
    if not isinstance(loaded, dict):
        return {}, body, loaded is not None and loaded != ""
    return front_matter_fields(loaded), body, False


def front_matter_fields(loaded: dict[Any, Any]) -> dict[str, Any]:
    """Field -> value, of the known keys whose values are text or lists of text."""
    kept: dict[str, Any] = {}
    for key, value in loaded.items():
        name = (
            FRONT_MATTER_KEYS.get(key.strip().lower().translate(UNACCENTED_LETTERS).replace(" ", "_"))
            if isinstance(key, str)
            else None
        )
        if name is None:
            continue
        taken = (
            front_matter_list(value)
            if name in FRONT_MATTER_LISTS
            else front_matter_value(value, FRONT_MATTER_LENGTHS.get(name, 200))
        )
        if taken and name not in kept:
            kept[name] = taken
    return kept


def front_matter_value(value: Any, length: int) -> str | None:
    """A value as clean text of at most `length` characters; of a list its first; None for anything else."""
    if isinstance(value, list) and value:
        value = value[0]
    return " ".join(clean_text(value).split())[:length] or None if isinstance(value, str) else None


def front_matter_list(value: Any) -> list[str]:
    """A list of values; a text is split at semicolons or, where it has none, at commas."""
    if isinstance(value, str):
        value = value.split(";" if ";" in value else ",")
    return [text for item in value[:50] if (text := front_matter_value(item, 200))] if isinstance(value, list) else []
