"""What a form saves: one version of all, none of nothing; what a removed file had filled in; who may still decide."""

import io
import threading

import pytest
from sqlalchemy import update

from bank.catalogue.tables import Entry, User
from bank.clock import now
from bank.errors import InvalidFields, NotAllowed, VersionConflict
from bank.jobs.deposits import do_read_job
from bank.web.form.posted import PostedForm
from bank.workflow.deposits import files
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.saving import save_whole_form, versions_since
from bank.workflow.deposits.submitting import submit
from bank.workflow.people.sessions import begin_session
from bank.workflow.review import deciding
from bank.workflow.tags import drafted
from bank.workflow.tags.deciding import DecisionOutcome
from tests.workflow.deposits.making import HERE, NEEDED, Desk


def test_fields_files_and_pictures_are_saved_together_or_not_at_all(desk: Desk) -> None:
    number = desk.begun()
    before = desk.view(number)
    wrong = {"title": {"es": "Otro"}, "start_year": "x", "files.1": {"people": "robots"}}
    with pytest.raises(InvalidFields) as told:
        save_whole_form(desk.bank, desk.editor, number, before.version, wrong)
    assert {fault.name for fault in told.value.faults} == {"start_year", "files.1.people"}
    assert desk.view(number) == before
    sent = {"title": {"es": "Otro"}, "files.1": {"people": "nobody"}}
    saved = save_whole_form(desk.bank, desk.editor, number, before.version, sent)
    assert (saved.version, set(saved.fields)) == (before.version + 1, {"title", "files.1"})
    assert [set(one.fields) for one in versions_since(desk.bank, desk.editor, number, before.version)] == [
        {"title", "files.1"}
    ]
    after = desk.view(number)
    assert (after.values["title"], after.files[0].people) == ({"es": "Otro"}, "nobody")


def test_who_sends_once_more_what_was_saved_is_in_no_conflict_with_oneself(desk: Desk) -> None:
    number = desk.begun()
    seen = desk.view(number).version
    sent = {"title": {"es": "Dos  espacios "}, "summary": {"es": "a\r\nb "}, "files.1": {"people": "nobody"}}
    saved = save_whole_form(desk.bank, desk.editor, number, seen, sent)
    again = save_whole_form(desk.bank, desk.editor, number, seen, sent)
    assert (again.version, again.fields) == (saved.version, ())
    for part in ({"title": sent["title"]}, {id: sent[id] for id in ("title", "summary")}):
        with pytest.raises(VersionConflict) as told:
            save_whole_form(desk.bank, desk.editor, number, seen, part)
        assert not set(part) & set(told.value.fields)
    with pytest.raises(VersionConflict) as told:
        save_whole_form(desk.bank, desk.editor, number, seen, {**sent, "start_year": 2001})
    assert (told.value.version, told.value.fields) == (saved.version, {})
    with pytest.raises(VersionConflict) as told:
        save_whole_form(desk.bank, desk.editor, number, seen, {**sent, "title": {"es": "Tres"}})
    assert told.value.fields == {"title": {"es": "Dos espacios"}}


def test_describing_a_file_as_it_is_described_makes_no_version(desk: Desk) -> None:
    number = desk.begun()
    said = {"people": "nobody", "licence": "CC-BY-4.0"}
    first = files.describe_file(desk.bank, desk.editor, number, 1, desk.view(number).version, said)
    again = files.describe_file(desk.bank, desk.editor, number, 1, first.version, said)
    assert (again.version, again.fields, first.fields) == (first.version, (), ("files.1",))


def test_an_attachment_needs_no_licence_to_hand_in(desk: Desk) -> None:
    number = desk.begun()
    letter = [IncomingFile("carta.md", io.BytesIO(b"# Carta"))]
    files.add_files(desk.bank, desk.editor, number, letter, purpose="mayor_letter")
    assert do_read_job(desk.bank)
    desk.changed(number, {**NEEDED, "licence": "CC-BY-4.0"})
    files.describe_file(desk.bank, desk.editor, number, 1, desk.view(number).version, {"people": "nobody"})
    view = desk.view(number)
    assert (view.faults, view.meter.needed_filled) == ((), view.meter.needed)
    assert [file.view.licence for file in view.files if file.purpose] == [None]
    submit(desk.bank, desk.editor, number, view.version, accept=desk.bank.network.agreement.version)


def test_what_only_a_removed_file_filled_in_goes_with_it(desk: Desk) -> None:
    number = desk.begun()
    view = desk.view(number)
    assert {"title", "summary", "objectives"} <= set(view.proposed)
    desk.changed(number, {"summary": view.values["summary"], "start_year": 2023})
    saved = files.remove_file(desk.bank, desk.editor, number, 1, desk.view(number).version)
    after = desk.view(number)
    assert (after.values["title"], after.values["objectives"], after.proposed) == ({}, None, {})
    assert (after.values["summary"], after.values["start_year"]) == (view.values["summary"], 2023)
    assert {"files", "title", "objectives"} <= set(saved.fields)


def test_what_another_file_filled_in_or_was_handed_in_stays(desk: Desk) -> None:
    number = desk.begun()
    files.add_files(
        desk.bank, desk.editor, number, [IncomingFile("otra.md", io.BytesIO("# Otro título ficticio".encode()))]
    )
    assert do_read_job(desk.bank)
    kept = desk.view(number).values["title"]
    files.remove_file(desk.bank, desk.editor, number, 2, desk.view(number).version)
    assert desk.view(number).values["title"] == kept
    desk.changed(number, {id: value for id, value in NEEDED.items() if id != "title"})
    desk.handed_in(number)
    assert "title" in desk.view(number).proposed
    files.remove_file(desk.bank, desk.coordinator, number, 1, desk.view(number).version)
    assert desk.view(number).values["title"] == kept


@pytest.mark.parametrize(("outcome", "term"), [("accepted", "cultura"), ("rejected", "deporte")])
def test_a_tag_is_decided_about_only_while_the_entry_may_still_be_changed(
    desk: Desk, outcome: DecisionOutcome, term: str
) -> None:
    """A decision that waits while the entry is handed in comes too late."""
    number = desk.written()
    drafted.decide_draft_tag(desk.bank, desk.editor, number, "theme", "deporte", "accepted")
    told: list[type[Exception]] = []

    def decide() -> None:
        try:
            drafted.decide_draft_tag(desk.bank, desk.editor, number, "theme", term, outcome)
        except NotAllowed as error:
            told.append(type(error))

    thread = threading.Thread(target=decide)
    with desk.bank.database.writing() as session:
        session.get_one(Entry, number).status = "submitted"
        session.flush()
        thread.start()
        thread.join(2)
        assert thread.is_alive()
    thread.join()
    assert told == [NotAllowed]
    assert desk.view(number).values["themes"] == ["medio-ambiente", "deporte"]


def test_who_was_invited_and_never_came_is_nobody_who_could_publish(desk: Desk) -> None:
    number = desk.written({**NEEDED, "city": HERE}, desk.coordinator)
    submit(desk.bank, desk.coordinator, number, 1, accept=desk.bank.network.agreement.version)
    version = desk.view(number).version

    def other(**said: object) -> None:
        with desk.bank.database.writing() as session:
            session.execute(update(User).where(User.id == desk.other.id).values(said))

    other(password="a hash")
    with pytest.raises(NotAllowed):
        deciding.publish(desk.bank, desk.coordinator, number, version, "Segunda Persona")
    other(password=None)
    with pytest.raises(InvalidFields) as told:
        deciding.publish(desk.bank, desk.coordinator, number, version)
    assert [fault.name for fault in told.value.faults] == ["second"]
    with desk.bank.database.writing() as session:
        begin_session(session, session.get_one(User, desk.other.id), "127.0.0.1", now())
    with pytest.raises(NotAllowed):
        deciding.publish(desk.bank, desk.coordinator, number, version, "Segunda Persona")


def test_every_move_is_told_among_what_was_saved_since(desk: Desk) -> None:
    number = desk.handed_in()
    first = desk.view(number).version
    deciding.return_to_city(desk.bank, desk.coordinator, number, first, "Falta decir quién lo evaluó.")
    desk.handed_in(number)
    deciding.publish(desk.bank, desk.coordinator, number, desk.view(number).version)
    deciding.withdraw(desk.bank, desk.coordinator, number, desk.view(number).version, "Ya no aplica.")
    told = versions_since(desk.bank, desk.editor, number, first - 1)
    coordinator, editor = desk.coordinator.id, desk.editor.id
    assert [one.version for one in told] == list(range(first, first + 5))
    assert [one.fields for one in told] == [("status",)] * 5
    assert [one.user for one in told] == [editor, coordinator, editor, coordinator, coordinator]


def test_a_form_that_names_no_version_means_none() -> None:
    assert [PostedForm({"version": [text]}, {}).version for text in ("0", "00", "", "-1", "7")] == [None] * 4 + [7]
