"""Health checks and metrics for monitoring."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bank.errors import NotFound
from bank.web.measures import Measures
from bank.web.pages.machines.gauges import gauges_text, state_in_words
from bank.web.rendering import site_of
from bank.workflow.operations.state import bank_state
from bank.workflow.upkeep import health

router = APIRouter(include_in_schema=False)
METRICS_READERS = ("127.0.0.1", "::1")
HEALTH_HEADERS = {"cache-control": "no-store"}


@router.get("/healthz")
def healthz() -> Response:
    """Answers 200 while the process runs."""
    return JSONResponse({"status": "ok"}, headers=HEALTH_HEADERS)


@router.get("/readyz")
def readyz(request: Request) -> Response:
    """Answers 200 when catalogue and index can be used, else 503; the body has the state of all parts.

    Whoever asks on this machine also hears of jobs, room, backups and alarms, none of which makes the bank unready.
    """
    bank = site_of(request).bank
    state = health.bank_readiness(bank)
    body: dict[str, object] = {"ready": state.ready, "checks": dict(state.checks)}
    if from_this_machine(request) and state.checks["catalogue"] == "ok":
        body["state"] = state_in_words(bank_state(bank))
    return JSONResponse(body, 200 if state.ready else 503, HEALTH_HEADERS)


def from_this_machine(request: Request) -> bool:
    """True for a request that came directly from this machine, not through a proxy on it."""
    passed_on = any(name in request.headers for name in ("forwarded", "x-forwarded-for", "x-real-ip"))
    return request.client is not None and request.client.host in METRICS_READERS and not passed_on


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Metrics of responses and the bank's state, in Prometheus' format; for this machine only."""
    if not from_this_machine(request):
        raise NotFound
    measures: Measures = request.app.state.measures
    text = measures.text() + gauges_text(bank_state(site_of(request).bank)).encode()
    return Response(text, headers=HEALTH_HEADERS, media_type="text/plain; version=0.0.4; charset=utf-8")
