"""The table of formats."""

from bank.export import EXPORT_FORMATS
from bank.web.words import FORMAT_LABELS


def test_names_and_endings_are_those_of_the_contract() -> None:
    endings = {name: form.ending for name, form in EXPORT_FORMATS.items()}
    contract = {"csv": "csv", "jsonl": "jsonl", "json": "json", "ris": "ris", "dc": "dc.xml", "docx": "docx"}
    assert contract.items() <= endings.items()


def test_a_format_is_found_by_its_own_name_and_shares_its_ending_with_none() -> None:
    assert all(form.name == name for name, form in EXPORT_FORMATS.items())
    assert len({form.ending for form in EXPORT_FORMATS.values()}) == len(EXPORT_FORMATS)


def test_only_formats_of_one_entry_say_so() -> None:
    assert {name for name, form in EXPORT_FORMATS.items() if not form.many} == {"json", "docx"}


def test_every_format_and_no_other_has_a_label() -> None:
    assert FORMAT_LABELS.keys() == EXPORT_FORMATS.keys()
