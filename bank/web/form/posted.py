"""A form, or a part of one, as a browser sends it: what its controls say, and what of that was changed."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from bank.vocabulary import Vocabulary
from bank.web.form.controls import read
from bank.web.form.values import Posted, digest, one, under
from bank.workflow.deposits.draft import DraftFile, DraftView, ImageView
from bank.workflow.deposits.values import specs_of

MOST_CONTROLS = 4000
MOST_FILES = 100
VERSION = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent: `texts` by name; `files` that were chosen, by the name of their control."""

    texts: Posted
    files: Mapping[str, list[UploadFile]]

    def text(self, name: str) -> str:
        return one(self.texts, name)

    @property
    def version(self) -> int | None:
        """The version of the entry that the form shows."""
        found = self.text("version")
        return int(found) if VERSION.fullmatch(found) else None


async def sent(request: Request) -> AsyncIterator[Sent]:
    """The form that a request brings, as a dependency; its files lie on disk until the answer is made."""
    async with request.form(max_files=MOST_FILES, max_fields=MOST_CONTROLS) as form:
        yield sorted_out(form)


def sorted_out(form: FormData) -> Sent:
    """Texts and files apart; a file control without a file sends an empty one."""
    texts: dict[str, list[str]] = {}
    files: dict[str, list[UploadFile]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            texts.setdefault(name, []).append(value)
        elif value.filename:
            files.setdefault(name, []).append(value)
    return Sent(texts, files)


def values_in(vocabulary: Vocabulary, draft: DraftView, form: Sent) -> dict[str, object]:
    """Field -> its value, of all that the form brings: those whose base it sends, but where another's value is to stay.

    Where a file's offer is taken, the value is what the file says.
    """
    used = taken(draft, form)
    return {
        id: draft.proposed[id]["value"] if id in used else read(spec, form.texts, vocabulary)
        for id, spec in specs_of(vocabulary, draft.card.kind).items()
        if form.text(f"base.{id}") and form.text(f"keep.{id}") != "theirs"
    }


def changes_in(vocabulary: Vocabulary, draft: DraftView, form: Sent) -> dict[str, object]:
    """Field -> its value, of those that are not as the page showed them, that are confirmed, or taken from a file."""
    sure = {*form.texts.get("confirm", ()), *taken(draft, form)}
    values = values_in(vocabulary, draft, form)
    return {id: value for id, value in values.items() if id in sure or digest(value) != form.text(f"base.{id}")}


def taken(draft: DraftView, form: Sent) -> frozenset[str]:
    """Fields in which a file's offer is taken."""
    return frozenset(id for id in form.texts.get("use", ()) if "value" in draft.proposed.get(id, {}))


def parts_in(draft: DraftView, form: Sent) -> dict[str, object]:
    """``files.N`` and ``images.N`` -> what is said about them otherwise than it is saved."""
    found: dict[str, object] = {}
    for file in draft.files:
        place = f"files.{file.view.number}"
        found.update(part_in(place, about_file(file), ("licence", "people", "consents"), form))
    for image in draft.images:
        place = f"images.{image.number}"
        found.update(part_in(place, about_image(image), ("texts", "author", "licence", "people", "consents"), form))
    return found


def about_file(file: DraftFile) -> dict[str, object]:
    """What is said about a file."""
    return {"licence": file.view.licence, "people": file.people, "consents": file.consents}


def about_image(image: ImageView) -> dict[str, object]:
    """What is said about a picture."""
    said = {name: getattr(image, name) for name in ("author", "licence", "people", "consents")}
    return {"texts": dict(image.texts), **said}


def part_in(place: str, saved: Mapping[str, object], names: tuple[str, ...], form: Sent) -> dict[str, object]:
    """What was sent about one file or picture, where it differs from what is saved."""
    said: dict[str, object] = {}
    for name in names:
        if name == "texts":
            texts = {code: text for code, text in under(form.texts, f"{place}.texts").items() if text}
            if f"{place}.here" in form.texts and texts != saved["texts"]:
                said["texts"] = texts
        elif f"{place}.{name}" in form.texts:
            value = form.text(f"{place}.{name}")
            if value != (saved[name] or ""):
                said[name] = value or None
    return {place: said} if said else {}
