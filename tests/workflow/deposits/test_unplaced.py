"""What a form gives that no field takes is kept with its file, and put into a field by one act."""

import io

import pytest
from sqlalchemy import delete, select

from bank.catalogue.tables import File, Page
from bank.catalogue.unpublished import unpublished_bytes_of_person
from bank.errors import Conflict, InvalidFields, NotAllowed, NotFound
from bank.ingest.labelled.unplaced import UnplacedAnswer
from bank.jobs.deposits import do_read_job
from bank.workflow.deposits import files
from bank.workflow.deposits.draft import open_draft
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.scans import finish_scanned_file
from bank.workflow.deposits.unplaced import (
    LEFT_OUT,
    leave_answer_out,
    note_unplaced,
    place_answer,
    take_answer_back,
    unplaced_views,
)
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


def gap(label: str, text: str, page: int = 1) -> UnplacedAnswer:
    return UnplacedAnswer(label, text, page, "context")


def noted(file: File) -> list[tuple[int, str]]:
    return [(one.item, one.label) for one in unplaced_views(file)]


def test_an_answer_keeps_its_number_and_none_is_given_twice() -> None:
    file = File(number=1, unplaced=[])
    note_unplaced(file, [gap("Lugar", "La plaza"), gap("Folio", "A-17"), gap("Color", "Verde")])
    note_unplaced(file, [gap("Zona", "Norte"), gap("Folio", "A-17"), gap("Lugar", "La plaza")])
    assert noted(file) == [(4, "Zona"), (2, "Folio"), (1, "Lugar")]
    note_unplaced(file, [gap("Folio", "A-17")])
    note_unplaced(file, [gap("Folio", "A-17"), gap("Color", "Verde")])
    assert noted(file) == [(2, "Folio"), (5, "Color")]


def test_what_ocr_reads_of_one_page_leaves_what_the_others_gave() -> None:
    file = File(number=1, unplaced=[])
    note_unplaced(file, [gap("Folio", "A-17"), gap("Color", "Verde", 2)])
    note_unplaced(file, [gap("Lugar", "La plaza"), gap("Zona", "Norte", 2)], [2])
    assert noted(file) == [(1, "Folio"), (3, "Zona")]


def test_a_form_keeps_its_fields_when_ocr_has_read_another_page(desk: Desk) -> None:
    number = desk.begun(FORM)
    keep_as_scanned(desk, number)
    finish_scanned_file(desk.bank, file_id(desk, number), number)
    assert list(waiting(desk, number)) == ["Folio interno", "Zona"]


def test_a_press_for_an_answer_that_is_gone_or_placed_elsewhere_is_a_conflict(desk: Desk) -> None:
    number = desk.begun(FORM)
    place, item = key(desk, number, "Folio interno")
    put(desk, number, "Folio interno", "context")
    with pytest.raises(Conflict):
        place_answer(desk.bank, desk.editor, number, place, item, "results", "es")
    with pytest.raises(Conflict):
        leave_answer_out(desk.bank, desk.editor, number, place, item)
    assert not desk.view(number).values["results"]
    with desk.bank.database.writing() as session:
        note_unplaced(session.scalars(select(File)).one(), [])
    with pytest.raises(Conflict):
        place_answer(desk.bank, desk.editor, number, 1, 1, "context", "es")


def test_what_another_file_offers_stays_offered(desk: Desk) -> None:
    number = desk.begun(FORM)
    desk.changed(number, {"context": {"es": "Escrito por una persona."}})
    other = "# Otro\n\n## Contexto\n\nOtro contexto.\n\n## Objetivos\n\nOtro.\n"
    files.add_files(desk.bank, desk.editor, number, [IncomingFile("otro.md", io.BytesIO(other.encode()))])
    assert do_read_job(desk.bank)
    before = desk.view(number).proposed
    assert (before["context"]["file"], before["context"]["value"]) == (2, {"es": "Otro contexto."})
    put(desk, number, "Folio interno", "context")
    assert desk.view(number).proposed == before
    take_answer_back(desk.bank, desk.editor, number, *key(desk, number, "Folio interno"))
    assert desk.view(number).proposed == before


def test_a_proposal_waits_again_to_be_confirmed_once_an_answer_is_taken_back(desk: Desk) -> None:
    number = desk.begun(FORM)
    before = desk.view(number).proposed
    for text in (None, "Otra encuesta."):
        put(desk, number, "Lecciones aprendidas", "evaluation")
        assert "evaluation" not in desk.view(number).proposed
        if text:
            told = f"{text}\n\nLecciones aprendidas: Hace falta un comité de riego."
            desk.changed(number, {"evaluation": {"es": told}})
        take_answer_back(desk.bank, desk.editor, number, *key(desk, number, "Lecciones aprendidas"))
        assert ("evaluation" in desk.view(number).proposed) == (text is None)
    assert {**desk.view(number).proposed, "evaluation": before["evaluation"]} == before


def test_what_was_placed_is_not_overwritten_by_a_heavier_proposal(desk: Desk) -> None:
    number = desk.begun("# Huertos ficticios\n\n## Objetivos\n\nUno.\n\n## Resultados\n\nDos.\n\n## Folio\n\nA-17\n")
    put(desk, number, "Folio", "title")
    other = "# Otro\n\n## Título\n\nLa plaza\n\n## Objetivos\n\nOtro.\n"
    files.add_files(desk.bank, desk.editor, number, [IncomingFile("otro.md", io.BytesIO(other.encode()))])
    assert do_read_job(desk.bank)
    assert desk.view(number).values["title"] == {"es": "Huertos ficticios · A-17"}


def test_an_own_beginning_that_reads_the_same_stays(desk: Desk) -> None:
    number = desk.begun(FORM)
    desk.changed(number, {"context": {"es": "Folio interno: A-17\n\nY algo más."}})
    put(desk, number, "Folio interno", "context")
    desk.changed(number, {"context": {"es": "Folio interno: A-17\n\nY algo más.\n\nFolio interno: A-18"}})
    take_answer_back(desk.bank, desk.editor, number, *key(desk, number, "Folio interno"))
    assert desk.view(number).values["context"] == {"es": "Folio interno: A-17\n\nY algo más.\n\nFolio interno: A-18"}


def test_what_holds_signs_that_no_field_keeps_is_taken_back_too(desk: Desk) -> None:
    number = desk.begun(FORM)
    with desk.bank.database.writing() as session:
        note_unplaced(session.scalars(select(File)).one(), [gap("Lu\u202egar", "La pla\x1bza")])
    put(desk, number, "Lu\u202egar", "context")
    assert desk.view(number).values["context"] == {"es": "Lugar: La plaza"}
    take_answer_back(desk.bank, desk.editor, number, *key(desk, number, "Lu\u202egar"))
    assert desk.view(number).values["context"] in (None, {}, {"es": ""})


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


def file_id(desk: Desk, number: int) -> int:
    with desk.bank.database.reading() as session:
        return session.scalars(select(File.id).where(File.entry_id == number)).one()


def keep_as_scanned(desk: Desk, number: int) -> None:
    """As a form whose first page has fields that only its file tells, and whose second page was read by OCR."""
    text = "Resumen: Un huerto.\nObjetivo general: Aprender.\nZona: Norte"
    with desk.bank.database.writing() as session:
        file = session.scalars(select(File)).one()
        note_unplaced(file, [gap("Folio interno", "A-17")])
        session.execute(delete(Page).where(Page.file_id == file.id))
        session.add(Page(file_id=file.id, number=1, text="FORMATO", method="pdfium"))
        session.add(Page(file_id=file.id, number=2, text=text, method="ocr"))


def test_what_waits_takes_room(desk: Desk) -> None:
    number = desk.begun(FORM)
    with desk.bank.database.writing() as session:
        before = unpublished_bytes_of_person(session, desk.editor.id)
        note_unplaced(session.scalars(select(File)).one(), [gap("Historia", "palabra " * 1000)])
        session.flush()
        assert unpublished_bytes_of_person(session, desk.editor.id) > before + 7000
    assert list(waiting(desk, number)) == ["Historia"]


def test_nobody_else_sees_it_and_it_is_gone_once_published(desk: Desk) -> None:
    number = desk.begun(FORM)
    desk.handed_in(number)
    with pytest.raises(NotAllowed):
        put(desk, number, "Folio interno", "context")
    assert len(open_draft(desk.bank, desk.coordinator, number).unplaced) == 2
    deciding.publish(desk.bank, desk.coordinator, number, desk.view(number).version)
    assert desk.view(number).unplaced == ()
    expect_sealed(desk.bank)


def test_a_signature_is_marked_and_kept_for_the_network(desk: Desk) -> None:
    number = desk.begun(FORM + "\n## Firma del alcalde\n\nJuan Pérez\n")
    [one] = [one for one in desk.view(number).unplaced if one.label == "Firma del alcalde"]
    assert (one.personal, one.field) == (True, "contact_person")
