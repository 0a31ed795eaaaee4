from pathlib import Path

from bank.catalogue import audit
from bank.workflow import reading
from bank.workflow.parts import Bank
from tests.making_files import experience
from tests.workflow.conftest import Publish


def test_what_was_read_once_is_not_read_again_until_something_changes(bank: Bank) -> None:
    read: list[int] = []

    def count() -> int:
        read.append(1)
        return len(read)

    with bank.database.reading() as session:
        assert [bank.memory.recall(session, "count", count) for _ in range(3)] == [1, 1, 1]
    with bank.database.writing() as session:
        audit.note(session, "somebody", "publish", None, {})
    with bank.database.reading() as session:
        assert bank.memory.recall(session, "count", count) == 2


def test_counts_on_the_pages_follow_every_publication(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    for number in range(3):
        publish(experience(tmp_path, number))
        assert reading.stats(bank).entries == number + 1
        assert reading.term_counts(bank, "theme") == {"medio-ambiente": number + 1}
        assert len(reading.newest(bank)) == number + 1
