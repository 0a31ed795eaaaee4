"""The criteria by which the jury of the Educating Cities Award judges, as a checklist for an entry."""

from dataclasses import dataclass

from bank.vocabulary.labels import Labels, label_in_language
from bank.vocabulary.row import Row


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the jury's six criteria; `fields` are the ids of the experience's fields that answer to it."""

    id: str
    labels: Labels
    help: Labels
    fields: tuple[str, ...]

    label = label_in_language

    def advice(self, language: str) -> str:
        """The help text, chosen as a label is."""
        return self.help.said(language)


def criterion_from_row(row: Row) -> Criterion:
    """A criterion from its table in ``criteria.toml``."""
    return Criterion(row.text("id"), row.labels("labels"), row.labels("help"), row.texts("fields", required=True))
