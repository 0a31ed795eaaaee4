"""The review desk: the coordinators' queue, and one entry beside its files, with the decisions on it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import Fault, InvalidFields, NotAllowed, VersionConflict
from bank.web.form.for_review import ReadOnlyContext, read_only_groups
from bank.web.form.once import OnceRoute
from bank.web.parameters import LARGEST_ENTRY_NUMBER, PathNumber
from bank.web.rendering import render, site_of, words_of
from bank.web.viewer import viewer_of
from bank.workflow import notices
from bank.workflow.deposits.changing import SavedVersion
from bank.workflow.entries.views import PageView
from bank.workflow.review import deciding, desk
from bank.workflow.review.desk import ReviewSheet

router = APIRouter(include_in_schema=False, route_class=OnceRoute)
Version = Annotated[int, Form(ge=1, le=LARGEST_ENTRY_NUMBER)]
ReviewText = Annotated[str, Form(max_length=2 * deciding.LONGEST_REMARKS)]
REVIEW_DONE = ("returned", "published", "withdrawn")


@router.get("/review")
def review_desk_page(request: Request) -> Response:
    """The queue of submissions, and what was decided lately."""
    return render(request, "review/desk.html", desk=desk.load_review_desk(site_of(request).bank, viewer_of(request)))


@router.get("/review/{number}")
def review_entry(request: Request, number: PathNumber, file: int = 0, page: int = 0, done: str = "") -> Response:
    """The review page of an entry; `file` and `page` choose the page beside it, `done` is what was decided just now."""
    return show_review(request, number, file=file, page=page, done=done if done in REVIEW_DONE else "")


@router.post("/review/{number}/return")
def return_from_review(request: Request, number: PathNumber, version: Version, remarks: ReviewText = "") -> Response:
    """Returns the entry to its city."""

    def act() -> SavedVersion:
        return deciding.return_to_city(site_of(request).bank, viewer_of(request), number, version, remarks)

    return decide_and_show(request, number, "returned", act, {"remarks": remarks})


@router.post("/review/{number}/publish")
def publish(request: Request, number: PathNumber, version: Version, second: ReviewText = "") -> Response:
    """Publishes the entry."""

    def act() -> SavedVersion:
        return deciding.publish(site_of(request).bank, viewer_of(request), number, version, second)

    return decide_and_show(request, number, "published", act, {"second": second})


@router.get("/review/{number}/withdraw")
def withdraw_page(request: Request, number: PathNumber) -> Response:
    """The page that asks for the reason, and for a confirmation."""
    return show_withdraw_page(request, number)


@router.post("/review/{number}/withdraw")
def withdraw(request: Request, number: PathNumber, version: Version, reason: ReviewText = "") -> Response:
    """Withdraws the entry."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    expect_sheet(request, number)
    try:
        deciding.withdraw(bank, viewer, number, version, reason)
    except InvalidFields as error:
        return show_withdraw_page(request, number, reason, error.faults)
    except VersionConflict as error:
        return show_withdraw_page(request, number, reason, (Fault("reason", error.sentence),), 412)
    return redirect_to_review(request, number, "withdrawn")


def show_withdraw_page(
    request: Request, number: int, reason: str = "", faults: Sequence[Fault] = (), status: int = 0
) -> Response:
    """The page that asks for the reason; the way to the entry where it can't be withdrawn, or was: Back leads here."""
    found = expect_sheet(request, number)
    if "withdraw" not in found.draft.may:
        return RedirectResponse(f"/review/{number}", 303)
    return render(
        request,
        "review/withdraw.html",
        status=status or (422 if faults else 200),
        found=found,
        draft=found.draft,
        card=found.draft.card,
        reason=reason,
        faults=faults,
    )


def expect_sheet(request: Request, number: int) -> ReviewSheet:
    """The entry as reviewers see it. Raises SignInNeeded, NotFound."""
    return desk.load_review_sheet(site_of(request).bank, viewer_of(request), number)


def decide_and_show(
    request: Request, number: int, outcome: str, act: Callable[[], SavedVersion], kept: Mapping[str, str]
) -> Response:
    """Runs the decision `act` and goes back to the entry; where it fails, shows it again with why and what was typed.

    That is for faults, a missing right and a newer version; `kept` is what was typed.
    """
    expect_sheet(request, number)
    try:
        act()
    except InvalidFields as error:
        return show_review(request, number, faults=error.faults, status=422, kept=kept)
    except NotAllowed as error:
        return show_review(request, number, faults=[Fault("publish", error.sentence)], status=403, kept=kept)
    except VersionConflict as error:
        return show_review(request, number, overtaken=error, status=412, kept=kept)
    return redirect_to_review(request, number, outcome)


def redirect_to_review(request: Request, number: int, outcome: str) -> Response:
    """A redirect to the entry's review page, which says what was done."""
    return RedirectResponse(f"/review/{number}?{urlencode({'done': outcome})}#done", 303)


def show_review(
    request: Request,
    number: int,
    *,
    file: int = 0,
    page: int = 0,
    done: str = "",
    faults: Sequence[Fault] = (),
    overtaken: VersionConflict | None = None,
    status: int = 200,
    kept: Mapping[str, str] | None = None,
) -> Response:
    """The review page of an entry.

    `done` is what was decided just now; `faults` or `overtaken` say why the last try failed, `kept` has what was typed.
    """
    bank, words = site_of(request).bank, words_of(request)
    found = expect_sheet(request, number)
    reading = ReadOnlyContext(words, found.draft.card, found.events, found.draft.proposed)
    letter = notices.last_step_notice(bank, number, words.language) if done else None
    return render(
        request,
        "review/entry.html",
        status=status,
        found=found,
        draft=found.draft,
        card=found.draft.card,
        groups=list(read_only_groups(bank.vocabulary, reading, found.draft.values)),
        beside=page_beside(request, found, file, page),
        agreement=bank.network.agreement.version,
        faults=faults,
        overtaken=[sheet_field_label(request, found, id) for id in overtaken.fields] if overtaken else None,
        kept={"remarks": "", "second": "", **(kept or {})},
        done=done,
        readable=[file for file, pages in found.pages.items() if pages],
        letter=letter,
        share=notices.share_link(letter) if letter else "",
    )


def sheet_field_label(request: Request, found: ReviewSheet, id: str) -> str:
    """The label of a field; the id itself where it is no field of the kind."""
    kind = site_of(request).bank.vocabulary.kind(found.draft.card.kind)
    spec = kind.facts.field(id) if kind else None
    return spec.label(words_of(request).language) if spec else id


def page_beside(request: Request, found: ReviewSheet, file: int, page: int) -> PageView | None:
    """The page to show beside the entry: that asked for, else the first with text; None where there is none."""
    bank, viewer, number = site_of(request).bank, viewer_of(request), found.draft.card.id
    there = {number: pages for number, pages in found.pages.items() if pages}
    if not there:
        return None
    file = file if file in there else min(there)
    page = page if page in there[file] else min(there[file])
    return desk.worked_on_page(bank, viewer, number, file, page)
