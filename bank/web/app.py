"""Makes the web application (ASGI) of a bank."""

from fastapi import Depends, FastAPI

from bank import __version__
from bank.web import api, errors, pages
from bank.web.assets import load_assets
from bank.web.branding import network_assets
from bank.web.deadlines import Deadlines
from bank.web.measures import new_measures
from bank.web.middleware.addresses import AddressLimit
from bank.web.middleware.compressing import Compression
from bank.web.middleware.crossing import CrossSiteGuard
from bank.web.middleware.crowding import CrowdGuard
from bank.web.middleware.failures import FailureCatcher
from bank.web.middleware.headers import SecurityHeaders
from bank.web.middleware.heads import HeadRequests
from bank.web.middleware.hosts import HostCheck
from bank.web.middleware.identity import RequestIds
from bank.web.middleware.json_bodies import JsonBodyCheck
from bank.web.middleware.measuring import RequestMeter
from bank.web.middleware.room import RoomForBodies
from bank.web.middleware.sessions import ViewerLookup
from bank.web.middleware.sizes import BodySizeLimit
from bank.web.middleware.stalling import BodyDeadline
from bank.web.rendering import Site
from bank.web.templates import template_environments
from bank.web.throttle import REQUEST_RATES, Throttle, limit_changes
from bank.workflow.bank import Bank

FORM_BYTES = 1024 * 1024
"""Largest request body in bytes without files; with files it is added to their limit, for the form's other fields."""
DEADLINES = Deadlines()
ROUTERS = (*api.ROUTERS, *pages.ROUTERS)


def create_app(bank: Bank, deadlines: Deadlines = DEADLINES) -> FastAPI:
    """The FastAPI application of an open bank. Raises SettingsError where the templates are missing."""
    app = FastAPI(
        title=f"{bank.settings.network_name}: API",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(limit_changes)],
    )
    assets = load_assets(added=network_assets(bank.settings))
    app.state.site = Site(bank, template_environments(bank.settings, bank.vocabulary, assets), assets)
    app.state.measures = new_measures()
    app.state.throttles = {rate: Throttle(rate) for rate in REQUEST_RATES}
    errors.install_error_handlers(app)
    for router in ROUTERS:
        app.include_router(router)
    add_layers(app, bank, deadlines)
    return app


def add_layers(app: FastAPI, bank: Bank, deadlines: Deadlines) -> None:
    """Adds the ASGI middleware, the innermost first."""
    settings = bank.settings
    app.add_middleware(JsonBodyCheck)
    app.add_middleware(RoomForBodies, settings=settings, small=FORM_BYTES)
    app.add_middleware(BodySizeLimit, files=settings.max_upload_bytes + FORM_BYTES, other=FORM_BYTES)
    app.add_middleware(BodyDeadline, seconds=deadlines.body)
    app.add_middleware(CrossSiteGuard, settings=settings)
    app.add_middleware(ViewerLookup, bank=bank)
    app.add_middleware(AddressLimit)
    app.add_middleware(CrowdGuard)
    app.add_middleware(HostCheck, allowed=settings.allowed_hosts)
    app.add_middleware(FailureCatcher)
    app.add_middleware(Compression)
    app.add_middleware(HeadRequests)
    app.add_middleware(SecurityHeaders, secure=settings.secure)
    app.add_middleware(RequestMeter, measures=app.state.measures)
    app.add_middleware(RequestIds)
