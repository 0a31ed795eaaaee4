import io

import pytest

from bank.errors import Invalid, NotFound
from bank.jobs.deposits import do_read_job
from bank.workflow.deposits import files
from bank.workflow.deposits.duplicates import look_alikes, relate_entries
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.review import deciding
from tests.workflow.deposits.making import TEXT, Desk

LONG = (
    TEXT
    + "\n\n"
    + "\n".join(
        f"El grupo {number} sembró {number * 3} plantas de {plant} junto con las familias y midió cuánto crecieron."
        for number, plant in enumerate(
            ("tomate", "chile", "maíz", "frijol", "calabaza", "cilantro", "menta", "nopal"), 1
        )
    )
)


def found(desk: Desk, number: int, viewer: object = None) -> list[tuple[int, str]]:
    return [(one.card.id, one.why) for one in look_alikes(desk.bank, viewer or desk.editor, number)]  # type: ignore[arg-type]


def test_the_same_file_and_a_text_much_the_same_are_told_to_the_same_city(desk: Desk) -> None:
    first = desk.begun(LONG)
    assert found(desk, desk.begun(LONG, "copia.md")) == [(first, "same_file")]
    near = LONG.replace("nopal", "epazote").replace("Huertos ficticios", "Algo muy distinto")
    assert (first, "same_text") in found(desk, desk.begun(near, "otra.md"))


def test_a_title_much_the_same_is_told_where_the_city_is_the_same(desk: Desk) -> None:
    first = desk.written({"title": {"es": "Biblioteca abierta por la tarde"}})
    again = desk.written({"title": {"es": "Biblioteca abierta por las tardes"}})
    assert found(desk, again) == [(first, "same_title")]
    assert found(desk, desk.written({"title": {"es": "Camino escolar seguro"}})) == []


def test_nobody_hears_of_a_twin_that_isnt_theirs_to_see(desk: Desk) -> None:
    first = desk.begun(LONG)
    theirs = desk.begun(LONG, viewer=desk.stranger)
    assert found(desk, theirs, desk.stranger) == []
    with pytest.raises(NotFound):
        relate_entries(desk.bank, desk.stranger, theirs, first, "version")


def test_what_a_person_says_of_a_twin_is_kept(desk: Desk) -> None:
    first = desk.begun(LONG)
    again = desk.begun(LONG)
    relate_entries(desk.bank, desk.editor, again, first, "version")
    assert [one.said for one in look_alikes(desk.bank, desk.editor, again)] == ["version"]
    with pytest.raises(Invalid):
        relate_entries(desk.bank, desk.editor, again, first, "copy")
    with pytest.raises(NotFound):
        relate_entries(desk.bank, desk.editor, again, again, "related")


def test_a_letter_that_only_the_network_sees_is_no_twin_for_others(desk: Desk) -> None:
    first = desk.handed_in()
    letter = [IncomingFile("carta.md", io.BytesIO(LONG.encode()))]
    files.add_files(desk.bank, desk.coordinator, first, letter, purpose="mayor_letter")
    assert do_read_job(desk.bank)
    deciding.publish(desk.bank, desk.coordinator, first, desk.view(first, desk.coordinator).version)
    theirs = desk.begun(LONG, viewer=desk.stranger)
    assert found(desk, theirs, desk.stranger) == []
    assert found(desk, theirs, desk.stranger) != found(desk, desk.begun(LONG))
