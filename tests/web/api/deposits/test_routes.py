"""Writing through the API: from a file to what a search finds, and what is refused on the way."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bank.settings import Settings
from tests.people import CITY
from tests.web.writing import NEEDED, OTHER_CITY, Programs, begin, begun, faults, part, patched, programs, version


@pytest.fixture
def there(people_home: Path, settings: Settings) -> Iterator[Programs]:
    with programs(people_home, settings) as ready:
        yield ready


def whole(program: Any, number: int) -> dict[str, Any]:
    answer = program.get(f"/api/v1/entries/{number}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_an_entry_goes_from_a_file_to_public_through_the_api_alone(there: Programs) -> None:
    answer = begin(there.editor, files=[part()])
    told = answer.json()
    assert answer.status_code == 202, told
    assert set(told) == {"id", "uid", "status", "version", "job", "url"}
    assert (told["status"], answer.headers["etag"]) == ("draft", f'"{told["version"]}"')
    assert answer.headers["location"].endswith(f"/api/v1/entries/{told['id']}")
    number = told["id"]
    job = there.editor.get(f"/api/v1/jobs/{told['job']}").json()
    assert (job["id"], job["state"]) == (told["job"], "waiting")
    there.read()
    assert there.editor.get(f"/api/v1/jobs/{told['job']}").json()["state"] == "done"
    draft = whole(there.editor, number)
    assert (draft["status"], draft["city"], draft["principles"]) == ("draft", CITY, [8, 4])
    assert [one["field"] for one in draft["faults"]] == ["files.1.people"]
    assert draft["values"]["licence"] == "CC-BY-4.0"
    refused = there.editor.post(f"/api/v1/entries/{number}/submit", json={"accept": "0"})
    assert set(faults(refused)) == {"files.1.people", "accept"}
    patched(there.editor, f"/entries/{number}/files/1", {"people": "nobody"}, version(there.editor, number))
    agreement = there.visitor.get("/api/v1/agreement").json()["version"]
    handed = there.editor.post(f"/api/v1/entries/{number}/submit", json={"accept": agreement})
    assert (handed.status_code, handed.json()["status"]) == (200, "submitted")
    assert [one["entry"]["id"] for one in there.coordinator.get("/api/v1/review").json()["submissions"]] == [number]
    back = there.coordinator.post(f"/api/v1/entries/{number}/return", json={"remarks": "Falta el año."})
    assert back.json()["status"] == "returned"
    mine = there.editor.get("/api/v1/submissions").json()["submissions"][0]
    assert (mine["entry"]["id"], mine["status"], mine["turn"], mine["remarks"]) == (
        number, "returned", "city", "Falta el año.",
    )  # fmt: skip
    changed = patched(there.editor, f"/entries/{number}", {"start_year": 2022}, version(there.editor, number))
    assert (changed.status_code, changed.json()["fields"]) == (200, ["start_year"])
    assert there.editor.post(f"/api/v1/entries/{number}/submit").status_code == 200
    assert there.editor.post(f"/api/v1/entries/{number}/publish").status_code == 403
    assert there.coordinator.post(f"/api/v1/entries/{number}/publish").json()["status"] == "published"
    seen = whole(there.visitor, number)
    assert (seen["status"], seen["year"], seen["values"], seen["faults"]) == ("published", 2022, None, None)
    gone = there.coordinator.post(f"/api/v1/entries/{number}/withdraw", json={"reason": "A petición."})
    assert gone.json()["status"] == "withdrawn"
    left = there.visitor.get(f"/api/v1/entries/{number}")
    assert (left.status_code, left.json()["uid"], left.json()["reason"]) == (410, told["uid"], "A petición.")
    assert "Huertos" not in left.text


def test_what_is_typed_needs_no_file(there: Programs) -> None:
    told = begun(there.editor)
    assert told["job"] is None
    assert whole(there.editor, told["id"])["titles"] == {"es": NEEDED["title"]}


def test_the_metadata_takes_spanish_keys_labels_and_numbers(there: Programs) -> None:
    told = begun(
        there.coordinator,
        {
            "Título": "Boletim fictício",
            "idioma": "pt",
            "tipo": "Boletín",
            "ciudades": ["León Gto.", "Villa Ejemplo"],
            "país": "México",
            "fecha": "2021-05",
            "temas": ["Medio ambiente", "cultura"],
            "ods": ["ODS 4", 11],
            "dirigida_a": [],
            "numero": "12",
        },
    )
    found = whole(there.coordinator, told["id"])
    assert (found["kind"], found["city"], found["year"], found["language"]) == ("bulletin", CITY, 2021, "pt")
    assert found["titles"] == {"pt": "Boletim fictício"}
    assert found["cities"] == [CITY, "mx-villa-ejemplo"]
    assert (found["values"]["sdgs"], found["values"]["number"]) == (["4", "11"], "12")
    assert found["themes"] == ["medio-ambiente", "cultura"]


WRONG: list[tuple[dict[str, object], str]] = [
    ({"role": "admin"}, "role"),
    ({"is_admin": "true"}, "is_admin"),
    ({"status": "published"}, "status"),
    ({"id": 7}, "id"),
    ({"uid": "x"}, "uid"),
    ({"made_by": 1}, "made_by"),
    ({"version": 9}, "version"),
    ({"proposed": {}}, "proposed"),
    ({"start_year": "2020"}, "start_year"),
    ({"start_year": 2020.0}, "start_year"),
    ({"start_year": True}, "start_year"),
    ({"title": 5}, "title"),
    ({"title": ["a"]}, "title"),
    ({"title": {"es": 5}}, "title"),
    ({"title": {"español": "a"}}, "title"),
    ({"themes": "cultura"}, "themes"),
    ({"themes": ["no hay tal tema"]}, "themes"),
    ({"themes": [1]}, "themes"),
    ({"principles": [True]}, "principles"),
    ({"principles": [99]}, "principles"),
    ({"licence": "todo vale"}, "licence"),
    ({"contact": "alguien"}, "contact"),
    ({"contact": {"post": "a", "role": "admin"}}, "contact"),
    ({"cities": "León"}, "cities"),
    ({"city": 5}, "city"),
    ({"city": OTHER_CITY}, "city"),
    ({"events": [{"id": "no-such-event"}]}, "events"),
    ({"language": "klingon"}, "language"),
    ({"participants_women": "12"}, "participants_women"),
    ({"state": "maybe"}, "state"),
]


def test_an_unknown_or_wrongly_typed_value_is_refused_by_name(there: Programs) -> None:
    """S28, S27: mass assignment, a foreign city, an event that there isn't; nothing is taken for something else."""
    number = begun(there.editor)["id"]
    before = whole(there.editor, number)
    for values, field in WRONG:
        assert faults(begin(there.editor, {**NEEDED, **values})).get(field), values
        assert faults(patched(there.editor, f"/entries/{number}", values, f'"{before["version"]}"')).get(field), values
    assert whole(there.editor, number) == before
    assert len(there.editor.get("/api/v1/submissions").json()["submissions"]) == 1


def test_a_fault_names_the_field_and_apart_from_it_the_language_or_part_that_is_wrong(there: Programs) -> None:
    number = begin(there.editor, files=[part()]).json()["id"]
    there.read()
    patched(
        there.editor,
        f"/entries/{number}",
        {"contact": {"post": "Parques", "mailbox": "nadie"}},
        version(there.editor, number),
    )
    told = {one["field"]: one["part"] for one in whole(there.editor, number)["faults"]}
    assert told == {"contact": "mailbox", "files.1.people": None}
    refused = there.editor.post(f"/api/v1/entries/{number}/submit", json={"accept": "0"}).json()["errors"]
    assert [one.get("part") for one in refused if one["field"] == "contact"] == ["mailbox"]
