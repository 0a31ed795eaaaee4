"""The measures themselves, on cases worked out by hand."""

import pytest

from tests.evaluation.measures import interval, ndcg, recall, tagged


def test_the_ideal_order_has_an_ndcg_of_one_and_the_reverse_less() -> None:
    grades = {"a": 3, "b": 1}
    assert ndcg(["a", "b"], grades) == 1.0
    assert ndcg(["b", "a"], grades) == pytest.approx((1 + 7 / 1.5849625) / (7 + 1 / 1.5849625))


def test_what_is_missing_or_deeper_than_ten_gains_nothing() -> None:
    assert ndcg([], {"a": 2}) == 0.0
    assert ndcg(["x"] * 10 + ["a"], {"a": 2}) == 0.0


def test_recall_is_of_those_that_could_stand_among_the_first_ten() -> None:
    assert recall(["a", "x", "b"], {"a": 1, "b": 3, "c": 2, "d": 1}) == 0.5
    assert recall([f"d{at}" for at in range(10)], {f"d{at}": 1 for at in range(20)}) == 1.0


def test_suggestions_are_measured_on_their_first_three() -> None:
    found = tagged([14, 4, 9, 2], [4, 2])
    assert (found.first, found.among_three) == (False, True)
    assert found.precision == pytest.approx(1 / 3)
    assert found.recall == 0.5
    assert found.f1 == pytest.approx(0.4)


def test_no_suggestion_is_no_division_by_nothing() -> None:
    assert tagged([], [4]).f1 == 0.0


def test_an_interval_holds_its_mean_and_is_the_same_at_every_run() -> None:
    first, again = interval([0.0, 1.0, 1.0, 0.5]), interval([0.0, 1.0, 1.0, 0.5])
    assert first == again
    assert first.low <= first.mean <= first.high
