"""The published entries that resemble one most, for what their tags say about it."""

from bank.catalogue import outbox
from bank.tagging.values import Neighbour
from bank.workflow.parts import Bank
from bank.workflow.principles import numbers_2020
from bank.workflow.similar import likest

SIZE = 5


def neighbours(bank: Bank, number: int) -> tuple[Neighbour, ...]:
    """The nearest entries by meaning that carry a tag; none where the entry has no vectors."""
    if bank.meaning is None:
        return ()
    near = bank.meaning.alike(number)
    if not near.ids.size:
        return ()
    with bank.database.reading() as session:
        found = likest(bank, session, near, outbox.hidden_ids(session), SIZE)
    tagged = (
        (score, numbers_2020(bank.vocabulary, entry.card.principles), tuple(tag.term for tag in entry.card.themes))
        for entry, score in found.values()
    )
    return tuple(
        Neighbour(score, {"principle": principles, "theme": themes})
        for score, principles, themes in tagged
        if principles or themes
    )
