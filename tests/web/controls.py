"""Reads the controls of a page's form as a browser would send them."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser


class Forms(HTMLParser):
    """Collects (form id, name, value) of every control that would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self._form = ""
        self._select: tuple[str, str] | None = None
        self._options: list[tuple[str, bool]] = []
        self._area: tuple[str, str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        form = given.get("form", self._form)
        if tag == "form":
            self._form = given.get("id", "?")
        elif tag == "select" and "name" in given:
            self._select, self._options = (form, given["name"]), []
        elif tag == "option":
            self._options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea" and "name" in given:
            self._area = (form, given["name"], [])
        elif tag == "input" and "name" in given and sent(given):
            self.found.append((form, given["name"], given.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[2].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = ""
        elif tag == "select" and self._select:
            chosen = [value for value, selected in self._options if selected] or [self._options[0][0]]
            self.found.append((*self._select, chosen[0]))
            self._select = None
        elif tag == "textarea" and self._area:
            form, name, pieces = self._area
            self.found.append((form, name, "".join(pieces)))
            self._area = None


def sent(given: Mapping[str, str]) -> bool:
    """Whether an input is sent: a box only when it is ticked."""
    kind = given.get("type", "text")
    return "checked" in given if kind in ("checkbox", "radio") else kind not in ("file", "submit")


def controls(page: str, form: str) -> list[tuple[str, str]]:
    """(name, value) of what a form would send as it stands."""
    reader = Forms()
    reader.feed(page)
    return [(name, value) for of, name, value in reader.found if of == form]


def entry_form(page: str) -> dict[str, str | list[str]]:
    """What the form of an entry would send as it stands; several values under one name as a list."""
    found: dict[str, str | list[str]] = {}
    for name, value in controls(page, "entry"):
        before = found.get(name)
        if before is None:
            found[name] = value
        else:
            found[name] = [*before, value] if isinstance(before, list) else [before, value]
    return found


def dead_links(page: str) -> list[str]:
    """Links into the page that lead nowhere."""
    return [to for to in re.findall(r'href="#([^"]*)"', page) if f'id="{to}"' not in page]
