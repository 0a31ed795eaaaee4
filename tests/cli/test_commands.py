import csv
import io
import shutil
from pathlib import Path

import pytest

from tests.commands import bank, objects
from tests.making_files import experience, experiences, markdown

KEYS = {
    "alike",
    "title",
    "year",
    "language",
    "guessed_year",
    "doubtful_title",
    "file",
    "status",
    "entry",
    "pages",
    "flags",
    "reason",
}


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


def test_export_tells_how_many_entries_went_where(environment: dict[str, str], tmp_path: Path) -> None:
    bank(environment, "ingest", str(experiences(tmp_path / "files", 2)), "--publish")
    target = tmp_path / "out.csv"
    ended = bank(environment, "export", "csv", "-o", str(target))
    assert (ended.stdout, ended.stderr) == ("", f"2 fichas → {target}\n")
    ended = bank(environment, "export", "jsonl", "-o", "-", "--ids", "2")
    assert (len(objects(ended.stdout)), ended.stderr) == (1, "1 ficha\n")
    ended = bank(environment, "export", "csv", "--query", "inexistente", "-o", str(target))
    assert ended.stderr.startswith("No se encontró nada publicado")
    ended = bank(environment, "export", "csv", "-o", str(tmp_path / "nowhere" / "out.csv"), fine=(1,))
    assert str(tmp_path / "nowhere") in ended.stderr


def test_ingest_passes_over_junk_and_tells_what_is_much_like_another_entry(
    environment: dict[str, str], tmp_path: Path
) -> None:
    text = " ".join(
        f"La ciudad educadora convoca a la familia {n} del barrio a plantar su huerto {n}." for n in range(60)
    )
    folder = tmp_path / "files"
    folder.mkdir()
    first, second = folder / "memoria.md", folder / "copia-de-la-memoria.md"
    first.write_text(f"# Memoria de los huertos\n\n{text}\n")
    second.write_text(f"# Memoria de los huertos, otra vez\n\n{text} Fin.\n")
    (folder / "Thumbs.db").write_bytes(b"junk")
    (folder / "~$memoria.docx").write_bytes(b"junk")
    assert "como la ficha" not in bank(environment, "ingest", str(first)).stdout
    printed = bank(environment, "ingest", str(folder)).stdout
    assert "texto muy parecido al de la ficha 1" in printed
    assert "2 archivos ocultos o de un sistema operativo se pasaron por alto." in printed
    assert "Thumbs" not in printed


def test_ingest_shows_the_guesses_it_made(environment: dict[str, str], tmp_path: Path) -> None:
    text = "La ciudad educadora convoca a las escuelas y a las familias del barrio a plantar huertos.\n" * 3
    named, bare = tmp_path / "memoria-huertos-2018-2020.md", tmp_path / "sin.md"
    named.write_text(text)
    bare.write_text("x1\n")
    printed = bank(environment, "ingest", str(named), str(bare)).stdout.splitlines()
    assert printed[0].startswith("✓ memoria-huertos-2018-2020.md: leído · 1 página")
    assert printed[0].endswith("«Memoria huertos 2018-2020» (una suposición) · año desconocido, quizá 2020 · español")
    assert "año desconocido · idioma desconocido" in printed[1]
    again = bank(environment, "ingest", str(named)).stdout.splitlines()
    assert "«" not in again[0]


def test_backup_tells_what_it_holds_and_keeps_an_older_one(environment: dict[str, str], tmp_path: Path) -> None:
    bank(environment, "ingest", str(experiences(tmp_path / "files", 2)))
    target = tmp_path / "all.tar"
    printed = bank(environment, "backup", str(target)).stdout
    assert printed.startswith(f"Respaldo de {environment['BANK_HOME']} escrito: {target} (2 originales, ")
    assert printed.endswith(" MB)\n")
    target.write_text("an older one")
    ended = bank(environment, "backup", str(target), fine=(1,))
    assert str(target) in ended.stderr
    assert target.read_text() == "an older one"
    bank(environment, "backup", str(target), "--force")
    assert target.read_bytes().startswith(b"bank.db")


@pytest.mark.parametrize("own", ["bank.db", "bank.db-wal", "reserve", "vectors.db", "uploads/x.tar", "index/x.tar"])
def test_no_command_writes_over_a_file_of_the_bank(environment: dict[str, str], tmp_path: Path, own: str) -> None:
    """Nor through a link, nor when told to: writing over `bank.db` once cost the whole bank."""
    bank(environment, "ingest", str(experiences(tmp_path / "files", 2)))
    home = Path(environment["BANK_HOME"])
    link = tmp_path / "link.tar"
    link.symlink_to(home / own)
    before = sorted(path for path in home.rglob("*") if path.is_file())
    for target in (home / own, link):
        for command in (("backup", str(target), "--force"), ("export", "csv", "-o", str(target))):
            ended = bank(environment, *command, fine=(1,))
            assert ended.stderr == (
                f"{target} es del propio banco, y escribir ahí lo dañaría. No se escribió nada. "
                "Indica un archivo en otra carpeta.\n"
            )
    assert sorted(path for path in home.rglob("*") if path.is_file()) == before
    assert link.is_symlink()
    bank(environment, "check")


def test_what_is_no_backup_is_refused_in_the_readers_language(environment: dict[str, str], tmp_path: Path) -> None:
    archive = tmp_path / "all.tar"
    archive.write_text("no archive")
    ended = bank(environment, "restore", str(archive), fine=(1,))
    assert ended.stderr == f"No se puede leer el respaldo: {archive} está dañado o no es un respaldo.\n"


def test_wrong_options_are_told_in_a_sentence(environment: dict[str, str], tmp_path: Path) -> None:
    path = experience(tmp_path, 1)
    ended = bank(environment, "ingest", str(path), "--kind", "poem", fine=(1,))
    assert "poem" in ended.stderr
    assert "experience" in ended.stderr
    bank({**environment, "BANK_LANGUAGE": "xx"}, "check", fine=(2,))


def test_check_finds_a_damaged_original_and_exits_1(environment: dict[str, str], tmp_path: Path) -> None:
    bank(environment, "ingest", str(experiences(tmp_path / "files", 2)), "--publish")
    fine, waiting, *_ = bank(environment, "check").stdout.splitlines()
    assert fine == "Todo en orden: 2 fichas publicadas, 2 originales."
    assert waiting == "Por encontrar por su sentido: 2."
    original = next(path for path in Path(environment["BANK_HOME"]).glob("uploads/sha256/??/??/*"))
    original.chmod(0o640)
    original.write_bytes(b"other bytes")
    ended = bank(environment, "check", fine=(1,))
    assert "su original ya no es el que se entregó" in ended.stdout


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


def test_a_restore_beside_a_left_over_index_finds_only_what_was_restored(
    environment: dict[str, str], tmp_path: Path
) -> None:
    bank(environment, "ingest", str(experience(tmp_path / "files", 1)), "--publish")
    bank(environment, "backup", str(tmp_path / "one.tar"))
    bank(environment, "ingest", str(experience(tmp_path / "files", 2)), "--publish")
    for path in Path(environment["BANK_HOME"]).glob("bank.db*"):
        path.unlink()
    bank(environment, "restore", str(tmp_path / "one.tar"))
    assert not objects(bank(environment, "search", "resultado2", "--json").stdout)
    bank(environment, "ingest", str(experience(tmp_path / "files", 3)), "--publish")
    assert objects(bank(environment, "search", "resultado3", "--json").stdout)
    bank(environment, "check")


def test_check_repair_brings_the_index_back_in_step(environment: dict[str, str], tmp_path: Path) -> None:
    index = Path(environment["BANK_HOME"]) / "index"
    bank(environment, "ingest", str(experience(tmp_path / "files", 1)), "--publish")
    shutil.copytree(index, tmp_path / "older")
    bank(environment, "ingest", str(experience(tmp_path / "files", 2)), "--publish")
    shutil.rmtree(index)
    shutil.copytree(tmp_path / "older", index)
    assert "Ficha 2 «Experiencia ficticia 2»" in bank(environment, "check", fine=(1,)).stdout
    bank(environment, "check", "--repair")
    bank(environment, "check")


def test_search_says_what_it_put_right_and_keeps_the_words_where_it_is_told_to(
    environment: dict[str, str], tmp_path: Path
) -> None:
    english = {**environment, "BANK_LANGUAGE": "en"}
    bank(english, "ingest", str(experiences(tmp_path / "files", 3)), "--publish")
    printed = " ".join(bank(english, "search", "presupuetso").stdout.split())
    assert printed.startswith("1 entry No entry has “presupuetso”. These are the ones for “presupuesto”.")
    assert "Did you mean" not in printed
    kept = bank(english, "search", "presupuetso", "--verbatim").stdout
    assert kept == "0 entries\nDid you mean presupuesto?\n"
    left = " ".join(bank(english, "search", "presupuesto", "zqxwv").stdout.split())
    assert "Nothing has all your words together; “zqxwv” was left out." in left
