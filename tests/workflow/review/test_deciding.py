"""Review: what coordinators do with what cities hand in."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pydantic import SecretStr
from sqlalchemy import select, update

from bank.catalogue import audit
from bank.catalogue.tables import Audit, File, Membership, User
from bank.clock import now
from bank.errors import Gone, InvalidFields, NotAllowed, NotFound, SignInNeeded, VersionConflict, WrongState
from bank.settings import Settings
from bank.workflow.deposits import files
from bank.workflow.deposits.submitting import submit
from bank.workflow.entries import public
from bank.workflow.entries.tombstones import find_tombstone
from bank.workflow.review import deciding
from bank.workflow.review.desk import load_review_desk as desk_of
from bank.workflow.review.desk import load_review_sheet, worked_on_page
from tests.mail_sink import mail_sink
from tests.web.network import REASON, REMARKS, Network, in_state, network
from tests.workflow.deposits.making import HERE, NEEDED


@pytest.fixture
def net(settings: Settings) -> Iterator[Network]:
    with network(settings, populated=False) as made:
        yield made


def version(net: Network, number: int) -> int:
    return net.desk.view(number).version


def only_reviewer(net: Network) -> None:
    """Leaves `coordinator` as the only one who reviews, and has her speak for the city too."""
    with net.bank.database.writing() as session:
        others = [net.viewers["other"].id, net.viewers["admin"].id]
        session.execute(update(User).where(User.id.in_(others)).values(active=False))


def test_a_city_may_not_publish_its_own_entry(net: Network) -> None:
    """S29."""
    number = in_state(net, "submitted")
    for viewer in (net.desk.editor, replace(net.desk.editor, scope="deposit")):
        for act in (deciding.publish, deciding.return_to_city):
            with pytest.raises(NotAllowed):
                act(net.bank, viewer, number, version(net, number), "palabras")
    with pytest.raises(NotFound):
        deciding.publish(net.bank, net.desk.stranger, number, 1)
    with pytest.raises(SignInNeeded):
        deciding.publish(net.bank, None, number, 1)
    assert net.desk.view(number).status == "submitted"


def test_a_token_does_not_review_beyond_its_scope(net: Network) -> None:
    number = in_state(net, "submitted")
    for scope in ("read", "deposit"):
        with pytest.raises(NotAllowed):
            deciding.publish(net.bank, replace(net.desk.coordinator, scope=scope), number, version(net, number))
    deciding.publish(net.bank, replace(net.desk.coordinator, scope="review"), number, version(net, number))


def test_what_is_returned_comes_back_with_its_remarks_and_is_published_in_the_end(net: Network) -> None:
    number = in_state(net, "returned")
    view = net.desk.view(number)
    assert (view.status, view.steps[-1].remarks, "submit" in view.may) == ("returned", REMARKS, True)
    submit(net.bank, net.desk.editor, number, view.version, accept=net.bank.network.agreement.version)
    waiting = desk_of(net.bank, net.desk.coordinator).waiting
    assert [(one.submission.card.id, one.by, one.returned) for one in waiting] == [(number, "editor", 1)]
    deciding.publish(net.bank, net.desk.coordinator, number, version(net, number))
    assert [step.act for step in net.desk.view(number).steps] == ["deposit", "submit", "return", "submit", "publish"]
    assert public.published_entry(net.bank, number).status == "published"
    lately = desk_of(net.bank, net.desk.coordinator).lately
    assert [(one.act, one.who, one.status) for one in lately] == [
        ("publish", "coordinator", "published"),
        ("return", "coordinator", "published"),
    ]


def test_remarks_are_needed_and_an_older_version_is_not_decided_upon(net: Network) -> None:
    number = in_state(net, "submitted")
    before = version(net, number)
    with pytest.raises(InvalidFields):
        deciding.return_to_city(net.bank, net.desk.coordinator, number, before, "  \n ")
    with pytest.raises(InvalidFields):
        deciding.return_to_city(net.bank, net.desk.coordinator, number, before, "x" * 5001)
    net.desk.changed(number, {"start_year": 2019}, net.desk.coordinator)
    for act in (deciding.publish, deciding.return_to_city, deciding.withdraw):
        with pytest.raises(VersionConflict) as told:
            act(net.bank, net.desk.coordinator, number, before, "palabras")
        assert told.value.fields == {"start_year": 2019}
    assert net.desk.view(number).status == "submitted"


def test_nothing_incomplete_is_published(net: Network) -> None:
    number = in_state(net, "submitted")
    net.desk.changed(number, {"summary": {}}, net.desk.coordinator)
    said = {"people": "minors", "consents": ""}
    files.describe_image(net.bank, net.desk.coordinator, number, 1, version(net, number), said)
    with pytest.raises(InvalidFields) as told:
        deciding.publish(net.bank, net.desk.coordinator, number, version(net, number))
    assert {fault.name for fault in told.value.faults} == {"summary", "images.1.consents"}


def test_a_coordinator_does_not_publish_what_she_or_her_city_handed_in_while_others_can(net: Network) -> None:
    """S29: the exception asks for a second name, and is there only where nobody else is."""
    number = in_state(net, "submitted")
    speaks = replace(net.desk.coordinator, cities=frozenset({HERE}))
    assert load_review_sheet(net.bank, speaks, number).second is None
    with pytest.raises(NotAllowed):
        deciding.publish(net.bank, speaks, number, version(net, number), "Segunda Persona")
    only_reviewer(net)
    assert load_review_sheet(net.bank, speaks, number).second is True
    for second in ("", "ab", "x" * 121):
        with pytest.raises(InvalidFields):
            deciding.publish(net.bank, speaks, number, version(net, number), second)
    deciding.publish(net.bank, speaks, number, version(net, number), " Segunda   Persona ")
    assert net.desk.view(number).steps[-1].second == "Segunda Persona"


def test_who_began_or_handed_in_an_entry_is_involved_without_speaking_for_its_city(net: Network) -> None:
    number = net.desk.written({**NEEDED, "city": HERE}, net.desk.coordinator)
    accept = net.bank.network.agreement.version
    submit(net.bank, net.desk.coordinator, number, version(net, number), accept=accept)
    with pytest.raises(NotAllowed):
        deciding.publish(net.bank, net.desk.coordinator, number, version(net, number), "Segunda Persona")
    assert load_review_sheet(net.bank, net.desk.other, number).second is False
    deciding.publish(net.bank, net.desk.other, number, version(net, number))


def test_another_who_speaks_for_the_same_city_today_is_no_other(net: Network) -> None:
    number = in_state(net, "submitted")
    only_reviewer(net)
    other = net.viewers["other"].id
    with net.bank.database.writing() as session:
        session.execute(update(User).where(User.id == other).values(active=True))
        session.add(Membership(user_id=other, city_id=HERE, since=now().date()))
    speaks = replace(net.desk.coordinator, cities=frozenset({HERE}))
    assert load_review_sheet(net.bank, speaks, number).second is True


def test_a_withdrawn_entry_leaves_a_tombstone_and_a_draft_nothing(net: Network) -> None:
    number = in_state(net, "published")
    with pytest.raises(NotAllowed):
        deciding.withdraw(net.bank, net.desk.editor, number, version(net, number), REASON)
    with pytest.raises(InvalidFields):
        deciding.withdraw(net.bank, net.desk.coordinator, number, version(net, number))
    published = public.published_entry(net.bank, number)
    deciding.withdraw(net.bank, net.desk.coordinator, number, version(net, number), REASON)
    left = find_tombstone(net.bank, number)
    assert (left.identifier, left.published, left.reason) == (published.identifier, published.published, REASON)
    with pytest.raises(Gone):
        public.published_entry(net.bank, number)
    with pytest.raises(Gone):
        public.published_original(net.bank, number, 1)
    draft = in_state(net, "draft")
    deciding.withdraw(net.bank, net.desk.editor, draft, version(net, draft))
    for nothing in (draft, 999):
        with pytest.raises(NotFound):
            find_tombstone(net.bank, nothing)
        with pytest.raises(NotFound):
            public.published_entry(net.bank, nothing)
    for act in (deciding.publish, deciding.withdraw, deciding.return_to_city):
        with pytest.raises(WrongState):
            act(net.bank, net.desk.coordinator, number, version(net, number), "palabras")


def test_a_draft_that_its_city_withdrew_is_nobody_elses_to_see(net: Network) -> None:
    number = in_state(net, "draft")
    deciding.withdraw(net.bank, net.desk.editor, number, version(net, number))
    with pytest.raises(NotFound):
        load_review_sheet(net.bank, net.desk.coordinator, number)
    assert net.desk.view(number).status == "withdrawn"
    assert desk_of(net.bank, net.desk.coordinator).lately == ()


def test_every_decision_stands_in_the_audit(net: Network) -> None:
    """S60."""
    number = in_state(net, "withdrawn")
    with net.bank.database.reading() as session:
        acts = session.execute(select(Audit.actor, Audit.act).where(Audit.entry_id == number).order_by(Audit.id)).all()
        assert audit.broken_audit_rows(session) == []
    coordinator = net.desk.coordinator.actor
    assert [tuple(row) for row in acts[-2:]] == [(coordinator, "publish"), (coordinator, "withdraw")]
    assert (net.desk.editor.actor, "submit") in {tuple(row) for row in acts}


def test_originals_without_evaluated_rights_are_held_back(net: Network) -> None:
    number = in_state(net, "submitted")
    said = {"licence": "not-evaluated"}
    files.describe_file(net.bank, net.desk.coordinator, number, 1, version(net, number), said)
    deciding.publish(net.bank, net.desk.coordinator, number, version(net, number))
    with net.bank.database.reading() as session:
        assert session.scalars(select(File.shown).where(File.entry_id == number)).all() == [False]


def test_the_sheet_is_for_those_who_review(net: Network) -> None:
    number = in_state(net, "submitted")
    for viewer in (net.desk.editor, net.desk.stranger, replace(net.desk.coordinator, scope="deposit")):
        with pytest.raises(NotFound):
            load_review_sheet(net.bank, viewer, number)
        with pytest.raises(NotFound):
            desk_of(net.bank, viewer)
    with pytest.raises(SignInNeeded):
        desk_of(net.bank, None)
    with pytest.raises(NotFound):
        worked_on_page(net.bank, net.desk.stranger, number, 1, 1)
    assert "OBJETIVO" in worked_on_page(net.bank, net.desk.coordinator, number, 1, 1).text


def test_a_decision_is_mailed_to_the_city_and_what_was_handed_in_to_those_who_review(net: Network) -> None:
    """S52: a title can't add a header."""
    number = net.desk.written()
    with mail_sink() as sink:
        settings = net.bank.settings.model_copy(update={"mail_url": SecretStr(sink.url)})
        bank = replace(net.bank, settings=settings)
        desk = replace(net.desk, bank=bank)
        desk.changed(number, {"title": {"es": "Uno\r\nBcc: otra@ciudad.example {7*7}"}})
        desk.handed_in(number)
        deciding.return_to_city(bank, desk.coordinator, number, version(net, number), REMARKS)
        bank.errands.finish(10)
    told = [(mail.recipients, mail.message["subject"].partition(": ")[2]) for mail in sink.mails]
    title = "Uno Bcc: otra@ciudad.example {7*7}"
    reviewers = ("admin", "coordinator", "other")
    assert sorted(told[:3]) == [([f"<{who}@ciudad.example>"], title) for who in reviewers]
    assert told[3:] == [(["<editor@ciudad.example>"], title)]
    assert REMARKS in sink.mails[-1].text
    assert all(mail.message["bcc"] is None for mail in sink.mails)
