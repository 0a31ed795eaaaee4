"""Which of several texts a reader is shown."""

from typing import Any

import pytest

from bank.languages import INTERFACE_LANGUAGES
from bank.vocabulary import Labels, Vocabulary, load_vocabulary
from bank.vocabulary.network import load_network


@pytest.fixture(scope="module")
def portuguese() -> Vocabulary:
    return load_vocabulary(language="pt")


@pytest.mark.parametrize(("asked", "said"), [("es", "mar"), ("fr", "mer"), ("de", "mer"), ("", "mer")])
def test_a_reader_gets_the_asked_language_else_the_banks(asked: str, said: str) -> None:
    assert Labels({"es": "mar", "fr": "mer", "en": "sea"}, "fr").said(asked) == said


def test_without_the_banks_own_language_any_text_is_better_than_none() -> None:
    assert Labels({"es": "mar", "en": "sea"}, "pt").said("ca") == "sea"
    assert Labels({"fr": "mer", "es": "mar"}, "pt").said("ca") == "mar"
    assert Labels({"es": "mar", "pt": ""}, "pt").said("ca") == "mar"
    assert Labels({}, "pt").said("ca") == ""


def test_labels_are_a_mapping_and_equal_by_their_texts() -> None:
    labels = Labels({"es": "mar"}, "es")
    assert (dict(labels), len(labels), labels.get("fr")) == ({"es": "mar"}, 1, None)
    assert labels == Labels({"es": "mar"}, "pt") == {"es": "mar"}


def test_every_label_of_a_bank_in_portuguese_falls_back_to_portuguese(portuguese: Vocabulary) -> None:
    labelled = [term for terms in portuguese.vocabularies().values() for term in terms]
    specs = [spec for kind in portuguese.kinds for spec in kind.facts.fields]
    choices = [choice for spec in specs for choice in spec.choices]
    others = (*portuguese.field_groups, *portuguese.criteria, *portuguese.calls.values())
    everything: list[Any] = [*labelled, *specs, *choices, *others]
    for one in everything:
        assert one.label("eu") == one.labels["pt"]
    advised: list[Any] = [*specs, *portuguese.criteria]
    assert all(one.advice("eu") == one.help["pt"] for one in advised)
    assert all(event.title("eu") == event.titles["pt"] for event in portuguese.events)


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_the_networks_texts_fall_back_to_the_banks_own_language(language: str) -> None:
    network = load_network(language=language)
    assert network.agreement.text("eu") == network.agreement.texts[language]
    assert network.privacy.text("eu", "R", "a@b.example") == network.privacy.text(language, "R", "a@b.example")
