"""The people desk: who is in the network, and what coordinators and administrators do for them.

Coordinators look after editors; only administrators look after coordinators and administrators.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from bank.catalogue import audit, people, tickets
from bank.catalogue.tables import User
from bank.clock import now
from bank.errors import Invalid, NotAllowed, WrongState
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.people import accounts, inviting, sending_links
from bank.workflow.people.inviting import Invitee, NewMembership
from bank.workflow.people.sending_links import CodeLifetime, HandableTicket, HandedTicket
from bank.workflow.people.views import CityChoice, PersonView, matches_words, person_views
from bank.workflow.rights import Role, Viewer, has_right, require_right

ONLY_ADMINS = N_("Only an administrator may do this for coordinators and administrators.")
NOT_ONESELF = N_("You can't take your own access, or your own role: ask another administrator.")
LAST_ADMIN = N_("This is the only administrator who can sign in. Make another one first.")
HAS_PASSWORD = N_("This person has come in already. Make a link for a new password, or a code.")


def list_people(bank: Bank, viewer: Viewer | None, words: str = "", state: str = "") -> Sequence[PersonView]:
    """Everybody whose name, address and cities have all the words, and who is in that state.

    Raises SignInNeeded, NotFound.
    """
    require_right(viewer, "invite")
    with bank.database.reading() as session:
        views = person_views(session, people.all_users(session))
    return [view for view in views if matches_words(view, words) and state in ("", view.state)]


def find_person(bank: Bank, viewer: Viewer | None, user_id: int) -> PersonView:
    """One person. Raises SignInNeeded, NotFound."""
    require_right(viewer, "invite")
    with bank.database.reading() as session:
        return person_views(session, [accounts.expect_user(session, user_id)])[0]


def cities_to_choose(bank: Bank, viewer: Viewer | None) -> Sequence[CityChoice]:
    """The cities that somebody may speak for. Raises SignInNeeded, NotFound."""
    require_right(viewer, "invite")
    with bank.database.reading() as session:
        rows = people.cities_to_speak_for(session)
    return [CityChoice(row.id, row.name, row.state or "", row.country or "", row.member) for row in rows]


def roles_to_give(viewer: Viewer) -> tuple[Role, ...]:
    """The roles for which the viewer may invite, or that the viewer may give."""
    return accounts.KNOWN_ROLES if has_right(viewer, "manage_people") else ("editor",)


def may_manage_role(viewer: Viewer, role: Role) -> bool:
    """Whether the viewer looks after people of that role."""
    return role in roles_to_give(viewer)


def invite(bank: Bank, viewer: Viewer | None, wanted: Invitee, language: str) -> HandedTicket:
    """Makes an account and its invitation.

    Raises SignInNeeded, NotFound, NotAllowed for a role that the viewer can't give, InvalidFields, AlreadyInvited;
    WrongState and Busy as `hand_ticket_over`.
    """
    known = require_right(viewer, "invite")
    if wanted.role in accounts.KNOWN_ROLES and wanted.role not in roles_to_give(known):
        raise NotAllowed(ONLY_ADMINS)
    return inviting.invite_user(bank, known.actor, wanted, language)


def hand_over(
    bank: Bank,
    viewer: Viewer | None,
    user_id: int,
    kind: HandableTicket,
    language: str,
    lifetime: CodeLifetime = "soon",
) -> HandedTicket:
    """Makes a link for somebody, or a code of that lifetime.

    Raises SignInNeeded, NotFound, NotAllowed, WrongState, Busy.
    """
    known = require_right(viewer, "invite")
    with bank.database.reading() as session:
        [view] = person_views(session, [expect_managed_person(session, known, user_id)])
    if kind == "invitation" and view.state == "active":
        raise WrongState(HAS_PASSWORD)
    return sending_links.hand_ticket_over(bank, known.actor, user_id, kind, language, lifetime)


def rename_person(bank: Bank, viewer: Viewer | None, user_id: int, name: str) -> None:
    """Changes somebody's name. Raises SignInNeeded, NotFound, NotAllowed, Invalid."""
    known, called = require_right(viewer, "invite"), " ".join(name.split())
    accounts.expect_person_name(called)
    with bank.database.writing() as session:
        user = expect_managed_person(session, known, user_id)
        user.name = called
        audit.add_audit_row(session, known.actor, "rename_user", None, {"user": user.uid, "name": called})


def change_role(bank: Bank, viewer: Viewer | None, user_id: int, role: str) -> None:
    """Gives somebody another role, from the next request on.

    Links and codes that were made for the old role end: whoever made one must not sign in by it with the new one.
    Raises SignInNeeded, NotFound, NotAllowed, WrongState, Invalid.
    """
    known = require_right(viewer, "manage_people")
    accounts.expect_role(role)
    with bank.database.writing() as session:
        user = expect_managed_person(session, known, user_id)
        if user.id == known.id:
            raise NotAllowed(NOT_ONESELF)
        if role == "editor" and not people.memberships_of(session, [user.id]):
            raise Invalid(inviting.EDITOR_NEEDS_CITY)
        if role != "admin":
            expect_another_admin(session, user)
        user.role = role
        tickets.end_tickets(session, user.id, accounts.SIGN_IN_TICKETS, now())
        audit.add_audit_row(session, known.actor, "change_role", None, {"user": user.uid, "role": role})


def set_person_active(bank: Bank, viewer: Viewer | None, user_id: int, active: bool) -> None:
    """Gives or takes access; either ends sessions, links, codes and tokens.

    Raises SignInNeeded, NotFound, NotAllowed, WrongState.
    """
    known = require_right(viewer, "invite")
    with bank.database.writing() as session:
        user = expect_managed_person(session, known, user_id)
        if user.id == known.id:
            raise NotAllowed(NOT_ONESELF)
        if not active:
            expect_another_admin(session, user)
        accounts.set_access(session, user, active, known.actor)


def expect_another_admin(session: Session, user: User) -> None:
    """Raises WrongState where the user is the only administrator who can sign in."""
    if user.role == "admin" and user.active and people.count_working_admins(session, but=user.id) == 0:
        raise WrongState(LAST_ADMIN)


def add_membership(bank: Bank, viewer: Viewer | None, user_id: int, part: NewMembership) -> None:
    """Has somebody speak for one more city. Raises SignInNeeded, NotFound, NotAllowed, InvalidFields."""
    inviting.write_new_membership(bank, expect_manager_of(bank, viewer, user_id).actor, user_id, part)


def end_membership(bank: Bank, viewer: Viewer | None, user_id: int, membership_id: int, last: date | None) -> None:
    """Ends a membership, at once or after a day. Raises SignInNeeded, NotFound, NotAllowed, Invalid."""
    inviting.write_membership_end(bank, expect_manager_of(bank, viewer, user_id).actor, user_id, membership_id, last)


def expect_manager_of(bank: Bank, viewer: Viewer | None, user_id: int) -> Viewer:
    """The viewer, who looks after that person. Raises SignInNeeded, NotFound, NotAllowed."""
    known = require_right(viewer, "invite")
    with bank.database.reading() as session:
        expect_managed_person(session, known, user_id)
    return known


def expect_managed_person(session: Session, viewer: Viewer, user_id: int) -> User:
    """The user, whom the viewer looks after. Raises NotFound, NotAllowed."""
    user = accounts.expect_user(session, user_id)
    if not may_manage_role(viewer, accounts.role_of(user)):
        raise NotAllowed(ONLY_ADMINS)
    return user
