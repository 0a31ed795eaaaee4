"""Forms of the pages that are sent twice, by a double click or an impatient finger: the act is done once.

Every form that changes something carries a token, made anew at each rendering. The key of what was sent is a digest
under that token of the address and of all that the form holds, files too; so a form that was changed before it was sent
again is another one.
"""

import asyncio
import hashlib
import hmac
import logging
import re
import time
from collections.abc import Awaitable, Callable
from http.cookies import SimpleCookie

from anyio import CancelScope
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import Busy, DiskFull, ReadOnlyDisk
from bank.settings import Settings
from bank.web.form.posted import MOST_FORM_CONTROLS, MOST_FORM_FILES
from bank.web.form.tokens import FORM_ONCE_CONTROL
from bank.web.rendering import site_of
from bank.web.throttle import limit_changes
from bank.web.viewer import session_cookie_name, session_token, set_session_cookie, source_address, viewer_of
from bank.workflow.bank import Bank
from bank.workflow.people import sent_forms
from bank.workflow.people.sent_forms import FormAnswer, FormClaim
from bank.workflow.people.sessions import token_digest

log = logging.getLogger("bank.forms")

FORM_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")
LONGEST_WAIT_SECONDS = 20.0
"""How long the second waits for the first."""
WAIT_STEP_SECONDS = 0.05
HASHED_AT_ONCE = 1024 * 1024
VISITORS_PATHS = ("/login", "/invitation/", "/reset/", "/first/", "/account/password")
"""Beginnings of the paths where those who are not signed in have something to do; a new password ends the session with
which its form is sent a second time."""
NOT_WRITABLE = (DiskFull, ReadOnlyDisk, DBAPIError)
"""Failures at which nothing can be remembered; the act is tried all the same."""
AnswerRequest = Callable[[Request], Awaitable[Response]]


class OnceRoute(APIRoute):
    """A route of a page: a form with a token that is sent twice by one person is answered as the first time."""

    def get_route_handler(self) -> AnswerRequest:  # type: ignore[override]
        """FastAPI's handler, called once for the same form."""
        answer = super().get_route_handler()

        async def once(request: Request) -> Response:
            if request.method != "POST":
                return await answer(request)
            form = await request.form(max_files=MOST_FORM_FILES, max_fields=MOST_FORM_CONTROLS)
            try:
                if not is_guarded(request):
                    return await answer(request)
                await limit_changes(request)
                key = await run_in_threadpool(key_of_form, request, form)
                return await answer_once(request, key, answer) if key else await answer(request)
            finally:
                await form.close()

        return once


def is_guarded(request: Request) -> bool:
    """Whether the form is of somebody who may act here: a visitor may on few pages, and writes nothing elsewhere."""
    return viewer_of(request) is not None or request.scope["path"].startswith(VISITORS_PATHS)


def key_of_form(request: Request, form: FormData) -> str:
    """The digest of what was sent, keyed with the form's token; empty for a form without one."""
    token = form.get(FORM_ONCE_CONTROL)
    if not isinstance(token, str) or not FORM_TOKEN.fullmatch(token):
        return ""
    made = hmac.new(token.encode(), digestmod=hashlib.sha256)
    texts = [request.scope["path"], request.url.query]
    for name, value in form.multi_items():
        texts += [name, value if isinstance(value, str) else digest_of_upload(value)]
    for text in texts:
        part = text.encode("utf-8", "surrogatepass")
        made.update(len(part).to_bytes(8, "big") + part)
    return made.hexdigest()


def digest_of_upload(upload: UploadFile) -> str:
    """SHA-256 (hex) of a file's name and bytes; it is left at its beginning."""
    made = hashlib.sha256((upload.filename or "").encode("utf-8", "surrogatepass") + b"\0")
    upload.file.seek(0)
    while piece := upload.file.read(HASHED_AT_ONCE):
        made.update(piece)
    upload.file.seek(0)
    return made.hexdigest()


async def answer_once(request: Request, key: str, answer: AnswerRequest) -> Response:
    """The answer to a form: of its act, or as the first time. Raises InterruptedForm; Busy while it is being done."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    over = time.monotonic() + LONGEST_WAIT_SECONDS
    while (found := await run_in_threadpool(claim_or_pass, bank, key, viewer.id if viewer else None)) == "under_way":
        if time.monotonic() > over:
            raise Busy
        await asyncio.sleep(WAIT_STEP_SECONDS)
    if isinstance(found, FormAnswer):
        return await run_in_threadpool(answer_as_before, request, key, found) or await answer_again(request, answer)
    return await do_act(request, key, answer) if found == "ours" else await answer(request)


def claim_or_pass(bank: Bank, key: str, user_id: int | None) -> FormAnswer | FormClaim:
    """`claim_form`; where nothing can be written the act is not guarded."""
    try:
        return sent_forms.claim_form(bank, key, user_id)
    except NOT_WRITABLE as error:
        log.warning("a form was done unguarded, as nothing could be written: %s", type(error).__name__)
        return "unguarded"


async def do_act(request: Request, key: str, answer: AnswerRequest) -> Response:
    """Does the act, and remembers how it was answered."""
    bank = site_of(request).bank
    try:
        with sent_forms.doing_form(key):
            response = await answer(request)
    except Exception:
        await run_in_threadpool(end_or_pass, bank, key, None)
        raise
    except BaseException:  # the server stops, or who asked has gone
        with CancelScope(shield=True):
            await run_in_threadpool(break_off_or_pass, bank, key)
        raise
    place = getattr(request.state, "form_place", "")
    await run_in_threadpool(end_or_pass, bank, key, kept_answer(response, bank.settings, place))
    return response


def end_or_pass(bank: Bank, key: str, answer: FormAnswer | None) -> None:
    """`end_form`; what keeps it from being written is told to the log: the act is done, and so is its answer."""
    try:
        sent_forms.end_form(bank, key, answer)
    except Exception:
        log.warning("how a form was answered could not be kept", exc_info=True)


def break_off_or_pass(bank: Bank, key: str) -> None:
    """`break_off_form`; what keeps it from being written is told to the log."""
    try:
        sent_forms.break_off_form(bank, key)
    except Exception:
        log.warning("that a form was broken off could not be kept", exc_info=True)


def remember_place(request: Request, place: str) -> None:
    """Has who sends this very form again led to `place`, in place of a page that is shown this one time."""
    request.state.form_place = place


def kept_answer(response: Response, settings: Settings, place: str = "") -> FormAnswer | None:
    """What is remembered of an answer; `place` is where a page leads who comes again. None for a failure."""
    if response.status_code >= 400:
        return None
    return FormAnswer(response.status_code, response.headers.get("location", place), begun_session(response, settings))


def begun_session(response: Response, settings: Settings) -> str:
    """The digest of the session whose cookie the answer sets; empty for none."""
    name = session_cookie_name(settings)
    for value in response.headers.getlist("set-cookie"):
        found = SimpleCookie(value).get(name)
        if found is not None and found.value:
            return token_digest(found.value)
    return ""


def answer_as_before(request: Request, key: str, found: FormAnswer) -> Response | None:
    """A redirect to where the first answer led, signed in where that signed in; None where it was a page."""
    if not found.place:
        return None
    status = found.status if found.status >= 300 else 303
    response = RedirectResponse(found.place, status, {"cache-control": "no-store"})
    settings = site_of(request).bank.settings
    if found.session and token_digest(session_token(request, settings)) != found.session:
        source = source_address(request, settings)
        try:
            token = sent_forms.renew_form_session(site_of(request).bank, key, found, source)
        except NOT_WRITABLE:
            return None  # the act itself says what can't be done on such a disk
        if token is None:
            return None
        set_session_cookie(response, token, settings)
    return response


async def answer_again(request: Request, answer: AnswerRequest) -> Response:
    """The page of the first answer, which was not kept: it may show a secret. Its handler knows by `sent_before`."""
    request.state.sent_before = True
    return await answer(request)


def sent_before(request: Request) -> bool:
    """Whether this very form was sent before, and its act done."""
    return bool(getattr(request.state, "sent_before", False))
