"""The published entries that are most similar to one, for what their tags say about it.

Their tags are confirmed: published entries hold only tags that a person gave, in a form, in a file's front matter or
labels that were handed in with it, with a command, or by accepting a suggestion.
"""

from bank.catalogue import outbox
from bank.tagging.values import SimilarEntry
from bank.workflow.bank import Bank
from bank.workflow.entries.principles import numbers_2020
from bank.workflow.search.similar import nearest_entries

NEIGHBOURS_LOOKED_AT = 50
"""The number of the nearest entries whose tags are looked at."""


def tagged_neighbours(bank: Bank, number: int) -> tuple[SimilarEntry, ...]:
    """Of the fifty entries nearest in meaning, those with a principle or a theme, most similar first.

    An empty tuple where the entry has no vectors, or the bank no meaning. Entries less near than LEAST_SIMILAR_NEARNESS
    are left out.
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
