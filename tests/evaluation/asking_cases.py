"""How each kind of right value is asked for."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from bank.workflow.deposits.values import is_empty_value
from tests.evaluation.cases import Case, CaseRun
from tests.evaluation.reading import same_title

T = TypeVar("T")


def case(input: str, right: str, ask: Callable[[CaseRun], T], is_right: Callable[[T], bool]) -> Case:
    """A case that is right where `is_right` says so of what is asked."""

    def wrong(run: CaseRun) -> str:
        came = ask(run)
        return "" if is_right(came) else " ".join(str(came).split()) or "nothing"

    return Case(input, right, wrong)


def titled(input: str, *right: str) -> Case:
    """The title is one of these, but for case, accents and a slip."""
    return case(input, f"title “{right[0]}”", lambda run: run.title(input), lambda came: same_as_any(came, right))


def same_as_any(title: str, right: Sequence[str]) -> bool:
    return any(same_title(title, one) for one in right)


def valued(input: str, field: str, right: object) -> Case:
    """The entry's field has this value."""
    return case(input, f"{field} {right}", lambda run: run.view(input).values.get(field), lambda came: came == right)


def kind(input: str, right: str) -> Case:
    return case(input, f"kind {right}", lambda run: run.view(input).card.kind, lambda came: came == right)


def dated(input: str, right: str) -> Case:
    return case(input, f"date {right}", lambda run: run.date(input), lambda came: came == right)


def guessed(input: str, right: int) -> Case:
    """The year is only proposed, and marked as doubtful."""
    ask = partial(note_of, input=input, field="start_year")
    return case(input, f"year {right} only proposed", ask, lambda came: came == (right, True))


def note_of(run: CaseRun, input: str, field: str) -> tuple[object, object]:
    note = run.view(input).proposed.get(field, {})
    return note.get("value"), note.get("doubtful", False)


def proposed(input: str, field: str, right: object) -> Case:
    """The form's field has this value from the file, or it is offered."""
    return case(input, f"proposes {field} {right}", partial(offer_of, input=input, field=field), lambda c: c == right)


def offer_of(run: CaseRun, input: str, field: str) -> object:
    view = run.form(input)
    value = view.values.get(field)
    return view.proposed.get(field, {}).get("value") if is_empty_value(value) else value


def counted(input: str, least: int) -> Case:
    """So many of the form's fields or more are filled from the file."""
    return case(input, f"{least} fields or more filled", lambda run: filled(run, input), lambda came: came >= least)


def filled(run: CaseRun, input: str) -> int:
    view = run.form(input)
    return sum(not is_empty_value(value) and field in view.proposed for field, value in view.values.items())


def without_notice(input: str) -> Case:
    """No notice about its text is left."""
    ask = partial(notices, input=input)
    return case(input, "read by OCR, no notice left", ask, lambda came: came == ("read", None, ("ocr",)))


def notices(run: CaseRun, input: str) -> tuple[str, str | None, tuple[str, ...]]:
    (file,) = run.view(input).files
    return file.view.status, file.view.reason, tuple(file.view.flags)


def flagged(input: str, flag: str) -> Case:
    return case(input, f"flagged {flag}", lambda run: notices(run, input)[2], lambda came: flag in came)


def shown(input: str, *texts: str, page: int = 1) -> Iterator[Case]:
    """The texts stand on the page."""
    for text in texts:
        yield case(input, f"page {page} shows “{text}”", partial(page_text, input=input, page=page), holding(text))


def page_text(run: CaseRun, input: str, page: int) -> str:
    return " ".join(run.text(input, page).split())


def holding(text: str) -> Callable[[str], bool]:
    return lambda came: text in came


def never_shown(input: str, *texts: str) -> Case:
    """None of the texts stands in the file."""
    said = f"without {', '.join(texts)}"
    return case(input, said, lambda run: [one for one in texts if one in run.text(input)], lambda came: not came)


def hidden(input: str, *questions: str) -> Iterator[Case]:
    """What is asked for is neither shown nor found."""
    for q in questions:
        ask = partial(shown_or_found, input=input, q=q)
        yield case(input, f"{q} is neither shown nor found", ask, lambda came: not came)


def shown_or_found(run: CaseRun, input: str, q: str) -> list[str]:
    bare = q.strip('"')
    return [f"the text {bare}"] * (bare in run.text(input)) + [one for one in run.found(q) if one == input]


def found(input: str, *questions: str) -> Iterator[Case]:
    """Each question finds the file by its words."""
    for q in questions:
        yield case(input, f"found by {ascii(q) if not q.isprintable() else q}", partial(ask_for, q=q), among(input))


def ask_for(run: CaseRun, q: str) -> list[str]:
    return run.found(q)


def among(input: str) -> Callable[[Sequence[str]], bool]:
    return lambda came: input in came


def silent(*questions: str) -> Iterator[Case]:
    """A question finds nothing at all."""
    for q in questions:
        yield case("questions", f"{q} finds nothing", partial(titles_found, q=q), lambda came: not came)


def titles_found(run: CaseRun, q: str) -> list[str]:
    return [f"{hit.reason}: {next(iter(hit.card.titles.values()))}" for hit in run.asked(q).hits]


def uncorrected(q: str) -> Case:
    """A word stays as it was typed."""
    return case("questions", f"{q} is not corrected", lambda run: correction(run, q), lambda came: came is None)


def correction(run: CaseRun, q: str) -> str | None:
    view = run.asked(q)
    return view.corrected or view.did_you_mean


def ordered(q: str, first: str, then: str, sort: str = "relevance") -> Case:
    """Of two files that a question may find, the first stands above the other."""

    def right(came: Sequence[str]) -> bool:
        return first in came and then not in came[: came.index(first)]

    return case("questions", f"{q} ({sort}): {first} before {then}", lambda run: run.names(q, sort), right)
