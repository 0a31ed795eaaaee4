"""Health checks and metrics for monitoring."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bank.errors import NotFound
from bank.web.measures import Measures
from bank.web.rendering import site_of
from bank.workflow.entries import public
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
    """Answers 200 when catalogue and index can be used, else 503; the body has the state of all parts."""
    state = health.bank_readiness(site_of(request).bank)
    body = {"ready": state.ready, "checks": dict(state.checks)}
    return JSONResponse(body, 200 if state.ready else 503, HEALTH_HEADERS)


def from_this_machine(request: Request) -> bool:
    """True for a request that came directly from this machine, not through a proxy on it."""
    passed_on = any(name in request.headers for name in ("forwarded", "x-forwarded-for", "x-real-ip"))
    return request.client is not None and request.client.host in METRICS_READERS and not passed_on


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Metrics of responses, and counts of what waits for the worker, in Prometheus' format; for this machine only."""
    if not from_this_machine(request):
        raise NotFound
    measures: Measures = request.app.state.measures
    waiting = public.stats(site_of(request).bank).pending
    lines = [f'bank_pending{{work="{work}"}} {count}' for work, count in sorted(waiting.items())]
    text = measures.text() + "\n".join(["# TYPE bank_pending gauge", *lines, ""]).encode()
    return Response(text, headers=HEALTH_HEADERS, media_type="text/plain; version=0.0.4; charset=utf-8")
