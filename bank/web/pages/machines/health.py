"""Health checks and metrics for monitoring."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from fastapi import APIRouter
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bank.errors import BankError, NotFound
from bank.web.measures import Measures
from bank.web.pages.machines.gauges import figures_of, figures_of_machine, gauges_text, state_in_words
from bank.web.rendering import site_of
from bank.workflow.bank import Bank
from bank.workflow.index.lock import worker_runs
from bank.workflow.operations.state import BankState, bank_state
from bank.workflow.upkeep import health
from bank.workflow.upkeep.disk_state import disk_state

router = APIRouter(include_in_schema=False)
METRICS_READERS = ("127.0.0.1", "::1")
HEALTH_HEADERS = {"cache-control": "no-store"}
MONITORING = ThreadPoolExecutor(2, "monitoring")
"""Threads of their own: what monitoring asks does not wait for those that answer visitors."""


async def answered_apart(answer: Callable[[Request], Response], request: Request) -> Response:
    """What `answer` makes of the request, in a thread for monitoring."""
    return await asyncio.get_running_loop().run_in_executor(MONITORING, answer, request)


@router.get("/healthz")
async def healthz() -> Response:
    """Answers 200 while the process runs, however many visitors wait."""
    return JSONResponse({"status": "ok"}, headers=HEALTH_HEADERS)


@router.get("/readyz")
async def readyz(request: Request) -> Response:
    """Answers 200 when catalogue, originals and index can be used and the disk is neither full nor read-only, else 503.

    The body has the state of all parts. Whoever asks on this machine also hears of jobs, bytes free, backups and
    alarms; nothing of that makes the bank unready by itself.
    """
    return await answered_apart(readiness_answer, request)


def readiness_answer(request: Request) -> Response:
    """The answer of /readyz."""
    bank = site_of(request).bank
    state = health.bank_readiness(bank)
    body: dict[str, object] = {"ready": state.ready, "checks": dict(state.checks)}
    if from_this_machine(request) and (known := state_if_told(bank)) is not None:
        body["state"] = state_in_words(known)
    return JSONResponse(body, 200 if state.ready else 503, HEALTH_HEADERS)


def from_this_machine(request: Request) -> bool:
    """True for a request that came directly from this machine, not through a proxy on it."""
    passed_on = any(name in request.headers for name in ("forwarded", "x-forwarded-for", "x-real-ip"))
    return request.client is not None and request.client.host in METRICS_READERS and not passed_on


def state_if_told(bank: Bank) -> BankState | None:
    """The bank's state; None where the catalogue does not answer, or not in a way that can be understood."""
    try:
        return bank_state(bank)
    except (SQLAlchemyError, BankError, LookupError, TypeError, ValueError):
        return None


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Metrics of responses and the bank's state, in Prometheus' format; for this machine only.

    Where the catalogue does not answer, its gauges are left out; the others are given all the same.
    """
    if not from_this_machine(request):
        raise NotFound
    return await answered_apart(metrics_answer, request)


def metrics_answer(request: Request) -> Response:
    """The answer of /metrics."""
    measures: Measures = request.app.state.measures
    bank = site_of(request).bank
    known = state_if_told(bank)
    figures = list(figures_of_machine(disk_state(bank.settings), worker_runs(bank.settings)))
    figures += figures_of(known) if known is not None else ()
    return Response(
        measures.text() + gauges_text(figures).encode(),
        headers=HEALTH_HEADERS,
        media_type="text/plain; version=0.0.4; charset=utf-8",
    )
