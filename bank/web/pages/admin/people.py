"""The people desk: the network's people, invitations, and a page for each person. A new link is shown once."""

from collections.abc import Callable
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.clock import now
from bank.errors import BankError, Conflict, Fault, Invalid, InvalidFields, NotAllowed, WrongState
from bank.messages import N_
from bank.web.errors import problem_of
from bank.web.form.once import OnceRoute, remember_place, sent_before
from bank.web.language import language_of
from bank.web.pages.admin.person_forms import InvitationForm, MembershipForm
from bank.web.parameters import PathNumber
from bank.web.rendering import render, site_of
from bank.web.viewer import viewer_of
from bank.workflow.bank import Bank
from bank.workflow.people import desk
from bank.workflow.people.inviting import AlreadyInvited
from bank.workflow.people.sending_links import CodeLifetime, HandableTicket, HandedTicket

router = APIRouter(prefix="/admin/people", include_in_schema=False, route_class=OnceRoute)
LONGEST_PEOPLE_SEARCH = 200
PERSON_DONE_SENTENCES = {
    "name": N_("The name was changed."),
    "role": N_("The role was changed; it holds from now on."),
    "access": N_("Access was changed; it holds from now on."),
    "city": N_("The city was added."),
    "end": N_("The last day was noted."),
    "mailed": N_("It was made and mailed. Should nothing arrive, make another one."),
}

PersonFormText = Annotated[str, Form(max_length=400)]


@router.get("")
def people_desk(request: Request, q: str = "", state: str = "") -> Response:
    """The people: all, or those found by name, address or city (`q`) and by state."""
    found = desk.list_people(request_bank(request), viewer_of(request), q[:LONGEST_PEOPLE_SEARCH], state)
    viewer = viewer_of(request)
    manageable = desk.roles_to_give(viewer) if viewer is not None else ()
    asked = q[:LONGEST_PEOPLE_SEARCH]
    return render(request, "admin/people.html", found=found, q=asked, state=state, manageable=manageable)


@router.get("/new")
def new_person_page(request: Request) -> Response:
    """The page with the form for inviting somebody."""
    return invitation_form(request, InvitationForm())


@router.post("/new")
def invite(request: Request, given: Annotated[InvitationForm, Form()]) -> Response:
    """Invites somebody, and shows the link."""
    bank, viewer = request_bank(request), viewer_of(request)
    try:
        made = desk.invite(bank, viewer, given.wanted(), language_of(request, bank.settings))
    except AlreadyInvited as error:
        if sent_before(request):
            return hand_over_and_show(request, error.user_id, "invitation")
        return invitation_form(request, given, error, there=error.user_id)
    except (Invalid, NotAllowed) as error:
        return invitation_form(request, given, error)
    return handed_page(request, made)


@router.get("/{number}")
def show_person(request: Request, number: PathNumber, done: str = "") -> Response:
    """A person's page. `done` is what was done just now."""
    return person_page(request, number, done=PERSON_DONE_SENTENCES.get(done))


@router.post("/{number}/name")
def change_person_name(request: Request, number: PathNumber, name: PersonFormText = "") -> Response:
    """Changes a person's name."""
    try:
        desk.rename_person(request_bank(request), viewer_of(request), number, name)
    except Invalid as error:
        return person_page(request, number, error, field="name", name=name)
    except NotAllowed as error:
        return person_page(request, number, error)
    return redirect_to_person(number, "name")


@router.post("/{number}/role")
def change_role(request: Request, number: PathNumber, role: PersonFormText = "") -> Response:
    """Changes a person's role."""
    return try_person_change(
        request, number, "role", lambda bank: desk.change_role(bank, viewer_of(request), number, role)
    )


@router.post("/{number}/access")
def change_access(request: Request, number: PathNumber, active: Annotated[bool, Form()]) -> Response:
    """Lets a person sign in, or keeps them from it."""
    return try_person_change(
        request, number, "access", lambda bank: desk.set_person_active(bank, viewer_of(request), number, active)
    )


@router.post("/{number}/cities")
def add_city(request: Request, number: PathNumber, given: Annotated[MembershipForm, Form()]) -> Response:
    """Adds a city that the person speaks for."""
    return try_person_change(
        request,
        number,
        "city",
        lambda bank: desk.add_membership(bank, viewer_of(request), number, given.needed_part()),
        given,
    )


@router.post("/{number}/cities/{membership}/end")
def end_city(request: Request, number: PathNumber, membership: PathNumber, last: PersonFormText = "") -> Response:
    """Ends a person's membership of a city after the day `last`; without one, at once."""

    def end(bank: Bank) -> None:
        desk.end_membership(
            bank, viewer_of(request), number, membership, MembershipForm.day(last, f"last-{membership}")
        )

    return try_person_change(request, number, "end", end)


@router.post("/{number}/{kind}")
def make_link_or_code(
    request: Request, number: PathNumber, kind: HandableTicket, until: PersonFormText = ""
) -> Response:
    """Makes an invitation, a reset link or a code (`until`: day, else half an hour) for a person, and shows it."""
    lifetime: CodeLifetime = "day" if until == "day" else "soon"
    return hand_over_and_show(request, number, kind, lifetime)


def request_bank(request: Request) -> Bank:
    """The bank that serves this request."""
    return site_of(request).bank


def try_person_change(
    request: Request, number: int, name: str, act: Callable[[Bank], None], given: MembershipForm | None = None
) -> Response:
    """Runs `act` and goes back to the person's page, or shows the page with the reason why it was refused."""
    try:
        act(request_bank(request))
    except (Invalid, NotAllowed, WrongState, Conflict) as error:
        return person_page(request, number, error, given=given)
    return redirect_to_person(number, name)


def redirect_to_person(number: int, done: str) -> Response:
    """A redirect to a person's page, which says what was done."""
    return RedirectResponse(f"/admin/people/{number}?{urlencode({'done': done})}#done", 303)


def person_page(
    request: Request,
    number: int,
    error: BankError | None = None,
    done: str | None = None,
    given: MembershipForm | None = None,
    field: str = "top",
    name: str | None = None,
) -> Response:
    """A person's page, with forms for what the viewer may change; `given` and `name` were typed in refused ones.

    `field` is where the error is told, unless it has its own fields.
    """
    bank, viewer = request_bank(request), viewer_of(request)
    shown = desk.find_person(bank, viewer, number)
    status, faults = status_and_faults(error, field)
    return render(
        request,
        "admin/person.html",
        status=status,
        person=shown,
        name=shown.name if name is None else name,
        cities=desk.cities_to_choose(bank, viewer),
        changeable=viewer is not None and desk.may_manage_role(viewer, shown.role),
        roles=desk.roles_to_give(viewer) if viewer is not None else (),
        oneself=viewer is not None and viewer.id == number,
        faults=faults,
        done=done,
        given=given or MembershipForm(),
        today=now().date(),
    )


def invitation_form(
    request: Request, given: InvitationForm, error: BankError | None = None, there: int | None = None
) -> Response:
    """The page for inviting, with what was typed; `there` is the number of the person who has that address already."""
    bank, viewer = request_bank(request), viewer_of(request)
    status, faults = status_and_faults(error, "email")
    cities = desk.cities_to_choose(bank, viewer)
    return render(
        request,
        "admin/person_new.html",
        status=status,
        given=given,
        faults=faults,
        there=there,
        cities=cities,
        roles=desk.roles_to_give(viewer) if viewer is not None else (),
        today=now().date(),
    )


def status_and_faults(error: BankError | None, field: str) -> tuple[int, list[Fault]]:
    """(HTTP status, faults) of an error, at its own fields or at `field`; (200, []) for None."""
    if error is None:
        return 200, []
    if isinstance(error, InvalidFields):
        return 422, [*error.faults]
    problem = problem_of(error)
    return problem.status, [Fault(field, problem.sentence, problem.values)]


def hand_over_and_show(
    request: Request, number: int, kind: HandableTicket, lifetime: CodeLifetime = "soon"
) -> Response:
    """Makes a link or a code for a person, in place of an earlier one, and shows it; or why it can't be made."""
    bank = request_bank(request)
    language = language_of(request, bank.settings)
    try:
        made = desk.hand_over(bank, viewer_of(request), number, kind, language, lifetime)
    except (NotAllowed, WrongState) as error:
        return person_page(request, number, error)
    return handed_page(request, made)


def handed_page(request: Request, made: HandedTicket) -> Response:
    """The page that shows a new link or code, this one time, with links for mail and WhatsApp.

    Sent again, the form leads to the person's page where the letter is on its way; else one is made in its place.
    """
    if made.mailed:
        remember_place(request, f"/admin/people/{made.user_id}?{urlencode({'done': 'mailed'})}#done")
    text = f"{made.letter.subject}\n\n{made.letter.body}"
    mail = urlencode({"subject": made.letter.subject, "body": made.letter.body}, quote_via=quote)
    return render(
        request,
        "admin/person_handed.html",
        headers={"cache-control": "no-store", "referrer-policy": "same-origin"},
        made=made,
        again=sent_before(request),
        mailto=f"mailto:{quote(made.email, safe='@')}?{mail}",
        share=f"https://wa.me/?{urlencode({'text': text}, quote_via=quote)}",
    )
