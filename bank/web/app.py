"""Puts the web application together."""

from fastapi import FastAPI

from bank import __version__
from bank.web import errors
from bank.web.api import description
from bank.web.api.deposits import files as api_files
from bank.web.api.deposits import routes as api_deposits
from bank.web.api.deposits import submissions as api_submissions
from bank.web.api.entries import routes as api_entries
from bank.web.api.search import routes as api_search
from bank.web.api.suggestions import routes as api_suggestions
from bank.web.api.vocabularies import routes as api_vocabularies
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
from bank.web.pages.account import invitations, profile, signing_in
from bank.web.pages.admin import cities, people
from bank.web.pages.deposits import autosave, choices, files, form, lists, starting
from bank.web.pages.machines import docs, feed, health, robots, static
from bank.web.pages.public import browsing, entries, exports, home, network_texts, originals, search
from bank.web.pages.review import desk, quality, suggestions
from bank.web.rendering import Site
from bank.web.templates import environments
from bank.web.throttle import RATES, Throttle
from bank.workflow.bank import Bank

FORM_BYTES = 1024 * 1024
"""Room for the fields of a form beside its file."""

ROUTERS = (
    description.router,
    api_search.router,
    api_entries.router,
    api_suggestions.router,
    api_deposits.router,
    api_files.router,
    api_submissions.router,
    api_vocabularies.router,
    home.router,
    exports.router,
    search.router,
    browsing.router,
    entries.router,
    suggestions.router,
    quality.router,
    desk.router,
    lists.router,
    starting.router,
    autosave.router,
    form.router,
    files.router,
    choices.router,
    network_texts.router,
    originals.router,
    feed.router,
    robots.router,
    health.router,
    docs.router,
    signing_in.router,
    profile.router,
    cities.router,
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
