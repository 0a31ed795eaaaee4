"""The page "Estado": how the running bank stands, and its jobs, which administrators cancel or let be tried again."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import WrongState
from bank.messages import N_
from bank.web.form.once import OnceRoute
from bank.web.parameters import PathNumber
from bank.web.rendering import render, site_of
from bank.web.viewer import viewer_of
from bank.workflow.jobs import GIVEN_UP, NAMES_NO_FILE
from bank.workflow.operations.queue import MOST_JOBS_SHOWN, cancel_job, try_job_again
from bank.workflow.operations.state import state_page

router = APIRouter(prefix="/admin/state", include_in_schema=False, route_class=OnceRoute)
JOB_DONE_SENTENCES = {
    "cancelled": N_("The job was cancelled."),
    "again": N_("The job waits to be tried again."),
}
OWN_REASONS = (GIVEN_UP, NAMES_NO_FILE)
"""Reasons that are sentences of the bank; all others are shown as the program said them."""


@router.get("")
def show_state(request: Request, done: str = "") -> Response:
    """The page. `done` is what was done just now."""
    return state_response(request, done=JOB_DONE_SENTENCES.get(done))


@router.post("/jobs/{number}/cancel")
def cancel(request: Request, number: PathNumber) -> Response:
    """Cancels a job; says so where it has ended meanwhile."""
    try:
        cancel_job(site_of(request).bank, viewer_of(request), number)
    except WrongState as error:
        return state_response(request, error)
    return RedirectResponse("/admin/state?done=cancelled#done", 303)


@router.post("/jobs/{number}/again")
def try_again(request: Request, number: PathNumber) -> Response:
    """Lets a job be tried again; says so where it does not need it."""
    try:
        try_job_again(site_of(request).bank, viewer_of(request), number)
    except WrongState as error:
        return state_response(request, error)
    return RedirectResponse("/admin/state?done=again#done", 303)


def state_response(request: Request, error: WrongState | None = None, done: str | None = None) -> Response:
    """The page as it is now, with what was done or why it was not."""
    return render(
        request,
        "admin/state.html",
        status=409 if error else 200,
        headers={"cache-control": "no-store"},
        page=state_page(site_of(request).bank, viewer_of(request)),
        most=MOST_JOBS_SHOWN,
        own_reasons=OWN_REASONS,
        error=error,
        done=done,
    )
