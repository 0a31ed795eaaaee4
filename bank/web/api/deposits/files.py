"""The files and pictures of an entry: added, described, taken out, fetched."""

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from bank.web.api.deposits.act import Act, asked
from bank.web.api.deposits.shapes import AddedShape, FileSaidShape, ImageSaidShape, SavedShape
from bank.web.api.errors import problems
from bank.web.api.multipart import Switch, expect_only
from bank.web.api.preconditions import OPTIONAL, Signed
from bank.web.originals import send
from bank.web.parameters import Number
from bank.web.rendering import site_of
from bank.web.viewer import viewer_of
from bank.workflow.deposits import files
from bank.workflow.deposits.incoming import Incoming
from bank.workflow.deposits.whole import original, picture

router = APIRouter(prefix="/api/v1", tags=["files"])
CHANGE = problems(401, 403, 404, 409, 412, 422, 428)
DROP = problems(401, 403, 404, 409, 412)
BYTES: dict[int | str, dict[str, object]] = {
    200: {"content": {"*/*": {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}}},
    206: {"description": "The part that was asked for (Range)"},
    304: {"description": "What If-None-Match names is still so"},
    **problems(401, 404, 410, 416),
}


@router.post(
    "/entries/{number}/files",
    status_code=202,
    responses=problems(401, 403, 404, 409, 413, 415, 422, 507),
    dependencies=[Depends(expect_only("file", "purpose", "as_document"))],
)
def add(
    request: Request,
    response: Response,
    viewer: Signed,
    number: Number,
    file: Annotated[list[UploadFile], File(min_length=1, description="PDF, Markdown, Word, JPEG, PNG or WebP")],
    purpose: Annotated[str, Form(description="The field of type attachment that it is for; the network sees it")] = "",
    as_document: Annotated[Switch, Form(description="Pictures become the pages of one PDF")] = "false",
) -> AddedShape:
    """Adds files and pictures to an entry; a job reads the files."""
    incoming = [Incoming(one.filename or "", one.file) for one in file]
    of = asked(request, response, viewer, number)
    saved, job = files.add(of.bank, viewer, number, incoming, purpose=purpose, as_document=as_document == "true")
    return AddedShape(**of.saved(saved).model_dump(), job=job)


@router.patch("/entries/{number}/files/{file}", responses=CHANGE)
def describe_file(of: Act, file: Number, given: FileSaidShape) -> SavedShape:
    """Keeps a file's licence, who can be recognised in it, and where their consents are."""
    said = given.model_dump(exclude_unset=True)
    return of.saved(files.describe_file(of.bank, of.viewer, of.number, file, of.version, said))


@router.patch("/entries/{number}/images/{image}", responses=CHANGE)
def describe_image(of: Act, image: Number, given: ImageSaidShape) -> SavedShape:
    """Keeps a picture's alternative text, author, licence, people and consents."""
    said = given.model_dump(exclude_unset=True)
    return of.saved(files.describe_image(of.bank, of.viewer, of.number, image, of.version, said))


@router.delete("/entries/{number}/files/{file}", responses=DROP)
def remove_file(of: Act, file: Number) -> SavedShape:
    """Takes a file out of an entry."""
    return of.saved(files.remove_file(of.bank, of.viewer, of.number, file, of.version_or_present))


@router.delete("/entries/{number}/images/{image}", responses=DROP)
def remove_image(of: Act, image: Number) -> SavedShape:
    """Takes a picture out of an entry."""
    return of.saved(files.remove_image(of.bank, of.viewer, of.number, image, of.version_or_present))


@router.get(
    "/entries/{number}/files/{file}/content", response_class=Response, responses=BYTES, openapi_extra=dict(OPTIONAL)
)
def file_content(request: Request, number: Number, file: Number) -> Response:
    """A file's bytes, for who works on the entry or once it is public."""
    return send(request, original(site_of(request).bank, viewer_of(request), number, file))


@router.get(
    "/entries/{number}/images/{image}/content", response_class=Response, responses=BYTES, openapi_extra=dict(OPTIONAL)
)
def image_content(request: Request, number: Number, image: Number) -> Response:
    """A picture's bytes, for who works on the entry or once it is public."""
    return send(request, picture(site_of(request).bank, viewer_of(request), number, image))
