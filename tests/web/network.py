"""A whole network for tests of who may do what: people of each role, and an entry of one city in each state."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from starlette.testclient import TestClient

from bank import ingest
from bank.assembly import open_bank
from bank.catalogue.tables import Membership, User
from bank.clock import new_uid, now
from bank.jobs.deposits import do_read_job
from bank.jobs.indexer import open_indexer
from bank.settings import Settings
from bank.web.app import create_app
from bank.workflow.bank import Bank
from bank.workflow.deposits import files
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.starting import DepositRequest, start_new_deposit
from bank.workflow.people import sessions, tokens
from bank.workflow.review import deciding
from bank.workflow.rights import Role, Viewer
from tests.ingest.making_pdfs import book, lines
from tests.ingest.making_pictures import corners, encoded
from tests.sealing import expect_sealed
from tests.web.conftest import LOOPBACK
from tests.workflow.deposits.making import HERE, TEXT, THERE, Desk

HOST = "http://127.0.0.1"
PEOPLE: dict[str, tuple[Role, str | None]] = {
    "editor": ("editor", HERE),
    "stranger": ("editor", THERE),
    "coordinator": ("coordinator", None),
    "other": ("coordinator", None),
    "admin": ("admin", None),
}
"""Who -> role and city. `stranger` is an editor of another city."""
STATES = ("published", "draft", "submitted", "returned", "withdrawn")
TEXTS = [line for line in TEXT.splitlines()[1:] if line]
REMARKS = "Falta decir quién lo evaluó."
REASON = "La ciudad pidió que ya no se muestre."


@dataclass(frozen=True)
class Network:
    """A bank, its people, and entries of the city HERE by state; each has a file and a picture."""

    desk: Desk
    viewers: dict[str, Viewer]
    stays: dict[str, str]
    tokens: dict[str, str]
    entries: dict[str, int] = field(default_factory=dict)

    @property
    def bank(self) -> Bank:
        return self.desk.bank

    def browser(self, who: str = "visitor") -> TestClient:
        """Somebody's browser, signed in unless it is a visitor's."""
        headers = {"accept-language": "es", "sec-fetch-site": "same-origin"}
        if who in self.stays:
            headers["cookie"] = f"session={self.stays[who]}"
        return self.asking(headers)

    def program(self, who: str = "visitor") -> TestClient:
        """Somebody's program, with the widest token that the role allows."""
        return self.asking({"authorization": f"Bearer {self.tokens[who]}"} if who in self.tokens else {})

    def asking(self, headers: dict[str, str]) -> TestClient:
        app = create_app(self.bank)
        return TestClient(app, base_url=HOST, client=LOOPBACK, headers=headers, follow_redirects=False)


@contextmanager
def network(settings: Settings, *, populated: bool = True) -> Iterator[Network]:
    """A running one, with an entry in each state where it is `populated`."""
    bank = open_bank(settings.model_copy(update={"semantic": "off", "throttle": "off"}))
    viewers, stays, keys = {}, {}, {}
    for who, (role, city) in PEOPLE.items():
        id, stays[who] = person(bank, who, role, city)
        viewers[who] = Viewer(id, who, role, frozenset({city} if city else ()))
        keys[who] = tokens.add_token(bank, id, who, tokens.SCOPES_OF_ROLE[role][-1], actor="test")
    desk = Desk(bank, viewers["editor"], viewers["stranger"], viewers["coordinator"], viewers["other"])
    made = Network(desk, viewers, stays, keys)
    if populated:
        with open_indexer(bank) as index:
            for state in STATES:
                made.entries[state] = in_state(made, state)
            index.finish()
    yield made
    expect_sealed(bank)
    bank.index.close()
    bank.database.close()
    ingest.close_extractors()


def person(bank: Bank, who: str, role: str, city: str | None) -> tuple[int, str]:
    """(number, session) of a new person; what they sign in with plays no part here."""
    address = f"{who}@ciudad.example"
    with bank.database.writing() as session:
        user = User(uid=new_uid(), email=address, folded=address, name=who, role=role, created=now())
        session.add(user)
        session.flush()
        if city:
            session.add(Membership(user_id=user.id, city_id=city, since=now().date()))
        return user.id, sessions.begin_session(session, user, "127.0.0.1", now())


def in_state(made: Network, state: str) -> int:
    """An entry of the city HERE, brought into a state by those who may."""
    desk, bank = made.desk, made.bank
    pdf = book([lines(["Huertos ficticios", *TEXTS, state]), lines(["Página dos", state])])
    number = start_new_deposit(
        bank, desk.editor, DepositRequest(incoming=[IncomingFile(f"{state}.pdf", io.BytesIO(pdf))])
    ).entry
    assert do_read_job(bank)
    add_picture(desk, number)
    if state == "draft":
        return number
    desk.handed_in(number)
    version = desk.view(number).version
    if state == "returned":
        deciding.return_to_city(bank, desk.coordinator, number, version, REMARKS)
    if state in ("published", "withdrawn"):
        version = deciding.publish(bank, desk.coordinator, number, version).version
    if state == "withdrawn":
        deciding.withdraw(bank, desk.coordinator, number, version, REASON)
    return number


def add_picture(desk: Desk, number: int, said: dict[str, object] | None = None) -> None:
    """A picture with all that publishing asks for."""
    files.add_files(desk.bank, desk.editor, number, [IncomingFile("foto.png", io.BytesIO(encoded(corners(), "PNG")))])
    told = {"texts": {"es": "Un huerto"}, "author": "Ciudad", "licence": "CC-BY-4.0", "people": "nobody"}
    files.describe_image(desk.bank, desk.editor, number, 1, desk.view(number).version, {**told, **(said or {})})
