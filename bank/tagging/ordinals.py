"""Numbers from 1 to 20 as people write them beside the word principle: 8, VIII, octavo, huitième; accents stripped."""

ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
          "XVIII", "XIX", "XX")  # fmt: skip
ORDINALS = (
    "primer primero primeira primeiro premier first",
    "segundo segon deuxieme second",
    "tercer tercero terceiro troisieme third",
    "cuarto quarto quart quatrieme fourth",
    "quinto cinque cinquieme fifth",
    "sexto sise sixieme sixth",
    "septimo setimo sete septieme seventh",
    "octavo oitavo vuite huitieme eighth",
    "noveno nono nove neuvieme ninth",
    "decimo dese dixieme tenth",
    "undecimo decimoprimero decimo-primer decimo-primero decimo-primeiro onze onzieme eleventh",
    "duodecimo decimosegundo decimo-segundo dotze douzieme twelfth",
    "decimotercer decimotercero decimo-tercer decimo-tercero decimo-terceiro tretze treizieme thirteenth",
    "decimocuarto decimo-cuarto decimo-quarto catorze quatorzieme fourteenth",
    "decimoquinto decimo-quinto quinze quinzieme fifteenth",
    "decimosexto decimo-sexto setze seizieme sixteenth",
    "decimoseptimo decimo-septimo decimo-setimo disset dissete dix-septieme seventeenth",
    "decimoctavo decimo-octavo decimo-oitavo divuite dix-huitieme eighteenth",
    "decimonoveno decimo-noveno decimo-nono dinove dix-neuvieme nineteenth",
    "vigesimo vinte vingtieme twentieth",
)
"""The ordinals of each number in es, ca, pt, fr and en; a hyphen may be a blank."""
BY_ROMAN = {roman: number for number, roman in enumerate(ROMANS, 1)}
BY_WORD = {word: number for number, words in enumerate(ORDINALS, 1) for word in words.split()}


def number(written: str) -> int | None:
    """What a figure, a Roman numeral in capitals or an ordinal word means; None when none of the twenty."""
    if written.isdecimal():
        value = int(written)
        return value if 1 <= value <= len(ROMANS) else None
    return BY_ROMAN.get(written) or BY_WORD.get(written.lower().replace(" ", "-"))
