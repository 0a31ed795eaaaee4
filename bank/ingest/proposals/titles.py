"""Chooses the title that a librarian would take: from the document's label, properties, cover or first lines."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bank.ingest.extraction import Origin
from bank.ingest.proposals.names import LONGEST_PROPOSED_TITLE, stem_of_name, title_of_name
from bank.ingest.proposals.no_titles import (
    JUNK_TITLE,
    TITLE_WORD,
    after_enacting,
    begins_a_part,
    gazette_name,
    is_institution,
    is_no_title,
    is_salutation,
    is_speaker,
)
from bank.ingest.text.cleaning import clean_text
from bank.vocabulary.folding import fold_text

LARGE = 1.12
"""How many times the usual size letters have that are larger."""
ALIKE_SIZES = 0.94
MOST_TITLE_LINES = 7
LINES_WITH_A_NUMBER = 2
FEWEST_WORDS_OF_A_SENTENCE = 8
MOST_COVER_TEXT = 150
"""Characters of a first page on which a title is not looked for alone."""
MOST_TITLE_CHARACTERS = 260
GOES_ON = re.compile(r"(?:de|del|dels|do|da|dos|das|para|per|sobre|por|of|for|pour) ")
"""What the second line of a title begins with that the first one alone does not make."""
SORT_LABEL = re.compile(
    r"(?:propuesta|proposta|proposition|proposal|proyecto|projecte|projeto|projet|project|tema|asunto|assunto|"
    r"assumpte|subject)(?: de [a-z]+)?"
)
"""What stands before a colon and says of what sort the document is that is named after it."""
YEARS_ONLY = re.compile(r"\W{0,5}(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?\W{0,5}")


@dataclass(frozen=True, slots=True)
class TitleLine:
    """A line of the first pages; `size` is the height of its letters in points, 0 where it is not known."""

    page: int
    size: float
    bold: bool
    text: str
    apart: bool = False
    """A blank line stands before it."""

    @property
    def capitals(self) -> bool:
        """True for a line without small letters."""
        return self.text.upper() == self.text and any(map(str.isalpha, self.text))


@dataclass(frozen=True, slots=True)
class ProposedTitle:
    """A title and where it comes from."""

    text: str
    origin: Origin


def propose_title(
    given: str | None, named: str | None, lines: Sequence[TitleLine], body: float, heading: str | None, name: str
) -> ProposedTitle:
    """The title that somebody gave, else the best of the document's properties, its lines and its file name.

    `named` is the title in the properties, `body` the usual size of letters, `heading` the first one of a text that
    marks them.
    """
    if given:
        return ProposedTitle(given[:LONGEST_PROPOSED_TITLE], Origin("given"))
    usable = [line for line in map(tidy_line, lines) if line.text]
    shown = title_of_lines(usable, body, name)
    own = " ".join(clean_text(named or "").split())
    if len(own) >= 3 and not JUNK_TITLE.search(named or "") and not is_no_title(own) and not is_institution(own):
        return better_of(own, shown, usable)
    if heading and not is_no_title(heading):
        return ProposedTitle(cut_title(heading), Origin("printed", 1))
    return shown or ProposedTitle(title_of_name(name), Origin("name", doubtful=True))


def better_of(own: str, shown: ProposedTitle | None, lines: Sequence[TitleLine]) -> ProposedTitle:
    """Of the title in the properties and the one on the pages: the first where it stands there by itself."""
    letters = only_letters(own)
    alone = any(letters == only_letters(joined(group)) for group in line_groups(lines))
    printed = letters in only_letters(" ".join(line.text for line in lines))
    if shown is None:
        return ProposedTitle(cut_title(own), Origin("metadata", doubtful=not printed))
    large = only_letters(shown.text)
    if alone and not (letters in large and len(large) > len(letters)):
        return ProposedTitle(cut_title(own), Origin("metadata", 1))
    if letters in large or (shown.origin.source == "printed" and shown.origin.page == 1):
        return shown
    if printed or shown.origin.doubtful:
        return ProposedTitle(cut_title(own), Origin("metadata", doubtful=not printed))
    return shown


def title_of_lines(lines: Sequence[TitleLine], body: float, name: str) -> ProposedTitle | None:
    """The text in the largest letters, else the first line that may be a title; None without any.

    Of several in large letters the one that shares most words with the file's name goes before the larger ones.
    """
    for line in (line for page in (1, 2) for line in [one for one in lines if one.page == page][:2]):
        if gazette := gazette_name(line.text):
            return ProposedTitle(cut_title(gazette), Origin("printed", line.page, line.text))
    groups = [named for group in line_groups(lines) if (named := without_institution(group))]
    covers = cover_pages(lines)
    large = [
        group
        for group in groups
        if body and group[0].size >= LARGE * body and group[0].page in covers and may_be_title(joined(group))
    ]
    words = set(name_words(name))
    for group in sorted(large, key=lambda group: (-shared(words, group, lines), -group[0].size)):
        text = joined(labelled_part(with_rest(group, lines)))
        return ProposedTitle(cut_title(text), Origin("printed", group[0].page, text))
    return first_title_line(groups)


def cover_pages(lines: Sequence[TitleLine]) -> list[int]:
    """The first page, and those after it as long as the ones before have hardly any text: a picture, a logo."""
    found, characters = [1], 0
    for page in (1, 2):
        characters += sum(len(line.text) for line in lines if line.page == page)
        if characters > MOST_COVER_TEXT:
            break
        found.append(page + 1)
    return found


def may_be_title(text: str) -> bool:
    """Whether a text may be a title by what it says."""
    cut = text.split(" ")[0].islower()
    return len(text) >= 4 and not (cut or is_no_title(text) or is_institution(text) or is_salutation(text))


def name_words(name: str) -> Iterator[str]:
    """The telling words and numbers of a file's name, folded."""
    yield from (word for word in re.split(r"[\W_]+", fold_text(stem_of_name(name))) if len(word) >= 3)


def shared(words: set[str], group: Sequence[TitleLine], lines: Sequence[TitleLine]) -> int:
    """How many of the words stand in a title or in the lines after it, as the number of an act does; one is chance."""
    after = following(group, lines)[:LINES_WITH_A_NUMBER]
    count = len(words.intersection(re.split(r"[\W_]+", fold_text(joined([*group, *after])))))
    return count if count >= 2 else 0


def without_institution(group: Sequence[TitleLine]) -> list[TitleLine]:
    """The lines of a group from its title on, where it begins with an institution or the body that speaks."""
    if not (is_institution(group[0].text) or is_speaker(group[0].text)):
        return list(group)
    for number, line in enumerate(group):
        act = replace(line, text=after_enacting(line.text))
        if number and TITLE_WORD.match(fold_text(act.text)):
            return [act, *group[number + 1 :]]
    return list(group) if TITLE_WORD.search(fold_text(joined(group))) and not is_speaker(group[0].text) else []


def labelled_part(group: Sequence[TitleLine]) -> list[TitleLine]:
    """The lines of a group from the one on that says what the document is: ``Propuesta: Protocolo de ...``."""
    for number, line in enumerate(group):
        label, _, rest = line.text.partition(": ")
        if SORT_LABEL.fullmatch(fold_text(label)) and len(joined([replace(line, text=rest), *group[number + 1 :]])) > 9:
            named = TITLE_WORD.match(fold_text(rest))
            return [replace(line, text=rest) if named else line, *group[number + 1 :]]
    return list(group)


def following(group: Sequence[TitleLine], lines: Sequence[TitleLine]) -> list[TitleLine]:
    """The lines after a group."""
    return list(lines[lines.index(group[-1]) + 1 :]) if group[-1] in lines else []


def with_rest(group: Sequence[TitleLine], lines: Sequence[TitleLine]) -> list[TitleLine]:
    """A title of one word or two with the smaller lines that it needs: ``ESTATUTOS`` / ``DE LA ASOCIACIÓN ...``."""
    rest = following(group, lines)[:4]
    sound = bool(rest) and may_be_title(rest[0].text) and not YEARS_ONLY.fullmatch(rest[0].text)
    if sound and names_only_a_kind(group, lines):
        return [*group, *next(iter(line_groups(rest)))]
    if len(joined(group).split()) > 2 or not rest or not GOES_ON.match(fold_text(rest[0].text)):
        return list(group)
    more = next(iter(line_groups(rest)))
    return [*group, *more]


def names_only_a_kind(group: Sequence[TitleLine], lines: Sequence[TitleLine]) -> bool:
    """True for one word, such as ``REGLAMENTO``, on a cover: what it is about stands beneath it."""
    on_page = sum(len(line.text) for line in lines if line.page == group[0].page)
    return on_page <= MOST_COVER_TEXT and TITLE_WORD.fullmatch(fold_text(joined(group))) is not None


def first_title_line(groups: Sequence[Sequence[TitleLine]]) -> ProposedTitle | None:
    """Where nothing is larger: the first lines in bold or capitals, best with a title's word, else any."""
    first = [group for group in groups if group[0].page == groups[0][0].page][:25] if groups else []
    likely = [group for group in first if may_be_title(joined(group)) and not is_running_text(group[0].text)]
    marked = [group for group in likely if group[0].bold or group[0].capitals]
    worded = [group for group in marked if TITLE_WORD.search(fold_text(joined(group)))]
    for chosen in (worded, marked, likely):
        for group in chosen[:1]:
            text = joined(labelled_part(group)) if chosen is not likely else group[0].text
            if len(text) <= MOST_TITLE_CHARACTERS:
                return ProposedTitle(cut_title(text), Origin("text", group[0].page, text, chosen is not worded))
    return None


def is_running_text(text: str) -> bool:
    """True for a sentence, and for a line that begins a part of the text."""
    return begins_a_part(text) or (text.endswith(".") and len(text.split()) > FEWEST_WORDS_OF_A_SENTENCE)


def line_groups(lines: Sequence[TitleLine]) -> Iterator[list[TitleLine]]:
    """Lines that follow each other on a page in letters of one size and weight."""
    group: list[TitleLine] = []
    for line in lines:
        if group and not goes_with(group, line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def goes_with(group: Sequence[TitleLine], line: TitleLine) -> bool:
    """Whether a line belongs to the same title as those before it."""
    last = group[-1]
    sizes = sorted((last.size, line.size))
    alike = sizes[1] == 0 or sizes[0] >= ALIKE_SIZES * sizes[1]
    same = last.page == line.page and alike and last.bold == line.bold and (line.size > 0 or both_capitals(last, line))
    if line.apart or not same or len(group) >= MOST_TITLE_LINES or is_no_title(last.text) or begins_a_part(line.text):
        return False
    return YEARS_ONLY.fullmatch(line.text) is not None or not is_no_title(line.text)


def both_capitals(one: TitleLine, other: TitleLine) -> bool:
    """Whether two lines are both without small letters: all that tells lines of unknown size."""
    return one.capitals and other.capitals


def joined(group: Sequence[TitleLine]) -> str:
    """The lines of a title as one."""
    return " ".join(" ".join(line.text for line in group).split())


def tidy_line(line: TitleLine) -> TitleLine:
    """A line as people are shown it."""
    return replace(line, text=" ".join(clean_text(line.text).split()))


def cut_title(text: str) -> str:
    """A title of at most 300 characters, without the marks that lead to something else."""
    plain = re.sub(r"^\d{1,2}\. +|[\s*:·•|–—-]+$", "", " ".join(clean_text(text).split()))
    return (plain[:-1] if plain.endswith("”") and "“" not in plain else plain)[:LONGEST_PROPOSED_TITLE]


def only_letters(text: str) -> str:
    """Letters and digits in small, without accents."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(one for one in plain if one.isalnum())
