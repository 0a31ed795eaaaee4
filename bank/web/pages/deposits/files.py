"""The files and pictures of a submission, for those who work on it: adding, seeing and removing them."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import Busy, Fault, Invalid, InvalidFields, NotFound, VersionConflict
from bank.web.errors import NOTHING_STORED, problem_of
from bank.web.form.once import OnceRoute
from bank.web.form.posted import PostedForm, posted_form
from bank.web.form.view import UnsavedInput
from bank.web.originals import original_response, small_picture_response
from bank.web.pages.deposits.form import form_page
from bank.web.pages.drawings import PLAIN_WIDTH, DrawnSheet, drawn_response, drawn_sheet
from bank.web.parameters import PathNumber
from bank.web.rendering import render, site_of
from bank.web.viewer import viewer_of
from bank.workflow.deposits import files, originals
from bank.workflow.deposits.draft import open_draft
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.reading import read_file_again
from bank.workflow.entries.views import PageView
from bank.workflow.files.reading import PDF_TYPE
from bank.workflow.review.desk import worked_on_page

router = APIRouter(include_in_schema=False, route_class=OnceRoute)
FILES_AS_DOCUMENT = "document"
"""Value of the form field ``as``: the photos become one PDF. Any other value is the id of the attachment field."""


@router.post("/deposits/{number}/files")
def add_deposit_files(
    request: Request, number: PathNumber, form: Annotated[PostedForm, Depends(posted_form)]
) -> Response:
    """Adds files and pictures; where one is not accepted the form says why, and none is added."""
    bank, viewer, chosen = site_of(request).bank, viewer_of(request), form.text("as")
    incoming = [IncomingFile(one.filename or "", one.file) for one in form.files.get("files", ())]
    purpose = "" if chosen == FILES_AS_DOCUMENT else chosen
    try:
        if incoming:
            files.add_files(bank, viewer, number, incoming, purpose=purpose, as_document=chosen == FILES_AS_DOCUMENT)
    except InvalidFields as error:
        return form_with_faults(request, number, error.faults, 422)
    except (*NOTHING_STORED, Invalid) as error:
        problem = problem_of(error)
        return form_with_faults(
            request, number, [Fault("more", problem.sentence, dict(problem.values))], problem.status
        )
    return RedirectResponse(f"/deposits/{number}#files", 303)


def form_with_faults(request: Request, number: int, faults: Sequence[Fault], status: int) -> Response:
    """The form again, with what is wrong with the files."""
    found = open_draft(site_of(request).bank, viewer_of(request), number)
    return form_page(request, found, UnsavedInput(faults=faults, doing="add"), status)


@router.get("/deposits/{number}/files/{file}")
def deposit_file(request: Request, number: PathNumber, file: PathNumber) -> Response:
    """A file as it was uploaded."""
    return original_response(request, originals.own_file(site_of(request).bank, viewer_of(request), number, file))


@router.get("/deposits/{number}/files/{file}/thumbnail")
def deposit_thumbnail(request: Request, number: PathNumber, file: PathNumber) -> Response:
    """A file's first page as a small picture."""
    return small_picture_response(
        request, originals.own_thumbnail(site_of(request).bank, viewer_of(request), number, file)
    )


@router.get("/deposits/{number}/files/{file}/pages/{page}")
def deposit_page_text(request: Request, number: PathNumber, file: PathNumber, page: PathNumber) -> Response:
    """The text of a page of a file, as the bank has read it."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    found = worked_on_page(bank, viewer, number, file, page)
    view = open_draft(bank, viewer, number)
    return render(
        request,
        "deposits/page.html",
        page=found,
        file=found.file,
        card=view.card,
        drawable=found.file.media_type == PDF_TYPE,
        drawn=sheet_of_own_page(request, found, number),
    )


def sheet_of_own_page(request: Request, page: PageView, number: int) -> DrawnSheet | None:
    """The drawn page; None where the file has no pages to draw, or its original is lost or away."""
    if page.file.media_type != PDF_TYPE:
        return None
    try:
        original = originals.own_file(site_of(request).bank, viewer_of(request), number, page.file.number)
        return drawn_sheet(request, original, page.number, "fit", "", ())
    except (Busy, NotFound):
        return None


@router.get("/deposits/{number}/files/{file}/pages/{page}/image")
def deposit_page_image(
    request: Request, number: PathNumber, file: PathNumber, page: PathNumber, width: int = PLAIN_WIDTH
) -> Response:
    """A page of a PDF, drawn."""
    return drawn_response(
        request, originals.own_file(site_of(request).bank, viewer_of(request), number, file), page, width
    )


@router.get("/deposits/{number}/images/{image}")
def deposit_image(request: Request, number: PathNumber, image: PathNumber) -> Response:
    """A picture as it is stored."""
    return original_response(request, originals.own_image(site_of(request).bank, viewer_of(request), number, image))


@router.get("/deposits/{number}/images/{image}/small")
def deposit_small_image(request: Request, number: PathNumber, image: PathNumber) -> Response:
    """A picture's small version."""
    return small_picture_response(
        request, originals.own_small_image(site_of(request).bank, viewer_of(request), number, image)
    )


@router.post("/deposits/{number}/files/{file}/read")
def read_again(request: Request, number: PathNumber, file: PathNumber) -> Response:
    """Has a file read again whose reading was broken off."""
    read_file_again(site_of(request).bank, viewer_of(request), number, file)
    return RedirectResponse(f"/deposits/{number}#files", 303)


@router.get("/deposits/{number}/files/{file}/remove")
def remove_file_page(request: Request, number: PathNumber, file: PathNumber) -> Response:
    """The page that asks whether to remove the file."""
    return show_removal_page(request, number, "files", file)


@router.get("/deposits/{number}/images/{image}/remove")
def remove_image_page(request: Request, number: PathNumber, image: PathNumber) -> Response:
    """The page that asks whether to remove the picture."""
    return show_removal_page(request, number, "images", image)


def show_removal_page(request: Request, number: int, what: str, place: int, status: int = 200) -> Response:
    """The page that asks; the way to the entry where there is nothing to remove any more: Back leads here after that.

    `what` is files or images, `place` a number.
    """
    found = open_draft(site_of(request).bank, viewer_of(request), number)
    names = {file.view.number: file.view.name for file in found.files}
    if what == "images":
        names = {image.number: image.name for image in found.images}
    if place not in names or "change" not in found.may:
        return RedirectResponse(f"/deposits/{number}#files", 303)
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
def remove_file(
    request: Request, number: PathNumber, file: PathNumber, form: Annotated[PostedForm, Depends(posted_form)]
) -> Response:
    """Removes the file from the entry."""
    return remove_and_return(request, number, "files", file, form.version)


@router.post("/deposits/{number}/images/{image}/remove")
def remove_image(
    request: Request, number: PathNumber, image: PathNumber, form: Annotated[PostedForm, Depends(posted_form)]
) -> Response:
    """Removes the picture from the entry."""
    return remove_and_return(request, number, "images", image, form.version)


def remove_and_return(request: Request, number: int, what: str, place: int, version: int | None) -> Response:
    """Removes a file or picture and goes back to the form; asks again where others changed the entry meanwhile."""
    remove = files.remove_image if what == "images" else files.remove_file
    try:
        remove(site_of(request).bank, viewer_of(request), number, place, version)
    except VersionConflict:
        return show_removal_page(request, number, what, place, 412)
    return RedirectResponse(f"/deposits/{number}#files", 303)
