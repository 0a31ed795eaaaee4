"""Annif (Suominen, 2019) in a virtual environment of its own, with its TF-IDF backend: a project for every language.

It learns what the bank learns: the labels, the example passages, the short documents.
"""

import csv
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bank.vocabulary import Vocabulary
from bank.vocabulary.profiles import Profiles

LANGUAGES = ("es", "en", "pt", "ca", "fr")
ADDRESS = "https://example.org"
PUNKT = ("collocations.tab", "sent_starters.txt", "abbrev_types.txt", "ortho_context.tab")
PROJECT = """
["{name}"]
name = "{name}"
language = "{language}"
backend = "tfidf"
analyzer = "simplemma({language})"
vocab = "{vocabulary}"
limit = 10
"""


class Annif:
    """A folder with Annif, its environment in `venv`, and its projects."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = folder / "venv" / "bin" / "annif"

    def install(self) -> None:
        """Raises OSError or CalledProcessError where it can't be had."""
        if self.program.exists():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        environment = self.folder / "venv"
        subprocess.run([sys.executable, "-m", "venv", environment], check=True, capture_output=True)
        subprocess.run([environment / "bin" / "pip", "install", "--quiet", "annif"], check=True, capture_output=True)
        # Annif cuts sentences before words by tables that it would download. Empty ones cut at every stop; words, all
        # that TF-IDF counts, come out the same.
        tables = environment / "nltk_data" / "tokenizers" / "punkt_tab" / "english"
        tables.mkdir(parents=True, exist_ok=True)
        for name in PUNKT:
            (tables / name).touch()

    def learn(self, vocabulary: Vocabulary, profiles: Profiles) -> None:
        """Loads the labels of principles and themes, and learns from the profiles."""
        projects = [
            PROJECT.format(name=f"{name}-{language}", language=language, vocabulary=name)
            for name in profiles.passages
            for language in LANGUAGES
        ]
        (self.folder / "projects.toml").write_text("".join(projects), encoding="utf-8")
        for name in profiles.passages:
            write_labels(self.folder / f"{name}.csv", name, vocabulary)
            self.run("load-vocab", "--force", name, f"{name}.csv")
            for language in LANGUAGES:
                lines = [f"{text}\t{tags}\n" for text, tags in examples(name, language, profiles)]
                file = self.folder / f"{name}-{language}.tsv"
                file.write_text("".join(lines), encoding="utf-8")
                self.run("train", f"{name}-{language}", file.name)

    def suggest(self, name: str, texts: Mapping[str, Mapping[str, str]]) -> dict[str, list[tuple[str, float]]]:
        """The suggested terms with their scores, the best first, for the texts by language and by slug."""
        found: dict[str, list[tuple[str, float]]] = {}
        for language, documents in texts.items():
            folder = self.folder / "texts" / language
            folder.mkdir(parents=True, exist_ok=True)
            for path in folder.iterdir():
                path.unlink()
            for slug, text in documents.items():
                (folder / f"{slug}.txt").write_text(text, encoding="utf-8")
            self.run("index", "--limit", "10", f"{name}-{language}", str(folder.relative_to(self.folder)))
            found.update((path.stem, suggested(path)) for path in folder.glob("*.annif"))
        return found

    def run(self, *arguments: str) -> None:
        told = subprocess.run([self.program, *arguments], cwd=self.folder, capture_output=True, text=True, check=False)
        if told.returncode:
            raise RuntimeError(f"annif {' '.join(arguments)}: {told.stderr.strip()[-500:]}")


def write_labels(path: Path, name: str, vocabulary: Vocabulary) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["uri", *(f"label_{language}" for language in LANGUAGES)])
        for term in vocabulary.terms(f"{name}s"):
            labels = {**term.labels, **term.other_labels}
            rows.writerow([f"{ADDRESS}/{name}/{term.id}", *(labels[language] for language in LANGUAGES)])


def examples(name: str, language: str, profiles: Profiles) -> list[tuple[str, str]]:
    """Texts of one language, each on one line, with the addresses of their terms."""
    told = [(one.text, [one.term]) for one in profiles.passages[name] if one.language == language]
    told += [(one.text, list(one.tags[name])) for one in profiles.documents if one.language == language]
    return [(" ".join(text.split()), addresses(name, terms)) for text, terms in told]


def addresses(name: str, terms: Sequence[str]) -> str:
    return " ".join(f"<{ADDRESS}/{name}/{term}>" for term in terms)


def suggested(path: Path) -> list[tuple[str, float]]:
    """What stands in a file of suggestions: address, label, score on each line."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return [(address.strip("<>").rpartition("/")[2], float(score)) for address, _, score in rows]
