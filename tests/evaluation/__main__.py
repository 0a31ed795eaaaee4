"""Prints what the judged sets say of search and of suggested tags.

python -m tests.evaluation [tuned|unseen|FOLDER]...; the files of a FOLDER are mixed with both sets to measure noise.
python -m tests.evaluation reading FOLDER GOLD
python -m tests.evaluation cases FOLDER; ends with exit code 1 where a value is not right.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bank.workflow.bank import Bank
from tests.evaluation.case_values import NOTES, every_case
from tests.evaluation.cases import MissingCase, case_lines, judged_cases
from tests.evaluation.judged import SETS, JudgedSet, Question, read
from tests.evaluation.measures import Interval, interval, ndcg, recall
from tests.evaluation.noise import files_of, noise_lines
from tests.evaluation.reading import read_folder, read_gold, reading_lines
from tests.evaluation.searching import WAYS, answers, bank_of
from tests.evaluation.tagging import VOCABULARIES, tag_lines


def main() -> None:
    if sys.argv[1:2] == ["reading"]:
        measure_reading(*map(Path, sys.argv[2:4]))
        return
    if sys.argv[1:2] == ["cases"]:
        sys.exit(judge_folder_of_cases(*map(Path, sys.argv[2:3])))
    for name in sys.argv[1:] or SETS[:1]:
        with tempfile.TemporaryDirectory() as home:
            print("\n".join(set_lines(name, Path(home)) if name in SETS else folder_lines(Path(name), Path(home))))


def set_lines(name: str, home: Path) -> Iterator[str]:
    """What a judged set says of search, of noise and of suggested tags."""
    judged = read(name)
    with bank_of([judged], home) as bank:
        yield f"\n{name}: {len(judged.documents)} documents, {len(judged.questions)} questions\n"
        yield from search_lines(bank, judged)
        yield from noise_lines(bank, [one for one in judged.questions if one.grades])
        for vocabulary in VOCABULARIES:
            yield from tag_lines(bank, judged, vocabulary)


def folder_lines(folder: Path, home: Path) -> Iterator[str]:
    """What the files of a folder together with both judged sets say of noise."""
    halves = [read(name) for name in SETS]
    with bank_of(halves, home, files_of(folder)) as bank:
        yield f"\n{folder.name} and both judged sets\n"
        yield from noise_lines(bank, [one for half in halves for one in half.questions if one.grades])


def measure_reading(folder: Path, gold: Path) -> None:
    """Prints how well the documents of a folder are read; GOLD is as `tests.evaluation.reading` says."""
    with tempfile.TemporaryDirectory() as home:
        print("\n".join(reading_lines(read_folder(folder, read_gold(gold), Path(home)))))


def judge_folder_of_cases(folder: Path) -> int:
    """Prints each right value of the folder's inputs with ok or what came instead; 1 where one is not right."""
    with tempfile.TemporaryDirectory() as home:
        try:
            judgements = judged_cases(every_case(), folder, Path(home), NOTES)
        except MissingCase as error:
            print(error, file=sys.stderr)
            return 1
    print("\n".join(case_lines(judgements)))
    return int(any(one.wrong for one in judgements))


def search_lines(bank: Bank, judged: JudgedSet) -> list[str]:
    """nDCG@10 and recall@10 by type of question and way of searching, then what finds something where nothing is."""
    told = [one for one in judged.questions if one.grades]
    silent = [one for one in judged.questions if not one.grades]
    lines = [
        f"{'nDCG@10':16}{''.join(f'{way:>20}' for way in WAYS)}     {'recall@10':10}" + "".join(f"{w:>9}" for w in WAYS)
    ]
    found = {way: answers(replace(bank, meaning=None) if way == "words" else bank, told, way) for way in WAYS}
    for type in [*dict.fromkeys(one.type for one in told), "all"]:
        chosen = [at for at, one in enumerate(told) if type in (one.type, "all")]
        scores = {way: scored(told, found[way], chosen) for way in WAYS}
        there = {way: sum(recall(found[way][at], told[at].grades) for at in chosen) / len(chosen) for way in WAYS}
        line = f"{type + ' (' + str(len(chosen)) + ')':16}" + "".join(f"{scores[way]!s:>20}" for way in WAYS)
        lines.append(line + " " * 15 + "".join(f"{there[way]:9.2f}" for way in WAYS))
    for way in ("words", "both"):
        numbers = [len(ids) for ids in answers(replace(bank, meaning=None) if way == "words" else bank, silent, way)]
        lines.append(f"nothing relevant: {way} finds {numbers} entries")
    return lines


def scored(questions: Sequence[Question], found: Sequence[Sequence[str]], chosen: Sequence[int]) -> Interval:
    return interval([ndcg(found[at], questions[at].grades) for at in chosen])


if __name__ == "__main__":
    main()
