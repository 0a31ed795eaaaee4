"""Mails: plain text, one message to one address, by the server of BANK_MAIL_URL; without it nothing is sent."""

import logging
import smtplib
import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from functools import partial
from urllib.parse import parse_qs, unquote, urlsplit

from bank.errors import Invalid, SettingsError
from bank.messages import N_
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.people.accounts import fold_address

log = logging.getLogger("bank.mailing")

MAIL_SERVER_SECONDS = 20.0
"""Seconds that a mail server may take for each answer."""
MAIL_PORTS = {"smtp": 587, "smtps": 465}
LOOPBACK_MAIL_HOSTS = ("127.0.0.1", "::1", "localhost")
WRONG_MAIL_URL = N_("BANK_MAIL_URL must look like smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS, or begin with smtps:.")
WRONG_MAIL_HEADER = N_("That can't be the subject of a mail, or its address.")


@dataclass(frozen=True, slots=True)
class MailServer:
    """The SMTP server. `guarded`: TLS from the first byte; else STARTTLS, which only a local server may lack."""

    host: str
    port: int
    guarded: bool
    user: str
    password: str = field(repr=False)
    sender: str

    @property
    def near(self) -> bool:
        """True for a server on this machine, so that nothing travels over the network."""
        return self.host in LOOPBACK_MAIL_HOSTS


def mail_server_of(settings: Settings) -> MailServer | None:
    """The server of the settings; None where no mails are sent. Raises SettingsError."""
    if settings.mail_url is None:
        return None
    try:
        url = urlsplit(settings.mail_url.get_secret_value())
        host, port = url.hostname or "", url.port or MAIL_PORTS.get(url.scheme, 0)
    except ValueError:
        raise SettingsError(WRONG_MAIL_URL) from None
    user = unquote(url.username or "")
    sender = parse_qs(url.query).get("from", [user])[0]
    if not (host and port and fold_address(sender)):
        raise SettingsError(WRONG_MAIL_URL)
    return MailServer(host, port, url.scheme == "smtps", user, unquote(url.password or ""), sender)


def compose_mail(network: str, server: MailServer, to: str, subject: str, body: str) -> EmailMessage:
    """The message. Raises Invalid where an address or the subject would make more than one header line (CR, LF)."""
    if not fold_address(to) or not subject.isprintable():
        raise Invalid(WRONG_MAIL_HEADER)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(network if network.isprintable() else "", addr_spec=server.sender)
    message["To"] = Address(addr_spec=to.strip())
    message["Subject"] = subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = make_msgid(domain=server.sender.partition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body, cte="quoted-printable")
    return message


def send_mail(bank: Bank, to: str, subject: str, body: str) -> bool:
    """Sends a mail and waits; False where it failed or no mails are sent.

    The log then names the kind of error and nothing of the mail. Raises Invalid for what can't be an address or a
    subject.
    """
    try:
        server = mail_server_of(bank.settings)
        if server is None:
            return False
        hand_mail_to_server(server, compose_mail(bank.settings.network_name, server, to, subject, body))
    except (OSError, smtplib.SMTPException, SettingsError) as error:
        log.error("a mail could not be sent: %s", type(error).__name__)
        return False
    return True


def send_mail_later(bank: Bank, to: str, subject: str, body: str) -> None:
    """Queues a mail, to be sent after the response; does nothing where no mails are sent."""
    if bank.settings.mail_url is not None:
        bank.errands.later(partial(send_mail, bank, to, subject, body))


def hand_mail_to_server(server: MailServer, message: EmailMessage) -> None:
    """Hands one message to the server. Raises OSError, SMTPException."""
    context = ssl.create_default_context()
    connection: smtplib.SMTP
    if server.guarded:
        connection = smtplib.SMTP_SSL(server.host, server.port, timeout=MAIL_SERVER_SECONDS, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=MAIL_SERVER_SECONDS)
    with connection:
        connection.ehlo()
        if not (server.guarded or server.near):
            connection.starttls(
                context=context
            )  # raises where it is not offered: neither password nor link go in clear
        if server.user:
            connection.login(server.user, server.password)
        connection.send_message(message)
