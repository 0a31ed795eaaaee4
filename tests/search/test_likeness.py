"""The same text is told though its bytes differ; texts of one series are told apart."""

import random
import subprocess
import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bank.catalogue import likeness as kept
from bank.catalogue.database import Database
from bank.catalogue.migrating import upgrade_catalogue
from bank.catalogue.tables import Entry, File, LikenessBand, Page
from bank.catalogue.visibility import entry_is_public, entry_visible_to
from bank.clock import new_uid, now
from bank.search.likeness import LEAST_RESEMBLANCE, LEAST_SIGNATURE_WORDS, resemblance, signature_bands, text_signature
from bank.settings import Settings

WORDS = (
    "ciudad barrio escuela familia plaza huerto agua biblioteca vecina taller música parque calle niñez abuela mercado "
    "teatro juego camino árbol museo río cocina bicicleta maestro historia fiesta lectura dibujo tierra casa puente"
).split()
HEAD = "Boletín de la red de ciudades educadoras. Consejo editorial: la presidencia, la secretaría y las comisiones. "
FOOT = " Este boletín se publica cada tres meses y se reparte sin costo. Los textos son de quien los firma. "


def text(seed: int, count: int = 900) -> str:
    """Sentences of their own."""
    chance = random.Random(seed)
    words = [chance.choice(WORDS) + chance.choice(["", "s", " de la", " y", " con", " para"]) for _ in range(count)]
    return ". ".join(" ".join(words[first : first + 12]).capitalize() for first in range(0, count, 12)) + "."


def rescanned(told: str, share: float, seed: int = 3) -> str:
    """The text as a second scan reads it: other line breaks, accents lost, a letter wrong in some words."""
    chance = random.Random(seed)
    words = [word[:1] + "l" + word[2:] if len(word) > 3 and chance.random() < share else word for word in told.split()]
    lines = "\n".join(" ".join(words[first : first + 7]) for first in range(0, len(words), 7))
    return lines.translate(str.maketrans("áéíóúñ", "aeioun")).replace(".", " . ")


def alike(one: str, other: str) -> float:
    return resemblance(text_signature(one), text_signature(other))


def share_a_band(one: str, other: str) -> bool:
    return bool(set(signature_bands(text_signature(one))) & set(signature_bands(text_signature(other))))


@pytest.mark.parametrize("seed", range(20))
def test_the_same_text_scanned_again_is_found(seed: int) -> None:
    told = text(seed)
    again = rescanned(told, 0.01, seed)
    assert alike(told, again) >= 0.8
    assert share_a_band(told, again)
    worse = rescanned(told, 0.05, seed)
    assert alike(told, worse) >= 0.65 > LEAST_RESEMBLANCE
    assert share_a_band(told, worse)


@pytest.mark.parametrize("seed", range(20))
def test_bulletins_of_one_series_are_told_apart(seed: int) -> None:
    one, other = (HEAD + text(number, 400) + FOOT for number in (seed, seed + 100))
    assert alike(one, other) < 0.5


def test_a_text_is_wholly_like_itself_whatever_its_case_and_accents() -> None:
    told = text(1)
    assert alike(told, told.upper().replace("Ú", "U").replace("Ñ", "N")) == 1.0


def test_a_resemblance_is_about_the_share_of_what_is_common() -> None:
    first, second, third = (" ".join(f"{letter}{number}" for number in range(600)) for letter in "abc")
    assert alike(f"{first} {second}", f"{first} {third}") == pytest.approx(1 / 3, abs=0.13)


def test_a_short_text_has_no_signature_and_is_like_nothing() -> None:
    short = " ".join(["educadora"] * (LEAST_SIGNATURE_WORDS - 1))
    assert text_signature(short) == b""
    assert signature_bands(b"") == []
    assert resemblance(b"", b"") == 0.0
    assert resemblance(b"", text_signature(text(1))) == 0.0
    assert text_signature(f"{short} ciudad") != b""


def test_a_signature_is_the_same_in_every_process_and_stays_so() -> None:
    told = text(5)
    program = (
        "import sys; from bank.search.likeness import text_signature; print(text_signature(sys.stdin.read()).hex())"
    )
    found = [
        subprocess.run(
            [sys.executable, "-c", program], input=told, capture_output=True, text=True, check=True, env=environment
        ).stdout.strip()
        for environment in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"})
    ]
    assert found == [text_signature(told).hex()] * 2
    fixed = text_signature(" ".join(f"palabra{number}" for number in range(50)))
    assert (len(fixed), fixed[:8].hex()) == (512, "54f29103c9fbc804"), "kept signatures would no longer be comparable"


def test_bands_are_numbers_that_a_database_can_keep() -> None:
    found = signature_bands(text_signature(text(1)))
    assert len(found) == len(set(found)) == 32
    assert all(0 <= number < 2**63 for number in found)


@pytest.fixture
def session(settings: Settings) -> Iterator[Session]:
    database = Database(settings.database)
    upgrade_catalogue(database)
    with database.writing() as opened:
        yield opened
    database.close()


def filed(session: Session, told: str, status: str = "published", remembered: bool = True) -> int:
    """An entry with a file of this text; the file's id."""
    moment = now()
    entry = Entry(uid=new_uid(moment), kind="report", status=status, language="es", created=moment, updated=moment)
    session.add(entry)
    session.flush()
    file = File(
        entry_id=entry.id, number=1, name="a.pdf", media_type="application/pdf", size=1, digest="0" * 64, status="read",
        added=moment,
    )  # fmt: skip
    session.add(file)
    session.flush()
    session.add(Page(file_id=file.id, number=1, text=told, method="pdfium"))
    if remembered:
        found = text_signature(told)
        kept.keep_signature(session, file.id, found, signature_bands(found))
    session.flush()
    return file.id


def found_for(session: Session, told: str) -> list[int]:
    return [
        one.file_id
        for one in kept.likeness_candidates(session, signature_bands(text_signature(told)), entry_visible_to(None))
    ]


def test_files_that_share_a_band_are_found_with_their_entry_and_signature(session: Session) -> None:
    told = text(1)
    same, _, _ = filed(session, told), filed(session, text(2)), filed(session, "Demasiado corto.")
    [candidate] = kept.likeness_candidates(
        session, signature_bands(text_signature(rescanned(told, 0.02))), entry_is_public()
    )
    assert (candidate.file_id, candidate.number) == (same, 1)
    assert session.get_one(File, same).entry_id == candidate.entry_id
    assert resemblance(candidate.signature, text_signature(told)) == 1.0
    assert kept.likeness_candidates(session, [], entry_is_public()) == ()


def test_what_one_may_not_see_is_not_found(session: Session) -> None:
    told = text(1)
    filed(session, told, "draft")
    filed(session, told, "withdrawn")
    assert found_for(session, told) == []
    shown = filed(session, told)
    assert found_for(session, told) == [shown]


def test_the_likest_come_first_and_no_more_than_a_hundred(session: Session) -> None:
    told = text(1)
    worse = filed(session, rescanned(told, 0.05))
    same = filed(session, told)
    assert found_for(session, told) == [same, worse]
    for _ in range(110):
        filed(session, told)
    assert len(found_for(session, told)) == 100


def test_a_file_that_is_read_again_has_one_signature(session: Session) -> None:
    file = filed(session, text(1))
    changed = text_signature(text(2))
    kept.keep_signature(session, file, changed, signature_bands(changed))
    assert found_for(session, text(1)) == []
    assert found_for(session, text(2)) == [file]
    assert session.scalar(select(func.count()).select_from(LikenessBand)) == 32


def test_files_without_a_signature_are_named_once(session: Session) -> None:
    filed(session, text(1))
    late = [filed(session, text(number), remembered=False) for number in (2, 3)]
    short = filed(session, "Demasiado corto.", remembered=False)
    filed(session, "", remembered=False)
    assert kept.files_without_signature(session) == [*late, short]
    assert kept.files_without_signature(session, 1) == late[:1]
    kept.keep_signature(session, short, b"", [])
    assert kept.files_without_signature(session) == late
