"""`bank user`: who may sign in."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from bank.cli.opening import opened
from bank.cli.output import out
from bank.errors import Invalid
from bank.messages import N_, say
from bank.workflow import accounts
from bank.workflow.parts import Bank

app = typer.Typer(no_args_is_help=True, help="The people who may sign in.")
ACTOR = "operator"
LONGEST_LINE = 4096
"""Bytes that are read for a password; what is longer than a password may be is refused with a sentence."""

Email = Annotated[str, typer.Argument(help="The person's mail address.")]
FromInput = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


class RoleName(StrEnum):
    """The roles, as the command line takes them."""

    EDITOR = "editor"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


@app.command("add")
def add_command(
    email: Email,
    role: Annotated[RoleName, typer.Option(help="An editor works for a city, the others for the whole network.")],
    city: Annotated[list[str] | None, typer.Option(help="Id of a city the person speaks for; may be repeated.")] = None,
    name: Annotated[str, typer.Option(help="The name that pages show.")] = "",
    password_stdin: FromInput = False,
) -> None:
    """Adds somebody who can sign in at once; asks for the password."""
    with opened(make=True) as bank:
        # What can be refused without the password is refused before it is asked for.
        accounts.expect_new(bank, email, role.value, name, city or ())
        password = asked(bank, password_stdin)
        accounts.add_user(bank, email, role.value, password, name=name, cities=city or (), actor=ACTOR)
        out.print(say(N_("Added: {email}"), bank.settings.language, email=email), markup=False)


@app.command("password")
def password_command(email: Email, password_stdin: FromInput = False) -> None:
    """Gives somebody a new password and signs them out everywhere."""
    with opened() as bank:
        accounts.expect_user(bank, email)
        accounts.change_password(bank, email, asked(bank, password_stdin), actor=ACTOR)
        sentence = N_("New password for {email}; every session has ended.")
        out.print(say(sentence, bank.settings.language, email=email), markup=False)


@app.command("disable")
def disable_command(email: Email) -> None:
    """Takes somebody's access and signs them out everywhere."""
    with opened() as bank:
        accounts.set_active(bank, email, False, actor=ACTOR)
        out.print(say(N_("Can't sign in any more: {email}"), bank.settings.language, email=email), markup=False)


@app.command("enable")
def enable_command(email: Email) -> None:
    """Gives access back."""
    with opened() as bank:
        accounts.set_active(bank, email, True, actor=ACTOR)
        out.print(say(N_("Can sign in again: {email}"), bank.settings.language, email=email), markup=False)


@app.command("list")
def list_command() -> None:
    """One line per person: address, role, cities, name."""
    with opened() as bank:
        for one in accounts.accounts(bank):
            state = "" if one.active else say(N_("no access"), bank.settings.language)
            parts = (one.email, one.role, ",".join(one.cities) or "-", one.name, state)
            out.print("\t".join(parts).rstrip(), markup=False)


def asked(bank: Bank, from_input: bool) -> str:
    """The password: the first line of standard input, or typed twice without being shown. Raises Invalid for none."""
    if from_input:
        return first_line(sys.stdin.buffer.readline(LONGEST_LINE))
    if not sys.stdin.isatty():
        raise Invalid(N_("There is no terminal to ask for the password; give it with --password-stdin."))
    question = say(N_("Password"), bank.settings.language)
    again = say(N_("Once more"), bank.settings.language)
    return str(typer.prompt(question, hide_input=True, confirmation_prompt=again, err=True))


def first_line(line: bytes) -> str:
    """A line as text, without its end. Raises Invalid for what is no UTF-8."""
    try:
        return line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise Invalid(N_("The password can't be read: it is no UTF-8 text.")) from None
