"""People at work in a served bank, all at once and by HTTP; each notes what the bank acknowledged.

Afterwards `lost` compares the notes with the bank: every acknowledged act is there, and nothing that nobody asked for.
An act that was sent and never answered may have happened or not.
"""

import json
import queue
import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import select

from bank.catalogue.tables import Membership
from bank.settings import Settings
from bank.workflow.people.tokens import add_token_for_address
from tests.commands import PATIENCE
from tests.making_files import WORDS
from tests.people import COORDINATOR, EDITOR, OPERATOR, PASSWORD, copied
from tests.web.controls import entry_form
from tests.web.writing import NEEDED

LOOKS = 400
"""How often a depositor looks whether a file was read."""
SECOND_LOOK = 0.05
LOOKED_AT = ("/", "/search?q=huertos", "/search?q=barrio&view=table", "/api/v1/search?q=ficticios")
REFUSALS = (409, 412, 422, 429)
"""Answers that acknowledge nothing and are no fault: somebody was faster, or has to wait."""


class Gone(Exception):
    """The bank does not answer any more."""


@dataclass
class Known:
    """An entry as its depositor knows it: `facts` were acknowledged, `sent` was asked for and never answered."""

    number: int
    facts: dict[str, object]
    files: list[bytes]
    version: int
    job: int | None = None
    sent: dict[str, object] = field(default_factory=dict)


@dataclass
class Notes:
    """What all people together noted: entries, deposits and moves without an answer, sessions, and what was odd."""

    agreement: str
    entries: list[Known] = field(default_factory=list)
    unanswered: dict[str, bytes] = field(default_factory=dict)
    """Idempotency keys of deposits that were sent and never answered, and the bytes of their file."""
    sessions: list[dict[str, str]] = field(default_factory=list)
    submitted: "queue.Queue[Known]" = field(default_factory=queue.Queue)
    acknowledged: int = 0
    odd: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def acknowledge(self, known: Known | None = None) -> None:
        """Counts an act; what was sent about the entry is now known of it."""
        with self.lock:
            self.acknowledged += 1
            if known is not None:
                known.facts |= known.sent
                known.sent = {}


class Person:
    """One who works until told to stop, or until no address answers any more."""

    def __init__(self, addresses: Sequence[str], token: str, notes: Notes, chance: random.Random, name: str) -> None:
        self.addresses = list(addresses)
        self.notes, self.chance, self.name, self.turn = notes, chance, name, 0
        self.program = httpx2.Client(headers={"authorization": f"Bearer {token}"}, timeout=PATIENCE)
        self.browser = httpx2.Client(headers={"sec-fetch-site": "same-origin"}, timeout=PATIENCE)

    def ask(self, method: str, path: str, program: bool = True, **sent: Any) -> httpx2.Response:
        """One request. Raises Gone where there is no answer; then the next request goes to another address."""
        client, prefix = (self.program, "/api/v1") if program else (self.browser, "")
        try:
            answer = client.request(method, f"{self.addresses[0]}{prefix}{path}", **sent)
        except httpx2.TransportError as error:
            self.addresses.pop(0)
            raise Gone from error
        if answer.status_code >= 400 and answer.status_code not in REFUSALS:
            self.notes.odd.append(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        return answer

    def work(self, stop: threading.Event) -> None:
        """Takes one turn after the other."""
        while not stop.is_set() and self.addresses:
            self.turn += 1
            try:
                self.take_turn(stop)
            except Gone:
                continue
            except Exception as error:  # noqa: BLE001 - a thread's failure would otherwise go unseen
                self.notes.odd.append(f"{self.name}: {error!r}")
                return

    def take_turn(self, stop: threading.Event) -> None:
        raise NotImplementedError


class Depositor(Person):
    """Signs in, deposits, adds files, saves by program and by form, hands in."""

    signed_in = False

    def take_turn(self, stop: threading.Event) -> None:
        if not self.signed_in:
            self.sign_in()
        known = self.deposit()
        if known is None:
            return
        for _ in range(self.chance.randint(1, 3)):
            self.chance.choice((self.save, self.autosave))(known)
        if self.chance.random() < 0.4:
            self.add_file(known)
        if self.chance.random() < 0.8 and self.await_reading(known, stop):
            self.hand_in(known)

    def sign_in(self) -> None:
        answer = self.ask("POST", "/login", program=False, data={"email": EDITOR, "password": PASSWORD})
        if answer.status_code == 303:
            self.signed_in = True
            self.notes.sessions.append(dict(self.browser.cookies))
            self.notes.acknowledge()

    def text(self) -> bytes:
        words = self.chance.choices(WORDS, k=self.chance.choice((2, 40, 2000)))
        return f"# Huertos ficticios {self.name} {self.turn}-{self.chance.random()}\n\n{'. '.join(words)}.\n".encode()

    def deposit(self) -> Known | None:
        key, data = f"{self.name}-{self.turn}", self.text()
        self.notes.unanswered[key] = data
        answer = self.ask("POST", "/entries", files=deposit_form(key, data), headers={"idempotency-key": key})
        del self.notes.unanswered[key]
        if answer.status_code != 202:
            return None
        told = answer.json()
        known = Known(told["id"], {"status": "draft", "files": 1}, [data], told["version"], told["job"])
        self.notes.entries.append(known)
        self.notes.acknowledge()
        return known

    def save(self, known: Known) -> None:
        """A change by program; one that was overtaken by the worker is left."""
        known.sent = {"organisation": f"Oficina {self.name} {self.turn} {self.chance.random()}"}
        tag = self.ask("GET", f"/entries/{known.number}").headers["etag"]
        self.settle(known, self.ask("PATCH", f"/entries/{known.number}", json=known.sent, headers={"if-match": tag}))

    def autosave(self, known: Known) -> None:
        """A change as the form's script sends it."""
        page = self.ask("GET", f"/deposits/{known.number}", program=False)
        controls = entry_form(page.text) if page.status_code == 200 else {}
        names = [name for name in controls if name in ("version", "base.organisation", "organisation")]
        known.sent = {"organisation": f"Casa {self.name} {self.turn} {self.chance.random()}"}
        data = {name: controls[name] for name in names} | known.sent
        self.settle(known, self.ask("PATCH", f"/deposits/{known.number}", program=False, data=data))

    def add_file(self, known: Known) -> None:
        data = self.text()
        known.sent = {"files": 2}
        known.files.append(data)
        answer = self.ask("POST", f"/entries/{known.number}/files", files=[("file", ("segundo.md", data))])
        known.job = answer.json().get("job", known.job) if answer.is_success else known.job
        self.settle(known, answer)

    def await_reading(self, known: Known, stop: threading.Event) -> bool:
        """Looks until the worker has read the files; False when it takes too long."""
        for _ in range(LOOKS):
            states = [one["status"] for one in self.ask("GET", f"/entries/{known.number}").json()["files"]]
            if "pending" not in states:
                return True
            if stop.wait(SECOND_LOOK):
                break
        return False

    def hand_in(self, known: Known) -> None:
        for number in range(1, int(str(known.facts["files"])) + 1):
            tag = self.ask("GET", f"/entries/{known.number}").headers["etag"]
            path = f"/entries/{known.number}/files/{number}"
            self.settle(known, self.ask("PATCH", path, json={"people": "nobody"}, headers={"if-match": tag}))
        known.sent = {"status": "submitted"}
        answer = self.ask("POST", f"/entries/{known.number}/submit", json={"accept": self.notes.agreement})
        if self.settle(known, answer):
            self.notes.submitted.put(known)

    def settle(self, known: Known, answer: httpx2.Response) -> bool:
        """Notes what an answer acknowledges."""
        if answer.is_success:
            known.version = max(known.version, answer.json().get("version", 0))
            self.notes.acknowledge(known)
        known.sent = {}
        return answer.is_success


class Reviewer(Person):
    """A coordinator: publishes most of what is handed in, returns some, withdraws some of what was published."""

    def take_turn(self, stop: threading.Event) -> None:
        try:
            known = self.notes.submitted.get(timeout=0.1)
        except queue.Empty:
            return
        if self.chance.random() < 0.2:
            self.move(known, "return", "returned", {"remarks": "Falta el año."})
            return
        self.move(known, "publish", "published", {})
        if self.chance.random() < 0.25:
            self.move(known, "withdraw", "withdrawn", {"reason": "A petición."})

    def move(self, known: Known, act: str, status: str, body: dict[str, str]) -> None:
        known.sent = {"status": status}
        answer = self.ask("POST", f"/entries/{known.number}/{act}", json=body)
        if answer.is_success:
            self.notes.acknowledge(known)
        known.sent = {}


class Visitor(Person):
    """Searches and reads pages; nothing is acknowledged, and nothing may fail."""

    def take_turn(self, stop: threading.Event) -> None:
        path = self.chance.choice(
            ("/", "/search?q=huertos", "/search?q=barrio&view=table", "/api/v1/search?q=ficticios")
        )
        self.ask("GET", path, program=False)
        time.sleep(0.02)


def deposit_form(key: str, data: bytes) -> list[tuple[str, Any]]:
    metadata = json.dumps({**NEEDED, "title": f"Huertos ficticios {key}"})
    return [("file", (f"{key}.md", data, "text/markdown")), ("metadata", (None, metadata))]


def tokens_in(people_home: Path, settings: Settings) -> dict[str, str]:
    """A bank in the settings' home with tokens for those who work in it, and have for a week."""
    with copied(people_home, settings) as made:
        with made.database.writing() as session:
            for membership in session.scalars(select(Membership)):
                membership.since -= timedelta(days=7)
        return {
            email: add_token_for_address(made, email, "test", None, actor=OPERATOR) for email in (EDITOR, COORDINATOR)
        }


class Crowd:
    """Depositors, a coordinator and a visitor, at work in threads of their own between `begin` and `end`."""

    def __init__(self, addresses: Sequence[str], tokens: dict[str, str], seed: int, depositors: int = 3) -> None:
        agreement = httpx2.get(f"{addresses[0]}/api/v1/agreement", timeout=PATIENCE).json()["version"]
        self.notes, self.stop = Notes(agreement), threading.Event()
        kinds = [*[(Depositor, EDITOR)] * depositors, (Reviewer, COORDINATOR), (Visitor, EDITOR)]
        self.people = [
            kind(turned(addresses, turn), tokens[who], self.notes, random.Random(f"{seed}-{turn}"), f"p{turn}")
            for turn, (kind, who) in enumerate(kinds)
        ]
        self.threads = [threading.Thread(target=one.work, args=(self.stop,)) for one in self.people]

    def begin(self) -> None:
        for thread in self.threads:
            thread.start()

    def end(self) -> Notes:
        """Has everybody stop after the present turn."""
        self.stop.set()
        for thread in self.threads:
            thread.join(PATIENCE)
        assert not any(thread.is_alive() for thread in self.threads)
        for one in self.people:
            one.program.close()
            one.browser.close()
        return self.notes


def turned(addresses: Sequence[str], turn: int) -> list[str]:
    """The addresses, each person beginning at another one."""
    first = turn % len(addresses)
    return [*addresses[first:], *addresses[:first]]
