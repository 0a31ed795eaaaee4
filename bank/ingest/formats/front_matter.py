"""The lines between ``---`` at the beginning of a Markdown file, with Spanish or English keys."""

import re
from typing import Any

import yaml

from bank.ingest.text.cleaning import clean_text

LONGEST_FRONT_MATTER = 16 * 1024
DEEPEST_FRONT_MATTER = 5
FENCED_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
UNFINISHED_FRONT_MATTER = re.compile(r"\A---[ \t]*\n")
FRONT_MATTER_KEYS = {
    "title": "title", "titulo": "title", "summary": "summary", "resumen": "summary", "language": "language",
    "idioma": "language", "lang": "language", "date": "date", "year": "date", "fecha": "date", "ano": "date",
    "kind": "kind", "tipo": "kind", "city": "city", "ciudad": "city", "cities": "cities", "ciudades": "cities",
    "country": "country", "pais": "country", "principles": "principles", "principios": "principles",
    "themes": "themes", "temas": "themes", "sdgs": "sdgs", "ods": "sdgs", "groups": "groups",
    "dirigida_a": "groups", "number": "number", "numero": "number", "licence": "licence", "licencia": "licence",
}  # fmt: skip
FRONT_MATTER_LISTS = ("cities", "principles", "themes", "sdgs", "groups")
FRONT_MATTER_LENGTHS = {"title": 300, "summary": 5000}
UNACCENTED_LETTERS = str.maketrans("áéíóúñüÁÉÍÓÚÑÜ", "aeiounuAEIOUNU")


class PlainLoader(yaml.BaseLoader):
    """YAML whose scalars all stay text (``no`` is Norwegian, not False); no anchors' aliases, tags or deep nesting."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuses what makes YAML dangerous. Raises yaml.YAMLError."""
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
    """The known fields, the text after them, and whether there was front matter that could not be understood.

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
    """The fields whose keys are known and whose values are of the right form."""
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
    """One value as clean text; the first of a list; None for anything else."""
    if isinstance(value, list) and value:
        value = value[0]
    return " ".join(clean_text(value).split())[:length] or None if isinstance(value, str) else None


def front_matter_list(value: Any) -> list[str]:
    """A list of values, or one text with its parts set apart by semicolons or, if there are none, commas."""
    if isinstance(value, str):
        value = value.split(";" if ";" in value else ",")
    return [text for item in value[:50] if (text := front_matter_value(item, 200))] if isinstance(value, list) else []
