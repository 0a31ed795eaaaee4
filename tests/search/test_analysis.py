"""Forms of a word that must meet, and some that must not."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bank.search.analysis import ANALYSIS_LANGUAGES, NAMES_LANGUAGE, is_stop_word, same_stem, same_word, stem
from bank.search.folding import SEARCH_WORD, fold_keeping_tilde, fold_word, normalise_text, split_words, title_key

SPANISH = """ciudad/ciudades joven/jóvenes gobierno/gobiernos país/países sostenible/sostenibles educacion/educación
participación/participacion participación/participaciones capacitación/capacitacion taller/talleres sociedad/sociedades
línea/líneas eje/ejes red/redes mujer/mujeres niño/niños niña/niñas ley/leyes luz/luces voz/voces vez/veces paz/paces
enlace/enlaces avance/avances padre/padres grande/grandes verde/verdes calle/calles torre/torres clase/clases sede/sedes
mes/meses interés/intereses espacio/espacios educativo/educativa educativa/educativas educadora/educadoras
educador/educadora parque/parques barrio/barrios municipal/municipales ambiental/ambientales derecho/derechos
público/públicas acción/acciones plan/planes imagen/imágenes árbol/árboles autobús/autobuses nación/naciones
múltiple/múltiples análisis/analisis raíz/raíces eficaz/eficaces crisis/crisis tren/trenes reloj/relojes orden/órdenes
hotel/hoteles ciudadanía/ciudadania inclusión/inclusiones migrante/migrantes diálogo/diálogos bien/bienes"""
PORTUGUESE = """educação/educações educacao/educação cidade/cidades escola/escolas homem/homens social/sociais
mulher/mulheres lei/leis jovem/jovens país/países cidadão/cidadãos educar/educação ambiental/ambientais"""
CATALAN = "educació/educacions ciutat/ciutats educacio/educació escola/escoles ciutadà/ciutadans projecte/projectes"
FRENCH = "ville/villes école/écoles jeune/jeunes qualité/qualités citoyen/citoyens national/nationaux"
ENGLISH = "city/cities education/educations school/schools policy/policies community/communities"
UNKNOWN = "ciudad/ciudades taller/talleres city/city"

PAIRS = {"es": SPANISH, "pt": PORTUGUESE, "ca": CATALAN, "fr": FRENCH, "en": ENGLISH, "und": UNKNOWN}
EVERY_PAIR = [(language, *pair.split("/")) for language, pairs in PAIRS.items() for pair in pairs.split()]
any_word = st.from_regex(SEARCH_WORD, fullmatch=True).map(normalise_text)


@pytest.mark.parametrize(("language", "one", "other"), EVERY_PAIR)
def test_two_forms_of_a_word_meet(language: str, one: str, other: str) -> None:
    assert stem(one, language) == stem(other, language)


@pytest.mark.parametrize(
    "pair", ["ciudad/cuidado", "red/rey", "parque/parte", "país/paisaje", "niño/nido", "agua/agosto"]
)
def test_different_words_stay_apart(pair: str) -> None:
    one, other = pair.split("/")
    assert stem(one, "es") != stem(other, "es")


def test_an_n_finds_the_tilde_but_the_tilde_finds_no_n() -> None:
    assert same_stem("ninos", "niño", "es")
    assert same_stem("niños", "niño", "es")
    assert same_word("ano", "año")
    assert not same_stem("año", "anos", "es")
    assert not same_word("año", "ano")


def test_names_have_no_stem() -> None:
    assert stem("Mérida".lower(), NAMES_LANGUAGE) == "merida"
    assert stem("ciudades", NAMES_LANGUAGE) == "ciudades"


def test_numbers_and_codes_have_no_stem() -> None:
    assert stem("ga2024s", "es") == "ga2024s"


def test_stop_words_are_those_of_a_language() -> None:
    assert is_stop_word("más", "es")
    assert is_stop_word("the", "en")
    assert not is_stop_word("the", "es")
    assert is_stop_word("the", "und")


def test_words_are_split_at_marks_and_cut_at_64_characters() -> None:
    assert split_words("Socio-educativo: 2018-2019, l'aigua_neta; col·lectiu ¡Año!") == (
        "socio educativo 2018 2019 l aigua neta col·lectiu año".split()
    )
    assert split_words("a" * 100) == ["a" * 64]


def test_titles_are_ordered_without_regard_to_accents_and_marks() -> None:
    titles = ["Ñandú", "¿Agua?", "Nube", "ábaco", "Oasis", "agua y más"]
    assert sorted(titles, key=title_key) == ["ábaco", "¿Agua?", "agua y más", "Nube", "Ñandú", "Oasis"]


@given(any_word)
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold_keeping_tilde(fold_keeping_tilde(word)) == fold_keeping_tilde(word)
    assert fold_word(fold_word(word)) == fold_word(word)


@given(any_word, st.sampled_from((*ANALYSIS_LANGUAGES, NAMES_LANGUAGE)))
def test_a_stem_keeps_the_first_two_letters(word: str, language: str) -> None:
    assert stem(word, language)[:2] == fold_word(word)[:2]


@given(st.text())
def test_any_text_has_words_that_are_words_again(text: str) -> None:
    for word in split_words(text):
        assert split_words(word) == [word]


def test_many_threads_stem_alike() -> None:
    many = [f"ciudades{letter}" for letter in "abcdefghijklmnopqrst"] * 200
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda word: stem(word, "es"), many))
    assert found == [stem(word, "es") for word in many]
