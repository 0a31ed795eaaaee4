"""Precision and recall of suggestions for each term, from people's decisions."""

from collections import Counter
from dataclasses import dataclass

from bank.catalogue import decisions
from bank.workflow.bank import Bank


@dataclass(frozen=True, slots=True)
class TermQuality:
    """Counts for one term, over the entries with a decision in its vocabulary.

    `missed` are tags that such entries carry though nobody accepted them from a suggestion.
    """

    vocabulary: str
    term: str
    accepted: int
    rejected: int
    missed: int

    @property
    def decided(self) -> int:
        return self.accepted + self.rejected

    @property
    def precision(self) -> float | None:
        """Accepted divided by decided; None without decisions."""
        return self.accepted / self.decided if self.decided else None

    @property
    def recall(self) -> float | None:
        """Accepted divided by accepted and missed; None without either."""
        right = self.accepted + self.missed
        return self.accepted / right if right else None


def tag_quality(bank: Bank) -> tuple[TermQuality, ...]:
    """Every term that was decided upon or missed, in the vocabularies' order; only newest decisions count."""
    with bank.database.reading() as session:
        held = decisions.newest_decisions(session)
        carried = decisions.carried_terms(session)
    accepted = {(row.entry_id, row.vocabulary, row.term) for row in held if row.outcome == "accepted"}
    right = Counter(place[1:] for place in accepted)
    wrong = Counter((row.vocabulary, row.term) for row in held if row.outcome == "rejected")
    missed = Counter(place[1:] for place in carried - accepted)
    terms = [(name, term.id) for name in ("principle", "theme") for term in bank.vocabulary.vocabularies()[name]]
    return tuple(
        TermQuality(*key, right[key], wrong[key], missed[key])
        for key in terms
        if right[key] or wrong[key] or missed[key]
    )
