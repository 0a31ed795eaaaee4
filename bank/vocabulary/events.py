"""Events that entries point to: meetings, congresses, workshops, award editions, International Days."""

from dataclasses import dataclass

from bank.vocabulary.cities import moment
from bank.vocabulary.labels import Labels
from bank.vocabulary.row import Row

ROLES = ("presented", "winner", "finalist", "related")


@dataclass(frozen=True, slots=True)
class Event:
    """An event. `start` and `end` are YYYY, YYYY-MM or YYYY-MM-DD; `certain` is False where the year was inferred.

    `city` is where it was held (None when online or everywhere); `participants` are cities that took part;
    `source` says where its facts come from.
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


def event(row: Row) -> Event:
    """An event as it stands in ``events.toml``."""
    return Event(
        id=row.text("id"),
        kind=row.text("kind"),
        titles=row.labels("titles"),
        start=moment(row, "start"),
        end=moment(row, "end"),
        certain=not row.flag("year_inferred"),
        city=row.optional("city"),
        participants=row.texts("participants"),
        themes=row.texts("themes"),
        principles=row.numbers("principles"),
        source=row.text("source"),
    )
