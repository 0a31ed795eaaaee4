"""The notes on proposed values: waiting, confirmed, doubted again."""

from bank.workflow.deposits.notes import confirmed_notes, join_notes, notes_after, notes_without_file, waiting_notes

FILE = {"source": "label", "file": 1, "page": 2, "text": "x"}
OFFER = {**FILE, "value": {"es": "Otro"}}


def test_a_confirmed_value_keeps_its_note_and_an_offer_does_not() -> None:
    notes = notes_after({"title": FILE, "summary": OFFER, "groups": FILE}, (), ("title", "summary"), ())
    assert (waiting_notes(notes), confirmed_notes(notes)) == ({"groups": FILE}, {"title": FILE})


def test_a_doubted_value_waits_again_and_a_changed_one_is_nobodys_proposal() -> None:
    notes = join_notes({}, {"title": FILE, "summary": FILE})
    after = notes_after(notes, ("summary",), (), ("title", "summary", "unknown"))
    assert (waiting_notes(after), confirmed_notes(after)) == ({"title": FILE}, {})


def test_with_a_file_its_notes_go_confirmed_or_not() -> None:
    notes = join_notes({"title": FILE, "contact": {"source": "city"}}, {"summary": FILE, "themes": {**FILE, "file": 2}})
    left = notes_without_file(notes, 1)
    assert set(waiting_notes(left)) == {"contact"}
    assert set(confirmed_notes(left)) == {"themes"}
