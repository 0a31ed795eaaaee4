"""Beginning an entry, from files or without, and the Word template to begin from."""

import secrets
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import BankError, Fault, Invalid, InvalidFields, NotFound
from bank.export.word import template_docx
from bank.languages import INTERFACE_LANGUAGES
from bank.web.errors import NOTHING_STORED, problem_of
from bank.web.form.once import OnceRoute
from bank.web.form.posted import PostedForm, posted_form
from bank.web.language import language_of
from bank.web.rendering import render, site_of
from bank.web.viewer import viewer_of
from bank.workflow.bank import Bank
from bank.workflow.deposits import choices, starting
from bank.workflow.deposits.incoming import IncomingFile

router = APIRouter(include_in_schema=False, route_class=OnceRoute)
DOCX_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PHOTOS_AS_DOCUMENT = "document"
"""Value of the form field ``photos``: the photos become one PDF."""


@router.get("/deposits/new")
def new_deposit_page(request: Request) -> Response:
    """The page with the form that begins an entry."""
    return show_new_deposit(request, PostedForm({}, {}), ())


@router.post("/deposits")
def begin_deposit(request: Request, form: Annotated[PostedForm, Depends(posted_form)]) -> Response:
    """Makes the draft and goes to its form; where a file is refused, shows the page again, with what was typed."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    starting.expect_depositor(viewer)
    try:
        started = starting.start_new_deposit(bank, viewer, start_from_form(request, bank, form), form.text("key"))
    except InvalidFields as error:
        return show_new_deposit(request, form, error.faults, 422)
    except (*NOTHING_STORED, Invalid, starting.TooManyDrafts) as error:
        return show_new_deposit(request, form, [refused_files_fault(error)], problem_of(error).status)
    return RedirectResponse(f"/deposits/{started.entry}", 303)


def start_from_form(request: Request, bank: Bank, form: PostedForm) -> starting.DepositRequest:
    """The deposit that the form asks for; without files, the entry's language is the reader's.

    Who goes back and begins again goes on with the draft that is still empty.
    """
    files = [IncomingFile(one.filename or "", one.file) for one in form.files.get("files", ())]
    language = language_of(request, bank.settings)
    return starting.DepositRequest(
        kind=form.text("kind") or "experience",
        city=form.text("city") or None,
        values=None if files else {"language": language},
        incoming=files,
        as_document=form.text("photos") == PHOTOS_AS_DOCUMENT,
        go_on=True,
    )


def refused_files_fault(error: BankError) -> Fault:
    """A refused upload as a Fault of the form field `files`."""
    problem = problem_of(error)
    return Fault("files", problem.sentence, dict(problem.values))


def show_new_deposit(request: Request, form: PostedForm, faults: Sequence[Fault], status: int = 200) -> Response:
    """The page, with what was chosen before, and a new key: the same form sent twice makes one entry."""
    bank = site_of(request).bank
    viewer = starting.expect_depositor(viewer_of(request))
    return render(
        request,
        "deposits/new.html",
        status=status,
        form=form,
        faults=faults,
        choices=choices.form_choices(bank, viewer),
        key=secrets.token_urlsafe(24),
        most_mb=bank.settings.max_upload_mb,
    )


@router.get("/deposits/template.docx")
def word_template(request: Request, kind: str = "experience", lang: str = "") -> Response:
    """The Word template of a kind, with every public field under its label, to fill in and upload. For everybody."""
    bank = site_of(request).bank
    found = bank.vocabulary.kind(kind)
    if found is None:
        raise NotFound
    language = lang if lang in INTERFACE_LANGUAGES else language_of(request, bank.settings)
    name = quote(f"{found.label(language)}.docx")
    headers = {
        "content-disposition": f"attachment; filename=\"{kind}.docx\"; filename*=UTF-8''{name}",
        "cache-control": "no-cache",
    }
    made = template_docx(bank.vocabulary, found, language, bank.settings.paper)
    return Response(made, headers=headers, media_type=DOCX_MEDIA_TYPE)
