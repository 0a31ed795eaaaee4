"""Questions that found nothing, in the catalogue: counted by their words, without anybody who asked."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, delete, func, not_, or_, select
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


def unanswered_rows(session: Session, since: date, once_since: date) -> Sequence[Unanswered]:
    """The questions asked on or after `since`, those asked only once `once_since`; the most frequent first."""
    newest = (Unanswered.times.desc(), Unanswered.last.desc(), Unanswered.words, Unanswered.language)
    return session.scalars(select(Unanswered).where(not_(is_old(since, once_since))).order_by(*newest)).all()


def is_old(before: date, once_before: date) -> ColumnElement[bool]:
    """A question last asked before a day, or asked only once and before another."""
    return or_(Unanswered.last < before, and_(Unanswered.times == 1, Unanswered.last < once_before))


def drop_unanswered(session: Session, words: str, language: str) -> bool:
    """Deletes a question; False where there is none."""
    row = session.get(Unanswered, (words, language))
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True


def count_old_unanswered(session: Session, before: date, once_before: date) -> int:
    """How many questions were last asked before a day, or once only and before the other."""
    return session.scalar(select(func.count()).select_from(Unanswered).where(is_old(before, once_before))) or 0


def trim_unanswered(session: Session, before: date, once_before: date, most: int) -> None:
    """Deletes the questions last asked before a day, those asked only once and before another, and those over `most`.

    Of these first the ones not asked since the other day, then the rarest, then those asked longest ago.
    """
    session.execute(delete(Unanswered).where(is_old(before, once_before)))
    over = (session.scalar(select(func.count()).select_from(Unanswered)) or 0) - most
    if over > 0:
        order = (Unanswered.last >= once_before, Unanswered.times, Unanswered.last)
        for row in session.scalars(select(Unanswered).order_by(*order).limit(over)).all():
            session.delete(row)
        session.flush()
