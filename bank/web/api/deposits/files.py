"""The files and pictures of an entry: added, described, taken out, fetched."""

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from bank.web.api.deposits.shapes import AddedShape, FileSaidShape, ImageSaidShape, SavedShape
from bank.web.api.errors import problems
from bank.web.api.multipart import Switch, expect_only
from bank.web.api.preconditions import OPTIONAL, IfMatch, Signed, tagged, version_of, version_or_present
from bank.web.originals import send
from bank.web.parameters import Number
from bank.web.rendering import site_of
from bank.web.viewer import viewer_of
from bank.workflow.deposits import files
from bank.workflow.deposits.changing import Saved
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
    bank = site_of(request).bank
    saved, job = files.add(bank, viewer, number, incoming, purpose=purpose, as_document=as_document == "true")
    return AddedShape(**told(response, number, saved).model_dump(), job=job)


@router.patch("/entries/{number}/files/{file}", responses=CHANGE)
def describe_file(
    request: Request,
    response: Response,
    viewer: Signed,
    number: Number,
    file: Number,
    asked: FileSaidShape,
    tag: IfMatch = None,
) -> SavedShape:
    """Keeps a file's licence, who can be recognised in it, and where their consents are."""
    said = asked.model_dump(exclude_unset=True)
    saved = files.describe_file(site_of(request).bank, viewer, number, file, version_of(tag), said)
    return told(response, number, saved)


@router.patch("/entries/{number}/images/{image}", responses=CHANGE)
def describe_image(
    request: Request,
    response: Response,
    viewer: Signed,
    number: Number,
    image: Number,
    asked: ImageSaidShape,
    tag: IfMatch = None,
) -> SavedShape:
    """Keeps a picture's alternative text, author, licence, people and consents."""
    said = asked.model_dump(exclude_unset=True)
    saved = files.describe_image(site_of(request).bank, viewer, number, image, version_of(tag), said)
    return told(response, number, saved)


@router.delete("/entries/{number}/files/{file}", responses=DROP)
def remove_file(
    request: Request, response: Response, viewer: Signed, number: Number, file: Number, tag: IfMatch = None
) -> SavedShape:
    """Takes a file out of an entry."""
    saved = files.remove_file(site_of(request).bank, viewer, number, file, version_or_present(tag))
    return told(response, number, saved)


@router.delete("/entries/{number}/images/{image}", responses=DROP)
def remove_image(
    request: Request, response: Response, viewer: Signed, number: Number, image: Number, tag: IfMatch = None
) -> SavedShape:
    """Takes a picture out of an entry."""
    saved = files.remove_image(site_of(request).bank, viewer, number, image, version_or_present(tag))
    return told(response, number, saved)


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


def told(response: Response, number: int, saved: Saved) -> SavedShape:
    """What is told of a change."""
    tagged(response, saved.version)
    return SavedShape(id=number, version=saved.version, saved=saved.moment, fields=list(saved.fields))
