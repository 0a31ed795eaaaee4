"""Questions that found nothing: what is counted, what never is, and how it is written."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select, text

from bank.assembly import open_bank
from bank.catalogue import unanswered as kept
from bank.catalogue.tables import Audit, Unanswered
from bank.errors import NotFound, SignInNeeded
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.errands import MOST_ERRANDS
from bank.workflow.rights import Viewer
from bank.workflow.search.unanswered import (
    DAYS_KEPT,
    DAYS_KEPT_ONCE,
    LONGEST_KEPT_QUESTION,
    MOST_KEPT_QUESTIONS,
    forget_old_questions,
    forget_question,
    note_unanswered,
    open_questions,
    today,
    words_kept,
    write_unanswered,
)
from bank.workflow.unanswered_counts import MOST_HELD_QUESTIONS, UnansweredCounts, UnansweredQuestion

COORDINATOR, EDITOR = Viewer(1, "Coordinadora", "coordinator"), Viewer(2, "Editora", "editor", frozenset({"mx-leon"}))


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    made = open_bank(Settings(home=tmp_path / "bank", semantic="off"))
    yield made
    made.errands.finish(5)
    made.database.close()


def test_a_question_is_counted_with_its_first_and_last_day(bank: Bank) -> None:
    for asked in ("Biblioteca  NOCTURNA", '"biblioteca nocturna"', "biblioteca nocturna!"):
        note_unanswered(bank, asked, "es")
    note_unanswered(bank, "biblioteca nocturna", "pt")
    day = today(bank)
    told = [(one.words, one.language, one.times, one.first, one.last) for one in open_questions(bank, COORDINATOR)]
    assert told == [("biblioteca nocturna", "es", 3, day, day), ("biblioteca nocturna", "pt", 1, day, day)]


def test_nothing_tells_who_asked(bank: Bank) -> None:
    assert {column.name for column in Unanswered.__table__.columns} == {"words", "language", "times", "first", "last"}
    with bank.database.reading() as session:
        before = session.scalars(select(Audit.id)).all()
    note_unanswered(bank, "biblioteca nocturna", "es")
    write_unanswered(bank)
    with bank.database.reading() as session:
        assert session.scalars(select(Unanswered.words)).all() == ["biblioteca nocturna"]
        assert session.scalars(select(Audit.id)).all() == before


@pytest.mark.parametrize(
    "asked",
    [
        "ana.perez@example.org",
        "GOMC850512HDFRRL09",
        "credencial GOMC850512HDFRRL09 taller",
        "477 123 4567",
        "tel. 477-123-45-67 taller",
        "1234567890",
        "2030",
        "folio 12345",
        "https://example.org/taller",
        "www.example.org",
        "escuela example.org",
        "carpeta/taller nocturno",
        "registro AB12CD",
        "covid19",
        "casa 12 calle 345",
        "ana title:perez",
        "parque OR jardin",
        "parque -jardin",
        "ciudad:leon nocturna",
        "bibliot*",
        "x",
        "???",
        "",
    ],
)
def test_what_may_be_about_a_person_is_not_counted(asked: str) -> None:
    assert words_kept(asked) == ""


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("Agenda 2030", "agenda 2030"),
        ("COVID-19", "covid 19"),
        ("“casa abierta” joven", "casa abierta joven"),
        ("¿Qué es AICE?", "qué es aice"),
        ("ods 4", "ods 4"),
    ],
)
def test_usual_questions_are_counted(asked: str, words: str) -> None:
    assert words_kept(asked) == words


def test_a_long_question_is_cut_between_words() -> None:
    assert len(words_kept("educadora " * 20)) <= LONGEST_KEPT_QUESTION
    assert words_kept("educadora " * 20).split()[-1] == "educadora"


def test_the_rarest_and_oldest_make_room(bank: Bank) -> None:
    day = today(bank)
    with bank.database.writing() as session:
        rows = [(f"palabra {number}", "es", day, 2) for number in range(MOST_KEPT_QUESTIONS - 2)]
        kept.add_unanswered(session, [*rows, ("rara", "es", day - timedelta(days=3), 1), ("vieja", "es", day, 1)])
        kept.add_unanswered(session, [("muy vieja", "es", day - timedelta(days=DAYS_KEPT + 1), 900)])
    note_unanswered(bank, "nueva", "es")
    told = {one.words for one in open_questions(bank, COORDINATOR)}
    assert len(told) == MOST_KEPT_QUESTIONS
    assert "nueva" in told
    assert not {"rara", "muy vieja"} & told


def test_old_questions_go_by_themselves(bank: Bank) -> None:
    with bank.database.writing() as session:
        old = today(bank) - timedelta(days=DAYS_KEPT + 1)
        kept.add_unanswered(session, [("vieja", "es", old, 5), ("nueva", "es", today(bank), 1)])
    forget_old_questions(bank)
    with bank.database.reading() as session:
        assert [row.words for row in kept.unanswered_rows(session, date.min, date.min)] == ["nueva"]


def test_what_is_counted_waits_in_memory_and_stays_bounded() -> None:
    moments = iter(range(100_000))
    counts = UnansweredCounts(lambda: float(next(moments)))
    day = date(2024, 5, 3)
    due = [counts.add(UnansweredQuestion(f"palabra {number}", "es", day)) for number in range(MOST_HELD_QUESTIONS + 20)]
    assert due == [True, *[False] * (len(due) - 1)]
    assert len(counts.take()) == MOST_HELD_QUESTIONS
    assert not counts.add(UnansweredQuestion("palabra", "es", day))


def test_on_a_disk_that_can_only_be_read_the_counts_wait(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("bank.catalogue.database.is_read_only", lambda folder: True)
        bank.unanswered.add(UnansweredQuestion("biblioteca nocturna", "es", today(bank)))
        write_unanswered(bank)
    assert [one.times for one in open_questions(bank, COORDINATOR)] == [1]


def test_only_coordinators_see_and_forget_them(bank: Bank) -> None:
    note_unanswered(bank, "biblioteca nocturna", "es")
    for viewer, refusal in ((None, SignInNeeded), (EDITOR, NotFound)):
        with pytest.raises(refusal):
            open_questions(bank, viewer)
        with pytest.raises(refusal):
            forget_question(bank, viewer, "biblioteca nocturna", "es")
    assert open_questions(bank, COORDINATOR)
    forget_question(bank, COORDINATOR, "biblioteca nocturna", "es")
    assert open_questions(bank, COORDINATOR) == ()
    with pytest.raises(NotFound):
        forget_question(bank, COORDINATOR, "biblioteca nocturna", "es")


def test_a_question_asked_once_is_kept_for_a_month_only(bank: Bank) -> None:
    day = today(bank)
    old = day - timedelta(days=DAYS_KEPT_ONCE + 1)
    with bank.database.writing() as session:
        rows = [
            ("una vez", "es", old, 1),
            ("dos veces", "es", old, 2),
            ("hace poco", "es", day - timedelta(days=29), 1),
        ]
        kept.add_unanswered(session, rows)
    assert {one.words for one in open_questions(bank, COORDINATOR)} == {"dos veces", "hace poco"}
    forget_old_questions(bank)
    with bank.database.reading() as session:
        assert set(session.scalars(select(Unanswered.words))) == {"dos veces", "hace poco"}


def test_while_errands_hang_only_one_waits(bank: Bank, caplog: pytest.LogCaptureFixture) -> None:
    go_on = Event()
    bank.errands.later(lambda: go_on.wait(30))
    for number in range(MOST_ERRANDS + 20):
        note_unanswered(bank, f"palabra {'x' * (number % 50)} {'z' * (number // 50)}", "es")
    bank.errands.later(lambda: None)
    go_on.set()
    bank.errands.finish(30)
    assert "one was dropped" not in caplog.text
    assert len(open_questions(bank, COORDINATOR)) > 100


def test_where_an_errand_was_dropped_the_next_question_asks_again(bank: Bank) -> None:
    go_on = Event()
    for _ in range(MOST_ERRANDS + 2):
        bank.errands.later(lambda: go_on.wait(30))
    note_unanswered(bank, "biblioteca nocturna", "es")
    assert bank.unanswered.add(UnansweredQuestion("biblioteca nocturna", "es", today(bank)))
    go_on.set()
    bank.errands.finish(30)


def test_the_list_is_shown_though_nothing_can_be_written(bank: Bank) -> None:
    with bank.database.writing() as session:
        kept.add_unanswered(session, [("zanfoña", "es", today(bank), 3)])
        refusal = "BEFORE INSERT ON unanswered BEGIN SELECT RAISE(ABORT, 'locked'); END"
        session.execute(text(f"CREATE TRIGGER refused {refusal}"))
    bank.unanswered.add(UnansweredQuestion("biblioteca nocturna", "es", today(bank)))
    assert [one.words for one in open_questions(bank, COORDINATOR)] == ["zanfoña"]
    with bank.database.writing() as session:
        session.execute(text("DROP TRIGGER refused"))
    assert {one.words for one in open_questions(bank, COORDINATOR)} == {"zanfoña", "biblioteca nocturna"}
