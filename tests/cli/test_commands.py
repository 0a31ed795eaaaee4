import csv
import io
from pathlib import Path

from tests.commands import bank, objects
from tests.making_files import experience, experiences, markdown

KEYS = {"file", "status", "entry", "pages", "flags", "reason"}


def test_ingest_tells_every_file_and_exits_1_when_one_was_refused(environment: dict[str, str], tmp_path: Path) -> None:
    folder = experiences(tmp_path / "files", 2)
    (folder / "deep").mkdir()
    experience(folder / "deep", 7)
    (folder / "vacio.pdf").write_bytes(b"")
    (folder / ".hidden.md").write_text("# nothing")
    told = objects(bank(environment, "ingest", str(folder), "--publish", "--json", fine=(1,)).stdout)
    assert all(set(one) == KEYS for one in told)
    assert sorted(Path(one["file"]).name for one in told) == [
        "experiencia-000.md",
        "experiencia-001.md",
        "experiencia-007.md",
        "vacio.pdf",
    ]
    refused = [one for one in told if one["status"] == "refused"]
    assert len(refused) == 1
    assert refused[0]["entry"] is None
    assert refused[0]["reason"]
    again = objects(bank(environment, "ingest", str(folder / "deep"), "--json").stdout)
    assert [one["status"] for one in again] == ["duplicate"]


def test_search_prints_titles_pages_and_json(environment: dict[str, str], tmp_path: Path) -> None:
    bank(environment, "ingest", str(experiences(tmp_path / "files", 3)), "--publish")
    printed = bank(environment, "search", "resultado1").stdout
    assert "Experiencia ficticia 1" in printed
    assert "página 2" in printed
    hits = objects(bank(environment, "search", "resultado1", "--json").stdout)
    assert [hit["snippets"][0]["page"] for hit in hits] == [2]
    assert "<mark>resultado1</mark>" in hits[0]["snippets"][0]["html"]
    assert objects(bank(environment, "search", "ficticia", "--principle", "3", "--json").stdout)[0]["principles"] == [3]


def test_export_writes_the_whole_file_or_none(environment: dict[str, str], tmp_path: Path) -> None:
    bank(environment, "ingest", str(experiences(tmp_path / "files", 3)), "--publish")
    target = tmp_path / "out.csv"
    bank(environment, "export", "csv", "-o", str(target))
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"))))
    assert len(rows) == 3
    bank(environment, "export", "jsonl", "--ids", "2,1", "-o", str(tmp_path / "two.jsonl"))
    assert [one["id"] for one in objects((tmp_path / "two.jsonl").read_text())] == [2, 1]
    bank(environment, "export", "nothing", "-o", str(tmp_path / "no.csv"), fine=(1,))
    assert not (tmp_path / "no.csv").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".no")]


def test_wrong_options_are_told_in_a_sentence(environment: dict[str, str], tmp_path: Path) -> None:
    path = experience(tmp_path, 1)
    ended = bank(environment, "ingest", str(path), "--kind", "poem", fine=(1,))
    assert "poem" in ended.stderr
    assert "experience" in ended.stderr
    bank({**environment, "BANK_LANGUAGE": "xx"}, "check", fine=(2,))


def test_check_finds_a_damaged_original_and_exits_1(environment: dict[str, str], tmp_path: Path) -> None:
    bank(environment, "ingest", str(experiences(tmp_path / "files", 2)), "--publish")
    assert bank(environment, "check").stdout.count("\n") == 1
    original = next(path for path in Path(environment["BANK_HOME"]).glob("uploads/sha256/??/??/*"))
    original.chmod(0o640)
    original.write_bytes(b"other bytes")
    ended = bank(environment, "check", fine=(1,))
    assert original.name in ended.stdout


def test_a_restored_bank_finds_what_the_first_one_found(environment: dict[str, str], tmp_path: Path) -> None:
    bank(environment, "ingest", str(experiences(tmp_path / "files", 3)), "--publish")
    bank(environment, "backup", str(tmp_path / "all.tar"))
    elsewhere = {**environment, "BANK_HOME": str(tmp_path / "elsewhere")}
    bank(elsewhere, "restore", str(tmp_path / "all.tar"))
    assert objects(bank(elsewhere, "search", "resultado2", "--json").stdout)
    bank(elsewhere, "check")
    bank(elsewhere, "restore", str(tmp_path / "all.tar"), fine=(1,))


def test_the_vocabulary_is_listed_and_whole(environment: dict[str, str]) -> None:
    assert "medio-ambiente" in bank(environment, "vocabulary", "list", "themes").stdout
    bank(environment, "vocabulary", "check")


def test_a_file_with_words_in_another_language_keeps_it(environment: dict[str, str], tmp_path: Path) -> None:
    path = markdown(
        tmp_path, "a.md", title="Hortas escolares", language="pt", sections=[("Um", "As crianças plantam hortas.")]
    )
    bank(environment, "ingest", str(path), "--publish")
    assert objects(bank(environment, "search", "hortas", "--json").stdout)[0]["language"] == "pt"
