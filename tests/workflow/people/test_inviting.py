"""Invitations, links, memberships and who may look after whom."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bank.assembly import open_bank
from bank.catalogue import audit
from bank.catalogue.tables import Membership, Ticket, User
from bank.clock import now
from bank.errors import BankError, Invalid, InvalidFields, NotAllowed, NotFound, SignInNeeded, WrongState
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.people import accounts, codes, desk, sessions, using_links
from bank.workflow.people.accounts import user_id_of_address
from bank.workflow.people.codes import WrongCode
from bank.workflow.people.desk import hand_over, invite
from bank.workflow.people.inviting import AlreadyInvited, Invitee, NewMembership
from bank.workflow.people.sending_links import HandableTicket
from bank.workflow.people.signing_in import WrongSignIn, sign_in_with_password
from bank.workflow.people.tickets import EndedLink, UnknownLink, UsedLink
from bank.workflow.people.using_links import BankNotEmpty
from bank.workflow.rights import Viewer
from bank.workflow.upkeep.backup import make_backup, restore_backup
from tests.people import ADMIN, CITY, COORDINATOR, EDITOR, OPERATOR, PASSWORD

HERE = "192.0.2.1"
NEW = "nueva@ciudad.example"
FRESH = "nueve jacarandas en el patio"
TODAY = now().date()
LIAISON = NewMembership(CITY, "liaison", TODAY)


def viewer(bank: Bank, email: str) -> Viewer:
    """Somebody as they would be signed in."""
    with bank.database.reading() as session:
        user = accounts.expect_user_by_address(session, email)
    return Viewer(user.id, user.name, accounts.role_of(user), frozenset())


def invited(bank: Bank, by: str = COORDINATOR, email: str = NEW) -> str:
    """The token of an invitation."""
    made = invite(bank, viewer(bank, by), Invitee(email, "editor", "Nueva Ficticia", [LIAISON]), "es")
    return made.secret.rpartition("/")[2]


def token_of(bank: Bank, email: str, kind: HandableTicket) -> str:
    return hand_over(bank, viewer(bank, ADMIN), user_id_of_address(bank, email), kind, "es").secret.rpartition("/")[2]


def come_in(bank: Bank, token: str, password: str | None = FRESH, kind: using_links.LinkKind = "invitation") -> Viewer:
    found = sessions.viewer_of_session(bank, using_links.come_in(bank, kind, token, password, HERE, ""))
    assert found is not None
    return found


def test_somebody_invited_chooses_a_password_and_is_in(manned: Bank) -> None:
    token = invited(manned)
    assert desk.list_people(manned, viewer(manned, ADMIN), NEW)[0].state == "invited"
    visit = using_links.look_at_link(manned, "invitation", token)
    assert (visit.email, visit.name, visit.role, visit.cities) == (NEW, "Nueva Ficticia", "editor", ("León",))
    who = come_in(manned, token)
    assert (who.name, who.role, who.cities) == ("Nueva Ficticia", "editor", frozenset({CITY}))
    assert sign_in_with_password(manned, NEW, FRESH, HERE)
    assert desk.list_people(manned, viewer(manned, ADMIN), NEW)[0].state == "active"
    with manned.database.reading() as session:
        assert audit.broken_audit_rows(session) == []


def test_somebody_may_do_without_a_password(manned: Bank) -> None:
    assert come_in(manned, invited(manned), None).name == "Nueva Ficticia"
    with pytest.raises(WrongSignIn):
        sign_in_with_password(manned, NEW, "", HERE)
    assert desk.list_people(manned, viewer(manned, ADMIN), NEW)[0].state == "active"


def test_a_password_that_is_refused_leaves_the_link_as_it_was(manned: Bank) -> None:
    token = invited(manned)
    for bad in ("corta", "x" * 129, "password1234", "nuevaficticia", NEW):
        with pytest.raises(Invalid):
            come_in(manned, token, bad)
    assert come_in(manned, token).name == "Nueva Ficticia"


def outcomes(acts: list[Callable[[], object]]) -> list[str]:
    """What each of many acts at once comes to: ``fine``, or the code of its failure."""

    def tried(act: Callable[[], object]) -> str:
        try:
            act()
        except BankError as error:
            return error.code
        return "fine"

    with ThreadPoolExecutor(len(acts)) as threads:
        return sorted(threads.map(tried, acts))


def test_a_link_opens_once_however_often_it_is_pressed_at_the_same_time(manned: Bank) -> None:
    """S40."""
    token = invited(manned)
    found = outcomes([lambda: come_in(manned, token, None)] * 12)
    assert found == ["fine"] + ["used_link"] * 11
    reset = token_of(manned, EDITOR, "reset")
    found = outcomes([lambda: come_in(manned, reset, FRESH, "reset")] * 6)
    assert found == ["fine"] + ["used_link"] * 5


def let_pass(bank: Bank, length: timedelta) -> None:
    """Makes every ticket that much older."""
    with bank.database.writing() as session:
        for ticket in session.scalars(select(Ticket)):
            ticket.ends -= length


def test_links_end(manned: Bank) -> None:
    """S40: a reset link within an hour, an invitation within fourteen days."""
    token, reset = invited(manned), token_of(manned, EDITOR, "reset")
    let_pass(manned, timedelta(minutes=59))
    assert using_links.look_at_link(manned, "reset", reset).email == EDITOR
    let_pass(manned, timedelta(minutes=1))
    with pytest.raises(EndedLink):
        come_in(manned, reset, FRESH, "reset")
    let_pass(manned, timedelta(days=13, hours=22))
    assert using_links.look_at_link(manned, "invitation", token).email == NEW
    let_pass(manned, timedelta(hours=1))
    with pytest.raises(EndedLink):
        come_in(manned, token)
    assert desk.list_people(manned, viewer(manned, ADMIN), NEW)[0].expired


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "é", "../first", "'; drop table ticket; --"])
def test_a_link_that_is_none_opens_nothing(manned: Bank, token: str) -> None:
    for act in (lambda: come_in(manned, token), lambda: using_links.look_at_first_link(manned, token)):
        with pytest.raises(UnknownLink):
            act()


def test_a_link_is_for_its_own_door_and_a_newer_one_ends_the_older(manned: Bank) -> None:
    older, newer = invited(manned), token_of(manned, NEW, "invitation")
    with pytest.raises(UnknownLink):
        come_in(manned, newer, FRESH, "reset")
    with pytest.raises(EndedLink):
        come_in(manned, older)
    assert come_in(manned, newer).name == "Nueva Ficticia"
    with pytest.raises(WrongState):
        token_of(manned, NEW, "invitation")


def test_a_new_password_ends_every_session_and_every_other_link(manned: Bank) -> None:
    """S36."""
    session = sign_in_with_password(manned, EDITOR, PASSWORD, HERE)
    reset = token_of(manned, EDITOR, "reset")
    assert come_in(manned, reset, FRESH, "reset").name == "Editora Ficticia"
    assert sessions.viewer_of_session(manned, session) is None
    with pytest.raises(WrongSignIn):
        sign_in_with_password(manned, EDITOR, PASSWORD, HERE)
    other = token_of(manned, EDITOR, "reset")
    accounts.reset_password(manned, EDITOR, PASSWORD, actor=OPERATOR)
    with pytest.raises(EndedLink):
        come_in(manned, other, FRESH, "reset")


def test_taking_access_ends_links_and_codes_too(manned: Bank) -> None:
    """S36."""
    token, number = invited(manned), user_id_of_address(manned, NEW)
    desk.set_person_active(manned, viewer(manned, COORDINATOR), number, False)
    with pytest.raises(EndedLink):
        come_in(manned, token)
    with pytest.raises(WrongState):
        token_of(manned, NEW, "invitation")
    desk.set_person_active(manned, viewer(manned, COORDINATOR), number, True)
    with pytest.raises(EndedLink):
        come_in(manned, token)
    assert come_in(manned, token_of(manned, NEW, "invitation")).name == "Nueva Ficticia"


def test_the_catalogue_holds_no_link_and_no_code(manned: Bank) -> None:
    """S34."""
    secrets = [invited(manned), token_of(manned, EDITOR, "reset")]
    code = hand_over(manned, viewer(manned, ADMIN), user_id_of_address(manned, EDITOR), "code", "es").secret
    with closing(sqlite3.connect(manned.settings.home / "bank.db")) as database:
        held = "\n".join(database.iterdump())
    assert NEW in held
    for secret in (*secrets, code, code.replace(" ", "")):
        assert secret not in held


def test_a_backup_brings_back_no_open_link(manned: Bank, tmp_path: Path) -> None:
    token = invited(manned)
    make_backup(manned, tmp_path / "b.tar")
    restore_backup(tmp_path / "b.tar", Settings(home=tmp_path / "again"))
    bank = open_bank(Settings(home=tmp_path / "again"))
    with closing(bank.database), pytest.raises(UnknownLink):
        come_in(bank, token)


def test_what_is_wrong_with_an_invitation_is_told_field_by_field(manned: Bank) -> None:
    def faults(wanted: Invitee) -> list[str]:
        with pytest.raises(InvalidFields) as told:
            invite(manned, viewer(manned, ADMIN), wanted, "es")
        return [fault.name for fault in told.value.faults]

    yesterday = TODAY - timedelta(days=1)
    assert faults(Invitee("no-address", "editor", "a\nb\x00")) == ["email", "name", "city"]
    assert faults(Invitee(NEW, "king", "Ana")) == ["role"]
    parts = [NewMembership("nowhere", "mayor", TODAY, yesterday)]
    assert faults(Invitee(NEW, "editor", "Ana", parts)) == ["city", "part", "until"]
    assert faults(Invitee(f"{NEW}\r\nBcc: otra@red.example", "admin")) == ["email"]
    with pytest.raises(AlreadyInvited) as told:
        invite(manned, viewer(manned, ADMIN), Invitee(EDITOR.upper(), "admin"), "es")
    assert told.value.user_id == user_id_of_address(manned, EDITOR)


def test_who_leaves_speaks_for_the_city_no_more_and_the_successor_does(manned: Bank) -> None:
    """S30: with the session that is open."""
    leaving, number = sign_in_with_password(manned, EDITOR, PASSWORD, HERE), user_id_of_address(manned, EDITOR)
    coming = using_links.come_in(manned, "invitation", invited(manned), None, HERE, "")
    boss = viewer(manned, COORDINATOR)
    [part] = desk.find_person(manned, boss, number).parts
    desk.end_membership(manned, boss, number, part.id, None)
    assert cities(manned, leaving) == frozenset()
    assert cities(manned, coming) == frozenset({CITY})
    [part] = desk.find_person(manned, boss, number).parts
    assert part.when == "past"


def cities(bank: Bank, token: str) -> frozenset[str]:
    found = sessions.viewer_of_session(bank, token)
    assert found is not None
    return found.cities


def test_a_membership_holds_from_its_first_day_to_its_last(manned: Bank) -> None:
    token, number, boss = (
        sign_in_with_password(manned, EDITOR, PASSWORD, HERE),
        user_id_of_address(manned, EDITOR),
        viewer(manned, ADMIN),
    )
    [part] = desk.find_person(manned, boss, number).parts
    desk.end_membership(manned, boss, number, part.id, TODAY)
    assert cities(manned, token) == frozenset({CITY})
    tomorrow = TODAY + timedelta(days=1)
    desk.add_membership(manned, boss, number, NewMembership(CITY, "director", tomorrow))
    with manned.database.writing() as session:
        session.execute(update(Membership).where(Membership.id == part.id).values(until=TODAY - timedelta(days=1)))
    assert cities(manned, token) == frozenset()
    with pytest.raises(InvalidFields):
        desk.add_membership(manned, boss, number, NewMembership(CITY, "liaison", tomorrow + timedelta(days=300)))
    with pytest.raises(Invalid):
        desk.end_membership(manned, boss, number, part.id, date(2001, 1, 1))
    with pytest.raises(NotFound):
        desk.end_membership(manned, boss, user_id_of_address(manned, ADMIN), part.id, None)


Act = Callable[[Bank, Viewer | None, int], object]
ACTS: dict[str, Act] = {
    "rename": lambda bank, who, number: desk.rename_person(bank, who, number, "Otra"),
    "take access": lambda bank, who, number: desk.set_person_active(bank, who, number, False),
    "give access": lambda bank, who, number: desk.set_person_active(bank, who, number, True),
    "reset": lambda bank, who, number: hand_over(bank, who, number, "reset", "es"),
    "code": lambda bank, who, number: hand_over(bank, who, number, "code", "es"),
    "add a city": lambda bank, who, number: desk.add_membership(
        bank, who, number, NewMembership("mx-leon", "director", TODAY)
    ),
    "end a city": lambda bank, who, number: desk.end_membership(bank, who, number, 1, None),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_a_coordinator_touches_neither_coordinators_nor_administrators(manned: Bank, act: Act) -> None:
    before = held(manned)
    for email in (ADMIN, COORDINATOR):
        with pytest.raises(NotAllowed):
            act(manned, viewer(manned, COORDINATOR), user_id_of_address(manned, email))
        with pytest.raises(NotFound):
            act(manned, viewer(manned, EDITOR), user_id_of_address(manned, email))
        with pytest.raises(SignInNeeded):
            act(manned, None, user_id_of_address(manned, email))
    with pytest.raises(NotFound):
        act(manned, viewer(manned, ADMIN), 999)
    assert held(manned) == before


def held(bank: Bank) -> list[tuple[object, ...]]:
    with bank.database.reading() as session:
        rows = session.execute(select(User.id, User.name, User.role, User.active, User.password)).all()
        return [*map(tuple, rows), *map(tuple, session.execute(select(Ticket.id, Ticket.kind)).all())]


def test_a_coordinator_makes_editors_only(manned: Bank) -> None:
    for role in ("coordinator", "admin"):
        with pytest.raises(NotAllowed):
            invite(manned, viewer(manned, COORDINATOR), Invitee(NEW, role), "es")
        with pytest.raises(NotFound):
            desk.change_role(manned, viewer(manned, COORDINATOR), user_id_of_address(manned, EDITOR), role)
        with pytest.raises(NotFound):
            invite(manned, viewer(manned, EDITOR), Invitee(NEW, role), "es")
    assert invite(manned, viewer(manned, ADMIN), Invitee(NEW, "coordinator"), "es").secret


def test_nobody_takes_their_own_access_nor_the_last_administrators(manned: Bank) -> None:
    boss, number = viewer(manned, ADMIN), user_id_of_address(manned, ADMIN)
    with pytest.raises(NotAllowed):
        desk.set_person_active(manned, boss, number, False)
    with pytest.raises(NotAllowed):
        desk.change_role(manned, boss, number, "editor")
    accounts.add_user(manned, NEW, "admin", FRESH, actor=OPERATOR)
    other = viewer(manned, NEW)
    desk.set_person_active(manned, boss, other.id, False)
    with pytest.raises(WrongState):
        desk.set_person_active(manned, other, number, False)
    with pytest.raises(WrongState):
        desk.change_role(manned, other, number, "coordinator")


def test_a_role_holds_from_the_next_request_on(manned: Bank) -> None:
    """S30."""
    token, boss = sign_in_with_password(manned, COORDINATOR, PASSWORD, HERE), viewer(manned, ADMIN)
    number = user_id_of_address(manned, COORDINATOR)
    with pytest.raises(Invalid):
        desk.change_role(manned, boss, number, "editor")
    desk.add_membership(manned, boss, number, LIAISON)
    desk.change_role(manned, boss, number, "editor")
    found = sessions.viewer_of_session(manned, token)
    assert found is not None
    with pytest.raises(NotFound):
        desk.list_people(manned, found)


def test_a_coordinators_link_opens_nothing_once_its_person_has_more_rights(manned: Bank) -> None:
    """Else a coordinator could come in as the administrator that an editor has become."""
    token, boss = invited(manned), viewer(manned, ADMIN)
    code = hand_over(manned, viewer(manned, COORDINATOR), user_id_of_address(manned, NEW), "code", "es").secret
    desk.change_role(manned, boss, user_id_of_address(manned, NEW), "admin")
    with pytest.raises(EndedLink):
        come_in(manned, token)
    with pytest.raises(WrongCode):
        codes.sign_in_with_code(manned, NEW, code, HERE)
    assert come_in(manned, token_of(manned, NEW, "invitation")).role == "admin"


def test_people_are_found_by_name_address_city_and_state(manned: Bank) -> None:
    invited(manned)
    boss = viewer(manned, ADMIN)
    assert [one.email for one in desk.list_people(manned, boss, "ficticia LEON nueva")] == [NEW]
    assert [one.email for one in desk.list_people(manned, boss, "", "invited")] == [NEW]
    assert len(desk.list_people(manned, boss)) == 4
    assert desk.list_people(manned, boss, "nadie") == []


def test_the_first_administrator_comes_in_by_a_link_and_nobody_after(settings: Settings) -> None:
    with closing((bank := open_bank(settings)).database):
        older, newer = (str(using_links.make_first_link(bank, OPERATOR)).rpartition("/")[2] for _ in range(2))
        with pytest.raises(EndedLink):
            using_links.make_first_admin(bank, older, ADMIN, "", PASSWORD, HERE)
        with pytest.raises(InvalidFields) as told:
            using_links.make_first_admin(bank, newer, "x", "", "corta", HERE)
        assert [fault.name for fault in told.value.faults] == ["email", "password"]
        numbers = range(8)
        found = outcomes(
            [
                lambda n=n: using_links.make_first_admin(bank, newer, f"a{n}@red.example", "", PASSWORD, HERE)  # type: ignore[misc]
                for n in numbers
            ]
        )
        assert found.count("fine") == 1
        assert len(accounts.list_accounts(bank)) == 1
        assert accounts.list_accounts(bank)[0].role == "admin"
        assert using_links.make_first_link(bank, OPERATOR) is None


def test_the_first_link_is_worth_nothing_once_there_is_anybody(settings: Settings) -> None:
    with closing((bank := open_bank(settings)).database):
        token = str(using_links.make_first_link(bank, OPERATOR)).rpartition("/")[2]
        accounts.add_user(bank, ADMIN, "admin", PASSWORD, actor=OPERATOR)
        accounts.set_account_active(bank, ADMIN, False, actor=OPERATOR)
        for act in (
            lambda: using_links.look_at_first_link(bank, token),
            lambda: using_links.make_first_admin(bank, token, NEW, "", PASSWORD, HERE),
        ):
            with pytest.raises(BankNotEmpty):
                act()


def test_a_used_link_says_so(manned: Bank) -> None:
    token = invited(manned)
    come_in(manned, token, None)
    with pytest.raises(UsedLink):
        using_links.look_at_link(manned, "invitation", token)
