"""How fast the real model makes vectors of texts and of whole entries, with one and with two threads.

    python bench/embedding.py

Texts are the vocabulary's example passages in five languages, joined. Prints Markdown.
"""

import multiprocessing
import os
import statistics
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from measuring import Times, machine, percentile

from bank.assembly import open_bank
from bank.search.document import SearchDocument, SearchPage
from bank.search.meaning.batches import TEXTS_PER_BATCH
from bank.search.meaning.embedding import embed_entry
from bank.settings import Settings
from bank.vocabulary.profiles import load_profiles

THREADS = (1, 2)
WORDS, PAGE, ENTRY = 120, 330, 1700
ENTRIES = 10
QUESTIONS = 50
VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> None:
    """Prints one table; each number of threads has a process of its own."""
    print(f"{machine()}\n")
    print("| threads | a question, ms | 120 words, ms | passages a second | entries of 1,700 words a minute |")
    print("|---|---|---|---|---|")
    for threads in THREADS:
        os.environ.update(dict.fromkeys(VARIABLES, str(threads)))
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            print(f"| {threads} | {pool.apply(measured)} |", flush=True)


def measured() -> str:
    """The figures of one row."""
    with tempfile.TemporaryDirectory() as folder:
        bank = open_bank(Settings(home=Path(folder)))
        assert bank.meaning is not None
        encode, landmarks = bank.meaning.encode, bank.meaning.landmarks
        landmarks.keep()
        times = Times()
        for one in range(QUESTIONS):
            with times.take("question"):
                encode([text(one, 4)])
        for one in range(0, 10 * TEXTS_PER_BATCH, TEXTS_PER_BATCH):
            texts = [text(one + at, WORDS) for at in range(TEXTS_PER_BATCH)]
            with times.take("batch"):
                encode(texts)
        began = time.perf_counter()
        made = [embed_entry(document(number), encode, landmarks, None) for number in range(ENTRIES)]
        took = time.perf_counter() - began
        bank.meaning.store.close()
        bank.database.close()
    passages = sum(len(one.coarse.vectors) + len(one.fine.vectors) for one in made)
    each = statistics.median(times.by_name["batch"]) / TEXTS_PER_BATCH
    question = percentile(times.by_name["question"], 0.5)
    return f"{question:.1f} | {each:.1f} | {passages / took:.0f} | {60 * ENTRIES / took:.0f}"


def text(start: int, words: int) -> str:
    """So many words of one language, each start other ones."""
    found = load_profiles().passages["principle"]
    begun = start % len(found)
    told = (one.text for one in cycle([*found[begun:], *found]) if one.language == found[begun].language)
    return " ".join(islice((word for passage in told for word in passage.split()), words))


def document(number: int) -> SearchDocument:
    """An entry of five pages, as long as most."""
    words = text(number * 17, ENTRY).split()
    pages = (" ".join(words[first : first + PAGE]) for first in range(0, ENTRY, PAGE))
    return SearchDocument(
        id=number + 1,
        version=1,
        language="es",
        kind="experience",
        titles={"es": text(number, 8)},
        pages=tuple(SearchPage(1, at, page) for at, page in enumerate(pages, 1)),
    )


if __name__ == "__main__":
    main()
