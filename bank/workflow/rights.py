"""Who may do what: one table, asked by pages and API. Commands act as the operator, who may do everything."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from bank.catalogue.visibility import CatalogueViewer
from bank.errors import NotFound, SignInNeeded

Role = Literal["editor", "coordinator", "admin"]
Scope = Literal["read", "deposit", "review"]
Right = Literal[
    "edit_tags",
    "see_quality",
    "deposit",
    "edit_submitted",
    "review",
    "invite",
    "manage_people",
    "manage_cities",
    "manage_search",
    "run_bank",
]
Reach = Literal["everywhere", "own_cities"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who is signed in, as of this request; `cities` are those that the person speaks for today.

    `scope` is what the token of a program allows at most; None for a session, which allows all.
    """

    id: int
    name: str
    role: Role
    cities: frozenset[str] = frozenset()
    scope: Scope | None = None

    @property
    def reader(self) -> CatalogueViewer:
        """The viewer as the catalogue's where clauses need one."""
        return CatalogueViewer(self.id, self.cities, self.role in RIGHTS["review"])

    @property
    def actor(self) -> str:
        """What the audit calls this person."""
        return actor_of(self.id)


REVIEWERS_EVERYWHERE: Mapping[Role, Reach] = {"coordinator": "everywhere", "admin": "everywhere"}
RIGHTS: Mapping[Right, Mapping[Role, Reach]] = {
    "edit_tags": {"editor": "own_cities", **REVIEWERS_EVERYWHERE},
    "deposit": {"editor": "own_cities", **REVIEWERS_EVERYWHERE},
    "edit_submitted": REVIEWERS_EVERYWHERE,
    "review": REVIEWERS_EVERYWHERE,
    "see_quality": REVIEWERS_EVERYWHERE,
    "invite": REVIEWERS_EVERYWHERE,
    "manage_people": {"admin": "everywhere"},
    "manage_cities": REVIEWERS_EVERYWHERE,
    "manage_search": REVIEWERS_EVERYWHERE,
    "run_bank": {"admin": "everywhere"},
}
"""Right -> role -> how far it reaches. A role that is not named does not have the right."""
SCOPE_RIGHTS: Mapping[Scope, frozenset[Right]] = {
    "read": frozenset(),
    "deposit": frozenset({"deposit", "edit_tags"}),
    "review": frozenset({"deposit", "edit_tags", "edit_submitted", "review"}),
}
"""What a token may be used for, at most. People and cities are managed by people."""


def actor_of(user_id: int) -> str:
    """What the audit calls a user: a number that is never given again, so that a name can be erased."""
    return f"user:{user_id}"


def has_right(viewer: Viewer | None, right: Right, cities: Collection[str] = ()) -> bool:
    """Whether the viewer has the right over what belongs to `cities`; without cities: over the network's own things."""
    reach = RIGHTS[right].get(viewer.role) if viewer is not None else None
    if viewer is None or reach is None or (viewer.scope is not None and right not in SCOPE_RIGHTS[viewer.scope]):
        return False
    return reach == "everywhere" or not viewer.cities.isdisjoint(cities)


def require_right(viewer: Viewer | None, right: Right, cities: Collection[str] = ()) -> Viewer:
    """The viewer, who has the right. Raises SignInNeeded for nobody, NotFound for whoever lacks it."""
    if viewer is None:
        raise SignInNeeded
    if not has_right(viewer, right, cities):
        raise NotFound
    return viewer
