"""Events that entries point to: meetings, congresses, workshops, award editions, International Days."""

from dataclasses import dataclass

from bank.vocabulary.cities import optional_date
from bank.vocabulary.labels import Labels
from bank.vocabulary.row import Row

EVENT_ENTRY_ROLES = ("presented", "winner", "finalist", "related")
"""The roles in which an entry may be linked to an event."""


@dataclass(frozen=True, slots=True)
class EventSeed:
    """An event. `start` and `end` are YYYY, YYYY-MM or YYYY-MM-DD; `certain` is False where the year was inferred.

    `city` is where it was held (None when online or everywhere); `participants` are cities that took part; `source`
    names the source of these facts.
    """

    id: str
    kind: str
    titles: Labels
    start: str | None
    end: str | None
    certain: bool
    city: str | None
    participants: tuple[str, ...]
    themes: tuple[str, ...]
    principles: tuple[int, ...]
    source: str

    def title(self, language: str) -> str:
        """The title, chosen as a label is."""
        return self.titles.said(language)

    @property
    def year(self) -> int | None:
        return int(self.start[:4]) if self.start else None


def event_from_row(row: Row) -> EventSeed:
    """An event from its table in ``events.toml``."""
    return EventSeed(
        id=row.text("id"),
        kind=row.text("kind"),
        titles=row.labels("titles"),
        start=optional_date(row, "start"),
        end=optional_date(row, "end"),
        certain=not row.flag("year_inferred"),
        city=row.optional("city"),
        participants=row.texts("participants"),
        themes=row.texts("themes"),
        principles=row.numbers("principles"),
        source=row.text("source"),
    )
