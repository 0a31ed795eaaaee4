"""Texts made to keep a processor busy: each took minutes before its pattern was bounded."""

import subprocess
import sys

import pytest

PATIENCE = 60
"""Seconds; each of these takes about one, most of it for starting."""
NOISE = "from bank.tagging.clearing import is_noise, unmarked"
SENTENCES = "from bank.search.meaning.sentences import sentences"
MENTIONS = "from bank.tagging.mentions import mentions; from bank.vocabulary import load"
ACTS = {
    "runs of marks between letters": f"{NOISE}; is_noise('!'.join('abcd').replace('!', '!' * 3000) + '.')",
    "marks behind a word of an address": f"{NOISE}; is_noise('tel' + '.' * 200_000)",
    "words of opening without hours": f"{NOISE}; is_noise('open ' * 100_000)",
    "a heading of signs": f"{NOISE}; unmarked('# ' + '#' * 400_000 + 'x')",
    "a heading of signs and blanks": f"{NOISE}; unmarked('# a' + ' #' * 200_000 + 'x')",
    "quotes behind a stop": f"""{SENTENCES}; sentences('x!' + " '" * 100_000 + ' a')""",
    "quotes before a sentence": f"""{SENTENCES}; sentences('x! ' + "' " * 100_000 + '-')""",
    "a number named over and over": f"{MENTIONS}; mentions(load(), ['principio 1, ' * 20_000], None)",
    "spans of numbers named over and over": f"{MENTIONS}; mentions(load(), ['principio 1 a 20, ' * 10_000], None)",
}


@pytest.mark.parametrize("name", ACTS)
def test_a_hostile_text_is_read_about_as_fast_as_another(name: str) -> None:
    subprocess.run([sys.executable, "-c", ACTS[name]], timeout=PATIENCE, check=True)
