"""Sentences: cut where people would, and nothing with a letter in it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bank.search.meaning.sentences import LONGEST_SENTENCE_WORDS, LONGEST_WORD_LETTERS, has_word, split_sentences

CASES = {
    "titles of people": (
        "La Dra. Pérez habló. El Sr. J. A. Gómez escuchó. ¿Y después? ¡Nada!",
        ["La Dra. Pérez habló.", "El Sr. J. A. Gómez escuchó.", "¿Y después?", "¡Nada!"],
    ),
    "numbers of things": (
        "Lo dice el art. 5 de la Carta. Véase la pág. 12 y el núm. 3 del vol. 2. En 2019. 300 familias vinieron.",
        [
            "Lo dice el art. 5 de la Carta.",
            "Véase la pág. 12 y el núm. 3 del vol. 2.",
            "En 2019.",
            "300 familias vinieron.",
        ],
    ),
    "letters for words": (
        "EE. UU. aprobó el plan. The U.S. team left.",
        ["EE. UU. aprobó el plan.", "The U.S. team left."],
    ),
    "no and No.": (
        "¿Vino? No. Llamó a la puerta No. 5 del patio.",
        ["¿Vino?", "No.", "Llamó a la puerta No. 5 del patio."],
    ),
    "decimals and addresses": (
        "It cost 3.5 million. See www.ejemplo.org today. Sí... Ahora sí.",
        ["It cost 3.5 million.", "See www.ejemplo.org today.", "Sí...", "Ahora sí."],
    ),
    "French quotes": (
        "« Nous apprenons », dit-elle. « Et vous ? » Oui !",
        ["« Nous apprenons », dit-elle.", "« Et vous ? »", "Oui !"],
    ),
    "quotes": ("Dijo: «Hola.» Y se fue. “Ven.” Fue.", ["Dijo: «Hola.»", "Y se fue.", "“Ven.”", "Fue."]),
    "Catalan": (
        "El Sr. Puig col·labora. Què fem? L'Aina ho sap.",
        ["El Sr. Puig col·labora.", "Què fem?", "L'Aina ho sap."],
    ),
    "Portuguese": ("A Sra. Lima foi à praça. Já voltou? Não.", ["A Sra. Lima foi à praça.", "Já voltou?", "Não."]),
    "bullets": (
        "Objetivos:\n- Plantar árboles\n• Cuidar\n  el agua\n1. Primero\n2) Segundo\nb) tercero",
        ["Objetivos:", "- Plantar árboles", "• Cuidar el agua", "1. Primero", "2) Segundo", "b) tercero"],
    ),
    "Roman numbers": ("II. Método\nVino Felipe II. Cenó.", ["II. Método", "Vino Felipe II.", "Cenó."]),
    "headings": (
        "HUERTOS ESCOLARES\nLas niñas plantan\nverduras. Luego las\ncocinan.",
        ["HUERTOS ESCOLARES", "Las niñas plantan verduras.", "Luego las cocinan."],
    ),
    "lines of a page": (
        "El programa llegó en poco tiempo a la Red de\nCiudades Educadoras y sigue.\n\nOtro párrafo",
        ["El programa llegó en poco tiempo a la Red de Ciudades Educadoras y sigue.", "Otro párrafo"],
    ),
    "nothing to read": ("12\n\n—\n\n34 56", []),
}


@pytest.mark.parametrize("name", CASES)
def test_a_text_is_cut_where_a_person_would(name: str) -> None:
    text, wanted = CASES[name]
    assert split_sentences(text) == wanted


def test_a_list_without_stops_is_cut_into_even_pieces() -> None:
    found = split_sentences("palabra " * 150)
    assert [len(piece.split()) for piece in found] == [50, 50, 50]
    assert max(len(piece.split()) for piece in split_sentences("uno " * (LONGEST_SENTENCE_WORDS + 1))) == 31


def test_what_is_too_long_for_a_word_is_cut_and_no_letter_lost() -> None:
    found = split_sentences("ab" * 10_000 + " y otra.")
    assert max(len(word) for piece in found for word in piece.split()) == LONGEST_WORD_LETTERS
    assert "".join("".join(found).split()) == "ab" * 10_000 + "yotra."


pieces = st.sampled_from(
    "La Dra. Pérez EE. UU. art. 5 ¿Y después? ¡No! No. 3 «Hola.» “Sí” (a) - • 1. 2) II. ... … l'école col·labora à 3.5 "
    'www.a.org U.S. ñandú É. \n \n\n .» ?" Av. etc. x'.split(" ")
)


@given(st.lists(pieces, max_size=60).map(" ".join) | st.text(max_size=LONGEST_WORD_LETTERS))
def test_every_word_of_a_text_is_in_its_sentences_in_order(text: str) -> None:
    found = [word for sentence in split_sentences(text) for word in sentence.split()]
    assert [word for word in found if has_word(word)] == [word for word in text.split() if has_word(word)]
    assert all(0 < len(sentence.split()) <= LONGEST_SENTENCE_WORDS for sentence in split_sentences(text))


@given(st.lists(pieces, max_size=60).map(" ".join))
def test_sentences_are_cut_the_same_again(text: str) -> None:
    assert split_sentences(text) == split_sentences(text)
