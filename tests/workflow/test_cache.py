from pathlib import Path

from bank.catalogue import audit
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.deposits import files
from bank.workflow.deposits.submitting import submit
from bank.workflow.entries import public
from bank.workflow.review import deciding
from tests.making_files import experience
from tests.web.network import network
from tests.workflow.conftest import Publish


def test_what_was_read_once_is_not_read_again_until_something_changes(bank: Bank) -> None:
    read: list[int] = []

    def count() -> int:
        read.append(1)
        return len(read)

    with bank.database.reading() as session:
        assert [bank.memory.recall(session, "count", count) for _ in range(3)] == [1, 1, 1]
    with bank.database.writing() as session:
        audit.add_audit_row(session, "somebody", "publish", None, {})
    with bank.database.reading() as session:
        assert bank.memory.recall(session, "count", count) == 2


def test_counts_on_the_pages_follow_every_publication(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    for number in range(3):
        publish(experience(tmp_path, number))
        assert public.stats(bank).entries == number + 1
        assert public.public_term_counts(bank, "theme") == {"medio-ambiente": number + 1}
        assert len(public.newest_cards(bank)) == number + 1


def test_the_saving_of_drafts_leaves_what_visitors_were_shown(settings: Settings) -> None:
    with network(settings, populated=False) as net:
        read: list[int] = []

        def asked() -> bool:
            """Whether it had to be read anew."""
            before = len(read)
            with net.bank.database.reading() as session:
                net.bank.memory.recall(session, "key", lambda: read.append(1))
            return len(read) > before

        assert asked()
        number = net.desk.begun()
        net.desk.changed(number, {"start_year": 2019})
        net.desk.handed_in(number)
        deciding.return_to_city(net.bank, net.desk.coordinator, number, net.desk.view(number).version, "Falta algo.")
        assert not asked()
        submit(
            net.bank, net.desk.editor, number, net.desk.view(number).version, accept=net.bank.network.agreement.version
        )
        assert not asked()
        deciding.publish(net.bank, net.desk.coordinator, number, net.desk.view(number).version)
        assert asked()
        net.desk.changed(number, {"start_year": 2018}, net.desk.coordinator)
        assert asked()
        said = {"people": "nobody", "licence": "not-evaluated"}
        files.describe_file(net.bank, net.desk.coordinator, number, 1, net.desk.view(number).version, said)
        assert asked()
        deciding.withdraw(net.bank, net.desk.coordinator, number, net.desk.view(number).version, "Ya no aplica.")
        assert asked()
        assert not asked()


def test_an_act_that_nobody_has_thought_of_counts_as_one_that_visitors_notice(bank: Bank) -> None:
    with bank.database.reading() as session:
        bank.memory.recall(session, "key", lambda: 1)
    for act, kept in (("change", True), ("sign_in", True), ("never-heard-of", False)):
        with bank.database.writing() as session:
            audit.add_audit_row(session, "somebody", act, None, {})
        with bank.database.reading() as session:
            assert ("key" in bank.memory.of(session)) == kept


def test_an_older_snapshot_is_told_nothing_newer(bank: Bank) -> None:
    with bank.database.reading() as older:
        bank.memory.recall(older, "key", lambda: "old")
        with bank.database.writing() as session:
            audit.add_audit_row(session, "somebody", "publish", None, {})
        with bank.database.reading() as newer:
            assert bank.memory.recall(newer, "key", lambda: "new") == "new"
        assert bank.memory.recall(older, "key", lambda: "read again") == "read again"
        with bank.database.reading() as newer:
            assert bank.memory.recall(newer, "key", lambda: "never") == "new"
