"""Every outcome that is not plain success has a sentence."""

import string

from bank.ingest.reasons import FAILED, REASONS, REFUSED, WARNED


def test_no_code_means_two_things() -> None:
    assert len(REASONS) == len(REFUSED) + len(FAILED) + len(WARNED)


def test_sentences_name_their_values_and_end_properly() -> None:
    for code, sentence in REASONS.items():
        places = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        assert places <= {"limit", "found", "ending", "read", "total"}, code
        assert sentence.endswith(".")
