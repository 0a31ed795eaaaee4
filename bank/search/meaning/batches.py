"""Embeds many texts a few at a time, so that whoever waits does not wait long."""

from collections.abc import Callable, Iterator, Sequence

from bank.search.meaning.encoder import Encode, Vectors

TEXTS_PER_BATCH = 16
"""Texts; some 200 ms of one processor where they are long."""

Pause = Callable[[], None]
"""Called before each batch; raises Stopped to give up."""


class EmbeddingStopped(Exception):
    """Whoever embeds was told to end: what is half done waits for the next one."""


def no_pause() -> None:
    """Goes on at once."""


def encode_in_batches(encode: Encode, texts: Sequence[str], pause: Pause) -> Iterator[Vectors]:
    """The vectors of the texts, batch by batch. Raises NoModel."""
    for first in range(0, len(texts), TEXTS_PER_BATCH):
        pause()
        yield encode(texts[first : first + TEXTS_PER_BATCH])
