"""Suggested principles and themes beside Annif's, on the judged sets of the tests, after learning from the same texts.

    python bench/annif.py [tuned|unseen]... [--keep FOLDER]

Annif is installed into a virtual environment of its own in FOLDER and used again from there. Where it can't be
installed, one line says so. Prints Markdown; the last column is our F1 divided by Annif's. The bank's signals are
weighed on `tuned` (bench/suggestions.py), so only `unseen` compares fairly.
"""

import argparse
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean

from measuring import machine
from rivals.annif import Annif

from bank import ingest
from bank.assembly import open_bank
from bank.ingest.formats.front_matter import split_front_matter
from bank.settings import Settings
from bank.vocabulary import load_vocabulary
from bank.vocabulary.profiles import load_profiles
from bank.workflow.tags.suggesting import suggest_file
from tests.evaluation.judged import SETS, Gold, JudgedSet, read
from tests.evaluation.measures import Tagged, tagged

LEAST = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3)
"""Scores from which on Annif's suggestions count; the one that suits it best on the very set is shown too."""
MEASURES = ("first", "among_three", "precision", "recall", "f1")
Suggested = Mapping[str, Sequence[str]]
"""Slug -> terms, the likeliest first."""


def main() -> None:
    """Prints one table over the sets."""
    reader = argparse.ArgumentParser()
    reader.add_argument("sets", nargs="*", default=SETS[:1])
    reader.add_argument("--keep", type=Path)
    given = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        annif = Annif((given.keep or Path(folder) / "annif").resolve())
        try:
            annif.install()
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"Annif can't be installed here, so nothing is compared: {error}")
            return
        annif.learn(load_vocabulary(), load_profiles())
        print(f"{machine()}\n")
        print("| set | terms | by | primary first | in the first 3 | precision at 3 | recall at 3 | F1 at 3 | ratio |")
        print("|" + "---|" * 9)
        for name in given.sets:
            judged = read(name)
            ours = by_the_bank(judged, Path(folder) / f"bank-{name}")
            for line in lines(judged, annif, ours):
                print(f"| {name} | {line} |", flush=True)


def lines(judged: JudgedSet, annif: Annif, ours: Mapping[str, Suggested]) -> Iterator[str]:
    """Rows of the table for one set."""
    texts = by_language(judged)
    for vocabulary, suggested in ours.items():
        theirs = annif.suggest(vocabulary, texts)
        rows = {
            least: scored(judged.gold, vocabulary, {slug: above(found, least) for slug, found in theirs.items()})
            for least in LEAST
        }
        best = max(LEAST, key=lambda least: rows[least]["f1"])
        own = scored(judged.gold, vocabulary, suggested)
        yield f"{vocabulary}s | the bank | {figures(own)} |"
        yield f"{vocabulary}s | Annif | {figures(rows[0.0])} | {own['f1'] / rows[0.0]['f1']:.2f}"
        yield f"{vocabulary}s | Annif, from {best} on | {figures(rows[best])} | {own['f1'] / rows[best]['f1']:.2f}"


def by_language(judged: JudgedSet) -> dict[str, dict[str, str]]:
    """Language -> slug -> title and text."""
    found: dict[str, dict[str, str]] = {}
    for slug, path in judged.documents.items():
        front = split_front_matter(path.read_text("utf-8"))
        found.setdefault(front.fields["language"], {})[slug] = f"{front.fields['title']}\n{front.body}"
    return found


def by_the_bank(judged: JudgedSet, home: Path) -> dict[str, Suggested]:
    """What the bank suggests for the files, as `bank suggest` does."""
    bank = open_bank(Settings(home=home))
    try:
        found = {
            slug: suggest_file(bank.tagger, path, ingest.Limits()) for slug, path in sorted(judged.documents.items())
        }
    finally:
        ingest.close_extractors()
        bank.database.close()
    return {
        name: {slug: [one.term for one in suggestions.of(name)] for slug, suggestions in found.items()}
        for name in ("principle", "theme")
    }


def above(found: Sequence[tuple[str, float]], least: float) -> list[str]:
    return [term for term, score in found if score >= least]


def scored(gold: Mapping[str, Gold], vocabulary: str, suggested: Suggested) -> dict[str, float]:
    """The means of the measures over the documents."""
    each: list[Tagged] = []
    for slug, tags in gold.items():
        true = [str(term) for term in (tags.principles if vocabulary == "principle" else tags.themes)]
        each.append(tagged(suggested.get(slug, ()), true))
    return {measure: mean(getattr(one, measure) for one in each) for measure in MEASURES}


def figures(row: Mapping[str, float]) -> str:
    return " | ".join(f"{row[measure]:.2f}" for measure in MEASURES)


if __name__ == "__main__":
    main()
