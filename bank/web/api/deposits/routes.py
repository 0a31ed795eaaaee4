"""Writing: an entry is begun, changed, handed in, returned, published, withdrawn."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, File, Form, Header, UploadFile
from pydantic import JsonValue
from starlette.requests import Request
from starlette.responses import Response

from bank.errors import Faulty
from bank.web.api.deposits.act import Act
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
from bank.web.api.preconditions import Signed, tagged
from bank.web.rendering import site_of, words_of
from bank.workflow.deposits.changing import change
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
def patch(of: Act, changes: Annotated[dict[str, JsonValue], Body()]) -> SavedShape:
    """Changes fields of an entry, whole or not at all, in the version that If-Match names."""
    return of.saved(change(of.bank, of.viewer, of.number, of.version, changes))


MOVE = problems(401, 403, 404, 409, 412, 422)
"""What may go wrong with a move; without If-Match it is the present version that is meant."""


@router.post("/entries/{number}/submit", responses=MOVE)
def submit(request: Request, of: Act, asked: SubmitShape = SubmitShape()) -> MovedShape:  # noqa: B008 - it never changes
    """Hands an entry in for review; what is missing is told all at once."""
    saved = hand_in(
        of.bank,
        of.viewer,
        of.number,
        of.version_or_present,
        accept=asked.accept,
        language=words_of(request).language,
        remarks=asked.remarks,
    )
    return of.moved(saved, "submitted")


@router.post("/entries/{number}/return", responses=MOVE)
def give_back(of: Act, asked: ReturnShape) -> MovedShape:
    """Returns a submitted entry to its city with remarks."""
    saved = deciding.return_to_city(of.bank, of.viewer, of.number, of.version_or_present, asked.remarks)
    return of.moved(saved, "returned")


@router.post("/entries/{number}/publish", responses=MOVE)
def publish(of: Act, asked: PublishShape = PublishShape()) -> MovedShape:  # noqa: B008 - it never changes
    """Makes a submitted entry public."""
    return of.moved(deciding.publish(of.bank, of.viewer, of.number, of.version_or_present, asked.second), "published")


@router.post("/entries/{number}/withdraw", responses=MOVE)
def withdraw(of: Act, asked: WithdrawShape = WithdrawShape()) -> MovedShape:  # noqa: B008 - it never changes
    """Takes an entry back; where it was public its identifier and the reason stay."""
    return of.moved(deciding.withdraw(of.bank, of.viewer, of.number, of.version_or_present, asked.reason), "withdrawn")
