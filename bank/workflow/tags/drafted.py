"""The suggested tags of an entry on its way, for those who may change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from bank.tagging.values import Suggestion
from bank.vocabulary.principles import OLD_CHARTER_VERSION
from bank.workflow.bank import Bank
from bank.workflow.deposits.access import permitted_entry
from bank.workflow.entries.cards import entry_card, tag_view
from bank.workflow.entries.views import EntryCard
from bank.workflow.rights import Viewer
from bank.workflow.tags import deciding
from bank.workflow.tags.deciding import DecisionOutcome
from bank.workflow.tags.published import TagDecision, standing_decisions, undecided_suggestions


@dataclass(frozen=True, slots=True)
class DraftedTags:
    """Suggestions for an entry by vocabulary, the likeliest first, and decisions in force, the newest first."""

    card: EntryCard
    open: Mapping[str, tuple[Suggestion, ...]]
    decided: tuple[TagDecision, ...]


def draft_tag_proposals(bank: Bank, viewer: Viewer | None, number: int) -> DraftedTags:
    """The suggested tags. Raises as `permitted_entry` for a change; Busy where too many texts are being read."""
    with bank.database.reading() as session:
        rows = permitted_entry(session, viewer, number, "change")
        shown, tags = entry_card(rows), [tag_view(tag) for tag in rows.tags]
    carried = {(tag.vocabulary, tag.term) for tag in tags if tag.charter != OLD_CHARTER_VERSION}
    decided = standing_decisions(bank, number, carried)
    return DraftedTags(shown, undecided_suggestions(bank, number, carried, decided, only_public=False), decided)


def decide_draft_tag(
    bank: Bank, viewer: Viewer | None, number: int, vocabulary: str, term: str, outcome: DecisionOutcome
) -> None:
    """Accepts or rejects a term in the viewer's name. Raises as `permitted_entry` and `deciding.decide_on_term`."""
    with bank.database.reading() as session:
        permitted_entry(session, viewer, number, "change")
    if viewer is not None:
        still = partial(permitted_entry, viewer=viewer, number=number, act="change")
        deciding.decide_on_term(bank, outcome, viewer.actor, number, vocabulary, term, viewer.id, still)
