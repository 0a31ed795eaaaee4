"""Sorts out sentences that are no evidence: headings, thanks, addresses, lists of names, praise of the network."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bank.tagging.values import DocumentPart
from bank.vocabulary.folding import fold_text

FEWEST_PROVING_WORDS = 6
"""Words that a sentence needs to be shown as evidence."""
LONGEST_HEADING_WORDS = 12
NETWORK_NAMES = re.compile(
    r"\b(?:ciudad(?:es)? educadoras?|cidades? educadoras?|ciutats? educador(?:a|es)|villes? educatrices?"
    r"|educating cit(?:y|ies)|aice|iaec|aive|remce|bidce|red (?:mexicana|estatal|portuguesa|territorial)"
    r"|asociacion internacional|associacao internacional|associacio internacional|international association"
    r"|(?:(?:de|da) (?:la )?|of the )(?:carta|charte|charter)|(?:carta|charte|charter) (?:de|des|of|da)"
    r"|princip\w* (?:n\w*\W{1,2})?\d{1,2})\b"
)
"""Names of the network, its banks and the Charter, folded."""
PRAISE_WORDS = re.compile(
    r"\b(?:forma parte|hace parte|integra(?:nte)?|faz parte|fait partie|is (?:a )?(?:proud )?(?:member|part)|miembro"
    r"|membro|membre|member|adheri\w*|adhesi\w*|adesao|joined|compromis\w*|comprom[ei]t\w*|commit\w*|engage\w*"
    r"|reafirm\w*|reaffirm\w*|orgull\w*|orgulho\w*|proud\w*|fier\w*|honor\w*|honra\w*|valores|valors|values|valeurs"
    r"|espiritu|espirito|esperit|spirit|esprit|inspir\w*|apuesta\w*|aposta\w*|cree\w*|acredit\w*|believ\w*|sabe\w*"
    r"|como|com a|com|as an?|en tant que|marco|ambito|quadro|marc|cadre|framework|principios|principis|principes"
    r"|principles)\b"
)
"""Words of belonging and praise, folded, that stand beside such a name."""
THANKS_LETTERS = 200
"""Characters at the beginning of a sentence in which words of thanks are looked for."""
THANKS = re.compile(r"^\W*(?:\w+\W+){0,3}?(?:gracias|gracies|obrigad\w|merci|thanks?)\b")
GRATEFUL = re.compile(r"\b(?:agradec\w*|agradez\w*|agraim\w*|agraeix\w*|agraiments|remerci\w*|grateful)\b")
ADDRESS_SIGNS = re.compile(
    r"\w@\w|https?:|\bwww\.|\b(?:tel|telefono|telefone|telefon|phone|fax|c\.p|codigo postal|isbn|issn)[ .:]{1,3}[+(]?\d"
    r"|\+\d{2} ?\d|\b\d{3}[ .-]\d{2,3}[ .-]\d{2,4}\b"
)
ABOUT_ITSELF = re.compile(
    r"^(?:ficha |fitxa |fiche |texto? |nota |informe |relatorio |report |document\w* )?"
    r"(?:elaborad|redactad|preparad|presentad|preenchid|publicad|enviad|elaborat|redactat|preparat|presentat|redige"
    r"|submitted|prepared|written|presented)\w* (?:por|per|par|pel|pela|pelo|by|para|for|el|a)\b"
    r"|\b(?:presento|presentad[ao]|apresentad\w|presentat|presentee?|presented)"
    r" (?:en|na|no|a|al|a la|au|aux|at) (?:\w+ ){0,2}"
    r"(?:jornadas?|encuentro|encontro|trobada|rencontre|reunion|reuniao|reunio|meeting|conference|red|rede|xarxa)\b"
    r"|\b(?:inscri[cp]\w*|enrol\w*|abert[ao]s?|abiert[ao]s?|obert[ae]?s?|ouvert\w*|open)\b.{0,80}\b\d{1,2} ?h\b"
)
"""What a text says of itself (who wrote or presented it), and opening hours."""
MARKDOWN_HEADING = re.compile(r"#{1,6}[ \t]")
CONTENTS_LINE = re.compile(r"\.{4,}|(?: \.){4,}|…{2,}|\s\d{1,3}$")
LETTER_RUN = re.compile(r"[^\W\d_]+")
JOINING_WORDS = frozenset("de del la las el los i y e et and da do dos das du des d l the of san santa".split())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; `part` is the number of its part of the document, from 0.

    `heading`: it stands above others. `counts`: it tells of the practice. `proves`: it does so without its neighbours,
    and may be shown as evidence.
    """

    text: str
    part: int
    heading: bool = False
    counts: bool = True
    proves: bool = True


def cut_parts(parts: Sequence[DocumentPart], cut: Callable[[str], list[str]]) -> list[tuple[str, int]]:
    """(sentence, number of its part) of the document in order, without covers and pages of contents."""
    kept = [(number, part.text) for number, part in enumerate(parts) if not is_contents_or_cover(part.text)]
    return [(text, number) for number, whole in kept for text in cut(strip_markdown(whole))]


def judge_sentences(texts: Iterable[tuple[str, int]]) -> list[Sentence]:
    """Judges (text, part) pairs. Where no sentence counts, headings are taken as text."""
    found = [judge_sentence(text, part) for text, part in texts]
    if not any(sentence.counts for sentence in found):
        found = [
            replace(sentence, heading=False, counts=True, proves=True) if sentence.heading else sentence
            for sentence in found
        ]
    return found


def judge_sentence(text: str, part: int) -> Sentence:
    """The sentence with `heading`, `counts` and `proves` decided."""
    heading = looks_like_heading(text)
    counts = not heading and not is_noise(text)
    proves = counts and len(text.split()) >= FEWEST_PROVING_WORDS and not NETWORK_NAMES.search(fold_text(text))
    return Sentence(text, part, heading, counts, proves)


def strip_markdown(text: str) -> str:
    """The text without Markdown's marks; a heading is followed by an empty line."""
    lines = ["\n" + line.strip("# \t") + "\n" if MARKDOWN_HEADING.match(line) else line for line in text.split("\n")]
    return re.sub(r"\*{1,3}|__|^>[ \t]?|\|", " ", "\n".join(lines), flags=re.MULTILINE)


def looks_like_heading(text: str) -> bool:
    """True for a text of at most twelve words without a full stop or the like at its end."""
    return len(text.split()) <= LONGEST_HEADING_WORDS and text.rstrip("\"”»')")[-1:] not in ".!?…;"


def is_noise(text: str) -> bool:
    """True for thanks, addresses, what a text says of itself, lists of names and praise of the network."""
    plain = fold_text(text)
    if THANKS.search(plain[:THANKS_LETTERS]) or any(
        noise.search(plain) for noise in (GRATEFUL, ADDRESS_SIGNS, ABOUT_ITSELF)
    ):
        return True
    return is_praise(plain) or is_name_list(text)


def is_praise(plain: str) -> bool:
    """True for a folded sentence that names the network or its Charter and says little else."""
    if not NETWORK_NAMES.search(plain):
        return False
    return bool(PRAISE_WORDS.search(plain)) or len(NETWORK_NAMES.sub(" ", plain).split()) < 2 * FEWEST_PROVING_WORDS


def is_name_list(text: str) -> bool:
    """True for a list of cities or people: mostly capitals, parted by commas."""
    words = [word for word in LETTER_RUN.findall(text) if word.lower() not in JOINING_WORDS]
    capitals = sum(word[0].isupper() for word in words)
    return text.count(",") + text.count(";") + text.count("·") >= 3 and capitals > 0.6 * len(words)


def is_contents_or_cover(text: str) -> bool:
    """True for a page of contents or a cover.

    Most of its lines end in page numbers, or fewer than a tenth end in punctuation or are long.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 6:
        return False
    led = sum(bool(CONTENTS_LINE.search(line)) for line in lines)
    stopped = sum(line.endswith((".", ";", ":", ",", "!", "?")) or len(line) > 60 for line in lines)
    return led > len(lines) / 2 or stopped < len(lines) / 10
