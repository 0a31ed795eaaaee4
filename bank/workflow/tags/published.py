"""The suggested tags of an entry for those who may decide about them, and what was decided before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from bank.catalogue import decisions
from bank.tagging.values import VOCABULARIES, Suggestion
from bank.vocabulary.principles import OLD_CHARTER
from bank.workflow.bank import Bank
from bank.workflow.entries import public
from bank.workflow.entries.views import EntryView
from bank.workflow.rights import Viewer, require
from bank.workflow.tags import deciding
from bank.workflow.tags.deciding import Outcome
from bank.workflow.tags.suggesting import suggest_entry

Key = tuple[str, str]
"""(vocabulary, term)."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that holds: the entry has the tag after "accepted", and lacks it after "rejected".

    `applied`: it gave the tag, or took it away again.
    """

    vocabulary: str
    term: str
    outcome: Outcome
    applied: bool
    moment: datetime


@dataclass(frozen=True, slots=True)
class Proposals:
    """What is proposed for an entry by vocabulary, the likeliest first, and what was decided, the newest first.

    Nothing is proposed that the entry carries or that was decided about.
    """

    entry: EntryView
    open: Mapping[str, tuple[Suggestion, ...]]
    decided: tuple[Decided, ...]

    @property
    def without_principle(self) -> bool:
        """True for an experience that has no principle, though one is what it is about."""
        return self.entry.card.kind == "experience" and not self.entry.card.principles

    def decision(self, vocabulary: str, term: str) -> Decided | None:
        """The decision that holds for a term."""
        return next((one for one in self.decided if (one.vocabulary, one.term) == (vocabulary, term)), None)


def editable(bank: Bank, viewer: Viewer | None, number: int) -> tuple[EntryView, Viewer]:
    """A published entry and who may change its tags. Raises NotFound, and SignInNeeded for nobody."""
    view = public.entry(bank, number)
    return view, require(viewer, "edit_tags", [city.id for city in view.card.cities])


def proposals(bank: Bank, viewer: Viewer | None, number: int) -> Proposals:
    """What is proposed for the tags of an entry. Raises as `editable`."""
    view, _ = editable(bank, viewer, number)
    carried = {(tag.vocabulary, tag.term) for tag in view.tags if tag.charter != OLD_CHARTER}
    decided = holding(bank, number, carried)
    return Proposals(view, undecided(bank, number, carried, decided), decided)


def undecided(
    bank: Bank, number: int, carried: Collection[Key], decided: Collection[Decided], only_public: bool = True
) -> Mapping[str, tuple[Suggestion, ...]]:
    """Vocabulary -> what is suggested and neither carried nor decided about. Raises NotFound, Busy."""
    found = suggest_entry(bank, number, only_public)
    known = {*carried, *((one.vocabulary, one.term) for one in decided)}
    return {name: tuple(one for one in found.of(name) if (name, one.term) not in known) for name in VOCABULARIES}


def holding(bank: Bank, number: int, carried: Collection[Key]) -> tuple[Decided, ...]:
    """The decisions that the entry's tags agree with: a tag that came or went in another way has overtaken its own."""
    with bank.database.reading() as session:
        rows = decisions.of_entry(session, number)
        return tuple(
            Decided(*key, cast(Outcome, row.outcome), row.applied, row.moment)
            for key, row in sorted(rows.items(), key=lambda pair: pair[1].id, reverse=True)
            if (row.outcome == "accepted") == (key in carried)
        )


def decide(bank: Bank, viewer: Viewer | None, number: int, vocabulary: str, term: str, outcome: Outcome) -> None:
    """Accepts or rejects a term for an entry in the viewer's name. Raises as `editable` and `deciding.decide`."""
    _, editor = editable(bank, viewer, number)
    deciding.decide(bank, outcome, editor.actor, number, vocabulary, term, editor.id)
