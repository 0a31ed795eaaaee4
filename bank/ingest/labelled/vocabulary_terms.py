"""Recognises the terms, choices, cities, events and languages that an answer names."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TypeVar

from babel import Locale

from bank.ingest.labelled.answers import LabelledAnswer
from bank.languages import ANALYSED_LANGUAGES, is_language_code
from bank.vocabulary import FieldSpec, Vocabulary
from bank.vocabulary.folding import fold_label

NamedValue = TypeVar("NamedValue")
ITEM_SEPARATOR = re.compile(r"\s{0,9}(?:[,;/•|]|\.\s|\s[-–—]\s|\b(?:y|e|i|and|et)\b)\s{0,9}")
LONGEST_ANSWER_ITEM, MOST_ANSWER_ITEMS = 500, 100
"""Characters of an item, and items of an answer, that are looked at."""
MOST_JOINED_PARTS = 12
"""Most parts of a line that are tried as one name, as in "Emergencias, crisis y resiliencia"."""
WINNER_WORDS = re.compile(r"\b(?:ganador\w*|premiad\w+|winner|won|vencedor\w*|primer lugar|1er lugar)\b", re.IGNORECASE)
FINALIST_WORDS = re.compile(r"\bfinalista?\b", re.IGNORECASE)


def meant_items(answer: LabelledAnswer, offered: int, most: int) -> list[str]:
    """The items of an answer that are meant: ticked ones and those without a box.

    Without either, the unticked ones where at most half of those offered, and at most `most`, are left: then the others
    were deleted on purpose.
    """
    meant = [item[:LONGEST_ANSWER_ITEM] for item in answer.chosen[:MOST_ANSWER_ITEMS]]
    left = answer.unticked
    return meant or (left if len(left) <= min(most, offered // 2) else [])


def recognise_items(items: Iterable[str], find: Callable[[str], NamedValue | None]) -> list[NamedValue]:
    """The values that `find` gives for the items: for each as a whole, else for the longest runs of its parts."""
    found: dict[NamedValue, None] = {}
    for item in items:
        whole = find(item.strip(" .")) if item.strip(" .") else None
        for value in [whole] if whole is not None else recognise_parts(item, find):
            found.setdefault(value)
    return list(found)


def recognise_parts(item: str, find: Callable[[str], NamedValue | None]) -> Iterable[NamedValue]:
    """The values that `find` gives for the parts of a line, longest runs first; other parts are skipped."""
    ends = [(match.start(), match.end()) for match in ITEM_SEPARATOR.finditer(item)]
    starts, stops = [0, *(end for _, end in ends)], [*(start for start, _ in ends), len(item)]
    place = 0
    while place < len(starts):
        for last in range(min(len(stops), place + MOST_JOINED_PARTS) - 1, place - 1, -1):
            text = item[starts[place] : stops[last]].strip(" .")
            value = find(text) if text else None
            if value is not None:
                yield value
                place = last
                break
        place += 1


def find_term_ids(vocabulary: Vocabulary, spec: FieldSpec, answer: LabelledAnswer, numbered: bool) -> list[str]:
    """The ids of the terms named; with `numbered` False, bare numbers name none."""
    name = spec.vocabulary or ""

    def find(text: str) -> str | None:
        term = vocabulary.find(name, text) if numbered or re.search(r"[^\W\d]{4,}", text) else None
        bare = not numbered and term is not None and not is_named_by_label(vocabulary, name, text)
        return term.id if term and not bare else None

    offered = len(vocabulary.vocabularies().get(name, ()))
    return recognise_items(meant_items(answer, offered, spec.limit_items or offered), find)


def is_named_by_label(vocabulary: Vocabulary, name: str, text: str) -> bool:
    """True when the text names a term by its label, with or without its number."""
    return vocabulary.find(name, re.sub(r"^[^\W\d]*\W*\d+\W*", "", text)) is not None


def find_choice_ids(spec: FieldSpec, answer: LabelledAnswer) -> list[str]:
    """The ids of the choices named by id, label or alias."""
    known = {fold_label(name): one.id for one in spec.choices for name in (one.id, *one.labels.values(), *one.aliases)}
    return recognise_items(
        meant_items(answer, len(spec.choices), len(spec.choices)), lambda text: known.get(fold_label(text))
    )


def find_choice_id(spec: FieldSpec, answer: LabelledAnswer) -> str | None:
    """The id of the only choice that is named; None for none or several."""
    found = find_choice_ids(spec, answer)
    return found[0] if len(found) == 1 else None


def find_licence_id(vocabulary: Vocabulary, answer: LabelledAnswer) -> str | None:
    """The id of the only licence that is named by id, label or address; None for none or several."""
    by_url = {url.rstrip("/").partition("://")[2]: one.id for one in vocabulary.licences if (url := one.facts.url)}

    def find(text: str) -> str | None:
        term = vocabulary.find("licence", text)
        return term.id if term else next((id for url, id in by_url.items() if url in text), None)

    offered = sum(one.facts.for_files for one in vocabulary.licences)
    found = recognise_items(meant_items(answer, offered, 1), find)
    return found[0] if len(found) == 1 else None


def find_city_names(vocabulary: Vocabulary, items: Sequence[str]) -> list[str]:
    """The names of the cities in a list, as written; a known city keeps the state written after its name."""
    found: list[str] = []
    for item in (text[:LONGEST_ANSWER_ITEM] for text in items[:MOST_ANSWER_ITEMS]):
        known = list(recognise_parts(item, lambda text: text if vocabulary.city_named(text) else None))
        whole = vocabulary.city_named(item.strip(" .")) is not None
        names = [item] if whole else known if known else re.split(r"[,;]|\sy\s|\se\s", item)
        found += [name.strip(" .") for name in names if name.strip(" .")]
    return list(dict.fromkeys(name for name in found if len(name) <= 80))


def find_events(vocabulary: Vocabulary, items: Sequence[str]) -> list[dict[str, str]]:
    """[{id, role}] of the known events whose titles are named; the role is `presented` unless another is given."""
    known = {fold_label(title): event.id for event in vocabulary.events for title in event.titles.values()}
    found: list[dict[str, str]] = []
    for item in (text[:LONGEST_ANSWER_ITEM] for text in items[:MOST_ANSWER_ITEMS]):
        text = fold_label(item)
        id = next((known[title] for title in sorted(known, key=len, reverse=True) if f" {title} " in f" {text} "), None)
        if id:
            role = "winner" if WINNER_WORDS.search(item) else "finalist" if FINALIST_WORDS.search(item) else "presented"
            found.append({"id": id, "role": role})
    return found


def find_language_code(answer: LabelledAnswer) -> str | None:
    """The ISO 639 code of the only language that is named; None for none or several."""
    found = recognise_items(
        meant_items(answer, len(ANALYSED_LANGUAGES), 1), lambda text: codes_by_language_name().get(fold_label(text))
    )
    return found[0] if len(found) == 1 else None


@cache
def codes_by_language_name() -> dict[str, str]:
    """Folded name (in the analysed languages) or two-letter code -> ISO 639 code."""
    codes = [str(code) for code in Locale("en").languages if is_language_code(str(code))]
    names = {
        fold_label(str(Locale(reader).languages.get(code, code))): code
        for reader in ANALYSED_LANGUAGES
        for code in codes
    }
    return names | {code: code for code in codes if len(code) == 2} | {fold_label("castellano"): "es"}
