"""Compares what people noted with what a bank has: lost acts, half deposits, and what nobody asked for."""

from typing import Any

import httpx2

from tests.commands import PATIENCE
from tests.faults.mixed_load import Known, Notes, deposit_form
from tests.people import EDITOR


def lost(address: str, tokens: dict[str, str], notes: Notes) -> list[str]:
    """A line for each acknowledged act that the bank does not have, and for each thing that it has too much."""
    with httpx2.Client(headers={"authorization": f"Bearer {tokens[EDITOR]}"}, timeout=PATIENCE) as program:
        api = f"{address}/api/v1"
        found = {known.number: entry(program, api, known.number) for known in notes.entries}
        lines = [line for known in notes.entries for line in of_entry(program, api, known, found[known.number])]
        lines += deposits(program, api, notes)
        published = {number for number, one in found.items() if one.get("status") == "published"}
        return lines + listed(program, api, published) + sessions(address, notes)


def entry(program: httpx2.Client, api: str, number: int) -> dict[str, Any]:
    answer = program.get(f"{api}/entries/{number}")
    told: dict[str, Any] = answer.json()
    return told


def of_entry(program: httpx2.Client, api: str, known: Known, found: dict[str, Any]) -> list[str]:
    if "files" not in found:
        return [f"entry {known.number} is not there: {found}"]
    files = found["files"]
    has = {"status": found["status"], "files": len(files)}
    has["organisation"] = (found["values"] or {}).get("organisation")
    lines = [
        f"entry {known.number}: {name} is {has[name]}, acknowledged was {value}"
        for name, value in known.facts.items()
        if has[name] not in (value, known.sent.get(name, value))
    ]
    if found["version"] < known.version:
        lines.append(f"entry {known.number}: version {found['version']}, acknowledged was {known.version}")
    for turn, file in enumerate(files):
        content = program.get(f"{api}/entries/{known.number}/files/{turn + 1}/content").content
        if content != known.files[turn] or file["status"] != "read":
            lines.append(f"entry {known.number}: file {turn + 1} is {file['status']} with {len(content)} bytes")
    return lines


def deposits(program: httpx2.Client, api: str, notes: Notes) -> list[str]:
    """Deposits without an answer are sent again under their keys; then each is there once."""
    again = [
        program.post(f"{api}/entries", files=deposit_form(key, data), headers={"idempotency-key": key}).status_code
        for key, data in notes.unanswered.items()
    ]
    listed = program.get(f"{api}/submissions").json()["submissions"]
    numbers = [one["entry"]["id"] for one in listed]
    expected = len(notes.entries) + len(again)
    lines = [f"a deposit sent again was answered {status}" for status in again if status != 202]
    if len(numbers) != expected or len(set(numbers)) != expected:
        lines.append(f"there are {len(numbers)} entries, {expected} were begun")
    return lines


def listed(program: httpx2.Client, api: str, published: set[int]) -> list[str]:
    """A search finds each published entry once, and no other."""
    numbers: list[int] = []
    for page in range(1, 2 + len(published) // 20):
        told = program.get(f"{api}/search", params={"q": "ficticios", "page": page, "size": 20}).json()
        numbers += [hit["id"] for hit in told["hits"]]
    return (
        [] if sorted(numbers) == sorted(published) else [f"a search lists {sorted(numbers)}, not {sorted(published)}"]
    )


def sessions(address: str, notes: Notes) -> list[str]:
    """Everybody who was signed in is so still."""
    answers = [httpx2.get(f"{address}/account", cookies=one, timeout=PATIENCE) for one in notes.sessions]
    return [f"a session ended: {answer.status_code}" for answer in answers if answer.status_code != 200]
