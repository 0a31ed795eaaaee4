"""Mends by their places characters that pdfium reads in the wrong order, twice, or apart.

Accents that old TeX draws by themselves, letters drawn twice for bold type, blanks after ligatures, spaced capitals.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from bank.ingest.formats.pdfium.characters import ADDED_BLANK, Box, PlacedCharacter
from bank.ingest.text.cleaning import LOOSE_ACCENTS

ACCENT_SIGNS = "".join(LOOSE_ACCENTS)
STRAY_ACCENT = re.compile(f"(?:^|\\s)[{ACCENT_SIGNS}](?![^\\s\\w])|[{ACCENT_SIGNS}](?:\\s|$)")
LIGATURE_BLANK = re.compile("(?:f[il]|[\ufb00-\ufb04]) [^\\W\\d_A-Z]")
DOUBLED_LETTERS = re.compile(r"([^\W\d_])\1(?!\1)([^\W\d_])\2(?!\2)([^\W\d_])\3")
DOUBLED_CHARACTERS = re.compile(r"(.)\1(.)\2(.)\3")
"""Found wherever DOUBLED_LETTERS is, and quicker to look for."""
CAPITAL = "[A-ZÀ-ÖØ-Þ]"
SPACED_CAPITALS = re.compile(rf"(?<!\w){CAPITAL}{{1,4}}(?: {CAPITAL}{{1,4}}){{2,}}(?!\w)")
CAPITALS_APART = re.compile(f"{CAPITAL} {CAPITAL}{{1,4}} {CAPITAL}")
"""Found wherever SPACED_CAPITALS are, and quicker to look for."""
FEWEST_CAPITALS = 4
"""More different signs than these, the blank included, has a run that may be a word."""
LONE_CONSONANT = re.compile(r"(?<!\w)[B-DF-HJ-NP-TV-XZÑÇ](?!\w)")
ACCENTED_LETTERS = frozenset("aeiouyncAEIOUYNC\u0131")
ACCENT_REACH = 300
"""Characters before and after an accent among which its letter is looked for: pdfium moves it within its line."""
BLANKS = (" ", ADDED_BLANK, "")
"""Blanks, and what a removed character leaves."""
TIGHT_GAP = 0.3
"""Gap between letters of one word at most, in heights of a letter."""
WORD_GAPS = {ADDED_BLANK: 0.35, " ": 0.15}
"""How much wider, in heights of a letter, a gap with an added or written blank is than those inside a word."""
WIDEST_TRACKING = 0.9
"""Gap between the letters of a letter-spaced word at most; wider ones are cells of a table."""
SAME_PLACE = 0.25
"""Distance, in heights of a letter, between two that are drawn one over the other."""


def odd_spans(text: str) -> list[tuple[int, int]]:
    """Where a page's text shows one of the signs: beginning and end of the lines, with the one before and after.

    The whole page where letters are drawn twice, as some of its words may show no more than one of them.
    """
    if DOUBLED_CHARACTERS.search(text) and DOUBLED_LETTERS.search(text):
        return [(0, len(text))]
    found = [*LIGATURE_BLANK.finditer(text), *spaced_runs(text)]
    if any(sign in text for sign in ACCENT_SIGNS):
        found += STRAY_ACCENT.finditer(text)
    spans: list[tuple[int, int]] = []
    for sign in sorted(found, key=lambda one: one.start()):
        first, end = lines_around(text, sign.start(), sign.end())
        if spans and first <= spans[-1][1]:
            first = spans.pop()[0]
        spans.append((first, end))
    return spans


def lines_around(text: str, first: int, end: int) -> tuple[int, int]:
    """Where the line before these places begins, and where the line after them ends."""
    before = text.rfind("\n", 0, first)
    before = text.rfind("\n", 0, before) if before > 0 else -1
    after = text.find("\n", end)
    after = text.find("\n", after + 1) if after >= 0 else -1
    return before + 1, after + 1 if after >= 0 else len(text)


def mend_characters(characters: Sequence[PlacedCharacter]) -> list[PlacedCharacter]:
    """The characters of a page, mended."""
    found = list(characters)
    text = written(found).replace(ADDED_BLANK, " ")
    if DOUBLED_LETTERS.search(text):
        found = without_doubles(found)
    if any(sign in text for sign in ACCENT_SIGNS) and STRAY_ACCENT.search(text):
        found = with_accents(found)
    if LIGATURE_BLANK.search(text):
        found = without_ligature_blanks(found)
    return without_letter_spaces(found)


def written(characters: Sequence[PlacedCharacter]) -> str:
    """The characters as text."""
    return "".join(character for character, _ in characters)


def without_doubles(characters: Sequence[PlacedCharacter]) -> list[PlacedCharacter]:
    """The characters without those that are drawn over the same one."""
    seen: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    kept = []
    for character, box in characters:
        if box is not None:
            across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            near = max(0.3, SAME_PLACE * (box[3] - box[1]))
            column, row = round(across / 4), round(up / 4)
            cells = ((character, column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1))
            if any(abs(across - a) < near and abs(up - u) < near for cell in cells for a, u in seen.get(cell, ())):
                continue
            seen.setdefault((character, column, row), []).append((across, up))
        kept.append((character, box))
    return kept


def with_accents(characters: Sequence[PlacedCharacter]) -> list[PlacedCharacter]:
    """The characters with each accent on the letter over which it is drawn, and without the blanks that it left."""
    found = list(characters)
    moved = []
    for place, (character, box) in enumerate(characters):
        letter = letter_beneath(found, place, character == "¸", box) if character in LOOSE_ACCENTS and box else None
        if letter is not None:
            under, letter_box = found[letter]
            made = unicodedata.normalize("NFC", under.replace("\u0131", "i") + LOOSE_ACCENTS[character])
            if len(made) == 1:
                found[letter] = (made, letter_box)
                moved.append(place)
    for place in moved:
        found[place] = ("", None)
    for place in moved:
        close_blanks(found, place)
    return [one for one in found if one[0]]


def letter_beneath(characters: Sequence[PlacedCharacter], place: int, cedilla: bool, accent: Box) -> int | None:
    """The place of the letter over which (for a cedilla: under which) an accent is drawn; None without any."""
    across, up = (accent[0] + accent[2]) / 2, (accent[1] + accent[3]) / 2
    best: tuple[float, int] | None = None
    for other in range(max(0, place - ACCENT_REACH), min(len(characters), place + ACCENT_REACH)):
        letter, box = characters[other]
        if box is None or letter not in ACCENTED_LETTERS:
            continue
        width, height = box[2] - box[0], box[3] - box[1]
        touches = box[1] - 0.5 * height <= accent[3] and accent[1] <= box[3] + 0.6 * height
        aside = abs(across - (box[0] + box[2]) / 2)
        right_side = (up < (box[1] + box[3]) / 2) == cedilla
        if touches and right_side and aside <= max(0.6 * width, 0.25 * height) and (best is None or aside < best[0]):
            best = (aside, other)
    return best[1] if best else None


def close_blanks(characters: list[PlacedCharacter], place: int) -> None:
    """Takes the blanks around a removed character out, or leaves one where the letters beside them stand apart."""
    first = last = place
    while first > 0 and characters[first - 1][0] in BLANKS:
        first -= 1
    while last + 1 < len(characters) and characters[last + 1][0] in BLANKS:
        last += 1
    if not any(characters[one][0] for one in range(first, last + 1)):
        return
    before = characters[first - 1][1] if first else None
    after = characters[last + 1][1] if last + 1 < len(characters) else None
    for one in range(first, last + 1):
        characters[one] = ("", None)
    if before is not None and after is not None and not stand_together(before, after):
        characters[first] = (" ", None)


def stand_together(before: Box, after: Box) -> bool:
    """True when two letters stand as close as those of a word."""
    return after[0] - before[2] <= TIGHT_GAP * max(before[3] - before[1], after[3] - after[1])


def without_ligature_blanks(characters: Sequence[PlacedCharacter]) -> list[PlacedCharacter]:
    """The characters without blanks that take no room after a ligature, whose letters are drawn as one."""
    kept = []
    for place, (character, box) in enumerate(characters):
        if character in (" ", ADDED_BLANK) and 2 <= place < len(characters) - 1:
            (first, one), (second, two), (after, three) = (characters[place + step] for step in (-2, -1, 1))
            drawn_as_one = (first == "f" and second in "il" and one == two) or "\ufb00" <= second <= "\ufb04"
            if drawn_as_one and two and three and after.islower() and stand_together(two, three):
                continue
        kept.append((character, box))
    return kept


def spaced_runs(text: str) -> Iterator[re.Match[str]]:
    """Runs of short words in capitals of which some are no words; not those of crosses in a table."""
    found = SPACED_CAPITALS.finditer(text) if CAPITALS_APART.search(text) else ()
    return (run for run in found if LONE_CONSONANT.search(run[0]) and len(set(run[0])) > FEWEST_CAPITALS)


def without_letter_spaces(characters: Sequence[PlacedCharacter]) -> list[PlacedCharacter]:
    """The characters without the blanks between letters that stand no farther apart than those of their word."""
    dropped: set[int] = set()
    for run in spaced_runs(written(characters).replace(ADDED_BLANK, " ")):
        letters = [place for place in range(*run.span()) if characters[place][1] is not None]
        boxes = [characters[place][1] or (0.0,) * 4 for place in letters]
        gaps = [after[0] - before[2] for before, after in pairwise(boxes)]
        height = median(box[3] - box[1] for box in boxes)
        usual = median(gaps)
        if usual > WIDEST_TRACKING * height:
            continue
        for place, gap in zip(letters, gaps, strict=False):
            blank = characters[place + 1][0]
            if blank in WORD_GAPS and gap <= max(usual, 0.0) + WORD_GAPS[blank] * height:
                dropped.add(place + 1)
    return [one for place, one in enumerate(characters) if place not in dropped]
