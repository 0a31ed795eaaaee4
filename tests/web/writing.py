"""Programs that write through the API: one of each role, each with its token."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from bank import ingest
from bank.jobs.deposits import do_read_job
from bank.settings import Settings
from bank.web.app import create_app
from bank.workflow.bank import Bank
from bank.workflow.people import accounts, tokens
from bank.workflow.rights import Scope
from tests.people import ADMIN, COORDINATOR, EDITOR, OPERATOR, PASSWORD, copied

OTHER, OTHER_CITY = "editor@otra.example", "mx-morelia"
TEXT = "# Huertos ficticios\n\nRESUMEN: Cada escuela del barrio cuida un huerto con las familias.\n"
NEEDED: dict[str, object] = {
    "title": "Huertos ficticios",
    "summary": "Cada escuela del barrio cuida un huerto con las familias.",
    "language": "es",
    "start_year": 2023,
    "themes": ["Medio ambiente"],
    "principles": [8, "Principio 4"],
    "contact": {"post": "Dirección de Educación", "mailbox": "educacion@ciudad.example"},
    "licence": "CC BY 4.0",
}
"""Metadata with all that publishing asks for."""


@dataclass(frozen=True)
class Programs:
    """A bank and those who write into it: editors of two cities, a coordinator, an administrator, a visitor."""

    bank: Bank
    app: FastAPI
    editor: TestClient
    stranger: TestClient
    coordinator: TestClient
    admin: TestClient
    visitor: TestClient
    reader: TestClient
    """The editor with a token that may only read."""

    def read(self) -> None:
        """Does the jobs that read files."""
        while do_read_job(self.bank):
            pass

    def handed_in(self) -> int:
        """A submitted entry with one file."""
        number = begun(self.editor, files=[part()])["id"]
        self.read()
        said = {"people": "nobody"}
        assert patched(self.editor, f"/entries/{number}/files/1", said, version(self.editor, number)).status_code == 200
        agreement = self.visitor.get("/api/v1/agreement").json()["version"]
        answer = self.editor.post(f"/api/v1/entries/{number}/submit", json={"accept": agreement})
        assert answer.status_code == 200, answer.text
        return int(number)

    def published(self) -> int:
        number = self.handed_in()
        answer = self.coordinator.post(f"/api/v1/entries/{number}/publish", json={})
        assert answer.status_code == 200, answer.text
        return number


def part(name: str = "huertos.md", data: bytes = TEXT.encode(), kind: str = "text/markdown") -> tuple[str, Any]:
    """A file in a form."""
    return ("file", (name, data, kind))


def begin(program: TestClient, metadata: object = None, files: Any = (), key: str = "", **form: str) -> httpx2.Response:
    """POST /entries; always as multipart, also without a file."""
    given = NEEDED if metadata is None else metadata
    written = given if isinstance(given, str) else json.dumps(given)
    parts = [("metadata", (None, written)), *((name, (None, value)) for name, value in form.items()), *files]
    return program.post("/api/v1/entries", files=parts, headers={"idempotency-key": key} if key else {})


def begun(program: TestClient, metadata: object = None, files: Any = (), **form: str) -> dict[str, Any]:
    """What POST /entries answers, all well."""
    answer = begin(program, metadata, files, **form)
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    return found


def version(program: TestClient, number: int) -> str:
    """The entry's ETag."""
    answer = program.get(f"/api/v1/entries/{number}")
    assert answer.status_code == 200, answer.text
    return str(answer.headers["etag"])


def patched(program: TestClient, path: str, body: object, tag: str | None) -> httpx2.Response:
    return program.patch(f"/api/v1{path}", json=body, headers={"if-match": tag} if tag else {})


def faults(answer: httpx2.Response) -> dict[str, str]:
    """Field -> message of a 422."""
    assert answer.status_code == 422, answer.text
    return {one["field"]: one["message"] for one in answer.json()["errors"]}


@contextmanager
def programs(people_home: Path, settings: Settings) -> Iterator[Programs]:
    """A bank of its own."""
    with copied(people_home, settings.model_copy(update={"semantic": "off"})) as bank:
        accounts.add_user(bank, OTHER, "editor", PASSWORD, cities=[OTHER_CITY], actor=OPERATOR)
        app = create_app(bank)

        def of(email: str | None, scope: Scope = "deposit") -> TestClient:
            token = tokens.add_token_for_address(bank, email, scope, scope, actor=OPERATOR) if email else None
            headers = {"accept-language": "es"} | ({"authorization": f"Bearer {token}"} if token else {})
            return TestClient(app, base_url="http://127.0.0.1", headers=headers, follow_redirects=False)

        yield Programs(
            bank, app, of(EDITOR), of(OTHER), of(COORDINATOR, "review"), of(ADMIN, "review"), of(None),
            of(EDITOR, "read"),
        )  # fmt: skip
        ingest.close_extractors()


@contextmanager
def answering(app: FastAPI) -> Iterator[str]:
    """The address at which uvicorn answers in a thread."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        running.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            running.join()
