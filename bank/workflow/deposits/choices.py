"""What a form offers to choose from: the viewer's own cities, all public cities, the events."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bank.catalogue import places
from bank.catalogue.tables import City, Event
from bank.workflow.bank import Bank
from bank.workflow.entries.cards import city_view
from bank.workflow.entries.public import event_view
from bank.workflow.entries.views import CityView, EventView
from bank.workflow.rights import Viewer


@dataclass(frozen=True, slots=True)
class FormChoices:
    """`own` are the cities that the viewer may deposit for; empty for viewers who may do so for any.

    `cities` are names proposed while somebody types, `events` the newest first.
    """

    own: tuple[CityView, ...]
    cities: tuple[CityView, ...]
    events: tuple[EventView, ...]


def form_choices(bank: Bank, viewer: Viewer) -> FormChoices:
    """The choices of this viewer's form; of unconfirmed cities only public ones and the viewer's own are named."""
    with bank.database.reading() as session:
        own = session.scalars(select(City).where(City.id.in_(sorted(viewer.cities))).order_by(City.name)).all()
        events = session.scalars(select(Event).order_by(Event.start.desc(), Event.id)).all()
        return FormChoices(
            own=tuple(city_view(row) for row in own) if viewer.role == "editor" else (),
            cities=tuple(city_view(row) for row in places.public_cities(session)),
            events=tuple(event_view(row) for row in events),
        )


def names_by_city_id(bank: Bank, ids: Sequence[str]) -> dict[str, str]:
    """Id -> name of these cities, also of those that nobody confirmed."""
    with bank.database.reading() as session:
        return {row.id: row.name for row in session.scalars(select(City).where(City.id.in_(ids)))}
