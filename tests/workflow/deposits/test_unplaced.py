"""What a form gives that no field takes is kept with its file, and put into a field by one act."""

import io

import pytest

from bank.errors import InvalidFields, NotAllowed, NotFound
from bank.jobs.deposits import do_read_job
from bank.workflow.deposits import files
from bank.workflow.deposits.draft import open_draft
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.unplaced import LEFT_OUT, leave_answer_out, place_answer, take_answer_back
from bank.workflow.review import deciding
from tests.sealing import expect_sealed
from tests.workflow.deposits.making import Desk

FORM = """# Huertos ficticios

## Resumen

Cada escuela del barrio cuida un huerto con las familias.

## Objetivo general

Que niñas y niños aprendan a cultivar.

## Evaluación

Una encuesta.

## Lecciones aprendidas

Hace falta un comité de riego.

## Folio interno

A-17
"""


def waiting(desk: Desk, number: int) -> dict[str, tuple[str, str]]:
    return {one.label: (one.text, one.field) for one in desk.view(number).unplaced}


def key(desk: Desk, number: int, label: str) -> tuple[int, int]:
    view = desk.view(number)
    one = next(one for one in (*view.unplaced, *view.settled) if one.label == label)
    return one.file, one.item


def put(desk: Desk, number: int, label: str, field: str) -> None:
    place_answer(desk.bank, desk.editor, number, *key(desk, number, label), field, "es")


def test_what_found_no_field_waits_with_the_likeliest_one(desk: Desk) -> None:
    number = desk.begun(FORM)
    assert waiting(desk, number) == {
        "Lecciones aprendidas": ("Hace falta un comité de riego.", "evaluation"),
        "Folio interno": ("A-17", "context"),
    }
    expect_sealed(desk.bank)


def test_an_answer_is_added_after_what_stands_there_and_taken_back(desk: Desk) -> None:
    number = desk.begun(FORM)
    desk.changed(number, {"evaluation": {"es": "Escrito por una persona."}})
    put(desk, number, "Lecciones aprendidas", "evaluation")
    added = "Escrito por una persona.\n\nLecciones aprendidas: Hace falta un comité de riego."
    assert desk.view(number).values["evaluation"] == {"es": added}
    assert list(waiting(desk, number)) == ["Folio interno"]
    assert [one.into for one in desk.view(number).settled] == ["evaluation"]
    version = desk.view(number).version
    put(desk, number, "Lecciones aprendidas", "evaluation")
    assert desk.view(number).version == version
    take_answer_back(desk.bank, desk.editor, number, *key(desk, number, "Lecciones aprendidas"))
    assert desk.view(number).values["evaluation"] == {"es": "Escrito por una persona."}
    assert list(waiting(desk, number)) == ["Lecciones aprendidas", "Folio interno"]
    expect_sealed(desk.bank)


def test_what_a_person_wrote_since_stays_when_an_answer_is_taken_back(desk: Desk) -> None:
    number = desk.begun(FORM)
    put(desk, number, "Folio interno", "context")
    desk.changed(number, {"context": {"es": "Folio interno: A-17\n\nY algo más."}})
    take_answer_back(desk.bank, desk.editor, number, *key(desk, number, "Folio interno"))
    assert desk.view(number).values["context"] == {"es": "Y algo más."}
    put(desk, number, "Folio interno", "context")
    desk.changed(number, {"context": {"es": "Otra cosa A-17."}})
    take_answer_back(desk.bank, desk.editor, number, *key(desk, number, "Folio interno"))
    assert desk.view(number).values["context"] == {"es": "Otra cosa A-17."}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subtitle", {"es": "A-17"}),
        ("strong_points", {"es": "A-17"}),
        ("contact_phone", "A-17"),
        ("title", {"es": "Huertos ficticios · A-17"}),
    ],
)
def test_each_type_of_text_takes_it_in_its_own_form(desk: Desk, field: str, value: object) -> None:
    number = desk.begun(FORM)
    before = desk.view(number).values[field]
    put(desk, number, "Folio interno", field)
    assert desk.view(number).values[field] == value
    take_answer_back(desk.bank, desk.editor, number, *key(desk, number, "Folio interno"))
    assert (desk.view(number).values[field] or None) in (before or None, {"es": ""})


def test_only_text_fields_take_one_and_only_who_may_change_the_entry_puts_it(desk: Desk) -> None:
    number = desk.begun(FORM)
    for field in ("themes", "start_year", "no-such-field", ""):
        with pytest.raises(InvalidFields):
            put(desk, number, "Folio interno", field)
    with pytest.raises(NotFound):
        place_answer(desk.bank, desk.editor, number, 1, 99, "context", "es")
    with pytest.raises(NotFound):
        place_answer(desk.bank, desk.stranger, number, *key(desk, number, "Folio interno"), "context", "es")
    assert len(waiting(desk, number)) == 2


def test_one_that_is_left_out_is_gone_and_comes_back(desk: Desk) -> None:
    number = desk.begun(FORM)
    leave_answer_out(desk.bank, desk.editor, number, *key(desk, number, "Folio interno"))
    assert list(waiting(desk, number)) == ["Lecciones aprendidas"]
    assert [one.into for one in desk.view(number).settled] == [LEFT_OUT]
    take_answer_back(desk.bank, desk.editor, number, *key(desk, number, "Folio interno"))
    assert len(waiting(desk, number)) == 2


def test_a_second_file_adds_its_own_and_what_its_fields_had_no_room_for(desk: Desk) -> None:
    number = desk.begun(FORM)
    other = "# Otro\n\n## Resumen\n\nOtro resumen.\n\n## Objetivos\n\nOtro.\n\n## Color\n\nVerde.\n"
    files.add_files(desk.bank, desk.editor, number, [IncomingFile("otro.md", io.BytesIO(other.encode()))])
    assert do_read_job(desk.bank)
    found = {(one.file, one.label): (one.text, one.field) for one in desk.view(number).unplaced}
    assert found[2, "Color"] == ("Verde.", "context")
    assert found[2, "Resumen"] == ("Otro resumen.", "summary")
    assert (1, "Folio interno") in found
    files.remove_file(desk.bank, desk.editor, number, 2, desk.view(number).version)
    assert {one.file for one in desk.view(number).unplaced} == {1}


def test_what_was_put_into_a_field_stays_when_its_file_is_removed(desk: Desk) -> None:
    number = desk.begun(FORM)
    put(desk, number, "Lecciones aprendidas", "evaluation")
    files.remove_file(desk.bank, desk.editor, number, 1, desk.view(number).version)
    added = "Una encuesta.\n\nLecciones aprendidas: Hace falta un comité de riego."
    assert desk.view(number).values["evaluation"] == {"es": added}


def test_nobody_else_sees_it_and_it_is_gone_once_published(desk: Desk) -> None:
    number = desk.begun(FORM)
    desk.handed_in(number)
    with pytest.raises(NotAllowed):
        put(desk, number, "Folio interno", "context")
    assert len(open_draft(desk.bank, desk.coordinator, number).unplaced) == 2
    deciding.publish(desk.bank, desk.coordinator, number, desk.view(number).version)
    assert desk.view(number).unplaced == ()
    expect_sealed(desk.bank)
