"""Puts the web application together."""

from fastapi import FastAPI

from bank import __version__
from bank.web import api, errors, pages
from bank.web.assets import load_assets
from bank.web.measures import new_measures
from bank.web.middleware.crossing import Crossing
from bank.web.middleware.failures import Failures
from bank.web.middleware.headers import Headers
from bank.web.middleware.heads import Heads
from bank.web.middleware.hosts import Hosts
from bank.web.middleware.identity import Identity
from bank.web.middleware.json_bodies import JsonBodies
from bank.web.middleware.measuring import Measuring
from bank.web.middleware.sessions import Sessions
from bank.web.middleware.sizes import Sizes
from bank.web.rendering import Site
from bank.web.templates import environments
from bank.web.throttle import RATES, Throttle
from bank.workflow.bank import Bank

FORM_BYTES = 1024 * 1024
"""Room for the fields of a form beside its file."""


ROUTERS = (*api.ROUTERS, *pages.ROUTERS)


def create_app(bank: Bank) -> FastAPI:
    """The application of one open bank. Raises SettingsError where its templates are missing."""
    app = FastAPI(
        title=f"{bank.settings.network_name}: API",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    assets = load_assets()
    app.state.site = Site(bank, environments(bank.settings, bank.vocabulary, assets), assets)
    app.state.measures = new_measures()
    app.state.throttles = {rate: Throttle(rate) for rate in RATES}
    errors.install(app)
    for router in ROUTERS:
        app.include_router(router)
    add_layers(app, bank)
    return app


def add_layers(app: FastAPI, bank: Bank) -> None:
    """Puts the layers around the application, the innermost first."""
    settings = bank.settings
    app.add_middleware(JsonBodies)
    app.add_middleware(Sizes, files=settings.max_upload_bytes + FORM_BYTES, other=FORM_BYTES)
    app.add_middleware(Crossing, settings=settings)
    app.add_middleware(Sessions, bank=bank)
    app.add_middleware(Hosts, allowed=settings.allowed_hosts)
    app.add_middleware(Failures)
    app.add_middleware(Heads)
    app.add_middleware(Headers, secure=settings.secure)
    app.add_middleware(Measuring, measures=app.state.measures)
    app.add_middleware(Identity)
