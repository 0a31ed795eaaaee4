"""The table of rights, row by row; S24, S30."""

from dataclasses import replace
from typing import get_args

import pytest

from bank.errors import NotFound, SignInNeeded
from bank.workflow.rights import RIGHTS, SCOPE_RIGHTS, Right, Role, Scope, Viewer, has_right, require_right

OWN, OTHER, NONE = ("mx-leon",), ("mx-puebla",), ()
BEYOND: tuple[Right, ...] = ("edit_submitted", "review", "invite", "manage_cities", "manage_search")
ROWS: list[tuple[Right, Role, tuple[str, ...], bool]] = [
    ("edit_tags", "editor", OWN, True),
    ("edit_tags", "editor", (*OTHER, *OWN), True),
    ("edit_tags", "editor", OTHER, False),
    ("edit_tags", "editor", NONE, False),
    ("edit_tags", "coordinator", OWN, True),
    ("edit_tags", "coordinator", OTHER, True),
    ("edit_tags", "coordinator", NONE, True),
    ("edit_tags", "admin", OTHER, True),
    ("edit_tags", "admin", NONE, True),
    ("see_quality", "editor", OWN, False),
    ("see_quality", "editor", NONE, False),
    ("see_quality", "coordinator", NONE, True),
    ("see_quality", "admin", NONE, True),
    ("deposit", "editor", OWN, True),
    ("deposit", "editor", OTHER, False),
    ("deposit", "editor", NONE, False),
    ("deposit", "coordinator", OTHER, True),
    ("deposit", "admin", NONE, True),
    *[(right, "editor", OWN, False) for right in BEYOND],
    *[(right, "coordinator", OTHER, True) for right in BEYOND],
    *[(right, "admin", OTHER, True) for right in BEYOND],
    ("manage_people", "editor", OWN, False),
    ("manage_people", "coordinator", OWN, False),
    ("manage_people", "admin", NONE, True),
    ("run_bank", "editor", OWN, False),
    ("run_bank", "coordinator", NONE, False),
    ("run_bank", "admin", NONE, True),
]


def viewer(role: Role) -> Viewer:
    return Viewer(1, "Alguien", role, frozenset(OWN))


@pytest.mark.parametrize(("right", "role", "cities", "allowed"), ROWS)
def test_every_row_of_the_table_says_who_may_do_what(
    right: Right, role: Role, cities: tuple[str, ...], allowed: bool
) -> None:
    assert has_right(viewer(role), right, cities) is allowed


def test_no_right_and_no_role_is_left_out_of_the_rows() -> None:
    assert {(right, role) for right, role, _, _ in ROWS} == {
        (right, role) for right in RIGHTS for role in get_args(Role)
    }
    assert set(RIGHTS) == set(get_args(Right))


@pytest.mark.parametrize("scope", get_args(Scope))
@pytest.mark.parametrize("right", RIGHTS)
def test_a_token_allows_no_more_than_its_scope(right: Right, scope: Scope) -> None:
    assert has_right(replace(viewer("admin"), scope=scope), right) is (right in SCOPE_RIGHTS[scope])


@pytest.mark.parametrize("right", RIGHTS)
def test_a_visitor_has_no_right_at_all(right: Right) -> None:
    assert not has_right(None, right, OWN)
    with pytest.raises(SignInNeeded):
        require_right(None, right, OWN)


def test_what_one_may_not_do_is_not_there() -> None:
    with pytest.raises(NotFound):
        require_right(viewer("editor"), "edit_tags", OTHER)
    with pytest.raises(NotFound):
        require_right(viewer("editor"), "see_quality")
    assert require_right(viewer("coordinator"), "see_quality").role == "coordinator"


def test_an_editor_without_a_city_today_may_edit_nothing() -> None:
    assert not has_right(Viewer(1, "Alguien", "editor"), "edit_tags", OWN)
