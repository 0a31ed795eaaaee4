"""The files and pictures of an entry: adding, describing, removing and fetching them."""

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from bank.web.api.deposits.act import ActOnEntry, act_request
from bank.web.api.deposits.shapes import AddedShape, FileSaidShape, ImageSaidShape, SavedShape
from bank.web.api.errors import problem_responses
from bank.web.api.multipart import TrueOrFalse, expect_form_fields
from bank.web.api.preconditions import OPTIONAL_TOKEN, TokenViewer
from bank.web.originals import original_response
from bank.web.parameters import PathNumber
from bank.web.rendering import site_of
from bank.web.viewer import viewer_of
from bank.workflow.deposits import files
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.whole import original_for_viewer, picture_for_viewer

router = APIRouter(prefix="/api/v1", tags=["files"])
CHANGE_FAILURES = problem_responses(401, 403, 404, 409, 412, 422, 428)
REMOVAL_FAILURES = problem_responses(401, 403, 404, 409, 412)
CONTENT_RESPONSES: dict[int | str, dict[str, object]] = {
    200: {"content": {"*/*": {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}}},
    206: {"description": "The part that was asked for (Range)"},
    304: {"description": "What If-None-Match names is still so"},
    **problem_responses(401, 404, 410, 416),
}


@router.post(
    "/entries/{number}/files",
    status_code=202,
    responses=problem_responses(401, 403, 404, 409, 413, 415, 422, 507),
    dependencies=[Depends(expect_form_fields("file", "purpose", "as_document"))],
)
def add(
    request: Request,
    response: Response,
    viewer: TokenViewer,
    number: PathNumber,
    file: Annotated[list[UploadFile], File(min_length=1, description="PDF, Markdown, Word, JPEG, PNG or WebP")],
    purpose: Annotated[str, Form(description="The field of type attachment that it is for; the network sees it")] = "",
    as_document: Annotated[TrueOrFalse, Form(description="Pictures become the pages of one PDF")] = "false",
) -> AddedShape:
    """Adds files and pictures to an entry; the job `job` reads the files."""
    incoming = [IncomingFile(one.filename or "", one.file) for one in file]
    of = act_request(request, response, viewer, number)
    saved, job = files.add_files(of.bank, viewer, number, incoming, purpose=purpose, as_document=as_document == "true")
    return AddedShape(**of.saved(saved).model_dump(), job=job)


@router.patch("/entries/{number}/files/{file}", responses=CHANGE_FAILURES)
def describe_file(of: ActOnEntry, file: PathNumber, given: FileSaidShape) -> SavedShape:
    """Saves a file's licence, who can be recognised in it, and where their consents are kept."""
    said = given.model_dump(exclude_unset=True)
    return of.saved(files.describe_file(of.bank, of.viewer, of.number, file, of.version, said))


@router.patch("/entries/{number}/images/{image}", responses=CHANGE_FAILURES)
def describe_image(of: ActOnEntry, image: PathNumber, given: ImageSaidShape) -> SavedShape:
    """Saves a picture's alternative text, author, licence, who can be recognised, and where their consents are kept."""
    said = given.model_dump(exclude_unset=True)
    return of.saved(files.describe_image(of.bank, of.viewer, of.number, image, of.version, said))


@router.delete("/entries/{number}/files/{file}", responses=REMOVAL_FAILURES)
def remove_file(of: ActOnEntry, file: PathNumber) -> SavedShape:
    """Removes a file from an entry."""
    return of.saved(files.remove_file(of.bank, of.viewer, of.number, file, of.version_or_present))


@router.delete("/entries/{number}/images/{image}", responses=REMOVAL_FAILURES)
def remove_image(of: ActOnEntry, image: PathNumber) -> SavedShape:
    """Removes a picture from an entry."""
    return of.saved(files.remove_image(of.bank, of.viewer, of.number, image, of.version_or_present))


@router.get(
    "/entries/{number}/files/{file}/content",
    response_class=Response,
    responses=CONTENT_RESPONSES,
    openapi_extra=dict(OPTIONAL_TOKEN),
)
def file_content(request: Request, number: PathNumber, file: PathNumber) -> Response:
    """A file's bytes: of a public file for everybody, of any file for those who work on the entry."""
    return original_response(request, original_for_viewer(site_of(request).bank, viewer_of(request), number, file))


@router.get(
    "/entries/{number}/images/{image}/content",
    response_class=Response,
    responses=CONTENT_RESPONSES,
    openapi_extra=dict(OPTIONAL_TOKEN),
)
def image_content(request: Request, number: PathNumber, image: PathNumber) -> Response:
    """A picture's bytes: of a public entry for everybody, of any entry for those who work on it."""
    return original_response(request, picture_for_viewer(site_of(request).bank, viewer_of(request), number, image))
