"""A form, or a part of one, as a browser sends it: its values, and which of them differ from what the page showed."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from bank.vocabulary import Vocabulary
from bank.web.form.controls import read_control_value
from bank.web.form.groups import NEEDED_GROUP
from bank.web.form.licences import posted_licence
from bank.web.form.values import PostedTexts, posted_text, posted_texts_under, value_fingerprint
from bank.workflow.deposits.draft import DraftFile, DraftView, ImageView
from bank.workflow.deposits.values import field_specs

MOST_FORM_CONTROLS = 4000
MOST_FORM_FILES = 100
EVERY_GROUP = "every"
FORM_VERSION = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class PostedForm:
    """A form as it was sent: control name -> `texts`, control name -> chosen `files`."""

    texts: PostedTexts
    files: Mapping[str, list[UploadFile]]

    def text(self, name: str) -> str:
        """The text of a control, trimmed; empty where it was not sent."""
        return posted_text(self.texts, name)

    @property
    def version(self) -> int | None:
        """The version of the entry that the page showed; None where the form sends none."""
        found = self.text("version")
        return int(found) if FORM_VERSION.fullmatch(found) else None


async def posted_form(request: Request) -> AsyncIterator[PostedForm]:
    """The form in a request's body, as a FastAPI dependency; its files are kept until the response is made."""
    async with request.form(max_files=MOST_FORM_FILES, max_fields=MOST_FORM_CONTROLS) as form:
        yield split_form(form)


def split_form(form: FormData) -> PostedForm:
    """Divides a form into texts and files; an empty file control, which sends an empty file name, is dropped."""
    texts: dict[str, list[str]] = {}
    files: dict[str, list[UploadFile]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            texts.setdefault(name, []).append(value)
        elif value.filename:
            files.setdefault(name, []).append(value)
    return PostedForm(texts, files)


def posted_values(vocabulary: Vocabulary, draft: DraftView, form: PostedForm) -> dict[str, object]:
    """Field -> value, for the fields whose ``base.ID`` was sent, unless ``keep.ID`` chose what somebody else saved.

    Where a file's proposal was accepted, the value is that of the file.
    """
    used = taken_offers(draft, form)
    return {
        id: draft.proposed[id]["value"] if id in used else read_control_value(spec, form.texts, vocabulary)
        for id, spec in field_specs(vocabulary, draft.card.kind).items()
        if form.text(f"base.{id}") and form.text(f"keep.{id}") != "theirs"
    }


def changed_form_fields(vocabulary: Vocabulary, draft: DraftView, form: PostedForm) -> dict[str, object]:
    """Field -> new value, for fields that differ from what the page showed, were confirmed, or accepted from a file."""
    sure = {*confirmed_ids(vocabulary, draft, form), *taken_offers(draft, form)}
    values = posted_values(vocabulary, draft, form)
    return {
        id: value for id, value in values.items() if id in sure or value_fingerprint(value) != form.text(f"base.{id}")
    }


def confirmed_ids(vocabulary: Vocabulary, draft: DraftView, form: PostedForm) -> frozenset[str]:
    """Ids of the fields whose value was said to be right: ticked, or all that were shown.

    ``all`` is the id of the group in which all proposals are right, EVERY_GROUP for the whole form; ``shown`` are the
    fields whose proposals were on the page.
    """
    ticked, group = set(form.texts.get("confirm", ())), form.text("all")
    specs = field_specs(vocabulary, draft.card.kind)
    for id in form.texts.get("shown", ()) if group else ():
        spec = specs.get(id)
        if spec and group in (EVERY_GROUP, NEEDED_GROUP if spec.required else spec.group):
            ticked.add(id)
    return frozenset(ticked - set(form.texts.get("sure", ())))


def doubted_ids(draft: DraftView, form: PostedForm) -> frozenset[str]:
    """Ids of the fields whose value was shown as confirmed (``sure``), and whose tick was taken away."""
    return frozenset(form.texts.get("sure", ())) & draft.confirmed.keys() - set(form.texts.get("confirm", ()))


def taken_offers(draft: DraftView, form: PostedForm) -> frozenset[str]:
    """Ids of the fields for which a file's proposal was accepted."""
    return frozenset(id for id in form.texts.get("use", ()) if "value" in draft.proposed.get(id, {}))


def changed_form_parts(vocabulary: Vocabulary, draft: DraftView, form: PostedForm) -> dict[str, object]:
    """``files.N`` and ``images.N`` -> those of their details (licence, people, consents, ...) that changed."""
    found: dict[str, object] = {}
    for file in draft.files:
        place = f"files.{file.view.number}"
        found.update(changed_form_part(vocabulary, place, file_statements(file), form))
    for image in draft.images:
        place = f"images.{image.number}"
        found.update(changed_form_part(vocabulary, place, image_statements(image), form))
    return found


def file_statements(file: DraftFile) -> dict[str, object]:
    """The saved details of a file, by the names of their controls."""
    return {"licence": file.view.licence, "people": file.people, "consents": file.consents}


def image_statements(image: ImageView) -> dict[str, object]:
    """The saved details of a picture, by the names of their controls."""
    said = {name: getattr(image, name) for name in ("author", "licence", "people", "consents")}
    return {"texts": dict(image.texts), **said}


def changed_form_part(
    vocabulary: Vocabulary, place: str, saved: Mapping[str, object], form: PostedForm
) -> dict[str, object]:
    """`place` -> the details of one file or picture that were sent and differ from the saved ones; {} for none.

    None too where ``keep.PLACE`` chose what somebody else saved.
    """
    if form.text(f"keep.{place}") == "theirs":
        return {}
    said: dict[str, object] = {}
    for name in saved:
        if name == "texts":
            texts = {code: text for code, text in posted_texts_under(form.texts, f"{place}.texts").items() if text}
            if f"{place}.here" in form.texts and texts != saved["texts"]:
                said["texts"] = texts
        elif name == "licence":
            licence = posted_licence(form.texts, f"{place}.licence", vocabulary)
            if licence and licence != saved[name]:
                said[name] = licence
        elif f"{place}.{name}" in form.texts:
            value = form.text(f"{place}.{name}")
            if value != (saved[name] or ""):
                said[name] = value or None
    return {place: said} if said else {}
