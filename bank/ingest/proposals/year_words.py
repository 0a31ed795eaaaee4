"""Years written in words, as at the end of laws and minutes: ``dos mil dieciséis``, ``dois mil e vinte e quatro``."""

import re

YEAR_WORDS = {
    "uno": 1, "un": 1, "um": 1, "dos": 2, "dois": 2, "tres": 3, "cuatro": 4, "quatro": 4, "quatre": 4, "cinco": 5,
    "cinc": 5, "seis": 6, "sis": 6, "siete": 7, "sete": 7, "set": 7, "ocho": 8, "oito": 8, "vuit": 8, "nueve": 9,
    "nove": 9, "nou": 9, "diez": 10, "dez": 10, "deu": 10, "once": 11, "onze": 11, "doce": 12, "doze": 12, "dotze": 12,
    "trece": 13, "treze": 13, "tretze": 13, "catorce": 14, "catorze": 14, "quatorze": 14, "quince": 15, "quinze": 15,
    "dieciseis": 16, "dezesseis": 16, "dezasseis": 16, "setze": 16, "diecisiete": 17, "dezessete": 17, "dezassete": 17,
    "disset": 17, "dieciocho": 18, "dezoito": 18, "divuit": 18, "diecinueve": 19, "dezenove": 19, "dezanove": 19,
    "dinou": 19, "veinte": 20, "vinte": 20, "vint": 20, "veintiuno": 21, "veintiun": 21, "veintidos": 22,
    "veintitres": 23, "veinticuatro": 24, "veinticinco": 25, "veintiseis": 26, "veintisiete": 27, "veintiocho": 28,
    "veintinueve": 29, "treinta": 30, "trinta": 30, "trenta": 30, "cuarenta": 40, "quarenta": 40, "cincuenta": 50,
    "cinquenta": 50, "sesenta": 60, "sessenta": 60, "setenta": 70, "ochenta": 80, "oitenta": 80, "noventa": 90,
}  # fmt: skip
"""Folded word in Spanish, Portuguese or Catalan -> its number."""
YEAR_WORD = "|".join(sorted(YEAR_WORDS, key=len, reverse=True))
YEAR_IN_WORDS = re.compile(
    rf"\b(?P<thousand>(?:dos|dois) mil|mil (?:novecientos|novecentos|nou-?cents))"
    rf"(?P<rest>(?:[ ,-]*(?:y|e|i)?[ -]*\b(?:{YEAR_WORD})\b(?! mil)){{0,3}})"
)


def digits_for_years(folded: str) -> str:
    """The folded text with years that are written in words written in digits."""
    return YEAR_IN_WORDS.sub(year_digits, folded)


def year_digits(match: re.Match[str]) -> str:
    """The year that a match says; the match itself where it says none."""
    numbers = [YEAR_WORDS[word] for word in re.findall(rf"\b(?:{YEAR_WORD})\b", match["rest"])]
    year = (2000 if match["thousand"].endswith("mil") else 1900) + sum(numbers)
    sound = len(numbers) == 1 or (len(numbers) == 2 and numbers[0] >= 20 and numbers[0] % 10 == 0 and numbers[1] < 10)
    return str(year) if sound and year < 2100 else match[0]
