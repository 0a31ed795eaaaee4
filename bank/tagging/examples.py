"""The examples that the models are trained on: the profiles, and how strongly each speaks for every term."""

from dataclasses import dataclass

import numpy as np

from bank.tagging.values import TAGGED_VOCABULARIES, Scores
from bank.vocabulary import Profiles, Vocabulary

RELATED_STRENGTH = 0.5
"""How strongly a theme's passage speaks for the first principle that the theme names; for the n-th, 1/n of it."""


@dataclass(frozen=True, slots=True)
class Examples:
    """The texts of the profiles, passages first, then documents, and their languages in that order.

    `targets` has the shape (texts, principles and themes), 0 to 1.
    """

    passages: tuple[str, ...]
    documents: tuple[str, ...]
    languages: tuple[str, ...]
    targets: Scores


def term_columns(vocabulary: Vocabulary) -> dict[tuple[str, str], int]:
    """(vocabulary, term) -> its column: the principles in their order, then the themes."""
    terms = vocabulary.vocabularies()
    return {key: at for at, key in enumerate((name, term.id) for name in TAGGED_VOCABULARIES for term in terms[name])}


def build_examples(vocabulary: Vocabulary, profiles: Profiles) -> Examples:
    """The profiles as examples, with their targets."""
    at = term_columns(vocabulary)
    related = term_relations(vocabulary, at)
    passages = [(name, passage) for name in TAGGED_VOCABULARIES for passage in profiles.passages[name]]
    rows = [related[at[name, passage.term]] for name, passage in passages]
    for document in profiles.documents:
        row = np.zeros(len(at))
        row[[at[name, term] for name in TAGGED_VOCABULARIES for term in document.tags[name]]] = 1.0
        rows.append(row)
    return Examples(
        passages=tuple(passage.text for _, passage in passages),
        documents=tuple(document.text for document in profiles.documents),
        languages=(*(passage.language for _, passage in passages), *(each.language for each in profiles.documents)),
        targets=np.array(rows),
    )


def term_relations(vocabulary: Vocabulary, at: dict[tuple[str, str], int]) -> Scores:
    """How strongly a passage of each term speaks for every term, shape (terms, terms)."""
    found = np.eye(len(at))
    for theme in vocabulary.themes:
        for place, principle in enumerate(theme.facts.principles, 1):
            one, other = at["theme", theme.id], at["principle", str(principle)]
            found[one, other] = found[other, one] = RELATED_STRENGTH / place
    return found
