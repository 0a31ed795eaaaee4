"""The comparison that judges the experiments: it finds nothing where all is there, and names what is not."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bank import ingest
from bank.jobs.deposits import do_read_job
from bank.settings import Settings
from bank.web.app import create_app
from bank.workflow.index.documents import rebuild_index
from bank.workflow.people.tokens import add_token_for_address
from tests.faults.comparing import lost
from tests.faults.mixed_load import Depositor, Known, Notes
from tests.faults.tally import ITSELF, Round, table
from tests.people import EDITOR, OPERATOR, copied
from tests.web.writing import answering


@dataclass(frozen=True)
class Worked:
    """A bank in which somebody has worked: the notes of it, its address, the tokens."""

    address: str
    tokens: dict[str, str]
    notes: Notes
    known: Known

    def lost(self, **facts: object) -> list[str]:
        """What the comparison says if these facts had been acknowledged as well."""
        other = replace(self.known, facts=self.known.facts | facts)
        return lost(self.address, self.tokens, replace(self.notes, entries=[other]))


@pytest.fixture
def worked(people_home: Path, settings: Settings) -> Iterator[Worked]:
    plain = settings.model_copy(update={"semantic": "off", "ocr": "off"})
    with copied(people_home, plain) as bank, answering(create_app(bank)) as address:
        tokens = {EDITOR: add_token_for_address(bank, EDITOR, "test", None, actor=OPERATOR)}
        notes = Notes(bank.network.agreement.version)
        person = Depositor([address], tokens[EDITOR], notes, random.Random(1), "p")
        known = person.deposit()
        assert known is not None
        while do_read_job(bank):
            pass
        rebuild_index(bank)
        person.sign_in()
        person.save(known)
        person.autosave(known)
        person.program.close()
        person.browser.close()
        assert (notes.odd, notes.acknowledged) == ([], 4)
        yield Worked(address, tokens, notes, known)
    ingest.close_extractors()


def test_where_all_is_there_nothing_is_lost(worked: Worked) -> None:
    assert worked.lost() == []


def test_what_is_not_there_is_named(worked: Worked) -> None:
    assert worked.lost(status="published") == ["entry 1: status is draft, acknowledged was published"]
    assert "organisation" in worked.lost(organisation="Otra")[0]
    assert "files is 1" in worked.lost(files=2)[0]
    worked.known.version += 1
    assert "version" in worked.lost()[0]
    worked.known.version -= 1
    worked.known.files[0] += b"."
    assert "bytes" in worked.lost()[0]


def test_an_entry_too_many_and_a_session_that_ended_are_named(worked: Worked) -> None:
    found = lost(worked.address, worked.tokens, replace(worked.notes, entries=[], sessions=[{"session": "x"}]))
    assert found == ["there are 1 entries, 0 were begun", "a session ended: 303"]


def test_what_was_sent_and_never_answered_may_have_happened_or_not(worked: Worked) -> None:
    worked.known.sent = {"organisation": worked.known.facts["organisation"]}
    assert worked.lost(organisation="De antes") == []
    worked.known.sent = {"organisation": "De después"}
    assert worked.lost() == []


def test_rounds_are_summed_up_in_a_table() -> None:
    rounds = [Round("kill", 3, 0), Round("kill", 4, 1), Round("full", 2, 0, "a sentence")]
    assert table(rounds)[2:] == [f"| kill | 2 | 7 | 1 | {ITSELF} |", "| full | 1 | 2 | 0 | a sentence |"]
    assert table([]) == []
