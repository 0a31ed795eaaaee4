"""Which searches of the search page are counted when they find nothing."""

import re
from contextlib import suppress

from starlette.requests import Request

from bank.errors import TooManyTries
from bank.web.parameters import SearchParameters
from bank.web.rendering import site_of
from bank.web.throttle import QUESTION_RATE
from bank.web.viewer import source_address, viewer_of
from bank.workflow.entries.views import SearchView
from bank.workflow.rights import has_right
from bank.workflow.search.unanswered import note_unanswered

PROGRAM = re.compile(r"bot|crawl|spider|slurp|curl|wget|python|scrap", re.IGNORECASE)
"""In the User-Agent of whoever is no person."""


def count_if_unanswered(request: Request, parameters: SearchParameters, view: SearchView, language: str) -> None:
    """Counts a whole question that found nothing: words without filters, that a person sent and no program.

    Not counted is what those try out who look after the search.

    Of one network address only some are counted; the address itself is not kept.
    """
    plain = not (parameters.filtered or parameters.verbatim or parameters.sort or parameters.page or parameters.size)
    if view.total or view.described or not (parameters.q and plain) or not is_sent_by_person(request):
        return
    if has_right(viewer_of(request), "manage_search"):
        return
    settings = site_of(request).bank.settings
    with suppress(TooManyTries):
        if settings.throttle != "off":
            request.app.state.throttles[QUESTION_RATE].take(source_address(request, settings))
        note_unanswered(site_of(request).bank, parameters.q, language)


def is_sent_by_person(request: Request) -> bool:
    """True for a page that a browser goes to; not for what a script or a program fetches, or a browser in advance."""
    headers = request.headers
    fetched = headers.get("sec-fetch-mode", "navigate") != "navigate"
    early = "prefetch" in headers.get("sec-purpose", "") + headers.get("purpose", "")
    agent = headers.get("user-agent", "")
    return bool(agent) and not (fetched or early or PROGRAM.search(agent))
