"""Embeds many texts in small batches, so that other users of the processor don't wait long."""

from collections.abc import Callable, Iterator, Sequence

from bank.search.meaning.encoder import Encode, Vectors

TEXTS_PER_BATCH = 16
"""Texts of one batch; some 200 ms of one processor where they are long."""

Pause = Callable[[], None]
"""Called before each batch; raises EmbeddingStopped to stop."""


class EmbeddingStopped(Exception):
    """Raised by a pause to stop embedding; nothing of the unfinished entry is stored."""


def no_pause() -> None:
    """A pause that returns at once."""


def encode_in_batches(encode: Encode, texts: Sequence[str], pause: Pause) -> Iterator[Vectors]:
    """The vectors of the texts, batch by batch. Raises NoModel, and what `pause` raises."""
    for first in range(0, len(texts), TEXTS_PER_BATCH):
        pause()
        yield encode(texts[first : first + TEXTS_PER_BATCH])
