"""The files and pictures of an entry on its way: added, seen by who works on it, taken out."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import Fault, Faulty, Full, Invalid, NotFound, Overtaken, Refused
from bank.web.errors import problem_of
from bank.web.form.posted import Sent, sent
from bank.web.form.view import Typed
from bank.web.originals import send, send_small
from bank.web.pages.deposits.form import form_page
from bank.web.parameters import Number
from bank.web.rendering import render, site_of
from bank.web.viewer import viewer_of
from bank.workflow.deposits import bytes, files
from bank.workflow.deposits.draft import draft
from bank.workflow.deposits.incoming import Incoming
from bank.workflow.review.desk import page_seen

router = APIRouter(include_in_schema=False)
DOCUMENT = "document"
"""Photos that are the pages of one scanned document; any other word is the field that the files are for."""


@router.post("/deposits/{number}/files")
def add(request: Request, number: Number, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Adds files and pictures; one that can't be taken is told on the form."""
    bank, viewer, chosen = site_of(request).bank, viewer_of(request), form.text("as")
    incoming = [Incoming(one.filename or "", one.file) for one in form.files.get("files", ())]
    purpose = "" if chosen == DOCUMENT else chosen
    try:
        if incoming:
            files.add(bank, viewer, number, incoming, purpose=purpose, as_document=chosen == DOCUMENT)
    except Faulty as error:
        return told(request, number, error.faults, 422)
    except (Refused, Full, Invalid) as error:
        problem = problem_of(error)
        return told(request, number, [Fault("more", problem.sentence, dict(problem.values))], problem.status)
    return RedirectResponse(f"/deposits/{number}#files", 303)


def told(request: Request, number: int, faults: Sequence[Fault], status: int) -> Response:
    """The form again, with what is wrong."""
    found = draft(site_of(request).bank, viewer_of(request), number)
    return form_page(request, found, Typed(faults=faults, doing="add"), status)


@router.get("/deposits/{number}/files/{file}")
def original(request: Request, number: Number, file: Number) -> Response:
    """A file as it was uploaded."""
    return send(request, bytes.own_file(site_of(request).bank, viewer_of(request), number, file))


@router.get("/deposits/{number}/files/{file}/thumbnail")
def thumbnail(request: Request, number: Number, file: Number) -> Response:
    """A file's first page as a small picture."""
    return send_small(request, bytes.own_thumbnail(site_of(request).bank, viewer_of(request), number, file))


@router.get("/deposits/{number}/files/{file}/pages/{page}")
def page_text(request: Request, number: Number, file: Number, page: Number) -> Response:
    """The text of a page, as the bank reads it."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    found = page_seen(bank, viewer, number, file, page)
    view = draft(bank, viewer, number)
    return render(request, "deposits/page.html", page=found, file=found.file, card=view.card)


@router.get("/deposits/{number}/images/{image}")
def picture(request: Request, number: Number, image: Number) -> Response:
    """A picture as it is kept."""
    return send(request, bytes.own_image(site_of(request).bank, viewer_of(request), number, image))


@router.get("/deposits/{number}/images/{image}/small")
def small_picture(request: Request, number: Number, image: Number) -> Response:
    """A picture made small."""
    return send_small(request, bytes.own_small_image(site_of(request).bank, viewer_of(request), number, image))


@router.get("/deposits/{number}/files/{file}/remove")
def confirm_file(request: Request, number: Number, file: Number) -> Response:
    """Asks whether the file is really to be taken out."""
    return confirm(request, number, "files", file)


@router.get("/deposits/{number}/images/{image}/remove")
def confirm_image(request: Request, number: Number, image: Number) -> Response:
    """Asks whether the picture is really to be taken out."""
    return confirm(request, number, "images", image)


def confirm(request: Request, number: int, what: str, place: int, status: int = 200) -> Response:
    """The page that asks. Raises NotFound for what there isn't, and where nothing may be changed."""
    found = draft(site_of(request).bank, viewer_of(request), number)
    names = {file.view.number: file.view.name for file in found.files}
    if what == "images":
        names = {image.number: image.name for image in found.images}
    if place not in names or "change" not in found.may:
        raise NotFound
    return render(
        request,
        "deposits/remove.html",
        status=status,
        draft=found,
        card=found.card,
        name=names[place],
        action=f"/deposits/{number}/{what}/{place}/remove",
    )


@router.post("/deposits/{number}/files/{file}/remove")
def remove_file(request: Request, number: Number, file: Number, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Takes the file out."""
    return removed(request, number, "files", file, form.version)


@router.post("/deposits/{number}/images/{image}/remove")
def remove_image(request: Request, number: Number, image: Number, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Takes the picture out."""
    return removed(request, number, "images", image, form.version)


def removed(request: Request, number: int, what: str, place: int, version: int | None) -> Response:
    """Takes one out and goes back to the form; asks again where others changed the entry meanwhile."""
    remove = files.remove_image if what == "images" else files.remove_file
    try:
        remove(site_of(request).bank, viewer_of(request), number, place, version)
    except Overtaken:
        return confirm(request, number, what, place, 412)
    return RedirectResponse(f"/deposits/{number}#files", 303)
