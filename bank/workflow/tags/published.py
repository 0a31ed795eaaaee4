"""The suggested tags of a published entry, for those who may decide about them, and earlier decisions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from bank.catalogue import decisions
from bank.tagging.values import TAGGED_VOCABULARIES, Suggestion
from bank.vocabulary.principles import OLD_CHARTER_VERSION
from bank.workflow.bank import Bank
from bank.workflow.entries import public
from bank.workflow.entries.views import EntryView
from bank.workflow.rights import Viewer, require_right
from bank.workflow.tags import deciding
from bank.workflow.tags.deciding import DecisionOutcome
from bank.workflow.tags.suggesting import suggest_entry

TermKey = tuple[str, str]
"""(vocabulary, term)."""


@dataclass(frozen=True, slots=True)
class TagDecision:
    """A decision in force: the entry has the tag after "accepted", and lacks it after "rejected".

    `applied`: the decision gave the tag, or took it away again.
    """

    vocabulary: str
    term: str
    outcome: DecisionOutcome
    applied: bool
    moment: datetime


@dataclass(frozen=True, slots=True)
class PublishedTags:
    """Suggestions for an entry by vocabulary, the likeliest first, and decisions in force, the newest first.

    Tags that the entry has, and those with a decision in force, are not suggested.
    """

    entry: EntryView
    open: Mapping[str, tuple[Suggestion, ...]]
    decided: tuple[TagDecision, ...]

    @property
    def without_principle(self) -> bool:
        """True for an experience without any principle, which each ought to have."""
        return self.entry.card.kind == "experience" and not self.entry.card.principles

    def decision(self, vocabulary: str, term: str) -> TagDecision | None:
        """The decision in force on a term; None without one."""
        return next((one for one in self.decided if (one.vocabulary, one.term) == (vocabulary, term)), None)


def expect_tag_editor(bank: Bank, viewer: Viewer | None, number: int) -> tuple[EntryView, Viewer]:
    """A published entry, and the viewer, who may change its tags. Raises NotFound, Gone; SignInNeeded for nobody."""
    view = public.published_entry(bank, number)
    return view, require_right(viewer, "edit_tags", [city.id for city in view.card.cities])


def published_tag_proposals(bank: Bank, viewer: Viewer | None, number: int) -> PublishedTags:
    """The suggestions for a published entry, and decisions in force. Raises as `expect_tag_editor`; Busy."""
    view, _ = expect_tag_editor(bank, viewer, number)
    carried = {(tag.vocabulary, tag.term) for tag in view.tags if tag.charter != OLD_CHARTER_VERSION}
    decided = standing_decisions(bank, number, carried)
    return PublishedTags(view, undecided_suggestions(bank, number, carried, decided), decided)


def undecided_suggestions(
    bank: Bank, number: int, carried: Collection[TermKey], decided: Collection[TagDecision], only_public: bool = True
) -> Mapping[str, tuple[Suggestion, ...]]:
    """Vocabulary -> suggestions for tags neither carried nor decided upon. Raises NotFound, Busy."""
    found = suggest_entry(bank, number, only_public)
    known = {*carried, *((one.vocabulary, one.term) for one in decided)}
    return {name: tuple(one for one in found.of(name) if (name, one.term) not in known) for name in TAGGED_VOCABULARIES}


def standing_decisions(bank: Bank, number: int, carried: Collection[TermKey]) -> tuple[TagDecision, ...]:
    """Decisions still in force: accepted and the tag is there, or rejected and it is not. The newest first."""
    with bank.database.reading() as session:
        rows = decisions.decisions_of_entry(session, number)
        return tuple(
            TagDecision(*key, cast(DecisionOutcome, row.outcome), row.applied, row.moment)
            for key, row in sorted(rows.items(), key=lambda pair: pair[1].id, reverse=True)
            if (row.outcome == "accepted") == (key in carried)
        )


def decide_published_tag(
    bank: Bank, viewer: Viewer | None, number: int, vocabulary: str, term: str, outcome: DecisionOutcome
) -> None:
    """Accepts or rejects a term in the viewer's name. Raises as `expect_tag_editor` and `decide_on_term`."""
    _, editor = expect_tag_editor(bank, viewer, number)
    deciding.decide_on_term(bank, outcome, editor.actor, number, vocabulary, term, editor.id)
