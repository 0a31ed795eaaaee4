"""Numbers from 1 to 20 as people write them beside the word principle: 8, VIII, octavo, huitième; accents stripped."""

ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
          "XVIII", "XIX", "XX")  # fmt: skip
ORDINALS = {
    "es": (
        "primer primero", "segundo", "tercer tercero", "cuarto", "quinto", "sexto", "septimo setimo", "octavo",
        "noveno nono", "decimo", "undecimo decimoprimero decimo-primer decimo-primero",
        "duodecimo decimosegundo decimo-segundo", "decimotercer decimotercero decimo-tercer decimo-tercero",
        "decimocuarto decimo-cuarto", "decimoquinto decimo-quinto", "decimosexto decimo-sexto",
        "decimoseptimo decimo-septimo", "decimoctavo decimo-octavo", "decimonoveno decimo-noveno", "vigesimo",
    ),
    "pt": (
        "primeira primeiro", "segundo", "terceiro", "quarto", "quinto", "sexto", "setimo", "oitavo", "nono", "decimo",
        "decimo-primeiro", "decimo-segundo", "decimo-terceiro", "decimo-quarto", "decimo-quinto", "decimo-sexto",
        "decimo-setimo", "decimo-oitavo", "decimo-nono", "vigesimo",
    ),
    "ca": (
        "primer", "segon", "tercer", "quart", "cinque", "sise", "sete", "vuite", "nove", "dese", "onze", "dotze",
        "tretze", "catorze", "quinze", "setze", "disset dissete", "divuite", "dinove", "vinte",
    ),
    "fr": (
        "premier", "deuxieme", "troisieme", "quatrieme", "cinquieme", "sixieme", "septieme", "huitieme", "neuvieme",
        "dixieme", "onzieme", "douzieme", "treizieme", "quatorzieme", "quinzieme", "seizieme", "dix-septieme",
        "dix-huitieme", "dix-neuvieme", "vingtieme",
    ),
    "en": (
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
        "twentieth",
    ),
}  # fmt: skip
"""language -> the ordinals of each number, without accents; a hyphen may be a blank."""
BY_ROMAN = {roman: number for number, roman in enumerate(ROMANS, 1)}
BY_WORD = {
    word: number for ordinals in ORDINALS.values() for number, words in enumerate(ordinals, 1) for word in words.split()
}


def number_from_word(written: str) -> int | None:
    """The number (1 to 20) of digits, a Roman numeral in capitals or an ordinal word; None for anything else."""
    if written.isdecimal():
        value = int(written)
        return value if 1 <= value <= len(ROMANS) else None
    return BY_ROMAN.get(written) or BY_WORD.get(written.lower().replace(" ", "-"))
