"""How good suggestions are, told by what people decided about them."""

from collections import Counter
from dataclasses import dataclass

from bank.catalogue import decisions
from bank.workflow.bank import Bank


@dataclass(frozen=True, slots=True)
class TermQuality:
    """One term's count over the entries in which something was decided.

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
        """Accepted of decided; None where nothing was decided."""
        return self.accepted / self.decided if self.decided else None

    @property
    def recall(self) -> float | None:
        """Accepted of accepted and missed; None where there is neither."""
        right = self.accepted + self.missed
        return self.accepted / right if right else None


def tag_quality(bank: Bank) -> tuple[TermQuality, ...]:
    """Every term that was decided about or missed, in the vocabularies' order; the newest decision of each counts."""
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
