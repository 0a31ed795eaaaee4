"""Small acts that a full disk may not keep from happening: the reserve is freed for them."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Concatenate, ParamSpec, TypeVar

from bank.reserve import Reserve, with_reserve
from bank.workflow.bank import Bank

Given = ParamSpec("Given")
Done = TypeVar("Done")


def essential(act: Callable[Concatenate[Bank, Given], Done]) -> Callable[Concatenate[Bank, Given], Done]:
    """An act that, where the disk is full, frees the reserve and is done once more.

    Its one transaction is its last step. Such are signing in and out, passwords, ending what a stolen token could do,
    and noting how a job ended.
    """

    @wraps(act)
    def done(bank: Bank, /, *given: Given.args, **named: Given.kwargs) -> Done:
        return with_reserve(Reserve(bank.settings.database_folder), partial(act, bank, *given, **named))

    return done
