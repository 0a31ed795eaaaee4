"""What the network says in its own name, and what a network puts in its place."""

import hashlib
from pathlib import Path

import pytest

from bank.errors import Damaged
from bank.languages import INTERFACE_LANGUAGES
from bank.vocabulary.network import load_network

NOTICE = (
    '[[privacy]]\ntexts.es = "Responde {network}: {contact}"\ntexts.en = "Of {network}"\ntexts.pt = "De {network}"\n'
)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "network.toml"


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_the_texts_that_come_with_the_bank_are_whole(language: str) -> None:
    network = load_network()
    agreement = network.agreement.text(language)
    assert "CC0" in agreement
    assert network.agreement.digest(language) == hashlib.sha256(agreement.encode()).hexdigest()
    notice = network.privacy.text(language, "Red de prueba", "enlace@example.org")
    assert notice.startswith("Red de prueba")
    assert "enlace@example.org" in notice
    assert "{" not in notice + agreement


def test_another_language_gets_the_spanish_text() -> None:
    agreement = load_network().agreement
    assert (agreement.text("ca"), agreement.digest("ca")) == (agreement.text("es"), agreement.digest("es"))


def test_a_network_may_replace_one_text_and_keep_the_other(written: Path) -> None:
    written.write_text(NOTICE, "utf-8")
    network = load_network(written)
    assert network.privacy.text("es", "Red", "a@example.org") == "Responde Red: a@example.org"
    assert network.agreement == load_network().agreement


def test_without_a_file_the_banks_own_texts_hold(written: Path) -> None:
    assert load_network(written) == load_network()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('texts.pt = "De {network}"\n', "", "texts.pt"),
        ("Of {network}", "Of {name}", "texts.en"),
        ("Of {network}", "Of {network", "texts.en"),
        ("[[privacy]]", "[[privacidad]]", "privacidad"),
        ("[[privacy]]", "[[privacy", "network.toml"),
    ],
)
def test_a_gap_in_a_networks_file_is_named(written: Path, old: str, new: str, place: str) -> None:
    written.write_text(NOTICE.replace(old, new), "utf-8")
    with pytest.raises(Damaged, match=place):
        load_network(written)
