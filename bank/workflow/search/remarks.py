"""Sentences above a result: that the question was put otherwise, or answered by its meaning."""

from collections.abc import Iterator
from dataclasses import dataclass

from bank.messages import N_, say, say_many
from bank.workflow.entries.views import SearchView

DESCRIPTION_REMARK = N_("You described a problem: these entries are nearest to it.")
CORRECTION_REMARK = N_("No entry has “{asked}”. These are the ones for “{words}”.")
SYNONYM_REMARK = N_("Also searched for, as it means the same: {words}.")
MEANING_REMARK = N_("No entry has all your words; these were found by their meaning.")


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence. With `verbatim`, a link beside it asks the question just as it was typed."""

    text: str
    verbatim: bool = False


def result_remarks(view: SearchView, asked: str, language: str) -> tuple[Remark, ...]:
    """The sentences about a result, in the reader's language; none where it simply has the words."""
    return tuple(each_remark(view, asked, language))


def each_remark(view: SearchView, asked: str, language: str) -> Iterator[Remark]:
    """Yields the remarks one by one."""
    if view.described and view.total:
        yield Remark(say(DESCRIPTION_REMARK, language))
        return
    if view.corrected:
        yield Remark(say(CORRECTION_REMARK, language, asked=asked, words=view.corrected), verbatim=True)
    if view.also_searched:
        words = ", ".join(f"“{term}”" for term in view.also_searched)
        yield Remark(say(SYNONYM_REMARK, language, words=words), verbatim=not view.corrected)
    if view.dropped:
        words = ", ".join(f"“{word}”" for word in view.dropped)
        yield Remark(
            say_many(
                "Nothing has all your words together; {words} was left out.",
                "Nothing has all your words together; {words} were left out.",
                len(view.dropped),
                language,
                words=words,
            )
        )
    if view.meant and view.meant == view.total:
        yield Remark(say(MEANING_REMARK, language))
    elif view.meant:
        yield Remark(
            say_many(
                "{number} of them doesn't have all your words; it was found by its meaning.",
                "{number} of them don't have all your words; they were found by their meaning.",
                view.meant,
                language,
            )
        )
