"""The published entries that resemble one most, for what their tags say about it.

Their tags are confirmed: the bank holds none that a person did not give, in a file's front matter, with a command or
by accepting a suggestion.
"""

from bank.catalogue import outbox
from bank.tagging.values import SimilarEntry
from bank.workflow.bank import Bank
from bank.workflow.entries.principles import numbers_2020
from bank.workflow.search.similar import nearest_entries

NEIGHBOURS_LOOKED_AT = 50
"""So many of the nearest entries are looked at for tags."""


def tagged_neighbours(bank: Bank, number: int) -> tuple[SimilarEntry, ...]:
    """Those of the fifty nearest by meaning that carry a principle or a theme, the nearest first.

    None where the entry has no vectors; none that is less near than what counts as similar.
    """
    if bank.meaning is None:
        return ()
    near = bank.meaning.alike(number)
    if not near.ids.size:
        return ()
    with bank.database.reading() as session:
        found = nearest_entries(bank, session, near, outbox.unpublished_ids_in_outbox(session), NEIGHBOURS_LOOKED_AT)
    tagged = (
        (score, numbers_2020(bank.vocabulary, entry.card.principles), tuple(tag.term for tag in entry.card.themes))
        for entry, score in found.values()
    )
    return tuple(
        SimilarEntry(score, {"principle": principles, "theme": themes})
        for score, principles, themes in tagged
        if principles or themes
    )
