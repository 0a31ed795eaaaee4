"""The model: what it promises of its vectors."""

import numpy as np
import pytest

from bank.search.meaning.encoder import DIMENSIONS, MOST_ENCODED_LETTERS, Encoder, encoded_beginning, shrink_vectors
from tests.search.meaning.making_vectors import by_chance

SAME = (
    ("library", "biblioteca", "bibliothèque"),
    (
        "children learn in the park",
        "las niñas y los niños aprenden en el parque",
        "les enfants apprennent dans le parc",
    ),
    (
        "older people learn to use the internet",
        "personas mayores aprenden a usar internet",
        "pessoas idosas aprendem a usar a internet",
    ),
)


def test_vectors_have_length_one_and_the_same_text_the_same_vector(encode: Encoder) -> None:
    found = encode(["Huertos en las escuelas", "School gardens", "", "x" * 100_000, "Huertos en las escuelas"])
    assert found.shape == (5, DIMENSIONS)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert np.allclose(found[0], found[4], atol=1e-5)
    assert np.allclose(found[0], encode(["Huertos en las escuelas"])[0], atol=1e-5)


def test_a_letter_that_stands_for_eighteen_makes_no_text_longer_than_others() -> None:
    assert (
        len(encoded_beginning("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * MOST_ENCODED_LETTERS))
        == MOST_ENCODED_LETTERS
    )
    assert encoded_beginning("Ñandú en el río") == "Ñandú en el río"


def test_no_texts_have_no_vectors(encode: Encoder) -> None:
    assert encode([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize("meaning", range(len(SAME)))
def test_what_means_the_same_is_near_in_any_language(encode: Encoder, meaning: int) -> None:
    own = encode(SAME[meaning])
    others = encode([text for at, texts in enumerate(SAME) if at != meaning for text in texts])
    assert (own @ own.T).min() > 0.6
    assert (own @ own.T).min() > (own @ others.T).max() + 0.2


def test_a_byte_a_number_changes_cosines_by_less_than_three_thousandths(encode: Encoder) -> None:
    texts = [text for texts in SAME for text in texts]
    for vectors in (encode(texts), by_chance(7, 200)):
        rounded = shrink_vectors(vectors).astype(np.float32)
        assert np.abs(rounded).max(axis=1).tolist() == [127] * len(vectors)
        rounded /= np.linalg.norm(rounded, axis=1, keepdims=True)
        assert np.abs(rounded @ rounded.T - vectors @ vectors.T).max() < 0.003


def test_a_vector_of_nothing_stays_nothing() -> None:
    assert not shrink_vectors(np.zeros((1, DIMENSIONS), np.float32)).any()
