"""Tables that have to name everything there is."""

import pytest

from bank.table_keys import expect_keys


def test_a_table_with_exactly_the_names_is_given_back() -> None:
    table = {"a": 1, "b": 2}
    assert expect_keys(table, "letters", ("b", "a")) is table


@pytest.mark.parametrize(("names", "told"), [(("a", "b"), "letters: b is missing"), ((), "letters: a is not known")])
def test_a_forgotten_or_unknown_name_is_told_with_the_purpose(names: tuple[str, ...], told: str) -> None:
    with pytest.raises(LookupError, match=told):
        expect_keys({"a": 1}, "letters", names)
