"""What searching by meaning adds to searching by words, part by part, and what it takes in memory.

    python bench/meaning.py [1000 10000 50000] [--keep FOLDER]

The same questions go to two processes in turn, one with meaning off and one with it on: first cold (a fresh process
that has read its vectors), then warm, twice. Banks are made as for `bench/pages.py`, with made vectors, and kept in
FOLDER to be used again. Prints Markdown; times in milliseconds of wall clock.
"""

import argparse
import multiprocessing
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil
from banks import made
from measuring import Times, machine, percentile
from parts import parts, starting
from questions import Question, described, questions
from sweeps import BANK, sweeps

from bank.assembly import open_bank
from bank.search.meaning.meaning import Meaning
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.search.searching import search

SIZES = (1_000, 10_000, 50_000)
WORDS, BOTH = "words alone", "words and meaning"
WARM = 2
ByName = Mapping[str, Sequence[float]]
"""Milliseconds by name."""
Asked = Mapping[str, list[list[float]]]
"""Way -> milliseconds by round and question; the first round is cold."""


def main() -> None:
    """Prints the tables of each size."""
    reader = argparse.ArgumentParser()
    reader.add_argument("sizes", nargs="*", type=int, default=SIZES)
    reader.add_argument("--keep", type=Path)
    given = reader.parse_args()
    print(f"{machine()}\n")
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            for line in measured(made(given.keep or Path(folder), size), size):
                print(line, flush=True)


def measured(home: Path, size: int) -> Iterator[str]:
    """The tables of one bank."""
    asked = [*questions(), *described()]
    pipes = {way: process(home, way) for way in (WORDS, BOTH)}
    started: ByName = told(pipes[BOTH], "start")
    took: Asked = {way: [] for way in pipes}
    for _ in range(1 + WARM):
        for rounds in took.values():
            rounds.append([])
        for at, question in enumerate(asked):
            for way in (WORDS, BOTH) if at % 2 else (BOTH, WORDS):
                took[way][-1].append(told(pipes[way], "search", question))
    yield from search_table(size, asked, took)
    by_words, by_both = (told(pipes[way], "memory") / 2**20 for way in (WORDS, BOTH))
    yield f"\nResident memory of the answering process: {by_words:.0f} MB by words alone, {by_both:.0f} MB by both.\n"
    yield from part_table(size, {**started, **told(pipes[BOTH], "parts", size)})
    yield from sweep_table(size, told(pipes[BOTH], "sweeps"))
    for pipe in pipes.values():
        pipe.send(None)


def process(home: Path, way: str) -> Connection:
    """A fresh process that answers."""
    context = multiprocessing.get_context("spawn")
    pipe, other = context.Pipe()
    context.Process(target=serve, args=(home, way, other), daemon=True).start()
    return pipe


def told(pipe: Connection, *asked: object) -> Any:
    pipe.send(asked)
    return pipe.recv()


def serve(home: Path, way: str, ends: Connection) -> None:
    """Does what comes, a name of an act and what it needs, until None comes."""
    answering = Answering(open_bank(Settings(home=home)), way == BOTH)
    while (asked := ends.recv()) is not None:
        name, *given = asked
        ends.send(getattr(answering, name)(*given))


class Answering:
    """What a process can be asked."""

    def __init__(self, bank: Bank, with_meaning: bool) -> None:
        self.bank = bank if with_meaning else replace(bank, meaning=None)

    @property
    def meaning(self) -> Meaning:
        assert self.bank.meaning is not None
        return self.bank.meaning

    def start(self) -> ByName:
        return starting(self.meaning).by_name

    def search(self, question: Question) -> float:
        times = Times()
        with times.take("search"):
            search(self.bank, question.text, question.filters, question.sort)
        return times.by_name["search"][0]

    def memory(self) -> int:
        """Bytes resident."""
        return int(psutil.Process().memory_info().rss)

    def parts(self, size: int) -> ByName:
        return parts(self.bank, self.meaning, [*questions(), *described()], size).by_name

    def sweeps(self) -> ByName:
        return sweeps(self.meaning, questions(10)).by_name


def search_table(size: int, asked: Sequence[Question], took: Asked) -> Iterator[str]:
    """Cold and warm in all, then warm by kind of question; what is added is taken question by question."""
    yield f"| entries | search | {WORDS}, p50 | p95 | {BOTH}, p50 | p95 | max | added, p50 | p95 |\n" + "|---" * 9 + "|"
    every = range(len(asked))
    yield search_row(size, "all, cold", took, every, [0])
    yield search_row(size, "all, warm", took, every, range(1, 1 + WARM))
    for kind in dict.fromkeys(question.kind for question in asked):
        chosen = [at for at in every if asked[at].kind == kind]
        yield search_row(size, f"{kind}, warm", took, chosen, range(1, 1 + WARM))


def search_row(size: int, name: str, took: Asked, chosen: Sequence[int], rounds: Sequence[int]) -> str:
    words, both = ([took[way][at][question] for at in rounds for question in chosen] for way in (WORDS, BOTH))
    added = [one - other for one, other in zip(both, words, strict=True)]
    figures = [middle_and_tail(words), middle_and_tail(both), f"{max(both):.1f}", middle_and_tail(added)]
    return f"| {size} | {name} | {' | '.join(figures)} |"


def part_table(size: int, took: ByName) -> Iterator[str]:
    yield "| entries | part | p50 | p95 | max |\n|---|---|---|---|---|"
    for name, times in took.items():
        yield f"| {size} | {name} | {middle_and_tail(times)} | {max(times):.1f} |"
    yield ""


def sweep_table(size: int, took: ByName) -> Iterator[str]:
    yield "| entries | all coarse vectors by | p50 | p95 | to the bank's |\n|---|---|---|---|---|"
    for name, times in took.items():
        ratio = percentile(times, 0.5) / percentile(took[BANK], 0.5)
        yield f"| {size} | {name} | {middle_and_tail(times)} | {ratio:.1f} |"
    yield ""


def middle_and_tail(times: Sequence[float]) -> str:
    return f"{percentile(times, 0.5):.1f} | {percentile(times, 0.95):.1f}"


if __name__ == "__main__":
    main()
