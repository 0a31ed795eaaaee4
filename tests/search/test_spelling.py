"""Did you mean: how people who write es, pt, ca, fr and en misspell, and what is left alone."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bank.search.document import SearchDocument
from bank.search.edits import distances, rows_within_edits, signs, text_likeness
from bank.search.engine import Engine
from bank.search.engines.memory import MemoryEngine
from bank.search.engines.whoosh_engine import WhooshEngine
from bank.search.folding import fold_word
from bank.search.query import Phrase, Word, parse_query
from bank.search.request import SearchRequest
from bank.search.sounds import fold_by_ear, letter_rows, sound_rows
from bank.search.spelling import Speller, SpellingTable
from bank.search.wordlist import WordList

WORDS = {
    "participación": 40, "participation": 9, "participação": 20, "biblioteca": 30, "bibliothèque": 6, "educación": 90,
    "educação": 30, "education": 12, "medio": 30, "ambiente": 60, "abuelos": 8, "abuelo": 3, "community": 15,
    "comunitat": 4, "garden": 9, "saúde": 7, "mental": 12, "menta": 1, "ciudad": 95, "ciudades": 40, "cuidado": 12,
    "inclusión": 20, "inclusão": 8, "discapacidad": 9, "juventud": 15, "juventude": 5, "mujeres": 30, "mulheres": 9,
    "violencia": 12, "colegio": 9, "escuela": 40, "escola": 25, "école": 6, "gobierno": 20, "governo": 9, "niños": 25,
    "crianças": 12, "reciclaje": 6, "desarrollo": 35, "développement": 7, "development": 11, "movilidad": 14,
    "transporte": 12, "espacio": 22, "público": 31, "cidadania": 10, "ciudadanía": 22, "ciutadania": 8, "barrio": 25,
    "environment": 8, "environnement": 5, "neighbourhood": 7, "gouvernance": 4, "citoyenneté": 5, "huertos": 9,
    "urbanos": 12, "árboles": 11, "parques": 14, "partes": 40, "vivienda": 10, "sostenibilidad": 11, "aprendizaje": 18,
    "aprenentatge": 6, "llengua": 5, "col·laboració": 4, "joventut": 6, "pharmacie": 2, "campo": 8, "también": 3,
    "exposición": 7, "excelente": 6, "hospital": 5, "quiosco": 2, "guerra": 3, "jirafa": 1, "yegua": 1, "coche": 2,
}  # fmt: skip
MISSPELT = {
    "partisipasion": "participación", "participasion": "participación", "partcipacion": "participación",
    "bibiloteca": "biblioteca", "viblioteca": "biblioteca", "biblioteka": "biblioteca", "bibliotheke": "bibliothèque",
    "educasion": "educación", "edukacion": "educación", "educacao": None, "educasao": "educação",
    "educassão": "educação", "abuleos": "abuelos", "avuelos": "abuelos", "comunity": "community",
    "comunnity": "community", "mentau": "mental", "cuidad": "ciudad", "siudades": "ciudades", "ciudadez": "ciudades",
    "incluzion": "inclusión", "inclussão": "inclusão", "discapasidad": "discapacidad", "jubentud": "juventud",
    "mugeres": "mujeres", "biolencia": "violencia", "colejio": "colegio",
    "hescuela": "escuela", "ezcuela": "escuela", "govierno": "gobierno", "ninyos": "niños", "criansas": "crianças",
    "resiclage": "reciclaje", "desarroyo": "desarrollo", "develloppement": "développement",
    "developmant": "development", "mobilidad": "movilidad", "trasporte": "transporte", "tramsporte": "transporte",
    "espasio": "espacio", "puvlico": "público", "sidadania": "cidadania", "ciutadanya": "ciutadania",
    "varrio": "barrio", "environement": "environnement", "neigborhood": "neighbourhood",
    "gouvernence": "gouvernance", "citoyeneté": "citoyenneté", "guertos": "huertos", "huertoz": "huertos",
    "urvanos": "urbanos", "arvoles": "árboles", "parqes": "parques", "bibienda": "vivienda",
    "sostenivilidad": "sostenibilidad", "aprendisaje": "aprendizaje", "aprenentatje": "aprenentatge",
    "colaboracio": "col·laboració", "farmacie": "pharmacie", "kampo": "campo", "canpo": "campo", "tanvien": "también",
    "esposicion": "exposición", "exelente": "excelente", "ospital": "hospital", "kiosko": "quiosco", "gerra": "guerra",
    "girafa": "jirafa", "llegua": "yegua", "xyzzyxy": None, "qwertyuiop": None, "ciudad": None, "ano": None,
    "parq3s": None, "para": None, "aaaaaaaaaaaaaaaaaaaaaaaaaaaa": None,
}  # fmt: skip


def speller(counts: dict[str, int]) -> Speller:
    """Knows a list of words, of which no two stand side by side."""
    words = WordList.of(counts.items())
    table = SpellingTable.of(words)

    def having(clause: Word | Phrase) -> int:
        if isinstance(clause, Word):
            return words.count(fold_word(clause.word))
        return words.count(fold_word(clause.words[0])) if len(clause.words) == 1 else 0

    return Speller(lambda: [table], having)


@pytest.mark.parametrize(("typed", "meant"), MISSPELT.items())
def test_usual_misspellings_lead_to_the_word(typed: str, meant: str | None) -> None:
    known = speller(WORDS)
    best = next(iter(known.closest(Word(typed))), None) if not known.having(Word(typed)) else None
    assert (best.written if best else None) == meant


def test_of_equally_near_words_the_commoner_comes_first() -> None:
    known = speller({"casas": 3, "pasas": 30, "rasas": 8})
    assert [near.written for near in known.closest(Word("nasas"), 3)] == ["pasas", "rasas", "casas"]


def test_what_sounds_the_same_comes_before_what_is_a_letter_away_even_if_rarer() -> None:
    known = speller({"parques": 2, "partes": 90})
    assert [near.written for near in known.closest(Word("parqes"), 2)] == ["parques", "partes"]


def test_a_word_that_no_entry_has_any_more_is_not_offered() -> None:
    table = SpellingTable.of(WordList.of([("parques", 9)]))
    assert Speller(lambda: [table], lambda clause: 0).closest(Word("parqes")) == ()


def test_a_short_word_may_have_one_letter_wrong_and_a_long_one_two() -> None:
    known = speller({"casa": 9, "participación": 9})
    assert known.closest(Word("cosa"))[0].written == "casa"
    assert known.closest(Word("coso")) == ()
    assert known.closest(Word("portocipacion"))[0].written == "participación"
    assert known.closest(Word("portocipocian")) == ()


def test_words_of_several_segments_are_counted_together() -> None:
    tables = [SpellingTable.of(WordList.of(list(each.items()))) for each in ({"pasas": 3, "casas": 4}, {"pasas": 3})]
    known = Speller(lambda: tables, lambda clause: 1)
    assert {near.written: near.count for near in known.near("nasas", 2)} == {"pasas": 6, "casas": 4}


@given(st.text("abcdeñçhqgily", min_size=1, max_size=9), st.text("abcdeñçhqgily", min_size=1, max_size=9))
def test_edits_are_counted_as_the_plain_way_counts_them_and_the_sieve_loses_none(first: str, second: str) -> None:
    row, other = letter_rows([fold_word(first)]), letter_rows([fold_word(second)])
    away = plain_distance(fold_word(first), fold_word(second))
    for edits in (0, 1, 2, 3):
        told = int(distances(row[0, : len(fold_word(first))], other, edits)[0])
        assert told == min(away, edits + 1)
        nearest = min(
            plain_distance(fold_word(first), fold_word(second)[:end]) for end in range(len(fold_word(second)) + 1)
        )
        begun = int(distances(row[0, : len(fold_word(first))], other, edits, beginnings=True)[0])
        assert begun == min(nearest, edits + 1)
        if away <= edits:
            assert rows_within_edits(signs(row)[0], signs(other), edits).tolist() == [0]


def plain_distance(first: str, second: str) -> int:
    """Optimal string alignment, word by word."""
    table = {(-1, -1): 0} | {(i, -1): i + 1 for i in range(len(first))} | {(-1, j): j + 1 for j in range(len(second))}
    for i, letter in enumerate(first):
        for j, other in enumerate(second):
            options = [table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (letter != other)]
            if i and j and letter == second[j - 1] and first[i - 1] == other:
                options.append(table[i - 2, j - 2] + 1)
            table[i, j] = min(options)
    return table[len(first) - 1, len(second) - 1]


@given(st.lists(st.text("abcehlmnpquy ç", min_size=1, max_size=9).map(str.strip).filter(bool), min_size=1, max_size=5))
def test_a_word_sounds_the_same_whatever_words_stand_beside_it(words: list[str]) -> None:
    together = sound_rows(letter_rows([fold_by_ear(word) for word in words]))
    for row, word in zip(together, words, strict=True):
        alone = sound_rows(letter_rows([fold_by_ear(word)]))[0]
        assert np.trim_zeros(row, "b").tolist() == np.trim_zeros(alone, "b").tolist()


def test_a_word_of_the_list_takes_twelve_bytes() -> None:
    table = SpellingTable.of(WordList.of((f"palabra{chr(97 + at // 26)}{chr(97 + at % 26)}", 1) for at in range(600)))
    assert table.kept.nbytes + table.signs.nbytes == 12 * 600


PLAZA = SearchDocument(
    id=1,
    version=1,
    language="es",
    kind="experience",
    titles={"es": "La biblioteca de la plaza", "en": "A community garden"},
    fields=("Educación y participación, medio ambiente, abuelos y salud mental, agua potable.",),
    names=("Vasca",),
    cities=("mx-leon",),
)


@pytest.fixture(params=["plain", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    made: Engine = MemoryEngine() if request.param == "plain" else WhooshEngine.create(tmp_path / "0001")
    made.put([PLAZA])
    return made


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("partisipasion", "participación"),
        ("comunity garden", "community garden"),
        ("bibiloteca y abuleos", "biblioteca y abuelos"),
        ("viblioteca -educasion city:mx-leon", "biblioteca -educasion city:mx-leon"),
        ("title:bibiloteca", "title:biblioteca"),
        ('title:"la bibiloteca"', 'title:"la biblioteca"'),
        ("bibiloteca OR abuleos", "biblioteca OR abuelos"),
        ('"salud mentau"', '"salud mental"'),
        ('"salut mental"', '"salud mental"'),
        ('"bibiloteca"', None),
        ("medioanbiente", '"medio ambiente"'),
        ("saludmental", '"salud mental"'),
        ("aguapotavle OR plaza", '"agua potable" OR plaza'),
        ("saludambiente", None),
        ("biblioteca plaza", None),
        ("vasca", None),
        ("vazca", "vasca"),
    ],
)
def test_a_query_is_put_right_word_by_word(engine: Engine, text: str, meant: str | None) -> None:
    assert engine.search(SearchRequest(parse_query(text))).did_you_mean == meant


def test_a_word_that_no_entry_has_is_put_right_though_the_others_find_plenty(engine: Engine) -> None:
    engine.put(replace(PLAZA, id=number) for number in range(2, 30))
    results = engine.search(SearchRequest(parse_query("salud mental plaza bibiloteca")))
    assert results.total == 29
    assert results.did_you_mean == "salud mental plaza biblioteca"


def test_a_word_that_is_there_is_left_alone_but_for_a_slip_that_hardly_any_entry_has(engine: Engine) -> None:
    def meant(text: str) -> str | None:
        return engine.search(SearchRequest(parse_query(text))).did_you_mean

    plain = replace(PLAZA, titles={"es": "Consejo"}, fields=(), names=())
    engine.put(replace(plain, id=number) for number in range(2, 160))
    engine.put([replace(plain, id=200, titles={"es": "Conzejo"}, fields=("Tomas",))])
    engine.put(replace(plain, id=number, titles={"es": "Concejo"}) for number in range(201, 204))
    engine.put(replace(plain, id=number, titles={"es": "Temas"}) for number in range(210, 300))
    assert meant("conzejo") == "consejo"
    assert meant("concejo") is None
    assert meant("tomas") is None


def test_texts_are_alike_by_the_letters_that_they_have_in_the_same_order() -> None:
    assert (text_likeness("huertos", "huertos"), text_likeness("", ""), text_likeness("abc", "xyz")) == (1.0, 1.0, 0.0)
    assert text_likeness("abcd", "abxd") == 0.75
    assert text_likeness("abcd", "abxd", 0.76) == 0.0
