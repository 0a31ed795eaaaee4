"""Writing: an entry is begun, changed, handed in, returned, published, withdrawn."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, File, Form, Header, UploadFile
from pydantic import JsonValue
from starlette.requests import Request
from starlette.responses import Response

from bank.errors import Faulty
from bank.web.api.deposits.shapes import (
    BegunShape,
    MovedShape,
    PublishShape,
    ReturnShape,
    SavedShape,
    SubmitShape,
    WithdrawShape,
)
from bank.web.api.errors import problems
from bank.web.api.multipart import Switch, expect_only, metadata_of
from bank.web.api.preconditions import IfMatch, Signed, tagged, version_of, version_or_present
from bank.web.parameters import Number
from bank.web.rendering import site_of, words_of
from bank.workflow.deposits.changing import Saved, change
from bank.workflow.deposits.incoming import Incoming
from bank.workflow.deposits.metadata import read_metadata
from bank.workflow.deposits.starting import Start, start
from bank.workflow.deposits.submitting import submit as hand_in
from bank.workflow.review import deciding

router = APIRouter(prefix="/api/v1", tags=["writing"])
Key = Annotated[str, Header(alias="Idempotency-Key", description="Asked again under the same key, nothing new begins")]
Files = Annotated[list[UploadFile], File(description="PDF, Markdown, Word, JPEG, PNG or WebP")]
ABOUT = (
    "The keys of front matter, in English or Spanish (title city cities country kind date year language summary"
    " principles themes sdgs groups number licence), start_year, contact and the fields of the kind."
)
"""What the metadata of a deposit has."""


@router.post(
    "/entries",
    status_code=202,
    responses=problems(401, 403, 404, 413, 415, 422, 507),
    dependencies=[Depends(expect_only("file", "metadata", "as_document"))],
)
def begin(
    request: Request,
    response: Response,
    viewer: Signed,
    file: Files = [],  # noqa: B006 - FastAPI makes a new list for each request
    metadata: Annotated[str, Form(description=ABOUT)] = "{}",
    as_document: Annotated[Switch, Form(description="Pictures become the pages of one PDF")] = "false",
    key: Key = "",
) -> BegunShape:
    """Begins a draft from files, or from none. Its files are read by a job, and propose what the metadata lacks."""
    bank = site_of(request).bank
    about = read_metadata(
        bank.vocabulary, metadata_of(metadata), bank.settings.language, own_city=viewer.role == "editor"
    )
    incoming = [Incoming(one.filename or "", one.file) for one in file]
    asked = Start(
        about.kind,
        values=about.values,
        incoming=incoming,
        as_document=as_document == "true",
        country=about.country,
        date=about.date,
    )
    try:
        begun = start(bank, viewer, asked, key)
    except Faulty as error:
        raise about.in_its_words(error) from None
    tagged(response, begun.version)
    response.headers["location"] = bank.address(f"/api/v1/entries/{begun.entry}")
    return BegunShape(
        id=begun.entry,
        uid=begun.uid,
        status=begun.status,
        version=begun.version,
        job=begun.job,
        url=bank.address(f"/entries/{begun.entry}"),
    )


@router.patch("/entries/{number:int}", responses=problems(401, 403, 404, 409, 412, 422, 428))
def patch(
    request: Request,
    response: Response,
    viewer: Signed,
    number: Number,
    changes: Annotated[dict[str, JsonValue], Body()],
    tag: IfMatch = None,
) -> SavedShape:
    """Changes fields of an entry, whole or not at all, in the version that If-Match names."""
    saved = change(site_of(request).bank, viewer, number, version_of(tag), changes)
    tagged(response, saved.version)
    return SavedShape(id=number, version=saved.version, saved=saved.moment, fields=list(saved.fields))


ACT = problems(401, 403, 404, 409, 412, 422)
"""What may go wrong with a move; without If-Match it is the present version that is meant."""


@router.post("/entries/{number}/submit", responses=ACT)
def submit(
    request: Request,
    response: Response,
    viewer: Signed,
    number: Number,
    asked: SubmitShape = SubmitShape(),  # noqa: B008 - it never changes
    tag: IfMatch = None,
) -> MovedShape:
    """Hands an entry in for review; what is missing is told all at once."""
    saved = hand_in(
        site_of(request).bank,
        viewer,
        number,
        version_or_present(tag),
        accept=asked.accept,
        language=words_of(request).language,
        remarks=asked.remarks,
    )
    return moved(response, number, saved, "submitted")


@router.post("/entries/{number}/return", responses=ACT)
def give_back(
    request: Request, response: Response, viewer: Signed, number: Number, asked: ReturnShape, tag: IfMatch = None
) -> MovedShape:
    """Returns a submitted entry to its city with remarks."""
    bank = site_of(request).bank
    saved = deciding.return_to_city(bank, viewer, number, version_or_present(tag), asked.remarks)
    return moved(response, number, saved, "returned")


@router.post("/entries/{number}/publish", responses=ACT)
def publish(
    request: Request,
    response: Response,
    viewer: Signed,
    number: Number,
    asked: PublishShape = PublishShape(),  # noqa: B008 - it never changes
    tag: IfMatch = None,
) -> MovedShape:
    """Makes a submitted entry public."""
    saved = deciding.publish(site_of(request).bank, viewer, number, version_or_present(tag), asked.second)
    return moved(response, number, saved, "published")


@router.post("/entries/{number}/withdraw", responses=ACT)
def withdraw(
    request: Request,
    response: Response,
    viewer: Signed,
    number: Number,
    asked: WithdrawShape = WithdrawShape(),  # noqa: B008 - it never changes
    tag: IfMatch = None,
) -> MovedShape:
    """Takes an entry back; where it was public its identifier and the reason stay."""
    saved = deciding.withdraw(site_of(request).bank, viewer, number, version_or_present(tag), asked.reason)
    return moved(response, number, saved, "withdrawn")


def moved(response: Response, number: int, saved: Saved, status: str) -> MovedShape:
    """What is told of a move."""
    tagged(response, saved.version)
    return MovedShape(id=number, status=status, version=saved.version, saved=saved.moment)
