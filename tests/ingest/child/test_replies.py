"""What a child tells of the fields of a form is cleaned again, whatever it sends."""

from bank.ingest.child.replies import page_from_message
from bank.ingest.limits import Limits


def told(*answers: object) -> tuple[tuple[str, ...], ...]:
    return page_from_message({"number": 1, "text": "x", "answers": list(answers)}, Limits()).answers


def test_names_and_values_are_cleaned_as_pages_are() -> None:
    value = "La\u00a0pla\u00adza\u202e de\x00 to\x1bdos\r\nMe\u0301xico"
    assert told(["Lu\u200bgar\nde\u202e encuentro", value]) == (("Lugar de encuentro", "La plaza de todos\nMéxico"),)


def test_names_are_short_and_nothing_is_left_of_what_is_empty() -> None:
    assert told(["N" * 500, "Uno"]) == (("N" * 200, "Uno"),)
    assert told(["\u202e", "Uno"], ["Lugar", "\x00\u00ad"], ["Lugar"], "Lugar", [1, "Uno"]) == ()
