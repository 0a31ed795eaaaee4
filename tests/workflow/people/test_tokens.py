"""API tokens end with whatever ends the trust in their person: a reset, lost access, a change made in alarm."""

from collections.abc import Callable

import pytest

from bank.workflow.bank import Bank
from bank.workflow.people import accounts, desk, profile, sending_links, tokens, using_links
from bank.workflow.rights import Viewer
from tests.people import ADMIN, COORDINATOR, EDITOR, OPERATOR, PASSWORD

FRESH = "ocho bugambilias en el patio"


def made(bank: Bank, email: str = EDITOR, name: str = "one") -> str:
    return tokens.add_token_for_address(bank, email, name, None, actor=OPERATOR)


def stands(bank: Bank, token: str) -> bool:
    try:
        return tokens.viewer_of_token(bank, token).id > 0
    except tokens.WrongToken:
        return False


def in_browser(bank: Bank, email: str) -> Viewer:
    """Somebody as signed in on a page, where no scope narrows what they may do."""
    return Viewer(accounts.user_id_of_address(bank, email), email, "admin" if email == ADMIN else "editor", frozenset())


def by_the_operator(bank: Bank) -> None:
    accounts.reset_password(bank, EDITOR, FRESH, actor=OPERATOR)


def by_a_reset_link(bank: Bank) -> None:
    person = accounts.user_id_of_address(bank, EDITOR)
    link = sending_links.hand_ticket_over(bank, OPERATOR, person, "reset", "en").secret
    using_links.come_in(bank, "reset", link.rpartition("/")[2], FRESH, "192.0.2.1", "")


def by_taking_access(bank: Bank) -> None:
    accounts.set_account_active(bank, EDITOR, False, actor=OPERATOR)


def by_the_people_desk(bank: Bank) -> None:
    desk.set_person_active(bank, in_browser(bank, ADMIN), accounts.user_id_of_address(bank, EDITOR), False)


def by_a_change_in_alarm(bank: Bank) -> None:
    profile.set_own_password(bank, in_browser(bank, EDITOR), PASSWORD, FRESH, "192.0.2.1", end_tokens=True)


ENDINGS = (by_the_operator, by_a_reset_link, by_taking_access, by_the_people_desk, by_a_change_in_alarm)


@pytest.mark.parametrize("end", ENDINGS)
def test_every_token_of_that_person_ends_and_nobody_elses(manned: Bank, end: Callable[[Bank], None]) -> None:
    mine, other = [made(manned), made(manned, name="two")], made(manned, COORDINATOR)
    end(manned)
    assert [stands(manned, token) for token in mine] == [False, False]
    assert stands(manned, other)
    assert [one.ended is not None for one in tokens.every_token(manned)] == [True, True, False]


@pytest.mark.parametrize("end", [by_taking_access, by_the_people_desk])
def test_access_that_is_given_back_revives_no_token(manned: Bank, end: Callable[[Bank], None]) -> None:
    token = made(manned)
    end(manned)
    accounts.set_account_active(manned, EDITOR, True, actor=OPERATOR)
    assert not stands(manned, token)
    assert stands(manned, made(manned, name="one"))


def test_an_own_change_of_password_leaves_programs_their_tokens(manned: Bank) -> None:
    token = made(manned)
    profile.set_own_password(manned, in_browser(manned, EDITOR), PASSWORD, FRESH, "192.0.2.1")
    assert stands(manned, token)
