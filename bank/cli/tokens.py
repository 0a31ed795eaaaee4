"""`bank token`: API tokens, with which programs sign in."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from bank.cli.opening import bank_for_command
from bank.cli.output import out
from bank.messages import N_, say
from bank.workflow.people import tokens
from bank.workflow.rights import Scope

token_app = typer.Typer(no_args_is_help=True, help="The tokens with which programs use the API.")
OPERATOR_ACTOR = "operator"
SCOPE_BY_OPTION: dict[str, Scope] = {"read": "read", "deposit": "deposit", "review": "review"}


class ScopeName(StrEnum):
    """The scopes that `--scope` takes."""

    READ = "read"
    DEPOSIT = "deposit"
    REVIEW = "review"


@token_app.command("add")
def add_token_command(
    email: Annotated[str, typer.Argument(help="Mail address of the person for whom the program acts.")],
    name: Annotated[str, typer.Option(help="What the program is called.")],
    scope: Annotated[
        ScopeName | None, typer.Option(help="What it may do at most; without it, all that the person may.")
    ] = None,
) -> None:
    """Makes a token and prints it alone; it is never shown again.

    It ends with `bank token end`, with a reset of the person's password, and when access is taken from the person.
    """
    with bank_for_command() as bank:
        asked = SCOPE_BY_OPTION[scope.value] if scope is not None else None
        sys.stdout.write(tokens.add_token_for_address(bank, email, name, asked, actor=OPERATOR_ACTOR) + "\n")


@token_app.command("list")
def list_tokens_command() -> None:
    """One line per token: number, address, scope, day it was made, day it was last used, name."""
    with bank_for_command() as bank:
        for one in tokens.every_token(bank):
            seen = f"{one.seen:%Y-%m-%d}" if one.seen else "-"
            state = say(N_("ended"), bank.settings.language) if one.ended else ""
            parts = (str(one.id), one.email, one.scope, f"{one.created:%Y-%m-%d}", seen, one.name, state)
            out.print("\t".join(parts).rstrip(), markup=False)


@token_app.command("end")
def end_token_command(
    number: Annotated[int, typer.Argument(help="The token's number, as `bank token list` says.")],
) -> None:
    """Ends a token at once."""
    with bank_for_command() as bank:
        tokens.revoke_token(bank, number, actor=OPERATOR_ACTOR)
        out.print(say(N_("Ended: token {number}"), bank.settings.language, number=number), markup=False)
