import io
import threading
from dataclasses import replace

import pytest
from sqlalchemy import delete, func, select, update

from bank.catalogue.tables import Entry, File, Job, Likeness
from bank.clock import now
from bank.jobs.deposits import do_read_job
from bank.progress import no_progress
from bank.workflow import jobs
from bank.workflow.deposits import files
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.reading import find_waiting_file, give_up_stranded_files, keep_read_file, read_waiting_file
from bank.workflow.deposits.starting import DepositRequest, StartedDeposit, start_new_deposit
from bank.workflow.files import signatures
from bank.workflow.rights import Viewer
from tests.ingest.making_pdfs import pdf
from tests.workflow.deposits.making import TEXT, Desk


def test_a_file_proposes_what_it_says_and_where_it_says_it(desk: Desk) -> None:
    view = desk.view(desk.begun())
    assert view.values["title"] == {"es": "Huertos ficticios"}
    assert view.values["objectives"] == {"es": "Que niñas y niños aprendan a cultivar."}
    assert view.proposed["objectives"]["source"] == "label"
    assert view.proposed["objectives"]["page"] == 1
    assert "OBJETIVO GENERAL" in str(view.proposed["objectives"]["text"])
    assert view.job is not None
    assert (view.job.state, view.job.done) == ("done", 1)
    assert view.files[0].view.status == "read"


def test_what_somebody_wrote_meanwhile_stays_and_the_files_word_is_offered(desk: Desk) -> None:
    number = start_new_deposit(
        desk.bank, desk.editor, DepositRequest(incoming=[IncomingFile("h.md", io.BytesIO(TEXT.encode()))])
    ).entry
    desk.changed(number, {"title": {"es": "Mi título"}})
    assert do_read_job(desk.bank)
    view = desk.view(number)
    assert view.values["title"] == {"es": "Mi título"}
    assert view.proposed["title"]["value"] == {"es": "Huertos ficticios"}


def test_a_year_that_is_only_guessed_waits_until_somebody_takes_it(desk: Desk) -> None:
    made = io.BytesIO(pdf(info="<</CreationDate(D:20190514120000Z)>>"))
    number = start_new_deposit(desk.bank, desk.editor, DepositRequest(incoming=[IncomingFile("h.pdf", made)])).entry
    assert do_read_job(desk.bank)
    view = desk.view(number)
    assert view.values["start_year"] is None
    assert (view.proposed["start_year"]["value"], view.proposed["start_year"]["doubtful"]) == (2019, True)
    assert view.proposed["title"]["doubtful"] is True
    desk.changed(number, {"start_year": 2019})
    assert (desk.view(number).values["start_year"], "start_year" in desk.view(number).proposed) == (2019, False)


def test_a_year_that_is_printed_fills_its_field_and_says_where_it_stands(desk: Desk) -> None:
    view = desk.view(desk.begun("# Plan de huertos\n\nVilla Ejemplo, 3 de mayo de 2021\n\nTexto.\n", "plan.md"))
    assert view.values["start_year"] == 2021
    assert (view.proposed["start_year"]["source"], view.proposed["start_year"]["page"]) == ("printed", 1)
    assert view.proposed["start_year"]["text"] == "Villa Ejemplo, 3 de mayo de 2021"


def test_a_file_never_moves_an_entry_to_another_city(desk: Desk) -> None:
    number = desk.begun(TEXT + "\nMUNICIPIO: Chihuahua\n")
    assert desk.view(number).values["city"] == "mx-leon"
    assert desk.view(number, desk.editor).values["city"] == "mx-leon"


def test_the_city_that_a_file_names_is_offered_where_none_leads(desk: Desk) -> None:
    number = desk.begun(TEXT + "\nMUNICIPIO: Chihuahua, Chihuahua\n", viewer=desk.coordinator)
    view = desk.view(number, desk.coordinator)
    assert (view.values["city"], view.proposed["city"]["value"]) == (None, "Chihuahua, Chihuahua")
    desk.changed(number, {"city": view.proposed["city"]["value"]}, desk.coordinator)
    assert desk.view(number, desk.coordinator).values["city"] == "mx-chihuahua"
    assert "city" not in desk.view(desk.begun(TEXT + "\nMUNICIPIO: Chihuahua\n")).proposed


def test_personal_data_are_told_by_page_and_never_repeated(desk: Desk) -> None:
    number = desk.begun(TEXT + "\nEscriba a persona.ficticia@gmail.com para más informes.\n")
    view = desk.view(number)
    assert [(one["kind"], one["page"], one["count"]) for one in view.files[0].personal] == [("mail", 1, 1)]
    assert "gmail" not in str(view.files[0].personal)


def test_a_file_taken_out_before_it_was_read_is_no_failure(desk: Desk) -> None:
    started = start_new_deposit(
        desk.bank, desk.editor, DepositRequest(incoming=[IncomingFile("h.md", io.BytesIO(TEXT.encode()))])
    )
    files.remove_file(desk.bank, desk.editor, started.entry, 1, started.version)
    assert do_read_job(desk.bank)
    assert desk.view(started.entry).files == ()
    assert jobs.job_view(desk.bank, started.job or 0).state == "done"


def test_a_file_that_no_job_will_read_any_more_is_told_as_failed(desk: Desk) -> None:
    started = start_new_deposit(
        desk.bank, desk.editor, DepositRequest(incoming=[IncomingFile("h.md", io.BytesIO(TEXT.encode()))])
    )
    give_up_stranded_files(desk.bank)
    assert desk.view(started.entry).files[0].view.status == "pending"
    with desk.bank.database.writing() as session:
        job = session.get(Job, started.job)
        assert job is not None
        job.attempts, job.updated = jobs.MOST_JOB_ATTEMPTS, now()
    assert not do_read_job(desk.bank)
    assert desk.view(started.entry).files[0].view.status == "failed"
    assert jobs.job_view(desk.bank, started.job or 0).state == "failed"


def test_a_job_that_was_stopped_waits_again_as_if_it_had_not_begun(desk: Desk) -> None:
    started = begun_unread(desk)
    stop = threading.Event()
    stop.set()
    for _ in range(jobs.MOST_JOB_ATTEMPTS + 2):
        assert do_read_job(desk.bank, stop)
    with desk.bank.database.reading() as session:
        job = session.get(Job, started.job)
        assert job is not None
        assert (job.state, job.attempts) == ("waiting", 0)
    assert do_read_job(desk.bank)
    assert desk.view(started.entry).files[0].view.status == "read"


def test_what_was_read_of_a_file_never_lands_in_another_that_got_its_number(desk: Desk) -> None:
    mine = begun_unread(desk)
    id = file_id(desk, mine.entry)
    waiting = find_waiting_file(desk.bank, id, mine.entry)
    assert waiting is not None
    read_before = read_waiting_file(desk.bank, waiting, no_progress)
    files.remove_file(desk.bank, desk.editor, mine.entry, 1, mine.version)
    theirs = begun_unread(desk, viewer=desk.stranger)
    assert file_id(desk, theirs.entry) > id
    renumbered(desk, theirs.entry, id)
    keep_read_file(desk.bank, id, read_before)
    view = desk.view(theirs.entry, desk.stranger)
    assert (view.files[0].view.status, view.version) == ("pending", theirs.version)
    assert not view.values["objectives"]


def test_what_was_read_of_other_bytes_is_not_kept(desk: Desk) -> None:
    started = begun_unread(desk)
    id = file_id(desk, started.entry)
    waiting = find_waiting_file(desk.bank, id, started.entry)
    assert waiting is not None
    read_before = read_waiting_file(desk.bank, waiting, no_progress)
    with desk.bank.database.writing() as session:
        session.execute(update(File).where(File.id == id).values(digest="0" * 64))
    keep_read_file(desk.bank, id, read_before)
    assert desk.view(started.entry).files[0].view.status == "pending"


def test_a_job_reads_files_of_its_own_entry_only(desk: Desk) -> None:
    mine = begun_unread(desk)
    id = file_id(desk, mine.entry)
    files.remove_file(desk.bank, desk.editor, mine.entry, 1, mine.version)
    theirs = begun_unread(desk, viewer=desk.stranger, text="# Otra cosa\n", name="otra.md")
    renumbered(desk, theirs.entry, id)
    assert do_read_job(desk.bank)
    assert jobs.job_view(desk.bank, mine.job or 0).message == ""
    assert desk.view(theirs.entry, desk.stranger).files[0].view.status == "pending"


@pytest.mark.parametrize("status", ["submitted", "published", "paused"])
def test_a_file_fills_no_field_of_what_was_handed_in(desk: Desk, status: str) -> None:
    started = begun_unread(desk)
    put(desk, started.entry, status)
    assert do_read_job(desk.bank)
    view = desk.view(started.entry, desk.coordinator)
    assert view.files[0].view.status == "read"
    assert not view.values["objectives"]
    assert view.proposed == {}


def test_the_files_of_a_withdrawn_entry_are_neither_read_nor_given_up(desk: Desk) -> None:
    started = begun_unread(desk)
    put(desk, started.entry, "withdrawn")
    assert do_read_job(desk.bank)
    give_up_stranded_files(desk.bank)
    with desk.bank.database.reading() as session:
        assert session.scalars(select(File.status)).all() == ["pending"]
        assert session.scalars(select(Entry.version)).all() == [started.version]


def test_an_entry_withdrawn_while_its_file_is_read_stays_as_it_is(desk: Desk) -> None:
    started = begun_unread(desk)
    id = file_id(desk, started.entry)
    waiting = find_waiting_file(desk.bank, id, started.entry)
    assert waiting is not None
    read_before = read_waiting_file(desk.bank, waiting, no_progress)
    put(desk, started.entry, "withdrawn")
    keep_read_file(desk.bank, id, read_before)
    with desk.bank.database.reading() as session:
        assert session.scalars(select(File.status)).all() == ["pending"]


def test_what_takes_time_is_done_while_somebody_else_may_save(desk: Desk) -> None:
    started = begun_unread(desk, text=TEXT + "palabra nueva " * 40)
    waiting = find_waiting_file(desk.bank, file_id(desk, started.entry), started.entry)
    assert waiting is not None
    with desk.bank.database.writing():
        done = read_waiting_file(desk.bank, waiting, no_progress)
    assert len(done.content.signature) == 512
    assert done.offered.values["objectives"].source == "label"


def test_a_kind_chosen_while_a_file_is_read_is_the_one_whose_fields_it_fills(desk: Desk) -> None:
    started = begun_unread(desk)
    id = file_id(desk, started.entry)
    waiting = find_waiting_file(desk.bank, id, started.entry)
    assert waiting is not None
    other = replace(waiting, kind="report")
    keep_read_file(desk.bank, id, read_waiting_file(desk.bank, other, no_progress))
    assert desk.view(started.entry).values["objectives"] == {"es": "Que niñas y niños aprendan a cultivar."}


def test_files_without_a_signature_get_theirs_one_after_the_other(desk: Desk) -> None:
    for name in ("a.md", "b.md"):
        desk.begun(f"{TEXT}\n{name}\n", name)
    with desk.bank.database.writing() as session:
        session.execute(delete(Likeness))
    signing = signatures.make_missing_signatures(desk.bank)
    for expected in (1, 2, 2):
        next(signing, None)
        with desk.bank.database.writing() as session:
            assert session.scalar(select(func.count()).select_from(Likeness)) == expected


def begun_unread(
    desk: Desk, text: str = TEXT, name: str = "huertos.md", viewer: Viewer | None = None
) -> StartedDeposit:
    """A draft whose file waits to be read."""
    return start_new_deposit(
        desk.bank, viewer or desk.editor, DepositRequest(incoming=[IncomingFile(name, io.BytesIO(text.encode()))])
    )


def file_id(desk: Desk, entry: int) -> int:
    with desk.bank.database.reading() as session:
        return session.scalars(select(File.id).where(File.entry_id == entry)).one()


def renumbered(desk: Desk, entry: int, id: int) -> None:
    """Gives the entry's file the number of one that was taken out, as a bank would that gives numbers again."""
    with desk.bank.database.writing() as session:
        session.execute(update(File).where(File.entry_id == entry).values(id=id))


def put(desk: Desk, entry: int, status: str) -> None:
    with desk.bank.database.writing() as session:
        session.execute(update(Entry).where(Entry.id == entry).values(status=status))


def test_a_licence_is_proposed_only_where_the_file_names_it_under_that_label(desk: Desk) -> None:
    assert desk.view(desk.begun(TEXT + "\nEste texto habla de CC BY 4.0.\n")).values["licence"] is None
    view = desk.view(desk.begun(TEXT + "\nLICENCIA: CC BY 4.0\n", "otro.md"))
    assert view.values["licence"] == "CC-BY-4.0"
    assert view.proposed["licence"]["source"] == "label"
    assert view.files[0].view.licence == "CC-BY-4.0"


def test_a_label_counts_more_than_what_the_city_wrote_last_time(desk: Desk) -> None:
    desk.written()
    text = TEXT + "\nCONTACTO: Casa de la Infancia, infancia@ciudad.example\n"
    view = desk.view(desk.begun(text))
    assert "infancia@ciudad.example" in str(view.values["contact"])


def test_a_contact_without_a_mail_address_is_told(desk: Desk) -> None:
    number = desk.written()
    desk.changed(number, {"contact": {"post": "Oficina", "mailbox": "esto no es correo"}})
    assert [(fault.name, fault.values["mailbox"]) for fault in desk.view(number).faults] == [
        ("contact.mailbox", "esto no es correo")
    ]
