"""`bank user`: the people who may sign in."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from bank.cli.opening import bank_for_command
from bank.cli.output import err, out
from bank.clock import now
from bank.errors import Invalid, InvalidFields
from bank.messages import N_, say
from bank.workflow.bank import Bank
from bank.workflow.people import accounts, inviting, sending_links
from bank.workflow.people.inviting import Invitee, NewMembership
from bank.workflow.people.sending_links import HandableTicket, HandedTicket

people_app = typer.Typer(no_args_is_help=True, help="The people who may sign in.")
OPERATOR = "operator"
LONGEST_PASSWORD_LINE = 4096
"""Bytes that are read of a password's line: more than any password may have, so that a longer one is refused."""

Email = Annotated[str, typer.Argument(help="The person's mail address.")]
FromInput = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


class RoleName(StrEnum):
    """The roles that `--role` takes."""

    EDITOR = "editor"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


RoleOption = Annotated[RoleName, typer.Option(help="An editor works for a city, the others for the whole network.")]
CityOption = Annotated[list[str] | None, typer.Option(help="Id of a city the person speaks for; may be repeated.")]
NameOption = Annotated[str, typer.Option(help="The name that pages show.")]


@people_app.command("add")
def add_user_command(
    email: Email,
    role: RoleOption,
    city: CityOption = None,
    name: NameOption = "",
    password_stdin: FromInput = False,
) -> None:
    """Adds somebody who can sign in at once; asks for the password."""
    with bank_for_command(make=True) as bank:
        # What can be refused without the password is refused before it is asked for.
        accounts.expect_addable_user(bank, email, role.value, name, city or ())
        password = ask_password(bank, password_stdin)
        accounts.add_user(bank, email, role.value, password, name=name, cities=city or (), actor=OPERATOR)
        out.print(say(N_("Added: {email}"), bank.settings.language, email=email), markup=False)


@people_app.command("invite")
def invite_command(email: Email, role: RoleOption, city: CityOption = None, name: NameOption = "") -> None:
    """Invites somebody; prints the link alone, which is shown only now."""
    with bank_for_command() as bank:
        today = now().date()
        parts = [NewMembership(id, "liaison", today) for id in dict.fromkeys(city or ())]
        try:
            made = inviting.invite_user(bank, OPERATOR, Invitee(email, role.value, name, parts), bank.settings.language)
        except InvalidFields as error:
            raise Invalid(error.faults[0].sentence, **error.faults[0].values) from None
        print_secret(bank, made)


@people_app.command("link")
def link_command(email: Email) -> None:
    """Prints a link with which somebody chooses a new password, within an hour."""
    print_new_secret(email, "reset")


@people_app.command("code")
def code_command(email: Email) -> None:
    """Prints a code with which somebody signs in once, within 15 minutes."""
    print_new_secret(email, "code")


def print_new_secret(email: str, kind: HandableTicket) -> None:
    """Makes a link for a new password, or a code, for a user, and prints it."""
    with bank_for_command() as bank:
        print_secret(
            bank,
            sending_links.hand_ticket_over(
                bank, OPERATOR, accounts.user_id_of_address(bank, email), kind, bank.settings.language
            ),
        )


def print_secret(bank: Bank, made: HandedTicket) -> None:
    """Prints the link or the code alone on standard output, and on standard error whether it was mailed."""
    out.print(made.secret, markup=False)
    if made.mailed is not None:
        told = N_("Mailed to {email}.") if made.mailed else N_("It could not be mailed to {email}.")
        err.print(say(told, bank.settings.language, email=made.email), markup=False)


@people_app.command("password")
def password_command(email: Email, password_stdin: FromInput = False) -> None:
    """Gives somebody a new password, signs them out everywhere and ends their tokens."""
    with bank_for_command() as bank:
        accounts.user_id_of_address(bank, email)
        accounts.reset_password(bank, email, ask_password(bank, password_stdin), actor=OPERATOR)
        sentence = N_("New password for {email}; every session and every token for programs has ended.")
        out.print(say(sentence, bank.settings.language, email=email), markup=False)


@people_app.command("disable")
def disable_command(email: Email) -> None:
    """Keeps somebody from signing in, signs them out everywhere and ends their tokens for good."""
    with bank_for_command() as bank:
        accounts.set_account_active(bank, email, False, actor=OPERATOR)
        out.print(say(N_("Can't sign in any more: {email}"), bank.settings.language, email=email), markup=False)


@people_app.command("enable")
def enable_command(email: Email) -> None:
    """Lets somebody sign in again; tokens that ended stay ended."""
    with bank_for_command() as bank:
        accounts.set_account_active(bank, email, True, actor=OPERATOR)
        out.print(say(N_("Can sign in again: {email}"), bank.settings.language, email=email), markup=False)


@people_app.command("list")
def list_users_command() -> None:
    """One line per person: address, role, cities, name."""
    with bank_for_command() as bank:
        for one in accounts.list_accounts(bank):
            state = "" if one.active else say(N_("no access"), bank.settings.language)
            parts = (one.email, one.role, ",".join(one.cities) or "-", one.name, state)
            out.print("\t".join(parts).rstrip(), markup=False)


def ask_password(bank: Bank, from_input: bool) -> str:
    """Reads the password: the first line of standard input, or typed twice at the terminal, hidden.

    Raises Invalid where there is no terminal to ask at.
    """
    if from_input:
        return decode_password_line(sys.stdin.buffer.readline(LONGEST_PASSWORD_LINE))
    if not sys.stdin.isatty():
        raise Invalid(N_("There is no terminal to ask for the password; give it with --password-stdin."))
    question = say(N_("Password"), bank.settings.language)
    again = say(N_("Once more"), bank.settings.language)
    return str(typer.prompt(question, hide_input=True, confirmation_prompt=again, err=True))


def decode_password_line(line: bytes) -> str:
    """A line as text, without its line end. Raises Invalid for bytes that are no UTF-8."""
    try:
        return line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise Invalid(N_("The password can't be read: it is no UTF-8 text.")) from None
