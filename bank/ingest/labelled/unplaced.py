"""What a form gives that no field takes: which of it is told, and in which field it is likeliest to have a place."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bank.ingest.labelled.answers import STRUCTURED_METHODS
from bank.ingest.labelled.ends import OpenAnswer
from bank.ingest.labelled.labels import FORM_BLANK, KnownLabels
from bank.vocabulary import FieldSpec
from bank.vocabulary.folding import fold_label

LEAST_HEARD = 2
"""Labels of the same sort, with answers to known fields, from which on a file is taken for a form."""
FEW_PAGES, FEW_LETTERS = 6, 40_000
"""Pages and letters of a file in which such labels may stand anywhere; else on a page that holds enough of them."""
NEAR_HEADINGS, LONGEST_CHAPTER = 2, 3000
"""How many headings away from a known one, and of how many letters, a chapter of a longer file is told."""
MOST_UNPLACED, LONGEST_UNPLACED, MOST_UNPLACED_LETTERS = 40, 20_000, 60_000
STEM_LENGTH, LEAST_STEM = 6, 4
USUAL_PLACES = ("context", "city_path", "summary")
"""Fields for what nothing tells a likelier place for, the first that the kind has."""


@dataclass(frozen=True, slots=True)
class UnplacedAnswer:
    """What the file gives under a label that no field takes, or as a value that its field can't take.

    `field` is the text field in which it is likeliest to have a place, empty for a kind without text fields.
    `personal`: it looks like personal data.
    """

    label: str
    text: str
    page: int
    field: str
    personal: bool = False


def answers_of_forms(answers: Sequence[OpenAnswer], known_near: Callable[[str], bool]) -> Iterator[OpenAnswer]:
    """Those of the answers without a field that belong to a form, in the order of the file.

    A form has answers to known fields under labels of the same sort (cells, headings, lines with a colon). Of a long
    file only what stands near those is told: on a page with enough of them or, of headings, next to one, and no long
    chapter. `known_near` tells of a label whether it usually stands in forms without a field here.
    """
    heard = [one for one in answers if is_heard(one)]
    fields = len({one.spec.id for one in heard if one.spec})
    sorts = Counter(map(sort_of_label, heard))
    few = is_short_file(answers)
    near = ids_of_near(answers)
    first = min((place for place, one in enumerate(answers) if is_heard(one)), default=0)
    for place, one in enumerate(answers):
        if one.spec or not one.lines or one.column or not (few or letters_in(one) <= LONGEST_CHAPTER):
            continue
        close = few or id(one) in near
        among = sorts[sort_of_label(one)] >= LEAST_HEARD and close and (place > first or not one.line.heading)
        if among or (fields >= LEAST_HEARD and known_near(one.label)):
            yield one


def is_short_file(answers: Sequence[OpenAnswer]) -> bool:
    """Whether the answers fill few pages, with few letters; of a file without pages its sections don't count."""
    pages = (one.line.page for one in answers if one.line.method not in STRUCTURED_METHODS)
    return max(pages, default=0) <= FEW_PAGES and sum(map(letters_in, answers)) <= FEW_LETTERS


def letters_in(one: OpenAnswer) -> int:
    """How many characters the answer has."""
    return sum(len(line.text) for line in one.lines)


def ids_of_near(answers: Sequence[OpenAnswer]) -> frozenset[int]:
    """The identities of the answers that stand near known ones of the same sort."""
    there = Counter((sort_of_label(one), one.line.page) for one in answers if is_heard(one))
    headings = [one for one in answers if one.line.heading]
    known = [place for place, one in enumerate(headings) if is_heard(one)]
    beside = {at for place in known for at in range(place - NEAR_HEADINGS, place + NEAR_HEADINGS + 1)}
    near = [one for place, one in enumerate(headings) if place in beside]
    near += [one for one in answers if not one.line.heading and there[sort_of_label(one), one.line.page] >= LEAST_HEARD]
    return frozenset(map(id, near))


def is_heard(one: OpenAnswer) -> bool:
    """Whether it is an answer to a known field."""
    return bool(one.spec and one.lines and one.likely and not one.column)


def sort_of_label(one: OpenAnswer) -> str:
    """How the label stands in the file."""
    if one.cell:
        return "cell"
    if one.line.heading:
        return "heading"
    return "colon" if one.style.colon else "number" if one.style.number else "bare"


def unplaced_answers(
    found: Iterable[OpenAnswer], labels: KnownLabels, specs: Sequence[FieldSpec]
) -> Iterator[UnplacedAnswer]:
    """The answers with the fields in which they may have a place, each once, as many as are worth reading."""
    told: set[tuple[str, str]] = set()
    letters = 0
    for one in found:
        text = text_of_answer(one)
        key = (fold_label(one.label), text)
        size = len(one.label) + len(text)
        if key in told or not text or letters + size > MOST_UNPLACED_LETTERS:
            continue
        told.add(key)
        letters += size
        near = labels.nearest(one.label)
        yield UnplacedAnswer(one.label, text, one.line.page, near.id if near else likeliest_field(one.label, specs))
        if len(told) == MOST_UNPLACED:
            return


def text_of_answer(one: OpenAnswer) -> str:
    """The whole answer; empty for a blank to write or sign in, and for one without letters or figures."""
    text = one.answer.text[:LONGEST_UNPLACED].strip()
    blank = FORM_BLANK.fullmatch(text.partition("\n")[0][:200]) or not any(letter.isalnum() for letter in text)
    return "" if blank else text


def likeliest_field(label: str, specs: Sequence[FieldSpec]) -> str:
    """The longer text field whose names share the rarest beginnings of words with the label; else the usual one."""
    prose = [spec for spec in specs if spec.takes_prose and not spec.field_type.is_short]
    stems = {spec.id: stems_of(*spec.labels.values(), *spec.aliases, *spec.near) for spec in prose}
    spread = Counter(stem for own in stems.values() for stem in own)
    weights = {id: sum(1 / spread[stem] for stem in stems_of(label) & own) for id, own in stems.items()}
    best = max(weights, key=lambda id: weights[id], default="")
    if best and weights[best] > 0:
        return best
    return next((id for id in USUAL_PLACES if id in stems), "")


def stems_of(*texts: str) -> frozenset[str]:
    """The beginnings of the longer words."""
    words = (word for text in texts for word in fold_label(text).split())
    return frozenset(word[:STEM_LENGTH] for word in words if len(word) >= LEAST_STEM)
