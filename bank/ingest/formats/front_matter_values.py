"""Reads one value of front matter, in YAML or in TOML; all values stay text (``no`` is Norwegian, not False)."""

import tomllib
from datetime import date, datetime, time
from typing import Any

import yaml

DEEPEST_FRONT_MATTER = 5
QUOTES = ("'", '"')
YAML_MARKS = ("'", '"', "[", "{", "&", "*", "!", "|", ">", "%", "@", "`")
"""What a value that is no plain text begins with."""
TOML_MARKS = ("'", '"', "[", "{")


class PlainLoader(yaml.BaseLoader):
    """A YAML loader whose scalars all stay text. Aliases, tags and deep nesting are refused."""

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


def yaml_value(written: str) -> Any:
    """The value after ``key:``, with the lines that go on with it; None where it can't be read.

    A plain text on one line is taken as it stands: a colon or a number sign in it is meant.
    """
    if "\n" not in written and not written.startswith(YAML_MARKS):
        return written
    try:
        loaded = yaml.load(f"value: {written}".expandtabs(2), PlainLoader)  # noqa: S506 - PlainLoader makes text only
    except (yaml.YAMLError, ValueError, RecursionError):
        folded = " ".join(written.split())
        return quoted_text(written) if written.startswith(("\n", *YAML_MARKS)) else folded
    return loaded.get("value") if isinstance(loaded, dict) and len(loaded) == 1 else None


def quoted_text(written: str) -> str | None:
    """A text on one line that begins with a quotation mark and has a second one further on, as it is meant."""
    mark = written[:1]
    if "\n" in written or mark not in QUOTES or mark not in written[1:]:
        return None
    return written[1:-1] if written.endswith(mark) else written


def toml_value(written: str) -> Any:
    """The value after ``key =``; a text without quotation marks is taken as it stands, None is what can't be read."""
    try:
        return plain_value(tomllib.loads(f"value = {written}").get("value"))
    except (ValueError, RecursionError):
        return quoted_text(written) if written.startswith(TOML_MARKS) or "\n" in written else written


def plain_value(value: Any) -> Any:
    """A value of TOML as text or list of texts; None for a table or a truth value."""
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, list):
        return [plain_value(one) for one in value[:50]]
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else None
