import pickle

import pytest

from bank.errors import BankError, Invalid, NotFound, RefusedFile, TooLarge
from tests.sentences import error_classes


def test_an_error_says_its_sentence_with_its_values() -> None:
    error = Invalid("No city is called {name}.", name="Atlantis")
    assert str(error) == "No city is called Atlantis."
    assert error.told() == "No city is called Atlantis."


def test_an_error_is_told_in_the_language_of_the_reader() -> None:
    error = Invalid("No city is called {name}.", name="Atlantis")
    assert error.told({"No city is called {name}.": "Ninguna ciudad se llama {name}."}.__getitem__) == (
        "Ninguna ciudad se llama Atlantis."
    )


def test_an_error_without_a_sentence_of_its_own_says_that_of_its_class() -> None:
    assert str(NotFound()) == NotFound.sentence


def test_a_sentence_without_values_may_hold_braces() -> None:
    assert Invalid("Not {this}").told() == "Not {this}"


def test_a_file_that_is_too_large_is_a_refused_file() -> None:
    assert issubclass(TooLarge, RefusedFile)


def test_every_kind_of_error_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in error_classes().values()]
    assert len(codes) == len(set(codes))


PLAIN = [kind for kind in error_classes().values() if kind.__init__ is BankError.__init__]
"""Those that say what they are raised with, and nothing else: only they pass between processes."""


@pytest.mark.parametrize("kind", PLAIN, ids=lambda kind: kind.__name__)
def test_errors_can_pass_between_processes(kind: type[BankError]) -> None:
    error = pickle.loads(pickle.dumps(kind("It has {number} faults.", number=3)))
    assert isinstance(error, kind)
    assert error.told() == "It has 3 faults."
