"""Reads numbers and sums of money as people write them."""

import re
from decimal import Decimal

from babel.core import get_global
from babel.numbers import get_territory_currencies

from bank.vocabulary.folding import fold_text

WRITTEN_NUMBER = re.compile(
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
NUMBER_SCALES = {word: factor for words in SCALE_WORDS.values() for word, factor in words.items()}
COUNTED_PEOPLE = {
    "women": re.compile(r"\s{1,3}(?:son |de )?(?:mujeres|women|mulheres|femmes|dones)\b"),
    "men": re.compile(r"\s{1,3}(?:son |de )?(?:hombres|men|homens|hommes|homes)\b"),
}
SCALE_PATTERN = re.compile(r"\s?([a-z]+)(?:\s([a-z]+))?")
CURRENCY_SIGNS = {
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
"""Pattern of a currency's signs and names, folded -> ISO 4217 code."""
PESO_SIGN = re.compile(r"\bpesos?\b|\$|\bmdp\b")
PESO_CURRENCIES = frozenset({"MXN", "ARS", "CLP", "COP", "UYU", "DOP", "CUP"})
CURRENCY_CODE = re.compile(r"\b[A-Z]{3}\b")
SIGN_BEFORE = re.compile(r"(?:\$|€|£|\b(?:us|mx|r)\$|\b(?:mxn|usd|eur|brl)\b)\s{0,3}$")
SIGN_AFTER = re.compile(
    r"\s{0,3}(?:€|£|(?:mil(?:l?on(?:es)?|hao|hoes)?\s(?:de\s)?)?(?:pesos|euros|dolares|reais|soles|mxn|usd|eur|brl|mdp|m\.?\s?n\.?)(?!\w))"
)
LONGEST_MONEY_LINE = 200
"""Characters of a text that gives a sum of money."""
YEAR_OF_MONEY = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d)")
LONGEST_NUMBER_LINE = 60
"""Characters of a line that gives a number; a longer one is a sentence about something."""
BRACKETED_TEXT = re.compile(r"\([^()]*\)")


def single_number(text: str) -> int | None:
    """The only whole number in a short text; None when there are several, a percentage, a fraction
    or none. What stands in brackets is ignored.
    """
    plain = BRACKETED_TEXT.sub(" ", text)
    if len(plain) > LONGEST_NUMBER_LINE or "%" in text:
        return None
    found = find_amounts(plain)
    return int(found[0]) if len(found) == 1 and found[0] == int(found[0]) else None


def find_women_and_men(text: str) -> dict[str, int]:
    """How many women and men a text counts, by ``women`` and ``men``: ``(1,014 mujeres y 848 hombres)``.

    Nothing of somebody who is counted twice.
    """
    folded = fold_text(text)
    counted = {
        who: [decimal_number(match) for match in WRITTEN_NUMBER.finditer(folded) if words.match(folded, match.end())]
        for who, words in COUNTED_PEOPLE.items()
    }
    return {who: int(found[0]) for who, found in counted.items() if len(found) == 1}


def find_money(text: str, country: str) -> dict[str, int | float | str] | None:
    """{amount, currency, year}, those that the text gives; `country` tells whose pesos are meant.

    None where it names no amount or several.
    """
    year, rest = split_year(text)
    found = find_amounts(rest)
    if len(found) != 1 or len(text) > LONGEST_MONEY_LINE or "%" in text:
        year, found = None, amounts_with_sign(text[:LONGEST_MONEY_LINE])
    if len(found) != 1:
        return None
    amount = int(found[0]) if found[0] == int(found[0]) else float(found[0])
    currency = find_currency(text, country)
    return {"amount": amount, **({"currency": currency} if currency else {}), **({"year": year} if year else {})}


def amounts_with_sign(text: str) -> list[Decimal]:
    """The numbers that a currency's sign or name stands beside; other numbers, as of years or shares, are left out."""
    folded = fold_text(text)
    return [
        decimal_number(match) * scale_factor(folded[match.end() :])
        for match in WRITTEN_NUMBER.finditer(folded)
        if SIGN_BEFORE.search(folded, 0, match.start()) or SIGN_AFTER.match(folded, match.end())
    ]


def split_year(text: str) -> tuple[int | None, str]:
    """The year of a sum of money (the last one, where there is another number), and the text without it."""
    years = list(YEAR_OF_MONEY.finditer(text))
    if not years or len(WRITTEN_NUMBER.findall(text)) < 2:
        return None, text
    last = years[-1]
    return int(last[0]), f"{text[: last.start()]} {text[last.end() :]}"


def find_amounts(text: str) -> list[Decimal]:
    """Every number in the text, multiplied by the thousand or million after it."""
    folded = fold_text(text)
    return [decimal_number(match) * scale_factor(folded[match.end() :]) for match in WRITTEN_NUMBER.finditer(folded)]


def decimal_number(match: re.Match[str]) -> Decimal:
    """A written number as a decimal; marks between groups of three digits are no decimal points."""
    written = match[0].replace(match[1], "") if match[1] else match[0]
    return Decimal(written.replace(",", "."))


def scale_factor(after: str) -> int:
    """What the words after a number multiply it by."""
    match = SCALE_PATTERN.match(after)
    if not match or match[1] not in NUMBER_SCALES:
        return 1
    return NUMBER_SCALES[match[1]] * (NUMBER_SCALES[match[2]] if match[1] == "mil" and match[2] in NUMBER_SCALES else 1)


def find_currency(text: str, country: str) -> str | None:
    """The ISO 4217 code of the text's currency; of pesos the country's, None where it is unknown."""
    code = next((str(code) for code in CURRENCY_CODE.findall(text) if code in get_global("all_currencies")), None)
    if code:
        return code
    folded = fold_text(text)
    for signs, currency in CURRENCY_SIGNS.items():
        if re.search(signs, folded):
            return currency
    if country and PESO_SIGN.search(folded):
        return next((str(one) for one in get_territory_currencies(country) if one in PESO_CURRENCIES), None)
    return None
