"""Every outcome that is not plain success has a sentence."""

import string

from bank.ingest.reasons import FAILURE_REASONS, REASONS, REFUSAL_REASONS, WARNING_REASONS


def test_no_code_means_two_things() -> None:
    assert len(REASONS) == len(REFUSAL_REASONS) + len(FAILURE_REASONS) + len(WARNING_REASONS)


def test_sentences_name_their_values_and_end_properly() -> None:
    for code, sentence in REASONS.items():
        places = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        assert places <= {"limit", "found", "ending", "read", "total", "lines"}, code
        assert sentence.endswith(".")
