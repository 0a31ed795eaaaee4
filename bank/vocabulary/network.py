"""The texts that the network which runs a bank puts its name to: the agreement of a deposit, the privacy notice."""

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from bank.languages import DEFAULT_LANGUAGE
from bank.vocabulary.calls import sentence_placeholders
from bank.vocabulary.data_file import DataFile, open_file
from bank.vocabulary.faults import FAULT_WRONG_VALUE, VocabularyFault
from bank.vocabulary.labels import Labels
from bank.vocabulary.row import Row

NETWORK_FILE = "network.toml"
NOTICE_PLACEHOLDERS = frozenset({"network", "contact"})


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a city agrees to when it deposits; a changed text has a new version. Each line of a text is a paragraph."""

    version: str
    texts: Labels

    def text(self, language: str) -> str:
        """The text in this language, chosen as `Labels.said` does."""
        return self.texts.said(language)

    def digest(self, language: str) -> str:
        """SHA-256 (hex) of the text in this language."""
        return hashlib.sha256(self.text(language).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PrivacyNotice:
    """The privacy notice by language, with the placeholders {network} and {contact}. Each line is a paragraph."""

    texts: Labels

    def text(self, language: str, network: str, contact: str) -> str:
        """The notice in this language, chosen as `Labels.said` does, with the network's name and contact address."""
        return self.texts.said(language).format(network=network, contact=contact)


@dataclass(frozen=True, slots=True)
class NetworkTexts:
    """The texts of the network that runs a bank."""

    agreement: Agreement
    privacy: PrivacyNotice


def load_network(path: Path | None = None, language: str = DEFAULT_LANGUAGE) -> NetworkTexts:
    """The texts in the file at `path`; those that it lacks, or all where there is no file, are the bank's own.

    `language` is the bank's own, to fall back to. Raises Damaged for the first fault in the file.
    """
    own = _read(files("bank.vocabulary").joinpath("data"), NETWORK_FILE, language, None)
    return _read(path.parent, path.name, language, own) if path is not None and path.is_file() else own


def _read(folder: Traversable, name: str, language: str, own: NetworkTexts | None) -> NetworkTexts:
    faults: list[VocabularyFault] = []
    file = open_file(folder, name, faults, language)
    agreements = (own.agreement,) if own and "agreement" not in file.data else _agreements(file)
    notices = (own.privacy,) if own and "privacy" not in file.data else _notices(file)
    file.rest()
    if faults:
        raise faults[0].error()
    return NetworkTexts(agreements[0], notices[0])


def _agreements(file: DataFile) -> tuple[Agreement, ...]:
    return file.read("agreement", _agreement, "version")


def _notices(file: DataFile) -> tuple[PrivacyNotice, ...]:
    return file.read("privacy", _privacy, "texts")


def _agreement(row: Row) -> Agreement:
    return Agreement(row.text("version"), _stripped(row.labels("texts")))


def _privacy(row: Row) -> PrivacyNotice:
    texts = row.labels("texts")
    for language, text in texts.items():
        found = sentence_placeholders(text)
        if found is None or not found <= NOTICE_PLACEHOLDERS:
            row.note(FAULT_WRONG_VALUE, f"texts.{language}", text[:60])
    return PrivacyNotice(_stripped(texts))


def _stripped(texts: Labels) -> Labels:
    return Labels({language: text.strip() for language, text in texts.items()}, texts.fallback)
