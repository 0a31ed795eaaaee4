import pytest

from bank.languages import best_text, country_name, is_language_code, language_name


@pytest.mark.parametrize("code", ["es", "pt", "ca", "eu", "nah", "yua", "und"])
def test_languages_great_and_small_have_codes(code: str) -> None:
    assert is_language_code(code)


@pytest.mark.parametrize("code", ["", "ES", "castellano", "e", "qq", "es_MX", "ñ", "../es"])
def test_anything_else_is_no_code(code: str) -> None:
    assert not is_language_code(code)


def test_a_language_is_named_in_the_readers_language() -> None:
    assert (language_name("ca", "es"), language_name("ca", "en"), language_name("ca", "pt")) == (
        "catalán",
        "Catalan",
        "catalão",
    )
    assert (language_name("und", "es"), language_name("und", "en")) == ("sin determinar", "undetermined")


def test_an_unknown_language_keeps_its_code() -> None:
    assert language_name("qqq", "es") == "qqq"
    assert language_name("es", "no such language") == "es"


def test_a_country_is_named_in_the_readers_language() -> None:
    assert (country_name("mx", "es"), country_name("BR", "en")) == ("México", "Brazil")
    assert country_name("ZZX", "es") == "ZZX"


def test_the_text_shown_is_the_readers_then_the_originals_then_any() -> None:
    texts = {"es": "hola", "pt": "olá", "ca": "hola!"}
    assert best_text(texts, "pt") == ("pt", "olá")
    assert best_text(texts, "en", "ca", "es") == ("ca", "hola!")
    assert best_text(texts, "en", "es") == ("es", "hola")
    assert best_text(texts, "en", "pt") == ("pt", "olá")
    assert best_text(texts, "en") == ("ca", "hola!")
    assert best_text({"fr": "salut"}, "en") == ("fr", "salut")
    assert best_text({"en": ""}, "en") == ("und", "")
