"""Suggestions with meaning and by words alone."""

import pytest

from bank.tagging.cache import ReadDocumentCache
from bank.tagging.features import MOST_READ_SENTENCES, MOST_READ_WORDS
from bank.tagging.tagger import LEAST_SUGGESTED_SCORE, MOST_SUGGESTIONS, Tagger
from bank.tagging.values import Document, DocumentPart, SimilarEntry, Suggestion

GARDEN = """La escuela separa sus residuos, hace composta y riega con agua de lluvia un huerto de plantas nativas.
El alumnado mide cada mes cuánta basura deja de ir al vertedero y lo cuenta a las familias del barrio.
Agradecemos a la ciudad educadora y a su red el apoyo recibido. Se plantaron además doscientos árboles en la ribera."""
IN_LANGUAGES = [
    ("5", "Every Tuesday pensioners teach teenagers to mend radios, and the teenagers show them how to use a phone."),
    (
        "5",
        "Tous les mardis, des retraités apprennent aux jeunes à réparer des radios ; eux leur montrent le téléphone.",
    ),
    ("16", "El servei orienta joves sense feina, prepara entrevistes i pacta pràctiques pagades amb trenta empreses."),
    (
        "14",
        "Enfermeiras e professoras caminham com pessoas idosas e ensinam alimentação saudável nos centros de saúde.",
    ),
]
NONSENSE = [
    "",
    "asdf qwer zxcv tyui ghjk 1234 5678",
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore.",
    "Se baten los huevos con el azúcar, se añade la harina y se hornea el bizcocho cuarenta minutos a 180 grados.",
    "La ciudad educadora reafirma su compromiso con los valores de la Carta y con la participación de todos.",
]


def about(text: str, title: str = "", date: str | None = None) -> Document:
    return Document(title, (DocumentPart(text),), date)


def terms(suggestions: tuple[Suggestion, ...]) -> list[str]:
    return [one.term for one in suggestions]


def test_a_practice_gets_its_principle_and_theme_with_sentences_of_its_own(tagger: Tagger) -> None:
    found = tagger.suggest(about(GARDEN, "Un huerto que no tira nada"))
    best = found.principles[0]
    assert (best.term, found.themes[0].term) == ("13", "medio-ambiente")
    assert best.score > 0.8
    assert 1 <= len(best.evidence) <= 3
    assert all(one.text in " ".join(GARDEN.split()) for one in best.evidence)
    assert not any("red" in one.text.split() for one in best.evidence)
    assert found.method == "1+meaning"


@pytest.mark.parametrize(("term", "text"), IN_LANGUAGES)
def test_the_principle_is_found_in_every_language(tagger: Tagger, term: str, text: str) -> None:
    assert term in terms(tagger.suggest(about(f"{text} {text}")).principles)[:2]


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_praise_and_other_subjects_get_nothing(tagger: Tagger, plain: Tagger, text: str) -> None:
    for one in (tagger, plain):
        found = one.suggest(about(text))
        assert (found.principles, found.themes) == ((), ())


def test_words_alone_are_enough_for_an_answer(plain: Tagger) -> None:
    found = plain.suggest(about(GARDEN, "Un huerto que no tira nada"))
    assert "13" in terms(found.principles)
    assert "medio-ambiente" in terms(found.themes)
    assert found.principles[0].evidence
    assert found.method == "1"


def test_there_are_never_more_than_may_be_shown_and_the_best_come_first(tagger: Tagger) -> None:
    texts = [text for _, text in IN_LANGUAGES]
    found = tagger.suggest(about("\n\n".join([GARDEN, *texts, "Voluntarios abren un museo y una asamblea decide."])))
    for name in MOST_SUGGESTIONS:
        scores = [one.score for one in found.of(name)]
        assert scores, name
        assert len(scores) <= MOST_SUGGESTIONS[name]
        assert scores == sorted(scores, reverse=True)
        assert all(LEAST_SUGGESTED_SCORE <= score <= 1 for score in scores)


def test_a_principle_named_by_number_wins_and_its_sentence_is_shown(tagger: Tagger, plain: Tagger) -> None:
    text = f"{GARDEN} La práctica responde al principio 8 de la Carta."
    for one in (tagger, plain):
        named = next(found for found in one.suggest(about(text)).principles if found.term == "8")
        assert named.mentioned
        assert named.score > 0.9
        assert named.evidence[0].text == "La práctica responde al principio 8 de la Carta."


def test_an_old_number_is_suggested_as_its_heirs(plain: Tagger) -> None:
    text = "La práctica responde al principio 8 de la Carta."
    assert terms(plain.suggest(about(text, date="2016")).principles) == ["11"]
    assert terms(plain.suggest(about(text, date="2022")).principles) == ["8"]


def test_evidence_says_its_file_and_page(plain: Tagger) -> None:
    cover = "BOLETÍN\nNúmero 3\nMedio ambiente\nVilla Uno\nVilla Dos\nVilla Tres\n2019"
    document = Document(
        "Boletín", (DocumentPart(cover, 1, 1), DocumentPart("Sigue el texto.", 1, 2), DocumentPart(GARDEN, 2, 7))
    )
    evidence = plain.suggest(document).of("theme")[0].evidence
    assert {(one.file, one.page) for one in evidence} == {(2, 7)}


def test_confirmed_entries_that_resemble_the_text_lend_their_tags(plain: Tagger) -> None:
    alone = {one.term: one.score for one in plain.suggest(about(GARDEN)).principles}
    near = [SimilarEntry(0.8, {"principle": ("13",), "theme": ()})] * 4
    helped = {one.term: one.score for one in plain.suggest(about(GARDEN), near).principles}
    assert helped["13"] > alone["13"]
    assert {**helped, "13": 0} == {**alone, "13": 0}
    far = [SimilarEntry(0.2, {"principle": ("13",), "theme": ()})] * 4
    assert {one.term: one.score for one in plain.suggest(about(GARDEN), far).principles} == alone


def test_entries_without_tags_of_the_vocabulary_take_no_place_from_those_that_have_some(plain: Tagger) -> None:
    """The nearest five that carry a principle are asked about principles, whatever stands between them."""
    near = [SimilarEntry(0.8, {"principle": ("13",), "theme": ()})] * 3
    other = [SimilarEntry(0.8, {"principle": (), "theme": ("cultura",)})] * 20
    further = [SimilarEntry(0.6, {"principle": ("4",), "theme": ()})] * 5
    found = plain.suggest(about(GARDEN), near + other + further)
    assert found.principles == plain.suggest(about(GARDEN), near + further[:2]).principles
    assert found.themes == plain.suggest(about(GARDEN), other).themes


def test_what_was_met_of_the_lists_is_told(plain: Tagger) -> None:
    found = plain.suggest(about("Un presupuesto participativo del barrio. " + GARDEN, "Presupuesto participativo"))
    (eight,) = [one for one in found.principles if one.term == "8"]
    assert "presupuesto participativo" in eight.matched


def test_of_a_very_long_document_so_many_words_are_read_evenly_and_every_mention_of_a_number(plain: Tagger) -> None:
    mention = "La práctica responde al principio 8 de la Carta."
    pages = [DocumentPart(f"{GARDEN} En la página {number} se riega.", 1, number) for number in range(1, 1001)]
    pages[776] = DocumentPart(f"{GARDEN} {mention}", 1, 777)
    document = Document("Memoria", tuple(pages))
    found = plain.read(document)
    assert len(found.sentences) <= MOST_READ_SENTENCES + 1
    assert sum(len(sentence.text.split()) for sentence in found.sentences) < 1.1 * MOST_READ_WORDS
    parts = [sentence.part for sentence in found.sentences]
    assert max(later - earlier for earlier, later in zip([0, *parts], [*parts, 999], strict=True)) <= 4
    eight = next(one for one in plain.suggest(document).principles if one.term == "8")
    assert (eight.evidence[0].text, eight.evidence[0].page) == (mention, 777)


def test_so_many_sentences_are_remembered_those_asked_for_last(plain: Tagger) -> None:
    documents = [about(GARDEN, f"Huerto {number}") for number in range(5)]
    readings = [plain.read(document) for document in documents]
    each = len(readings[0].sentences)
    remembered = ReadDocumentCache(most=3 * each)
    for document, found in list(zip(documents, readings, strict=True))[:3]:
        remembered.put(document, found)
    assert remembered.get(documents[0]) is readings[0]
    for document, found in list(zip(documents, readings, strict=True))[3:]:
        remembered.put(document, found)
    assert [remembered.get(document) is not None for document in documents] == [True, False, False, True, True]
    assert remembered.sentences == 3 * each
    remembered.put(about(GARDEN * 9), plain.read(about(GARDEN * 9)))
    assert remembered.sentences <= 3 * each


def test_a_book_is_read_evenly_and_its_subject_found(tagger: Tagger) -> None:
    pages = tuple(DocumentPart(GARDEN, 1, number) for number in range(1, 301))
    assert terms(tagger.suggest(Document("Memoria", pages)).principles)[0] == "13"
