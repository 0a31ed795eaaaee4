"""Guesses which of the analysed languages a text is in, by the commonest words of its whole sentences.

Names, headings and tables say little: a Spanish page with many Catalan names stays Spanish.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

JUDGED_CHARACTERS = 10_000
"""Characters of the text that are looked at."""
SENTENCE_WORDS = 8
"""Words of a whole sentence at least."""
FEWEST_SENTENCE_WORDS = 60
"""Words in whole sentences that are enough to decide by them alone."""
LEAST_COMMON_SHARE = 0.08
"""Least share of words that are common words of the language."""
FEWEST_WORDS = 20
"""Words that a text needs."""
FEWEST_COMMON = 4
"""Different common words of the language that a text needs."""

COMMON_WORDS: Mapping[str, frozenset[str]] = {
    "es": frozenset(
        "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha este sí "
        "porque esta entre cuando muy sin sobre también hasta hay donde quien desde todo nos durante todos uno les ni "
        "contra otros ese eso ante ellos e esto antes algunos qué unos otro otras otra él tanto esa estos mucho "
        "ciudad ciudades educación fue son está han ser".split()
    ),
    "pt": frozenset(
        "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou "
        "quando muito nos já eu também só pelo pela até isso ela entre depois sem mesmo aos seus quem nas esse eles "
        "você essa num nem suas meu às minha numa pelos foi são está ser cidade cidades educação ção é".split()
    ),
    "ca": frozenset(
        "de la i que el a en els les un per amb no una del es al com més o però són ha seu seva aquest aquesta "
        "entre quan molt sense sobre també fins hi on qui des tot ens durant tots li ni contra altres això abans "
        "dels als pel pels és ser està han ciutat ciutats educació l' d' s' les seus seves".split()
    ),
    "fr": frozenset(
        "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son sa "
        "ses ou aux cette ces comme mais nous vous leur leurs elle on ont été être fait même si entre sans tout "
        "tous aussi très donc où ville villes éducation à d' l' qu'".split()
    ),
    "en": frozenset(
        "the of and to in a is that for it as was with be by on not he his but at are this have from or had an "
        "they which one you were all her she there would their we him been has when who will no more if out so said "
        "what up its about than into them can only other city cities education".split()
    ),
}  # fmt: skip
LANGUAGE_WORD = re.compile(r"\b(?:[cdjlmnst]|qu)'(?=[^\W\d_])|[^\W\d_]{2,}|\b[aeiouyàáéèóòú]\b")
"""A word in lower case, a shortened one with its apostrophe; single consonants only name weekdays and columns."""
SENTENCE_STOP = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
LEAST_SENTENCE_SHARE = 0.2
"""Least share of a sentence's words that are common words of its language."""


def guess_language(text: str, declared: str | None = None) -> str | None:
    """The ISO 639-1 code of the language; None when it is none of the five or there is too little text.

    `declared` (a PDF's /Lang) decides only between languages of nearly the same score.
    """
    judged = text[:JUDGED_CHARACTERS].lower().replace("’", "'")
    found = LANGUAGE_WORD.findall(judged)
    if len(found) < FEWEST_WORDS:
        return None
    scores = common_word_shares(found)
    best = max(scores, key=lambda code: scores[code])
    if scores[best] < LEAST_COMMON_SHARE or len(COMMON_WORDS[best].intersection(found)) < FEWEST_COMMON:
        return None
    votes = sentence_votes(judged)
    if votes.total() >= FEWEST_SENTENCE_WORDS:
        scores = {code: votes[code] / votes.total() for code in COMMON_WORDS}
        best = max(scores, key=lambda code: scores[code])
    hint = (declared or "").lower().replace("_", "-").split("-")[0]
    return hint if scores.get(hint, 0.0) >= 0.9 * scores[best] else best


def common_word_shares(words: Sequence[str]) -> dict[str, float]:
    """Language -> the share of the words that are common words of it."""
    return {code: sum(map(common.__contains__, words)) / len(words) for code, common in COMMON_WORDS.items()}


def sentence_votes(text: str) -> Counter[str]:
    """Language -> the number of words in the whole sentences that read most like it."""
    votes: Counter[str] = Counter()
    for words in whole_sentences(text):
        scores = common_word_shares(words)
        best = max(scores, key=lambda code: scores[code])
        if scores[best] >= LEAST_SENTENCE_SHARE:
            votes[best] += len(words)
    return votes


def whole_sentences(text: str) -> Iterator[list[str]]:
    """The words of each sentence; what has no full stop at its end, such as headings and lists, is none."""
    for sentence in SENTENCE_STOP.split(text):
        words = LANGUAGE_WORD.findall(sentence) if sentence.rstrip().endswith((".", "!", "?")) else []
        if len(words) >= SENTENCE_WORDS:
            yield words
