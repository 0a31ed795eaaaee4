"""The suggestions for the judged documents against their true tags."""

from dataclasses import replace

from bank.workflow.bank import Bank
from bank.workflow.tags.suggesting import suggest_entry
from tests.evaluation.judged import JudgedSet
from tests.evaluation.measures import Tagged, interval, tagged
from tests.evaluation.searching import slugs

VOCABULARIES = ("principle", "theme")
WAYS = ("words", "both")


def suggestions(bank: Bank, judged: JudgedSet, vocabulary: str) -> list[Tagged]:
    """How good the suggestions are; none of the documents carries a tag, so no entry helps another."""
    measured = []
    for number, slug in slugs(bank).items():
        terms = [one.term for one in suggest_entry(bank, number).of(vocabulary)]
        gold = judged.gold[slug]
        measured.append(tagged(terms, [str(one) for one in getattr(gold, f"{vocabulary}s")]))
    return measured


def tag_lines(bank: Bank, judged: JudgedSet, vocabulary: str) -> list[str]:
    """The primary term within the first suggestion and the first three, and what the first three are worth."""
    lines = [
        f"\n{vocabulary + 's':10}{'primary 1st':>20}{'primary in 3':>20}{'P at 3':>20}{'R at 3':>20}{'F1 at 3':>20}"
    ]
    for way in WAYS:
        found = suggestions(replace(bank, meaning=None) if way == "words" else bank, judged, vocabulary)
        values = [
            [float(one.first) for one in found],
            [float(one.among_three) for one in found],
            [one.precision for one in found],
            [one.recall for one in found],
            [one.f1 for one in found],
        ]
        lines.append(f"{way:10}" + "".join(f"{interval(some)!s:>20}" for some in values))
    return lines
