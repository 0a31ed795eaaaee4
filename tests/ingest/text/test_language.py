"""The language of a text by its commonest words."""

import pytest

from bank.ingest.text.language import guess_language

TEXTS = {
    "es": "La ciudad educadora es aquella que, además de ejercer sus funciones tradicionales, reconoce, promueve y "
    "ejerce un papel formativo en la vida de sus habitantes, y convoca a las escuelas del municipio.",
    "pt": "A cidade educadora é aquela que, além de exercer as suas funções tradicionais, reconhece e promove um papel "
    "educador na vida dos habitantes, e convida as escolas do município para isso.",
    "ca": "La ciutat educadora és aquella que, a més d'exercir les seves funcions tradicionals, reconeix i promou un "
    "paper educador en la vida dels habitants, i convida les escoles del municipi amb aquest objectiu.",
    "fr": "La ville éducatrice est celle qui, au-delà de ses fonctions traditionnelles, reconnaît et promeut un rôle "
    "éducatif dans la vie de ses habitants, et invite les écoles de la commune avec nous.",
    "en": "The educating city is one that, beyond its traditional functions, recognises and promotes an educating role "
    "in the lives of its inhabitants, and invites the schools of the town to do so with it.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_each_language_is_recognised(code: str) -> None:
    assert guess_language(TEXTS[code]) == code


@pytest.mark.parametrize("text", ["", "Boletín 3", "Dies ist ein Satz in einer Sprache, " * 5, "1 2 3 4 5 " * 50])
def test_another_language_or_too_little_text_is_not_guessed(text: str) -> None:
    assert guess_language(text) is None


def test_the_declared_language_decides_only_between_near_scores() -> None:
    assert guess_language(TEXTS["es"], "en-US") == "es"
    assert guess_language(TEXTS["es"], "es-MX") == "es"
    assert guess_language(TEXTS["es"], "xx") == "es"


NAMES = "\n\n".join(
    f"Associació de Veïns de {place}, Centre Cívic i Biblioteca de les {other}, plaça de la {third}"
    for place, other, third in (
        ("la Sagrera", "Corts", "Vila"), ("el Clot", "Roquetes", "Concòrdia"), ("les Planes", "Fonts", "Pau"),
        ("la Teixonera", "Arts", "Llibertat"), ("la Vall d'Hebron", "Dones", "Font"), ("el Coll", "Lletres", "Unió"),
    )
)  # fmt: skip
SPANISH = (
    "Las familias participan cada año en talleres que ofrecen las escuelas del barrio, con apoyo municipal. "
    "Los vecinos cuentan cómo aprendieron a cuidar su calle y qué harían mejor otra vez. Se reunieron tres veces "
    "durante 2019, para decidir entre todos qué huertos abrir primero. Después, cada grupo presentó sus resultados "
    "ante el consejo, que los publicó sin cambios. Este informe resume lo aprendido para quien quiera hacerlo.\n\n"
)


def test_names_in_another_language_do_not_outweigh_whole_sentences() -> None:
    assert guess_language(NAMES) == "ca"
    assert guess_language(f"{6 * NAMES}\n\n{SPANISH}") == "es"


def test_letters_of_weekdays_are_no_words() -> None:
    weeks = "L M X J V S D\n" * 12
    said = "El comienzo del curso en la escuela es en septiembre y no hay clase los lunes de octubre"
    assert guess_language(f"Calendario escolar de la ciudad\n{weeks}{said}") == "es"
