"""Numbers and sums of money as people write them."""

import re
from decimal import Decimal

from babel.core import get_global
from babel.numbers import get_territory_currencies

from bank.vocabulary.folding import fold

NUMBER = re.compile(
    r"(?<![\w.,])\d{1,3}(?:([., '\u00a0])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?(?!\d)|(?<![\w.,])\d+(?:[.,]\d{1,2})?(?!\d)"
)
SCALE_WORDS = {
    "es": {"mil": 1_000, "miles": 1_000, "millon": 10**6, "millones": 10**6, "mdp": 10**6, "mdd": 10**6},
    "pt": {"mil": 1_000, "milhao": 10**6, "milhoes": 10**6},
    "ca": {"mil": 1_000, "milers": 1_000, "milio": 10**6, "milions": 10**6},
    "fr": {"mille": 1_000, "million": 10**6, "millions": 10**6},
    "en": {"thousand": 1_000, "k": 1_000, "million": 10**6, "millions": 10**6},
}
"""language -> the words after a number that multiply it, without accents."""
SCALES = {word: factor for words in SCALE_WORDS.values() for word, factor in words.items()}
SCALE = re.compile(r"\s?([a-z]+)(?:\s([a-z]+))?")
SIGNS = {
    r"\bus\$|\busd\b|\bdolar(?:es|s)?\b|\bdollars?\b": "USD",
    r"€|\beuros?\b|\beur\b": "EUR",
    r"r\$|\breais\b|\breal\b": "BRL",
    r"\bpesos mexicanos\b|\bm\.?\s?n\.?(?!\w)|\bmx\$": "MXN",
    r"\bsoles\b|\bs/\.?": "PEN",
    r"\bquetzales\b": "GTQ",
    r"\bguaranies\b": "PYG",
    r"\bwon\b|₩": "KRW",
    r"£|\bpounds? sterling\b": "GBP",
}
PESO = re.compile(r"\bpesos?\b|\$|\bmdp\b")
PESOS = frozenset({"MXN", "ARS", "CLP", "COP", "UYU", "DOP", "CUP"})
CODE = re.compile(r"\b[A-Z]{3}\b")
YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d)")
LONGEST = 60
"""Characters of a line that tells a number of people; a longer one is a sentence that speaks of something."""
BRACKETS = re.compile(r"\([^()]*\)")


def number(text: str) -> int | None:
    """The one whole number in a short text; None when there are several, a share or none."""
    plain = BRACKETS.sub(" ", text)
    if len(plain) > LONGEST or "%" in text:
        return None
    found = amounts(plain)
    return int(found[0]) if len(found) == 1 and found[0] == int(found[0]) else None


def money(text: str, country: str) -> dict[str, int | float | str] | None:
    """{amount, currency, year} as far as the text says them; `country` tells whose pesos are meant.

    None when it names no amount or several.
    """
    year, rest = year_of(text)
    found = amounts(rest)
    if len(found) != 1 or len(text) > 200 or "%" in text:
        return None
    amount = int(found[0]) if found[0] == int(found[0]) else float(found[0])
    currency = currency_of(text, country)
    return {"amount": amount, **({"currency": currency} if currency else {}), **({"year": year} if year else {})}


def year_of(text: str) -> tuple[int | None, str]:
    """The year of a sum and the text without it: the last one, where another number is the sum."""
    years = list(YEAR.finditer(text))
    if not years or len(NUMBER.findall(text)) < 2:
        return None, text
    last = years[-1]
    return int(last[0]), f"{text[: last.start()]} {text[last.end() :]}"


def amounts(text: str) -> list[Decimal]:
    """Every number in the text, with the thousand or million after it."""
    folded = fold(text)
    return [plain(match) * scale(folded[match.end() :]) for match in NUMBER.finditer(folded)]


def plain(match: re.Match[str]) -> Decimal:
    """A written number: what parts groups of three digits is no point."""
    written = match[0].replace(match[1], "") if match[1] else match[0]
    return Decimal(written.replace(",", "."))


def scale(after: str) -> int:
    """What the words after a number multiply it by."""
    match = SCALE.match(after)
    if not match or match[1] not in SCALES:
        return 1
    return SCALES[match[1]] * (SCALES[match[2]] if match[1] == "mil" and match[2] in SCALES else 1)


def currency_of(text: str, country: str) -> str | None:
    """The ISO 4217 code that the text means; of pesos the country's, None where that is unknown."""
    code = next((str(code) for code in CODE.findall(text) if code in get_global("all_currencies")), None)
    if code:
        return code
    folded = fold(text)
    for signs, currency in SIGNS.items():
        if re.search(signs, folded):
            return currency
    if country and PESO.search(folded):
        return next((str(one) for one in get_territory_currencies(country) if one in PESOS), None)
    return None
