"""Terms, choices, cities, events and languages meant by what stands under a label."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TypeVar

from babel import Locale

from bank.ingest.labelled.answers import Answer
from bank.languages import ANALYSED, is_code
from bank.vocabulary import FieldSpec, Vocabulary
from bank.vocabulary.folding import words

Value = TypeVar("Value")
BETWEEN = re.compile(r"\s{0,9}(?:[,;/•|]|\.\s|\s[-–—]\s|\b(?:y|e|i|and|et)\b)\s{0,9}")
LONGEST, MOST = 500, 100
"""Characters of an item, and items of an answer, that are looked at."""
TOGETHER = 12
"""Parts of one line that are tried together, as in "Emergencias, crisis y resiliencia"."""
WINNER = re.compile(r"\b(?:ganador\w*|premiad\w+|winner|won|vencedor\w*|primer lugar|1er lugar)\b", re.IGNORECASE)
FINALIST = re.compile(r"\bfinalista?\b", re.IGNORECASE)


def told(answer: Answer, offered: int, most: int) -> list[str]:
    """The items that a person means: those ticked or written beside the boxes, else what is left of the boxes.

    Boxes without a tick mean something only where most of those offered were deleted.
    """
    meant = [item[:LONGEST] for item in answer.chosen[:MOST]]
    left = answer.unticked
    return meant or (left if len(left) <= min(most, offered // 2) else [])


def recognised(items: Iterable[str], find: Callable[[str], Value | None]) -> list[Value]:
    """What is found in the items: each as a whole, else in the longest runs of its parts."""
    found: dict[Value, None] = {}
    for item in items:
        whole = find(item.strip(" .")) if item.strip(" .") else None
        for value in [whole] if whole is not None else in_parts(item, find):
            found.setdefault(value)
    return list(found)


def in_parts(item: str, find: Callable[[str], Value | None]) -> Iterable[Value]:
    """What is found in the parts of one line, longest runs first; what is not found is passed over."""
    ends = [(match.start(), match.end()) for match in BETWEEN.finditer(item)]
    starts, stops = [0, *(end for _, end in ends)], [*(start for start, _ in ends), len(item)]
    place = 0
    while place < len(starts):
        for last in range(min(len(stops), place + TOGETHER) - 1, place - 1, -1):
            text = item[starts[place] : stops[last]].strip(" .")
            value = find(text) if text else None
            if value is not None:
                yield value
                place = last
                break
        place += 1


def terms(vocabulary: Vocabulary, spec: FieldSpec, answer: Answer, numbered: bool) -> list[str]:
    """The ids of the terms named; `numbered` False leaves bare numbers out."""
    name = spec.vocabulary or ""

    def find(text: str) -> str | None:
        term = vocabulary.find(name, text) if numbered or re.search(r"[^\W\d]{4,}", text) else None
        bare = not numbered and term is not None and not named(vocabulary, name, text)
        return term.id if term and not bare else None

    offered = len(vocabulary.vocabularies().get(name, ()))
    return recognised(told(answer, offered, spec.limit_items or offered), find)


def named(vocabulary: Vocabulary, name: str, text: str) -> bool:
    """True when a term is named by its label, with or without its number."""
    return vocabulary.find(name, re.sub(r"^[^\W\d]*\W*\d+\W*", "", text)) is not None


def choices(spec: FieldSpec, answer: Answer) -> list[str]:
    """The ids of the choices named by id or label."""
    known = {words(name): one.id for one in spec.choices for name in (one.id, *one.labels.values())}
    return recognised(told(answer, len(spec.choices), len(spec.choices)), lambda text: known.get(words(text)))


def choice(spec: FieldSpec, answer: Answer) -> str | None:
    """The id of the one choice that is named."""
    found = choices(spec, answer)
    return found[0] if len(found) == 1 else None


def licence(vocabulary: Vocabulary, answer: Answer) -> str | None:
    """The id of the one licence that is named by id, label or address."""
    by_url = {url.rstrip("/").partition("://")[2]: one.id for one in vocabulary.licences if (url := one.facts.url)}

    def find(text: str) -> str | None:
        term = vocabulary.find("licence", text)
        return term.id if term else next((id for url, id in by_url.items() if url in text), None)

    offered = sum(one.facts.for_files for one in vocabulary.licences)
    found = recognised(told(answer, offered, 1), find)
    return found[0] if len(found) == 1 else None


def cities(vocabulary: Vocabulary, items: Sequence[str]) -> list[str]:
    """The names of the cities in a list, as written; a known city keeps the state after its name."""
    found: list[str] = []
    for item in (text[:LONGEST] for text in items[:MOST]):
        known = list(in_parts(item, lambda text: text if vocabulary.city_named(text) else None))
        whole = vocabulary.city_named(item.strip(" .")) is not None
        names = [item] if whole else known if known else re.split(r"[,;]|\sy\s|\se\s", item)
        found += [name.strip(" .") for name in names if name.strip(" .")]
    return list(dict.fromkeys(name for name in found if len(name) <= 80))


def events(vocabulary: Vocabulary, items: Sequence[str]) -> list[dict[str, str]]:
    """[{id, role}] of the known events that are named by their title; the role as far as it is said."""
    known = {words(title): event.id for event in vocabulary.events for title in event.titles.values()}
    found: list[dict[str, str]] = []
    for item in (text[:LONGEST] for text in items[:MOST]):
        text = words(item)
        id = next((known[title] for title in sorted(known, key=len, reverse=True) if f" {title} " in f" {text} "), None)
        if id:
            role = "winner" if WINNER.search(item) else "finalist" if FINALIST.search(item) else "presented"
            found.append({"id": id, "role": role})
    return found


def language(answer: Answer) -> str | None:
    """The ISO 639 code of the one language that is named."""
    found = recognised(told(answer, len(ANALYSED), 1), lambda text: language_names().get(words(text)))
    return found[0] if len(found) == 1 else None


@cache
def language_names() -> dict[str, str]:
    """Folded name or code -> code, in the languages that are analysed."""
    codes = [str(code) for code in Locale("en").languages if is_code(str(code))]
    names = {words(str(Locale(reader).languages.get(code, code))): code for reader in ANALYSED for code in codes}
    return names | {code: code for code in codes if len(code) == 2} | {words("castellano"): "es"}
