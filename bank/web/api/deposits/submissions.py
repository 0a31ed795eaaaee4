"""Submissions: one's own, the review queue, jobs, look-alikes, the agreement on deposits."""

from collections.abc import Iterable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.messages import N_, say
from bank.web.api.deposits.shapes import (
    AgreementShape,
    JobShape,
    LookAlikeShape,
    LookAlikesShape,
    RelationShape,
    SavedShape,
    SubmissionShape,
    SubmissionsShape,
)
from bank.web.api.errors import problem_responses
from bank.web.api.preconditions import TokenViewer, set_etag
from bank.web.api.search.shapes import EntryShape
from bank.web.parameters import PathNumber
from bank.web.rendering import site_of, words_of
from bank.workflow.deposits import lists
from bank.workflow.deposits.duplicates import look_alikes, relate_entries
from bank.workflow.deposits.lists import Submission
from bank.workflow.deposits.whole import job_for_viewer
from bank.workflow.entries.views import EntryCard
from bank.workflow.search.hit_json import card_json

router = APIRouter(prefix="/api/v1", tags=["submissions"])
JOB_FAILED_SENTENCE = N_("This could not be done. Please try again, or tell the network that runs this bank.")


@router.get("/submissions", responses=problem_responses(401, 404))
def mine(request: Request, viewer: TokenViewer) -> SubmissionsShape:
    """The submissions of the viewer's cities, and those that the viewer began; what waits for the city comes first."""
    return submissions_shape(request, lists.own_submissions(site_of(request).bank, viewer))


@router.get("/review", responses=problem_responses(401, 404))
def queue(request: Request, viewer: TokenViewer) -> SubmissionsShape:
    """The submissions that wait for the coordinators, the longest waiting first."""
    return submissions_shape(request, lists.review_queue(site_of(request).bank, viewer))


def submissions_shape(request: Request, found: Iterable[Submission]) -> SubmissionsShape:
    return SubmissionsShape(
        submissions=[
            SubmissionShape(
                entry=entry_shape(request, one.card),
                status=one.status,
                since=one.since,
                turn=one.turn,
                remarks=one.remarks,
            )
            for one in found
        ]
    )


def entry_shape(request: Request, card: EntryCard) -> EntryShape:
    return EntryShape.model_validate(card_json(site_of(request).bank, card, words_of(request).language))


@router.get("/entries/{number}/look-alikes", responses=problem_responses(401, 404))
def alike(request: Request, viewer: TokenViewer, number: PathNumber) -> LookAlikesShape:
    """Entries that look like this one, as far as the viewer may see them, the most alike first."""
    found = look_alikes(site_of(request).bank, viewer, number)
    return LookAlikesShape(
        entries=[
            LookAlikeShape(
                entry=entry_shape(request, one.card),
                status=one.status,
                why=one.why,
                likeness=round(one.likeness, 3),
                said=one.said,
            )
            for one in found
        ]
    )


@router.post("/entries/{number}/relations", responses=problem_responses(401, 403, 404, 409, 422))
def say_relation(
    request: Request, response: Response, viewer: TokenViewer, number: PathNumber, asked: RelationShape
) -> SavedShape:
    """Saves the relation of an entry that looks like this one."""
    saved = relate_entries(site_of(request).bank, viewer, number, asked.other, asked.kind)
    set_etag(response, saved.version)
    return SavedShape(id=number, version=saved.version, saved=saved.moment, fields=list(saved.fields))


@router.get("/jobs/{number}", responses=problem_responses(401, 404))
def job(request: Request, viewer: TokenViewer, number: PathNumber) -> JobShape:
    """The progress of a job, for those who work on its entry."""
    found = job_for_viewer(site_of(request).bank, viewer, number)
    message = say(JOB_FAILED_SENTENCE, words_of(request).language) if found.state == "failed" else found.message
    return JobShape(id=found.id, state=found.state, done=found.done, total=found.total, message=message)


@router.get("/agreement")
def agreement(request: Request) -> AgreementShape:
    """The agreement on deposits, whose version `submit` asks for, and the privacy notice."""
    network = site_of(request).bank.network
    return AgreementShape(
        version=network.agreement.version,
        texts=dict(network.agreement.texts),
        privacy=dict(network.privacy.texts),
    )
