"""Words that mean much the same, found among the words of an index."""

from bank.search.meaning.encoder import Encoder, shrink_vectors
from bank.search.meaning.vectors import VectorStore
from bank.search.meaning.words import LEAST_WORD_COSINE, MOST_ALIKE_WORDS, HeldWords

INDEX = (
    "biblioteca bibliotecas library libraries bibliothèque niños crianças enfants children niñas huertos gardens "
    "hortas agua água water eau carretera presupuesto orçamento budget museo inundaciones inundações policía"
).split()


def test_translations_of_a_word_are_found_in_an_index_of_several_languages(store: VectorStore, encode: Encoder) -> None:
    store.put_words(INDEX, shrink_vectors(encode(INDEX)))
    found = HeldWords(store, encode).alike(["children", "biblioteca", "zanahoria"])
    assert {"enfants", "crianças"} <= {word for word, _ in found["children"]}
    assert {"library", "bibliothèque"} <= {word for word, _ in found["biblioteca"]}
    assert not {"museo", "carretera", "policía"} & {word for others in found.values() for word, _ in others}
    assert found["zanahoria"] == ()
    for word, others in found.items():
        assert word not in dict(others)
        assert [near for _, near in others] == sorted((near for _, near in others), reverse=True)
        assert all(near >= LEAST_WORD_COSINE for _, near in others)
        assert len(others) <= MOST_ALIKE_WORDS


def test_words_that_come_and_go_are_followed(store: VectorStore, encode: Encoder) -> None:
    held = HeldWords(store, encode)
    assert held.alike(["children"]) == {"children": ()}
    store.put_words(["enfants"], shrink_vectors(encode(["enfants"])))
    assert [word for word, _ in held.alike(["children"])["children"]] == ["enfants"]
    store.put_words(["crianças"], shrink_vectors(encode(["crianças"])))
    assert {word for word, _ in held.alike(["children"])["children"]} == {"enfants", "crianças"}
    store.drop_words(["enfants"])
    assert [word for word, _ in held.alike(["children"])["children"]] == ["crianças"]
    store.file.throw_away()
    assert held.alike(["children"]) == {"children": ()}


def test_the_same_word_written_otherwise_is_no_other_word(store: VectorStore, encode: Encoder) -> None:
    store.put_words(["educación", "education"], shrink_vectors(encode(["educación", "education"])))
    found = HeldWords(store, encode).alike(["educacion"])["educacion"]
    assert "educación" not in dict(found)
