"""Chooses the title that a librarian would take: from the document's label, properties, cover or first lines."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bank.ingest.extraction import Origin
from bank.ingest.proposals.names import LONGEST_PROPOSED_TITLE, title_of_name
from bank.ingest.proposals.no_titles import JUNK_TITLE, TITLE_WORD, is_institution, is_no_title, is_salutation
from bank.ingest.text.cleaning import clean_text
from bank.vocabulary.folding import fold_text

LARGE = 1.12
"""How many times the usual size letters have that are larger."""
ALIKE_SIZES = 0.94
MOST_TITLE_LINES = 7
MOST_TITLE_CHARACTERS = 260
LONGEST_FIRST_LINE = 150


@dataclass(frozen=True, slots=True)
class TitleLine:
    """A line of the first pages; `size` is the height of its letters in points, 0 where it is not known."""

    page: int
    size: float
    bold: bool
    text: str

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
    shown = title_of_lines(usable, body)
    own = " ".join(clean_text(named or "").split())
    if own and len(own) >= 3 and not JUNK_TITLE.search(named or "") and not is_no_title(own):
        chosen = better_of(own, shown, usable)
        if chosen is not None:
            return chosen
    if heading and not is_no_title(heading):
        return ProposedTitle(cut_title(heading), Origin("printed", 1))
    return shown or ProposedTitle(title_of_name(name), Origin("name", doubtful=True))


def better_of(own: str, shown: ProposedTitle | None, lines: Sequence[TitleLine]) -> ProposedTitle | None:
    """Of the title in the properties and the one on the pages: the first where it is printed and not a part."""
    letters, printed = only_letters(own), only_letters(" ".join(line.text for line in lines))
    if shown is None:
        return ProposedTitle(cut_title(own), Origin("metadata", doubtful=letters not in printed))
    large = only_letters(shown.text)
    if letters in printed and not (letters in large and len(large) > len(letters)):
        return ProposedTitle(cut_title(own), Origin("metadata", 1))
    if letters in large or not shown.origin.doubtful:
        return shown
    return ProposedTitle(cut_title(own), Origin("metadata", doubtful=True))


def title_of_lines(lines: Sequence[TitleLine], body: float) -> ProposedTitle | None:
    """The text in the largest letters, else the first line that may be a title; None without any."""
    groups = list(line_groups(lines))
    large = [group for group in groups if body and group[0].size >= LARGE * body]
    for group in sorted(large, key=lambda group: (group[0].page > 2, -group[0].size)):
        text = joined(group)
        if not is_no_title(text) and not is_institution(text) and not is_salutation(text) and len(text) >= 4:
            return ProposedTitle(cut_title(text), Origin("printed", group[0].page, text))
    return first_title_line(groups)


def first_title_line(groups: Sequence[Sequence[TitleLine]]) -> ProposedTitle | None:
    """Where nothing is larger: the first lines in bold or capitals, best with a title's word, else any."""
    first = [group for group in groups if group[0].page == groups[0][0].page][:25] if groups else []
    likely = [group for group in first if not is_no_title(joined(group)) and not is_institution(joined(group))]
    marked = [group for group in likely if group[0].bold or group[0].capitals]
    worded = [group for group in marked if TITLE_WORD.search(fold_text(joined(group)))]
    for chosen in (worded, marked, likely):
        for group in chosen[:1]:
            text = joined(group) if chosen is not likely else group[0].text
            doubtful = chosen is not worded or is_salutation(text)
            if len(text) <= MOST_TITLE_CHARACTERS:
                return ProposedTitle(cut_title(text), Origin("text", group[0].page, text, doubtful))
    return None


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
    sizes = sorted((group[0].size, line.size))
    alike = sizes[1] == 0 or sizes[0] >= ALIKE_SIZES * sizes[1]
    same = last.page == line.page and alike and last.bold == line.bold
    if not same or len(group) >= MOST_TITLE_LINES or is_no_title(line.text) or is_no_title(last.text):
        return False
    return is_institution(last.text) == is_institution(line.text) or last.text[-1:] in ("-", ",", "–")


def joined(group: Sequence[TitleLine]) -> str:
    """The lines of a title as one."""
    return " ".join(" ".join(line.text for line in group).split())


def tidy_line(line: TitleLine) -> TitleLine:
    """A line as people are shown it."""
    return TitleLine(line.page, line.size, line.bold, " ".join(clean_text(line.text).split()))


def cut_title(text: str) -> str:
    """A title of at most 300 characters, without the marks that lead to something else."""
    return re.sub(r"[\s*:·•|–—-]+$", "", " ".join(clean_text(text).split()))[:LONGEST_PROPOSED_TITLE]


def only_letters(text: str) -> str:
    """Letters and digits in small, without accents."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(one for one in plain if one.isalnum())
