"""Writing with the API: beginning, changing, submitting, returning, publishing and withdrawing entries."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, File, Form, Header, UploadFile
from pydantic import JsonValue
from starlette.requests import Request
from starlette.responses import Response

from bank.errors import InvalidFields
from bank.web.api.deposits.act import ActOnEntry
from bank.web.api.deposits.shapes import (
    BegunShape,
    MovedShape,
    PublishShape,
    ReturnShape,
    SavedShape,
    SubmitShape,
    WithdrawShape,
)
from bank.web.api.errors import problem_responses
from bank.web.api.multipart import TrueOrFalse, expect_form_fields, parse_metadata
from bank.web.api.preconditions import TokenViewer, set_etag
from bank.web.rendering import site_of, words_of
from bank.workflow.deposits.changing import change_values
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.metadata import read_metadata
from bank.workflow.deposits.starting import DepositRequest, start_new_deposit
from bank.workflow.deposits.submitting import submit as hand_in
from bank.workflow.review import deciding

router = APIRouter(prefix="/api/v1", tags=["writing"])
IdempotencyKey = Annotated[
    str, Header(alias="Idempotency-Key", description="Asked again under the same key, nothing new begins")
]
SentFiles = Annotated[list[UploadFile], File(description="PDF, Markdown, Word, JPEG, PNG or WebP")]
METADATA_DESCRIPTION = (
    "The keys of front matter, in English or Spanish (title city cities country kind date year language summary"
    " principles themes sdgs groups number licence), start_year, contact and the fields of the kind."
)
"""Description of the form field `metadata` in OpenAPI."""


@router.post(
    "/entries",
    status_code=202,
    responses=problem_responses(401, 403, 404, 409, 413, 415, 422, 507),
    dependencies=[Depends(expect_form_fields("file", "metadata", "as_document"))],
)
def begin(
    request: Request,
    response: Response,
    viewer: TokenViewer,
    file: SentFiles = [],  # noqa: B006 - FastAPI makes a new list for each request
    metadata: Annotated[str, Form(description=METADATA_DESCRIPTION)] = "{}",
    as_document: Annotated[TrueOrFalse, Form(description="Pictures become the pages of one PDF")] = "false",
    key: IdempotencyKey = "",
) -> BegunShape:
    """Begins a draft, with or without files. A job reads the files, which propose values that the metadata lacks."""
    bank = site_of(request).bank
    about = read_metadata(
        bank.vocabulary, parse_metadata(metadata), bank.settings.language, own_city=viewer.role == "editor"
    )
    incoming = [IncomingFile(one.filename or "", one.file) for one in file]
    asked = DepositRequest(
        about.kind,
        values=about.values,
        incoming=incoming,
        as_document=as_document == "true",
        country=about.country,
        date=about.date,
    )
    try:
        begun = start_new_deposit(bank, viewer, asked, key)
    except InvalidFields as error:
        raise about.in_its_words(error) from None
    set_etag(response, begun.version)
    response.headers["location"] = bank.address(f"/api/v1/entries/{begun.entry}")
    return BegunShape(
        id=begun.entry,
        uid=begun.uid,
        status=begun.status,
        version=begun.version,
        job=begun.job,
        url=bank.address(f"/entries/{begun.entry}"),
    )


@router.patch("/entries/{number:int}", responses=problem_responses(401, 403, 404, 409, 412, 422, 428))
def patch(of: ActOnEntry, changes: Annotated[dict[str, JsonValue], Body()]) -> SavedShape:
    """Changes fields of an entry, all or none of them, in the version that If-Match names."""
    return of.saved(change_values(of.bank, of.viewer, of.number, of.version, changes))


MOVE_FAILURES = problem_responses(401, 403, 404, 409, 412, 422)
"""OpenAPI responses of submit, return, publish and withdraw when they fail.

Without If-Match these act on the present version.
"""


@router.post("/entries/{number}/submit", responses=MOVE_FAILURES)
def submit(request: Request, of: ActOnEntry, asked: SubmitShape = SubmitShape()) -> MovedShape:  # noqa: B008 - it never changes
    """Submits an entry for review; a 422 lists everything that is missing."""
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


@router.post("/entries/{number}/return", responses=MOVE_FAILURES)
def give_back(of: ActOnEntry, asked: ReturnShape) -> MovedShape:
    """Returns a submitted entry to its city with remarks."""
    saved = deciding.return_to_city(of.bank, of.viewer, of.number, of.version_or_present, asked.remarks)
    return of.moved(saved, "returned")


@router.post("/entries/{number}/publish", responses=MOVE_FAILURES)
def publish(of: ActOnEntry, asked: PublishShape = PublishShape()) -> MovedShape:  # noqa: B008 - it never changes
    """Makes a submitted entry public."""
    return of.moved(deciding.publish(of.bank, of.viewer, of.number, of.version_or_present, asked.second), "published")


@router.post("/entries/{number}/withdraw", responses=MOVE_FAILURES)
def withdraw(of: ActOnEntry, asked: WithdrawShape = WithdrawShape()) -> MovedShape:  # noqa: B008 - it never changes
    """Withdraws an entry; of a public one the identifier and the reason stay."""
    return of.moved(deciding.withdraw(of.bank, of.viewer, of.number, of.version_or_present, asked.reason), "withdrawn")
