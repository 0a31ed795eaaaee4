"""Questions that found nothing, in the catalogue: counted by their words, without anybody who asked."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bank.catalogue.tables import Unanswered


def add_unanswered(session: Session, counts: Iterable[tuple[str, str, date, int]]) -> None:
    """Adds (words, language, day, times) to what is counted already."""
    for words, language, day, times in counts:
        row = session.get(Unanswered, (words, language))
        if row is None:
            session.add(Unanswered(words=words, language=language, times=times, first=day, last=day))
        else:
            row.times, row.first, row.last = row.times + times, min(row.first, day), max(row.last, day)
        session.flush()


def unanswered_rows(session: Session, since: date) -> Sequence[Unanswered]:
    """The questions asked on or after `since`, the most frequent first."""
    newest = (Unanswered.times.desc(), Unanswered.last.desc(), Unanswered.words, Unanswered.language)
    return session.scalars(select(Unanswered).where(Unanswered.last >= since).order_by(*newest)).all()


def drop_unanswered(session: Session, words: str, language: str) -> bool:
    """Deletes a question; False where there is none."""
    row = session.get(Unanswered, (words, language))
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True


def count_old_unanswered(session: Session, before: date) -> int:
    """How many questions were last asked before a day."""
    return session.scalar(select(func.count()).select_from(Unanswered).where(Unanswered.last < before)) or 0


def trim_unanswered(session: Session, before: date, lately: date, most: int) -> None:
    """Deletes the questions last asked before a day, and those over `most`.

    Of these first the ones not asked since `lately`, then the rarest, then those asked longest ago.
    """
    session.execute(delete(Unanswered).where(Unanswered.last < before))
    over = (session.scalar(select(func.count()).select_from(Unanswered)) or 0) - most
    if over > 0:
        order = (Unanswered.last >= lately, Unanswered.times, Unanswered.last)
        for row in session.scalars(select(Unanswered).order_by(*order).limit(over)).all():
            session.delete(row)
        session.flush()
