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
