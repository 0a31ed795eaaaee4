"""What the API refuses: files that are not what they say, foreign entries, too much, and what is nobody's business."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as bounds
from hypothesis import strategies as st
from sqlalchemy import func, select

from bank.catalogue.tables import Entry
from bank.settings import Settings
from bank.workflow import jobs
from tests.ingest.making_pdfs import book, lines
from tests.ingest.making_pictures import corners, encoded
from tests.web.writing import NEEDED, TEXT, Programs, begin, begun, faults, part, patched, programs, version


@pytest.fixture
def there(people_home: Path, settings: Settings) -> Iterator[Programs]:
    with programs(people_home, settings) as ready:
        yield ready


def entries(there: Programs) -> int:
    with there.bank.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Entry)) or 0


PDF = book([lines(["Una página"])])
EVIL = {
    "evil.html": b"<html><script>alert(1)</script></html>",
    "evil.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "evil.exe": b"MZ" + bytes(100),
    "evil.pdf.html": PDF,
    ".htaccess": b"Options +ExecCGI",
    "evil.pdf": b"%PDF-1.7\n<html><script>alert(1)</script></html>",
    "page.md": PDF,
    "text.pdf": TEXT.encode(),
    "photo.png": b"\xff\xd8\xff\xe0" + bytes(100),
    "nothing": TEXT.encode(),
}
"""S01, S02."""


def test_a_file_of_another_type_or_under_a_wrong_name_is_refused(there: Programs) -> None:
    """S01-S03: the declared type counts for nothing."""
    number = begun(there.editor)["id"]
    for name, data in EVIL.items():
        for declared in ("application/pdf", "text/markdown", "text/html"):
            wrong = part(name, data, declared)
            for answer in (
                begin(there.editor, files=[wrong]),
                begin(there.editor, files=[part(), wrong]),
                there.editor.post(f"/api/v1/entries/{number}/files", files=[wrong]),
            ):
                assert answer.status_code in (415, 422), (name, answer.text)
                assert answer.headers["content-type"] == "application/problem+json"
    assert begin(there.editor, files=[part("a.html", b"<p>", "application/pdf")]).status_code == 415
    assert faults(begin(there.editor, {"role": "admin"}, files=[part()]))
    assert entries(there) == 1
    assert list(there.bank.uploads.digests()) == []


def kept_safely(there: Programs, name: str) -> None:
    """A file of this name is refused, or kept under its digest and shown under a name that is no path."""
    answer = begin(there.editor, files=[part(f"{name}.md")])
    if answer.status_code == 202:
        kept = there.editor.get(f"/api/v1/entries/{answer.json()['id']}").json()["files"][0]
        assert not set(kept["name"]) & set("/\\\x00\r\n"), kept["name"]
        assert kept["name"] not in (".", "..")
        assert there.bank.uploads.path(kept["digest"]).resolve().is_relative_to(there.bank.settings.uploads_folder)
    else:
        assert answer.status_code in (400, 415, 422), answer.text


@bounds(max_examples=30, deadline=None)
@given(name=st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("/\\.%:\x00\n"), max_size=60))
def check_any_name(there: Programs, name: str) -> None:
    kept_safely(there, name)


def test_a_files_name_never_becomes_a_path(people_home: Path, home: Path) -> None:
    """S04."""
    with programs(people_home, Settings(home=home)) as there:
        for name in ("../../etc/passwd", "C:\\x", "a%00b", "..%2f..%2fa", "．．／a", "b" * 5000, "\u202egnp", "a\x00b"):
            kept_safely(there, name)
        check_any_name(there)
        kept = {path.name for path in there.bank.settings.uploads_folder.rglob("*") if path.is_file()}
        assert len({name for name in kept if len(name) == 64}) == 1
        assert not any("passwd" in name for name in kept)


def test_the_same_bytes_are_answered_alike_whoever_has_them(there: Programs) -> None:
    """S13."""
    first = begin(there.stranger, files=[part()])
    again = begin(there.editor, files=[part()])
    fresh = begin(there.editor, files=[part(data=TEXT.encode() + b"\nOtra.")])
    for one in (first, again, fresh):
        assert one.status_code == 202
        assert set(one.json()) == set(first.json())
        assert (one.json()["status"], one.json()["version"]) == ("draft", 1)
    names = ("etag", "content-type", "content-length")
    assert [again.headers[name] for name in names] == [fresh.headers[name] for name in names]
    assert len(list(there.bank.uploads.digests())) == 2


def test_a_quota_ends_what_may_be_kept(people_home: Path, home: Path) -> None:
    """S06."""
    with programs(people_home, Settings(home=home, person_quota_mb=1, quota_mb=2)) as there:

        def large(number: int) -> Any:
            return part(f"{number}.md", b"# A\n\n" + str(number).encode() * 700_000)

        assert begin(there.editor, files=[large(1)]).status_code == 202
        full = begin(there.editor, files=[large(2)])
        assert (full.status_code, full.json()["code"]) == (507, "full")
        assert begin(there.stranger, files=[large(3)]).status_code == 202
        assert begin(there.coordinator, files=[large(4)]).status_code == 507
        kept = sum(there.bank.uploads.path(one).stat().st_size for one in there.bank.uploads.digests())
        assert kept <= 2 * 1024 * 1024
        assert begin(there.editor).status_code == 202


def test_a_program_that_saves_a_thousand_times_is_slowed_down_and_holds_up_nobody_else(there: Programs) -> None:
    told = begun(there.editor)
    place = f"/entries/{told['id']}"
    tag, answers = version(there.editor, told["id"]), []
    for round in range(1000):
        answers.append(patched(there.editor, place, {"start_year": 1990 + round % 20}, tag))
        tag = answers[-1].headers.get("etag", tag)
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) > 500
    assert {answer.status_code for answer in answers} == {200, 429}
    assert refused[0].json()["code"] == "too_many"
    assert int(refused[0].headers["retry-after"]) >= 1
    assert there.editor.get(f"/api/v1{place}").status_code == 200
    assert begun(there.stranger)["id"] > told["id"]


def test_nobody_begins_entries_without_end(people_home: Path, home: Path) -> None:
    with programs(people_home, Settings(home=home, person_drafts=2)) as there:
        for _ in range(2):
            begun(there.editor)
        answer = begin(there.editor, files=[part()])
        assert (answer.status_code, answer.json()["code"]) == (409, "too_many_drafts")
        assert list(there.bank.uploads.digests()) == []


def test_nobody_else_sees_or_changes_a_draft(there: Programs) -> None:
    """S25, S27: what one may not see is a 404, whatever is done with it."""
    told = begun(there.editor, files=[part()])
    number, job = told["id"], told["job"]
    ways = [
        ("GET", f"/entries/{number}", None), ("GET", f"/entries/{number}/look-alikes", None),
        ("GET", f"/entries/{number}/files/1/content", None), ("GET", f"/entries/{number}/files/1/pages/1", None),
        ("GET", f"/entries/{number}/images/1/content", None), ("GET", f"/jobs/{job}", None),
        ("GET", f"/entries/{number}.json", None), ("GET", f"/entries/{number}/similar", None),
        ("PATCH", f"/entries/{number}", {"start_year": 2000}), ("PATCH", f"/entries/{number}/files/1", {}),
        ("POST", f"/entries/{number}/submit", {}), ("POST", f"/entries/{number}/withdraw", {}),
        ("POST", f"/entries/{number}/publish", {}), ("POST", f"/entries/{number}/return", {"remarks": "a"}),
        ("POST", f"/entries/{number}/relations", {"other": 1, "kind": "related"}),
        ("DELETE", f"/entries/{number}/files/1", None), ("DELETE", f"/entries/{number}/images/1", None),
    ]  # fmt: skip
    for method, path, body in ways:
        for program in (there.stranger, there.coordinator):
            answer = program.request(method, f"/api/v1{path}", json=body, headers={"if-match": '"1"'})
            assert answer.status_code == 404, (method, path, answer.text)
            assert "Huertos" not in answer.text
        shut = there.visitor.request(method, f"/api/v1{path}", json=body, headers={"if-match": '"1"'})
        assert shut.status_code in (401, 404), (method, path)
    for program in (there.stranger, there.visitor):
        files = program.post(f"/api/v1/entries/{number}/files", files=[part("b.md", b"# b")])
        assert files.status_code == (401 if program is there.visitor else 404)
    assert version(there.editor, number) == '"1"'


def test_a_relation_to_a_foreign_draft_is_refused(there: Programs) -> None:
    """S27."""
    mine, theirs = begun(there.editor)["id"], begun(there.stranger)["id"]
    body = {"other": theirs, "kind": "version"}
    assert there.editor.post(f"/api/v1/entries/{mine}/relations", json=body).status_code == 404
    for wrong in ({"other": mine, "kind": "version"}, {"other": 999, "kind": "related"}):
        assert there.editor.post(f"/api/v1/entries/{mine}/relations", json=wrong).status_code == 404
    strange = [
        {"other": str(theirs), "kind": "version"},
        {"other": 1, "kind": "mine"},
        {"other": True, "kind": "version"},
    ]
    for odd in strange:
        assert there.editor.post(f"/api/v1/entries/{mine}/relations", json=odd).status_code == 422
    own = begun(there.editor)["id"]
    found = there.editor.get(f"/api/v1/entries/{own}/look-alikes").json()["entries"]
    assert [(one["entry"]["id"], one["why"]) for one in found] == [(mine, "same_title")]
    said = there.editor.post(f"/api/v1/entries/{own}/relations", json={"other": mine, "kind": "version"})
    assert said.status_code == 200
    assert there.editor.get(f"/api/v1/entries/{own}/look-alikes").json()["entries"][0]["said"] == "version"


def test_what_only_the_network_sees_is_told_to_nobody_else(there: Programs) -> None:
    number = there.published()
    secret = {"contact_person": "Canaria Persona", "contact_phone": "477 555 0000"}
    assert (
        patched(there.coordinator, f"/entries/{number}", secret, version(there.coordinator, number)).status_code == 200
    )
    said = {"consents": "Canaria carpeta", "people": "minors"}
    tag = version(there.coordinator, number)
    assert patched(there.coordinator, f"/entries/{number}/files/1", said, tag).status_code == 200
    letter = [part("canaria-carta.md", b"# Canaria carta"), ("purpose", (None, "mayor_letter"))]
    assert there.coordinator.post(f"/api/v1/entries/{number}/files", files=letter).status_code == 202
    there.read()
    for program in (there.visitor, there.stranger):
        answer = program.get(f"/api/v1/entries/{number}")
        assert answer.status_code == 200
        assert "anaria" not in answer.text
        assert {answer.json()["files"][0][name] for name in ("people", "consents", "personal", "purpose")} == {None}
        assert program.get(f"/api/v1/entries/{number}/files/2/content").status_code == 404
        assert program.get(f"/api/v1/entries/{number}/files/1/content").status_code == 200
    mine = there.editor.get(f"/api/v1/entries/{number}").json()
    assert mine["values"]["contact_person"] == "Canaria Persona"
    assert mine["files"][1]["purpose"] == "mayor_letter"


def test_what_was_never_public_is_gone_without_a_trace(there: Programs) -> None:
    number = begun(there.editor)["id"]
    assert there.editor.post(f"/api/v1/entries/{number}/withdraw").status_code == 200
    for program in (there.visitor, there.stranger):
        assert program.get(f"/api/v1/entries/{number}").status_code == 404
    assert there.editor.get(f"/api/v1/entries/{number}").json()["status"] == "withdrawn"


def test_moves_go_only_along_their_edges(there: Programs) -> None:
    """S29."""
    number = there.published()
    for act, body in (("submit", {}), ("return", {"remarks": "a"}), ("publish", {})):
        assert there.coordinator.post(f"/api/v1/entries/{number}/{act}", json=body).status_code == 409, act
    assert there.editor.post(f"/api/v1/entries/{number}/withdraw", json={"reason": "a"}).status_code == 403
    assert patched(there.editor, f"/entries/{number}", {"start_year": 2000}, '"1"').status_code == 403
    assert set(faults(there.coordinator.post(f"/api/v1/entries/{number}/withdraw", json={}))) == {"reason"}
    wide = there.handed_in()
    assert set(faults(there.coordinator.post(f"/api/v1/entries/{wide}/return", json={"remarks": " "}))) == {"remarks"}
    assert there.coordinator.post(f"/api/v1/entries/{wide}/return").status_code == 422


def test_a_token_that_reads_writes_nothing(there: Programs) -> None:
    number = begun(there.editor)["id"]
    assert there.reader.get(f"/api/v1/entries/{number}").json()["may"] == []
    assert begin(there.reader).status_code == 403
    assert patched(there.reader, f"/entries/{number}", {"start_year": 2000}, '"1"').status_code == 403
    assert there.reader.post(f"/api/v1/entries/{number}/submit").status_code == 403
    assert there.editor.get("/api/v1/review").status_code == 404


def test_a_body_has_the_fields_that_are_named_and_no_others(there: Programs) -> None:
    """S28, S54."""
    number = begun(there.editor)["id"]
    for act, body in (
        ("submit", {"accept": 1}), ("submit", {"role": "admin"}), ("submit", []), ("withdraw", {"reason": None}),
        ("publish", {"second": True}), ("submit", {"accept": "1", "is_admin": "true"}),
    ):  # fmt: skip
        assert there.editor.post(f"/api/v1/entries/{number}/{act}", json=body).status_code == 422, body
    for act in ("submit", "withdraw", "publish"):
        odd = there.editor.post(f"/api/v1/entries/{number}/{act}", json={"role": "admin", "is_admin": "true"})
        assert set(faults(odd)) == {"role", "is_admin"}, act
    hostile = ["[" * 100_000, '{"a":1,"a":2}', '{"start_year": 1e999}', "[]", "null", '"x"', "{", '{"title":"\\ud800"}']
    for text in hostile:
        assert begin(there.editor, text).status_code == 422, text[:20]
        raw = there.editor.patch(
            f"/api/v1/entries/{number}", content=text, headers={"content-type": "application/json", "if-match": '"1"'}
        )
        assert raw.status_code == 422, text[:20]
    assert set(faults(begin(there.editor, status="published", role="admin"))) == {"status", "role"}
    assert there.editor.post("/api/v1/entries", json=NEEDED).status_code == 415
    assert version(there.editor, number) == '"1"'


def test_the_version_must_be_named_and_be_the_present_one(there: Programs) -> None:
    number = begun(there.editor)["id"]
    path = f"/entries/{number}"
    assert patched(there.editor, path, {"start_year": 2000}, None).status_code == 428
    assert patched(there.editor, path, {"start_year": 2000}, "*").status_code == 428
    assert patched(there.editor, path, {"start_year": 2000}, '"1"').headers["etag"] == '"2"'
    late = patched(there.editor, path, {"start_year": 2001}, '"1"')
    assert (late.status_code, late.json()["version"], late.json()["fields"]) == (412, 2, {"start_year": 2000})
    for odd in ('W/"2"', "2", '"x"', '"2", "3"', '"-1"', '"0"', '""', '"99999999999999999999"'):
        assert patched(there.editor, path, {"start_year": 2001}, odd).status_code == 412, odd
    assert there.editor.post(f"/api/v1{path}/withdraw", headers={"if-match": '"1"'}).status_code == 412


def test_jobs_without_an_entry_are_for_coordinators(there: Programs) -> None:
    job = jobs.queue_job(there.bank, "reindex")
    assert jobs.begin_job(there.bank, "reindex")
    jobs.end_job(there.bank, job, "failed", "OSError: /srv/secret")
    assert there.editor.get(f"/api/v1/jobs/{job}").status_code == 404
    assert there.visitor.get(f"/api/v1/jobs/{job}").status_code == 401
    told = there.coordinator.get(f"/api/v1/jobs/{job}")
    assert (told.json()["state"], "secret" in told.text) == ("failed", False)
    assert there.coordinator.get("/api/v1/jobs/999").status_code == 404


def test_pictures_are_kept_described_and_taken_out(there: Programs) -> None:
    number = begun(there.editor, files=[part("plaza.png", encoded(corners(), "PNG"), "image/png")])["id"]
    image = there.editor.get(f"/api/v1/entries/{number}").json()["images"][0]
    assert (image["n"], image["people"]) == (1, None)
    place = f"/entries/{number}/images/1"
    said = {"texts": {"es": "Una plaza"}, "author": "Taller municipal", "licence": "CC-BY-4.0", "people": "nobody"}
    assert patched(there.editor, place, said, '"1"').status_code == 200
    assert patched(there.editor, place, {"people": "someone"}, '"2"').status_code == 422
    assert there.editor.get(f"/api/v1{place}/content").headers["content-type"].startswith("image/")
    assert there.visitor.get(f"/api/v1{place}/content").status_code == 404
    assert there.editor.delete(f"/api/v1{place}").status_code == 200
    assert there.editor.get(f"/api/v1{place}/content").status_code == 404
    assert there.editor.get(f"/api/v1/entries/{number}").json()["images"] == []
