"""Beginning an entry: from files or from nothing, and the Word template to begin from."""

import secrets
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import BankError, Fault, Faulty, Full, Invalid, NotFound, Refused
from bank.export.word import template_docx
from bank.languages import INTERFACE
from bank.web.errors import problem_of
from bank.web.form.posted import Sent, sent
from bank.web.language import language_of
from bank.web.rendering import render, site_of
from bank.web.viewer import viewer_of
from bank.workflow.bank import Bank
from bank.workflow.deposits import choices, starting
from bank.workflow.deposits.incoming import Incoming

router = APIRouter(include_in_schema=False)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOCUMENT = "document"
"""Photos that are the pages of one scanned document."""


@router.get("/deposits/new")
def new(request: Request) -> Response:
    """The page where an entry is begun."""
    return page(request, Sent({}, {}), ())


@router.post("/deposits")
def begin(request: Request, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Makes the draft and goes to its form; a file that can't be taken leaves what was typed, and says why."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    starting.expect_depositor(viewer)
    try:
        started = starting.start(bank, viewer, asked(request, bank, form), form.text("key"))
    except Faulty as error:
        return page(request, form, error.faults, 422)
    except (Refused, Full, Invalid) as error:
        return page(request, form, [told(error)], problem_of(error).status)
    return RedirectResponse(f"/deposits/{started.entry}", 303)


def asked(request: Request, bank: Bank, form: Sent) -> starting.Start:
    """What the form asks for; what is written by hand is written in the reader's language."""
    files = [Incoming(one.filename or "", one.file) for one in form.files.get("files", ())]
    language = language_of(request, bank.settings)
    return starting.Start(
        kind=form.text("kind") or "experience",
        city=form.text("city") or None,
        values=None if files else {"language": language},
        incoming=files,
        as_document=form.text("photos") == DOCUMENT,
    )


def told(error: BankError) -> Fault:
    """A refusal as a fault of the files."""
    problem = problem_of(error)
    return Fault("files", problem.sentence, dict(problem.values))


def page(request: Request, form: Sent, faults: Sequence[Fault], status: int = 200) -> Response:
    """The page, with what was chosen before, and a key of its own: the same form sent twice makes one entry."""
    bank = site_of(request).bank
    viewer = starting.expect_depositor(viewer_of(request))
    return render(
        request,
        "deposits/new.html",
        status=status,
        form=form,
        faults=faults,
        choices=choices.choices(bank, viewer),
        key=secrets.token_urlsafe(24),
        most_mb=bank.settings.max_upload_mb,
    )


@router.get("/deposits/template.docx")
def template(request: Request, kind: str = "experience", lang: str = "") -> Response:
    """A Word file with every field of a kind under its label, to be filled in and brought back. For everybody."""
    bank = site_of(request).bank
    found = bank.vocabulary.kind(kind)
    if found is None:
        raise NotFound
    language = lang if lang in INTERFACE else language_of(request, bank.settings)
    name = quote(f"{found.label(language)}.docx")
    headers = {
        "content-disposition": f"attachment; filename=\"{kind}.docx\"; filename*=UTF-8''{name}",
        "cache-control": "no-cache",
    }
    made = template_docx(bank.vocabulary, found, language, bank.settings.paper)
    return Response(made, headers=headers, media_type=WORD)
