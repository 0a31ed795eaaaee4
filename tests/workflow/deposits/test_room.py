"""What was never published counts for whoever brought it, and for the city, until its bytes are gone."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from bank.catalogue.tables import Entry, LooseFile
from bank.clock import now
from bank.errors import BankError, NoRoom
from bank.jobs.deposits import do_read_job
from bank.workflow.bank import Bank
from bank.workflow.cities.merging import merge
from bank.workflow.deposits import files
from bank.workflow.deposits.starting import DepositRequest, TooManyDrafts, start_new_deposit
from bank.workflow.files.orphans import KEPT_ASIDE, MOST_OF_A_SMALL_BANK, sweep_all_the_same, sweep_originals
from bank.workflow.files.quota import forget_gone_files
from bank.workflow.review import deciding
from bank.workflow.rights import Viewer
from tests.making_files import aged
from tests.workflow.deposits.making import HERE, THERE, Desk
from tests.workflow.deposits.test_starting import LARGE, count, sent, small
from tests.workflow.people.counting import counted

TABLES = ("file", "image", "loose_file", "entry")
MATE = Viewer(4, "Otra editora", "editor", frozenset({HERE}))


def deposit(bank: Bank, viewer: Viewer, words: str) -> int:
    """A draft with a file of some 800 kB."""
    return start_new_deposit(bank, viewer, DepositRequest(incoming=sent("una.md", f"{words} {LARGE}"))).entry


def stored(bank: Bank) -> int:
    return bank.uploads.size()


def age_loose_files(bank: Bank) -> None:
    """Makes what no entry names two days old, in the catalogue and on the disk."""
    with bank.database.writing() as session:
        session.execute(update(LooseFile).values(moment=now() - timedelta(days=2)))
    for digest in bank.uploads.digests():
        aged(bank.uploads.path(digest))


def test_beginning_and_withdrawing_in_a_loop_fills_no_disk(desk: Desk) -> None:
    bank = small(desk, person_quota_mb=2)
    refused = 0
    for round in range(8):
        try:
            number = deposit(bank, desk.editor, f"ronda {round}")
            deciding.withdraw(bank, desk.editor, number, desk.view(number).version)
        except NoRoom:
            refused += 1
    assert refused == 6
    assert stored(bank) <= 2 << 20


LONG = {"summary": {"es": "á" * 2500}, "educational_intent": {"es": "á" * 2500}}
LONG_BYTES = 20_000
"""In UTF-8, and as JSON escapes letters."""


def begin_until_refused(bank: Bank, viewer: Viewer, act: Callable[[int], object]) -> int:
    """How many drafts with long texts a person can begin; does `act` with each."""
    for begun in range(200):
        try:
            act(start_new_deposit(bank, viewer, DepositRequest(values=LONG)).entry)
        except NoRoom:
            return begun
    raise AssertionError("never refused")


def test_texts_of_what_was_begun_and_withdrawn_count_too(desk: Desk) -> None:
    bank = small(desk, person_quota_mb=1)

    def withdraw(number: int) -> None:
        deciding.withdraw(bank, desk.editor, number, desk.view(number).version)

    begun = begin_until_refused(bank, desk.editor, withdraw)
    assert (1 << 20) - 2 * LONG_BYTES < begun * LONG_BYTES <= 1 << 20
    start_new_deposit(bank, desk.stranger, DepositRequest(values=LONG))


def test_texts_count_for_the_city(desk: Desk) -> None:
    bank = small(desk, city_quota_mb=1)
    assert begin_until_refused(bank, desk.editor, str) > 10
    with pytest.raises(NoRoom, match="your city"):
        start_new_deposit(bank, MATE, DepositRequest(values=LONG))
    start_new_deposit(bank, desk.stranger, DepositRequest(values=LONG))


def test_adding_and_removing_in_a_loop_fills_no_disk(desk: Desk) -> None:
    bank = small(desk, person_quota_mb=2)
    number = start_new_deposit(bank, desk.editor, DepositRequest()).entry
    refused = 0
    for round in range(8):
        try:
            files.add_files(bank, desk.editor, number, sent("una.md", f"ronda {round} {LARGE}"))
            files.remove_file(bank, desk.editor, number, 1, desk.view(number).version)
        except NoRoom:
            refused += 1
    assert refused == 6
    assert stored(bank) <= 2 << 20


def test_room_comes_back_once_the_bytes_are_gone_and_not_before(desk: Desk) -> None:
    bank = small(desk, person_quota_mb=1)
    number = start_new_deposit(bank, desk.editor, DepositRequest()).entry
    files.add_files(bank, desk.editor, number, sent("una.md", LARGE))
    files.remove_file(bank, desk.editor, number, 1, desk.view(number).version)
    other = sent("otra.md", f"otra {LARGE}")
    assert forget_gone_files(bank) == 0
    age_loose_files(bank)
    assert sweep_all_the_same(bank) >= 1
    assert forget_gone_files(bank) == 0
    with pytest.raises(NoRoom):
        files.add_files(bank, desk.editor, number, other)
    later = now().date() + KEPT_ASIDE + timedelta(days=1)
    assert bank.uploads.forget_aside(later, lambda: set()) >= 1
    assert forget_gone_files(bank) == 1
    files.add_files(bank, desk.editor, number, sent("otra.md", f"otra {LARGE}"))


def test_what_people_removed_is_swept_without_doubt_for_the_catalogue_knows_of_it(desk: Desk) -> None:
    number = start_new_deposit(desk.bank, desk.editor, DepositRequest()).entry
    for round in range(MOST_OF_A_SMALL_BANK + 3):
        files.add_files(desk.bank, desk.editor, number, sent("una.md", f"# Ronda {round}\n"))
        files.remove_file(desk.bank, desk.editor, number, 1, desk.view(number).version)
    age_loose_files(desk.bank)
    assert sweep_originals(desk.bank) == MOST_OF_A_SMALL_BANK + 3


def test_what_is_brought_again_counts_once(desk: Desk) -> None:
    bank = small(desk, person_quota_mb=1)
    number = start_new_deposit(bank, desk.editor, DepositRequest()).entry
    for _ in range(3):
        files.add_files(bank, desk.editor, number, sent("una.md", LARGE))
        files.remove_file(bank, desk.editor, number, 1, desk.view(number).version)
    files.add_files(bank, desk.editor, number, sent("una.md", LARGE))
    assert loose(bank) == 0


def loose(bank: Bank) -> int:
    return count(bank, LooseFile)  # type: ignore[arg-type]


def test_many_uploads_at_once_store_no_more_than_one_after_the_other(desk: Desk) -> None:
    """What came too late was not stored either: its bytes would stand for weeks and count for nobody."""
    bank = small(desk, person_quota_mb=1)
    refused: list[BankError] = []

    def ask(round: int) -> None:
        try:
            deposit(bank, desk.editor, f"a la vez {round}")
        except NoRoom as error:
            refused.append(error)

    threads = [threading.Thread(target=ask, args=(round,)) for round in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 7
    assert stored(bank) <= 1 << 20


def test_a_city_has_a_limit_of_its_own_and_another_city_keeps_its_room(desk: Desk) -> None:
    bank = small(desk, city_quota_mb=1)
    number = deposit(bank, desk.editor, "uno")
    with pytest.raises(NoRoom, match="your city"):
        deposit(bank, MATE, "dos")
    with pytest.raises(NoRoom, match="your city"):
        files.add_files(bank, MATE, number, sent("tres.md", f"tres {LARGE}"))
    assert stored(bank) <= 1 << 20
    assert deposit(bank, desk.stranger, "cuatro")
    files.remove_file(bank, desk.editor, number, 1, desk.view(number).version)
    with pytest.raises(NoRoom, match="your city"):
        deposit(bank, MATE, "cinco")


def test_what_was_removed_counts_for_the_city_into_which_its_own_was_merged(desk: Desk) -> None:
    bank = small(desk, city_quota_mb=1)
    number = deposit(bank, desk.editor, "uno")
    files.remove_file(bank, desk.editor, number, 1, desk.view(number).version)
    merge(bank, Viewer(3, "Administradora", "admin"), HERE, THERE)
    with pytest.raises(NoRoom, match="your city"):
        deposit(bank, desk.stranger, "dos")


def test_what_was_published_once_takes_nobodys_room(desk: Desk) -> None:
    bank = small(desk, person_quota_mb=1)
    number = deposit(bank, desk.editor, "uno")
    assert do_read_job(bank)
    desk.handed_in(number)
    deciding.publish(bank, desk.coordinator, number, desk.view(number).version)
    second = deposit(bank, desk.editor, "dos")
    deciding.withdraw(bank, desk.coordinator, number, desk.view(number).version, "La ciudad lo pidió.")
    files.remove_file(bank, desk.editor, second, 1, desk.view(second).version)
    with pytest.raises(NoRoom):
        deposit(bank, desk.editor, "tres")


def test_nobody_begins_more_drafts_than_can_be_worked_on(desk: Desk) -> None:
    bank = small(desk, person_drafts=2)
    first = start_new_deposit(bank, desk.editor, DepositRequest()).entry
    start_new_deposit(bank, desk.editor, DepositRequest())
    with pytest.raises(TooManyDrafts, match="2 entries"):
        deposit(bank, desk.editor, "tres")
    assert (count(bank, Entry), stored(bank)) == (2, 0)
    assert start_new_deposit(bank, desk.stranger, DepositRequest()).entry
    deciding.withdraw(bank, desk.editor, first, desk.view(first).version)
    assert start_new_deposit(bank, desk.editor, DepositRequest()).entry


def test_a_deposit_sums_up_the_whole_network_once(desk: Desk) -> None:
    asked = counted(desk.bank, lambda: deposit(desk.bank, desk.editor, "huertos"), {})
    sums = {words: times for words, times in asked.items() if "sum(" in words and "size" in words}
    assert sum(times for words, times in sums.items() if "added_by" not in words) == 1
    number = desk.written()
    again = counted(desk.bank, lambda: files.add_files(desk.bank, desk.editor, number, sent("dos.md", LARGE)), {})
    assert (
        sum(times for words, times in again.items() if "sum(" in words and "size" in words and "added_by" not in words)
        == 1
    )


def test_what_a_person_or_a_city_added_is_found_without_looking_at_every_file(desk: Desk) -> None:
    asked = counted(desk.bank, lambda: deposit(desk.bank, desk.editor, "huertos"), {})
    sums = [words for words in asked if "sum(" in words and "added_by" in words]
    assert len(sums) >= 2
    with desk.bank.database.reading() as session:
        for words in sums:
            explained = f"EXPLAIN QUERY PLAN {words}".replace("?", "'1'")
            steps = [row[3] for row in session.execute(text(explained))]
            assert not [step for step in steps if step.split()[:2] in (["SCAN", kind] for kind in TABLES)], steps
