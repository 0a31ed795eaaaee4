"""What the jury of the Educating Cities Award looks at, as a checklist for an entry."""

from collections.abc import Mapping
from dataclasses import dataclass

from bank.vocabulary.row import Row


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the jury's six criteria; `fields` are the ids of the experience's fields that speak for it."""

    id: str
    labels: Mapping[str, str]
    help: Mapping[str, str]
    fields: tuple[str, ...]

    def label(self, language: str) -> str:
        return self.labels.get(language, self.labels["es"])

    def advice(self, language: str) -> str:
        """The help text in this language, else in Spanish."""
        return self.help.get(language, self.help["es"])


def criterion(row: Row) -> Criterion:
    """A criterion as it stands in ``criteria.toml``."""
    return Criterion(row.text("id"), row.labels("labels"), row.labels("help"), row.texts("fields", required=True))
