"""The table of who gets what from which address (``matrix.csv``), and what is needed to ask for it.

``python -m tests.web.matrix`` prints the rows that the table lacks, with the answers of today: judge each by hand
before it goes into the table.
"""

import csv
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from bank.catalogue.jobs import insert_job
from bank.catalogue.tables import Entry, Job, User
from bank.clock import now
from bank.settings import Settings
from bank.web.app import create_app
from bank.workflow.deposits.draft import open_draft
from bank.workflow.people import sessions
from tests.web.conftest import LOOPBACK
from tests.web.network import HOST, STATES, Network, network
from tests.workflow.deposits.making import HERE

TABLE = Path(__file__).with_name("matrix.csv")
WHO = ("visitor", "editor", "stranger", "coordinator", "admin")
"""`editor` speaks for the entry's city, `stranger` for another."""
ENTRY = ("/entries/", "/deposits/", "/review/")
LATE = 999_999
"""A version that no entry has: who may change it is answered 412, and nothing changes."""
FORMS: Mapping[str, Mapping[str, object]] = {
    "/entries/{number}/suggestions": {"vocabulary": "theme", "term": "cultura", "outcome": "rejected"},
    "/deposits/{number}/relations": {"other": 1, "kind": "related"},
    "/deposits/{number}/suggestions": {"vocabulary": "theme", "term": "no-such-theme", "outcome": "rejected"},
    "/review/{number}/return": {"version": LATE, "remarks": "palabras"},
    "/review/{number}/withdraw": {"version": LATE, "reason": "palabras"},
    "/deposits": {"kind": "no-such-kind"},
    "/admin/people/{number}/access": {"active": "true"},
    "/admin/people/{number}/role": {"role": "no-such-role"},
    "/admin/cities/{id}/merge": {"into": "no-such-city"},
    "/admin/synonyms/{id}": {"terms": "palabra"},
}
"""What a form sends beside the version; chosen so that it changes nothing that another row asks for."""
A_FIELD: Mapping[str, object] = {"base.start_year": "0", "start_year": "2020"}
"""What the script sends of the form when one field was written in."""
BODIES: Mapping[str, object] = {
    "/api/v1/suggest-tags": {"text": ""},
    "/api/v1/entries/{number:int}": {"start_year": 2020},
    "/api/v1/entries/{number}/return": {"remarks": "palabras"},
    "/api/v1/entries/{number}/files/{file}": {"people": "nobody"},
    "/api/v1/entries/{number}/images/{image}": {"people": "nobody"},
    "/api/v1/entries/{number}/relations": {"other": 1, "kind": "related"},
}
UPLOADS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "/api/v1/entries": ("file", {"metadata": '{"kind": "no-such-kind"}'}),
    "/api/v1/entries/{number}/files": ("file", {}),
    "/deposits/{number}/files": ("files", {}),
}
"""Where files go: the name of the field, and what is sent beside. What is sent is no file that the bank takes."""


@dataclass(frozen=True, slots=True)
class Address:
    """A method and a path's template, asked for of an entry in one state; `-` where no entry is in the path."""

    method: str
    path: str
    state: str

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.state}"


def addresses(app: FastAPI) -> Iterator[Address]:
    """Everything that can be asked for."""
    for route in routes(app):
        of_entry = any(part in route.path for part in ENTRY) and "{number" in route.path
        for method in sorted(route.methods or ()):
            for state in STATES if of_entry else ("-",):
                yield Address(method, route.path, state)


def routes(app: FastAPI) -> Iterator[APIRoute]:
    """The application's routes, those of the routers that it includes among them, and none of another sort."""
    for one in app.routes:
        router = getattr(one, "original_router", None)
        for route in router.routes if router is not None else [one]:
            assert isinstance(route, APIRoute), route
            yield route


def table() -> dict[Address, tuple[str, ...]]:
    """The rows of the table."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {Address(row["method"], row["path"], row["state"]): tuple(row[who] for who in WHO) for row in rows}


@dataclass(frozen=True)
class Asking:
    """One application of one network, and everybody who asks it."""

    net: Network
    app: FastAPI

    def answers(self, address: Address) -> tuple[str, ...]:
        """What each gets: a status, or ``login`` for being sent to sign in."""
        return tuple(self.answer(who, address) for who in WHO)

    def answer(self, who: str, address: Address) -> str:
        api = address.path.startswith("/api/")
        reader = TestClient(self.app, base_url=HOST, client=LOOPBACK, follow_redirects=False)
        headers = {"if-match": f'"{LATE}"', **self.credentials(who, api)}
        sent = self.sent(address) if address.method in ("POST", "PATCH") else {}
        got = reader.request(address.method, self.place(address), headers=headers, **sent)  # type: ignore[arg-type]
        self.put_back(address)
        if got.status_code == 303 and got.headers["location"].startswith("/login"):
            return "login"
        return str(got.status_code)

    def sent(self, address: Address) -> dict[str, object]:
        """What goes with the request."""
        if address.path in UPLOADS:
            name, beside = UPLOADS[address.path]
            return {"files": {name: ("a.exe", b"MZ")}, "data": dict(beside)}
        if address.path.startswith("/api/"):
            return {"json": BODIES.get(address.path, {})}
        form = A_FIELD if address.method == "PATCH" else FORMS.get(address.path, {})
        return {"data": {"version": str(LATE), **form}}

    def put_back(self, address: Address) -> None:
        """Brings the entry back into its state: a form that changed nothing may be handed in whatever its version."""
        if address.method != "GET" and address.state != "-":
            with self.net.bank.database.writing() as session:
                session.get_one(Entry, self.net.entries[address.state]).status = address.state

    def credentials(self, who: str, api: bool) -> dict[str, str]:
        """A token, or a session of its own: some addresses end the session that asks."""
        if who == "visitor":
            return {} if api else {"sec-fetch-site": "same-origin"}
        if api:
            return {"authorization": f"Bearer {self.net.tokens[who]}"}
        with self.net.bank.database.writing() as session:
            user = session.get_one(User, self.net.viewers[who].id)
            stay = sessions.begin_session(session, user, "127.0.0.1", now())
        return {"cookie": f"session={stay}", "sec-fetch-site": "same-origin"}

    def job(self, state: str) -> int:
        """The number of a new job in this state."""
        with self.net.bank.database.writing() as session:
            number = insert_job(session, "ocr", {})
            session.get_one(Job, number).state = state
            return number

    def place(self, address: Address) -> str:
        """The path with something in each of its places."""
        if address.state != "-":
            number = self.net.entries[address.state]
        elif "/admin/state/jobs/" in address.path:
            number = self.job("failed" if address.path.endswith("/again") else "waiting")
        elif "/jobs/" in address.path:
            job = open_draft(self.net.bank, self.net.desk.editor, self.net.entries["draft"]).job
            number = job.id if job is not None else 0
        else:
            number = self.net.viewers["other"].id if "/admin/" in address.path or "/account/" in address.path else 1
        values = {
            "number": number,
            "id": "medio-ambiente" if "/themes/" in address.path else HERE,
            "name": "bank.css" if "/static/" in address.path else "principles",
            "token": "x" * 43,
            "kind": "invitation",
            **dict.fromkeys(("file", "page", "image", "part", "membership"), 1),
            **dict.fromkeys(("ending", "format"), "csv"),
        }
        return re.sub(r"{(\w+)(:\w+)?}", lambda found: str(values[found[1]]), address.path)


def missing() -> None:
    """Prints the rows that the table lacks, with today's answers."""
    known = table() if TABLE.exists() else {}
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if not known:
        writer.writerow(("method", "path", "state", *WHO))
    with tempfile.TemporaryDirectory() as folder, network(Settings(home=Path(folder))) as net:
        asking = Asking(net, create_app(net.bank))
        for address in addresses(asking.app):
            if address not in known:
                writer.writerow((address.method, address.path, address.state, *asking.answers(address)))


if __name__ == "__main__":
    missing()
