"""Nearness is what a plain reading of its definition gives."""

import numpy as np
import pytest

from bank.search.meaning.encoder import DIMENSIONS, SmallVectors, Vectors, shrink_vectors
from bank.search.meaning.held import HeldVectors
from bank.search.meaning.landmarks import NEAREST_LANDMARKS, Landmarks
from bank.search.meaning.meaning import ENTRIES_COMPARED_FINELY, LANDMARKS_SHARE, Meaning
from bank.search.meaning.nearness import cosines
from bank.search.meaning.vectors import EntryVectors, VectorStore
from tests.search.meaning.making_vectors import LANDMARKS, Counting, by_chance, entry, grain

TEXTS = [f"Pasaje {number}" for number in range(30)]


def exact(asked: Vectors, rows: SmallVectors) -> Vectors:
    wide = rows.astype(np.float64)
    found: Vectors = asked @ (wide / np.linalg.norm(wide, axis=1, keepdims=True)).T
    return found


@pytest.fixture
def meaning(store: VectorStore) -> Meaning:
    """A bank's meaning with a hundred entries, three of them taken out again."""
    made = Meaning(Counting(), store, TEXTS)  # type: ignore[arg-type]
    made.landmarks.keep()
    for number in range(100):
        coarse = grain(number, 1 + number % 4)
        placed = made.landmarks.placed(coarse.vectors)
        fine = grain(500 + number, number % 5)
        store.put(EntryVectors(number + 1, 1, coarse, fine, made.landmarks.name, placed))
        made.held.rows()
    store.drop([4, 50, 100])
    return made


def test_cosines_are_exact_to_a_hundredth() -> None:
    asked, rows = by_chance(1, 3), shrink_vectors(by_chance(2, 500))
    assert cosines(asked, rows).shape == (3, 500)
    assert np.abs(cosines(asked, rows) - exact(asked, rows)).max() < 0.003


def test_an_entry_is_as_near_as_its_nearest_passage_to_any_of_the_texts(store: VectorStore) -> None:
    for number in range(20):
        store.put(entry(20 - number, seed=number, coarse=1 + number % 4))
    asked = by_chance(3, 2)
    near = HeldVectors(store, "these", LANDMARKS).rows().near(asked)
    assert near.ids.tolist() == list(range(1, 21))
    for id, value in zip(near.ids.tolist(), near.values.tolist(), strict=True):
        kept = store.get(id)
        assert kept is not None
        assert value == pytest.approx(exact(asked, kept.coarse.vectors).max(), abs=0.003)


def test_nothing_is_near_where_there_is_nothing(store: VectorStore) -> None:
    meaning = Meaning(Counting(), store, TEXTS)  # type: ignore[arg-type]
    assert meaning.nearness(by_chance(1, 1)).ids.size == 0
    assert meaning.alike(1).ids.size == 0
    assert meaning.nearest(by_chance(1, 1), [1]) == {}


def test_nearness_mixes_coarse_fine_and_landmarks_as_it_says(meaning: Meaning) -> None:
    asked = by_chance(9, 1)
    near = meaning.nearness(asked)
    landmarks = by_chance_of(TEXTS)
    shares = np.maximum(landmarks @ asked[0], 0)
    best = np.argsort(-shares, kind="stable")[:NEAREST_LANDMARKS]
    weights = shares[best] / np.linalg.norm(shares[best])
    coarse: dict[int, float] = {}
    assert len(meaning.store.versions()) > 1
    for id in meaning.store.versions():
        kept = meaning.store.get(id)
        assert kept is not None
        coarse[id] = float(exact(asked, kept.coarse.vectors).max())
    looked_into = sorted(coarse, key=lambda id: -coarse[id])[:ENTRIES_COMPARED_FINELY]
    assert near.ids.tolist() == sorted(coarse)
    for id, value in zip(near.ids.tolist(), near.values.tolist(), strict=True):
        kept = meaning.store.get(id)
        assert kept is not None
        wanted = coarse[id]
        if abs(wanted - coarse[looked_into[-1]]) < 0.003:
            continue  # rounding decides who is looked into
        if id in looked_into and len(kept.fine.vectors):
            wanted = (wanted + float(exact(asked, kept.fine.vectors).max())) / 2
        placed = kept.placed[0].astype(float)
        wanted += LANDMARKS_SHARE * float(placed[best] @ weights) / float(np.linalg.norm(placed))
        assert value == pytest.approx(wanted, abs=0.005)


def by_chance_of(texts: list[str]) -> Vectors:
    return Counting()(texts)


def test_the_nearest_passage_knows_its_place_and_digest(meaning: Meaning) -> None:
    kept = meaning.store.get(9)
    assert kept is not None
    row = kept.fine.vectors[2:3].astype(np.float32)
    found = meaning.nearest(row / np.linalg.norm(row), [9, 6])
    assert set(found) == {9}
    assert (found[9].file, found[9].page, found[9].number) == (1, 3, 0)
    assert found[9].digest == kept.fine.digest(2)
    assert found[9].cosine == pytest.approx(1, abs=0.003)


def test_before_any_landmark_is_kept_a_search_goes_on_without_and_makes_none(store: VectorStore) -> None:
    counting = Counting()
    meaning = Meaning(counting, store, TEXTS)  # type: ignore[arg-type]
    store.put(entry(1, landmarks="of before"))
    near = meaning.nearness(by_chance(9, 1))
    kept = store.get(1)
    assert kept is not None
    coarse, fine = (float(exact(by_chance(9, 1), one.vectors).max()) for one in (kept.coarse, kept.fine))
    assert near.values.tolist() == pytest.approx([(coarse + fine) / 2], abs=0.005)
    assert counting.texts == []


def test_landmarks_are_made_once_and_found_by_others(store: VectorStore) -> None:
    first, second = Counting(), Counting()
    pauses: list[int] = []
    Landmarks(TEXTS, first, store).keep(lambda: pauses.append(len(first.texts)))
    assert first.texts == TEXTS
    assert pauses == [0, 16]
    others = Landmarks(TEXTS, second, store)
    others.keep()
    assert np.array_equal(others.vectors(), by_chance_of(TEXTS))
    assert second.texts == []
    changed = Landmarks(TEXTS[1:], second, store)
    assert changed.name != others.name
    assert changed.kept() is None


def test_an_entry_stands_above_its_mean_at_the_landmarks_that_it_is_near(store: VectorStore) -> None:
    landmarks = Landmarks(TEXTS, Counting(), store)
    placed = landmarks.placed(shrink_vectors(landmarks.vectors()[[3, 17]]))[0]
    assert placed.shape == (len(TEXTS),)
    assert set(np.argsort(-placed)[:2].tolist()) == {3, 17}
    assert placed.max() == 127
    assert abs(placed.astype(float).mean()) < 1
    which, shares = landmarks.shares(landmarks.vectors()[3:4])
    assert which[0] == 3
    assert which.size == NEAREST_LANDMARKS
    assert np.linalg.norm(shares) == pytest.approx(1, abs=1e-5)


def test_rows_of_zeros_are_near_nothing() -> None:
    nothing = np.zeros((2, DIMENSIONS), np.int8)
    assert np.isfinite(cosines(by_chance(1, 1), nothing)).all()
    assert cosines(by_chance(1, 1), nothing).tolist() == [[0, 0]]
