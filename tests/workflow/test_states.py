"""S29: whatever people try, an entry moves along the allowed edges only, and by those who may."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bank.catalogue.tables import Entry
from bank.errors import InvalidFields, NotAllowed, NotFound, WrongState
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.deposits.changing import SavedVersion
from bank.workflow.deposits.submitting import submit
from bank.workflow.review import deciding
from bank.workflow.rights import Viewer
from tests.web.network import Network, network
from tests.workflow.deposits.making import HERE, NEEDED

NEXT = {
    ("draft", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("submitted", "return"): "returned",
    ("submitted", "publish"): "published",
    ("draft", "withdraw"): "withdrawn",
    ("returned", "withdraw"): "withdrawn",
    ("submitted", "withdraw"): "withdrawn",
    ("published", "withdraw"): "withdrawn",
}
"""The model: (status, act) -> status. What is not here is refused."""
WHO = st.sampled_from(["editor", "stranger", "coordinator", "insider", "admin"])
"""`insider` is a coordinator who speaks for the entry's city."""
SAID = st.sampled_from(["", "Unas palabras."])
ACTS: dict[str, Callable[[Bank, Viewer, int, int, str], SavedVersion]] = {
    "return": deciding.return_to_city,
    "publish": deciding.publish,
    "withdraw": deciding.withdraw,
}


class Deposits(RuleBasedStateMachine):
    """One entry, and everybody trying everything with it."""

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        self.net: Network = self.stack.enter_context(network(Settings(home=Path(folder)), populated=False))
        viewers = self.net.viewers
        self.people = {**viewers, "insider": replace(viewers["other"], cities=frozenset({HERE}))}
        self.start("editor")

    def start(self, who: str) -> None:
        self.number = self.net.desk.written({**NEEDED, "city": HERE}, self.people[who])
        self.status, self.handed, self.depositors = "draft", False, {who}

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()

    def sees(self, who: str) -> bool:
        """The model of who sees what is not public."""
        if who in ("editor", "insider"):
            return True
        return who != "stranger" and (self.handed or who in self.depositors)

    def may(self, who: str, act: str) -> bool:
        """The model of who may, whatever the status is."""
        if act in ("publish", "return") or (act == "withdraw" and self.status == "published"):
            return who not in ("editor", "stranger")
        return who != "stranger"

    def involved(self, who: str) -> bool:
        return who == "insider" or who in self.depositors

    @rule(who=st.sampled_from(["editor", "coordinator", "insider"]))
    @precondition(lambda self: self.status == "withdrawn")
    def another(self, who: str) -> None:
        """Somebody begins another entry."""
        self.start(who)

    @rule(who=WHO, act=st.sampled_from(["submit"] * 3 + ["return"] * 2 + ["publish"] * 4 + ["withdraw"]), said=SAID)
    def something(self, who: str, act: str, said: str) -> None:
        """Somebody tries to do something with the entry, with or without words."""

        def do(viewer: Viewer, version: int) -> SavedVersion:
            bank, number = self.net.bank, self.number
            if act == "submit":
                return submit(bank, viewer, number, version, accept=bank.network.agreement.version)
            return ACTS[act](bank, viewer, number, version, said)

        wordless = act == "return" or (act == "withdraw" and self.status == "published")
        done = self.tried(
            who, act, do, complete=bool(said) or not wordless, barred=act == "publish" and self.involved(who)
        )
        if done and act == "submit":
            self.handed = True
            self.depositors.add(who)

    def tried(
        self,
        who: str,
        act: str,
        do: Callable[[Viewer, int], SavedVersion],
        *,
        complete: bool = True,
        barred: bool = False,
    ) -> bool:
        """Does it, and holds what came of it to the model; whether it was done."""
        version = self.net.desk.view(self.number).version
        expected: type[Exception] | None = None
        if not self.sees(who):
            expected = NotFound
        elif (self.status, act) not in NEXT:
            expected = WrongState
        elif not self.may(who, act) or barred:
            expected = NotAllowed
        elif not complete:
            expected = InvalidFields
        if expected is not None:
            with pytest.raises(expected):
                do(self.people[who], version)
            return False
        do(self.people[who], version)
        self.status = NEXT[self.status, act]
        return True

    @invariant()
    def the_entry_is_where_the_model_is(self) -> None:
        if not hasattr(self, "number"):
            return
        with self.net.bank.database.reading() as session:
            entry = session.get_one(Entry, self.number)
            assert entry.status == self.status
            assert (entry.published is not None) >= (self.status == "published")
        steps = self.net.desk.view(self.number).steps
        assert [step.act for step in steps].count("publish") <= 1


TestDeposits = Deposits.TestCase
TestDeposits.settings = settings(
    max_examples=8,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
