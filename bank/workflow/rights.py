"""Who may do what: one table, looked at by pages, API and commands alike."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from bank.errors import NotFound, SignInNeeded

Role = Literal["editor", "coordinator", "admin"]
Right = Literal["edit_tags", "see_quality"]
Reach = Literal["everywhere", "own_cities"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who is signed in, as of this request; `cities` are those that the person speaks for today."""

    id: int
    name: str
    role: Role
    cities: frozenset[str] = frozenset()

    @property
    def actor(self) -> str:
        """What the audit calls this person."""
        return actor_of(self.id)


RIGHTS: Mapping[Right, Mapping[Role, Reach]] = {
    "edit_tags": {"editor": "own_cities", "coordinator": "everywhere", "admin": "everywhere"},
    "see_quality": {"coordinator": "everywhere", "admin": "everywhere"},
}
"""Right -> role -> how far it reaches. What is not named is not allowed."""


def actor_of(user_id: int) -> str:
    """What the audit calls a user: a number that is never given again, so that a name can be erased."""
    return f"user:{user_id}"


def may(viewer: Viewer | None, right: Right, cities: Collection[str] = ()) -> bool:
    """Whether the viewer has the right over something of these cities, or of the whole network without any."""
    reach = RIGHTS[right].get(viewer.role) if viewer is not None else None
    if viewer is None or reach is None:
        return False
    return reach == "everywhere" or not viewer.cities.isdisjoint(cities)


def require(viewer: Viewer | None, right: Right, cities: Collection[str] = ()) -> Viewer:
    """The viewer, who has the right. Raises SignInNeeded for nobody; NotFound: what one may not see is not there."""
    if viewer is None:
        raise SignInNeeded
    if not may(viewer, right, cities):
        raise NotFound
    return viewer
