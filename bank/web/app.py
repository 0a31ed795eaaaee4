"""Puts the web application together."""

from fastapi import FastAPI

from bank import __version__
from bank.web import errors
from bank.web.api import description, entry_files, vocabularies, writing
from bank.web.api import entries as api_entries
from bank.web.api import search as api_search
from bank.web.api import submissions as api_submissions
from bank.web.api import suggestions as api_suggestions
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
from bank.web.pages import (
    account,
    browsing,
    cities_admin,
    deposits,
    deposits_autosave,
    deposits_choices,
    deposits_files,
    deposits_form,
    deposits_starting,
    docs,
    entries,
    exports,
    feed,
    health,
    home,
    invitations,
    network_texts,
    originals,
    people,
    quality,
    review,
    robots,
    search,
    signing_in,
    static,
    suggestions,
)
from bank.web.rendering import Site
from bank.web.templates import environments
from bank.web.throttle import RATES, Throttle
from bank.workflow.parts import Bank

FORM_BYTES = 1024 * 1024
"""Room for the fields of a form beside its file."""

ROUTERS = (
    description.router,
    api_search.router,
    api_entries.router,
    api_suggestions.router,
    writing.router,
    entry_files.router,
    api_submissions.router,
    vocabularies.router,
    home.router,
    exports.router,
    search.router,
    browsing.router,
    entries.router,
    suggestions.router,
    quality.router,
    review.router,
    deposits.router,
    deposits_starting.router,
    deposits_autosave.router,
    deposits_form.router,
    deposits_files.router,
    deposits_choices.router,
    network_texts.router,
    originals.router,
    feed.router,
    robots.router,
    health.router,
    docs.router,
    signing_in.router,
    account.router,
    cities_admin.router,
    invitations.router,
    people.router,
    static.router,
)
"""In this order: an address with an ending is looked for before the one without."""


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
