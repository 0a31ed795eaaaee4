"""Every sentence of the pages, the API and the commands has its Spanish and its Portuguese."""

import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message

from tests.sentences import TRANSLATED, error_classes, extracted, forms, translated

PLACE = re.compile(r"%\(\w+\)[a-z]|\{\w*[^{}]*\}|</?[a-z][^>]*>")

OTHERWISE_CALLED = {
    "es": re.compile(
        r"\b[Uu]sted(es)?\b|(?:^|[.:;?!»] )[¿¡«]?(Agregue|Añada|Busque|Cambie|Confirme|Copie|Corrija|Deje|Diga|Elija|"
        r"Abra|Envíe|Escriba|Espere|Guarde|Haga|Indique|Inténtelo|Lea|Mire|Pida|Ponga|Pruebe|Pulse|Quite|Revise|Suba|Tenga|"
        r"Traiga|Use|Vea|Vuelva)\b|\b\w+(?:íbalo|íbala|éngalo|éngala|íjalo|íjala|ántelo|évelo|árelo|ístelo)s?\b"
    ),
    "pt": re.compile(r"\barquivos?\b", re.IGNORECASE),
}
"""What a language's sentences never say: Spanish says tú to everybody, Portuguese calls a file ficheiro."""


@cache
def sources() -> Catalog:
    return extracted()


def sentences() -> list[Message]:
    return [message for message in sources() if message.id]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language: str) -> None:
    catalogue = translated(language)
    missing = []
    for message in sentences():
        there = catalogue.get(message.id, message.context)
        if there is None or there.fuzzy or not all(forms(there.string)):
            missing.append(forms(message.id)[0])
    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_the_places_and_the_tags_of_its_sentence(language: str) -> None:
    wrong = []
    for message in translated(language):
        if message.id and all(forms(message.string)):
            for source, text in zip(forms(message.id), forms(message.string), strict=True):
                if sorted(PLACE.findall(source)) != sorted(PLACE.findall(text)):
                    wrong.append((source, text))
    assert wrong == []


def test_the_sentences_of_errors_and_of_pages_are_found() -> None:
    found = {forms(message.id)[0] for message in sentences()}
    assert {kind.sentence for kind in error_classes().values()} <= found
    assert any(name.startswith("templates/") for message in sentences() for name, _ in message.locations)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_addresses_people_and_calls_things_in_one_way(language: str) -> None:
    texts = [text for message in translated(language) if message.id for text in forms(message.string)]
    assert [text for text in texts if OTHERWISE_CALLED[language].search(text)] == []
