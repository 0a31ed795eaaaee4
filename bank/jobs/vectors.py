"""The worker's loop of vectors: embeds what was indexed, at a lower priority (nice 10), one small batch at a time."""

import os
import threading
from contextlib import suppress

from bank.jobs.loop import log, outlive
from bank.search.meaning.batches import EmbeddingStopped
from bank.search.meaning.encoder import NoModel
from bank.search.meaning.meaning import Meaning
from bank.search.meaning.vector_file import DamagedVectors
from bank.workflow.bank import Bank
from bank.workflow.index import vectors

EMBEDDING_NICENESS = 10
"""The thread's niceness: its processor time is what others leave."""
EMBEDDING_PAUSE_SECONDS = 0.5
"""Seconds between two looks at what waits."""
NO_MODEL_PAUSE_SECONDS = 60.0
"""Seconds to wait where the model can't be read."""


def run_embedding_loop(bank: Bank, stop: threading.Event) -> None:
    """Embeds waiting entries until `stop` is set; until then such entries are found by words only."""
    if bank.meaning is None:
        return
    with suppress(OSError):
        # On Linux a thread has a niceness of its own.
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), EMBEDDING_NICENESS)
    loop = EmbeddingLoop(bank, bank.meaning, stop)
    outlive(loop.step, stop, "Making vectors failed; it will be tried again.", EMBEDDING_PAUSE_SECONDS)


class EmbeddingLoop:
    """What the loop remembers.

    `file`: the file of vectors for which missing entries were queued; `generation`: that of the index whose words have
    vectors.
    """

    def __init__(self, bank: Bank, meaning: Meaning, stop: threading.Event) -> None:
        self.bank = bank
        self.meaning = meaning
        self.stop = stop
        self.file: str | None = None
        self.generation = -1

    def step(self) -> bool:
        """One piece of work; True when there was any, or when a known failure put it off."""
        try:
            return self.embed_or_tidy()
        except EmbeddingStopped:
            return False
        except NoModel:  # the encoder has logged why
            self.stop.wait(NO_MODEL_PAUSE_SECONDS)
        except DamagedVectors as error:
            log.warning("%s They are made again.", error)
            self.meaning.store.file.throw_away()
        return True

    def embed_or_tidy(self) -> bool:
        """Embeds something, or else empties the journal of the vectors. True when something was embedded.

        What was dropped stays readable in the journal until it is emptied, which somebody who was reading may have
        hindered.
        """
        if self.embed():
            return True
        if self.meaning.store.file.has_journal:
            self.meaning.store.file.empty_journal()
        return False

    def embed(self) -> bool:
        """Embeds one entry, or else the words of an index that changed. True when there was work."""
        file = self.meaning.store.state().file
        if file != self.file:
            vectors.queue_outdated_vectors(self.bank)
            self.file, self.generation = file, -1
        if vectors.embed_next(self.bank, self.pause):
            return True
        if self.bank.index.stale() is not None:
            return False
        generation = self.bank.index.engine().state().generation
        if generation == self.generation:
            return False
        made = vectors.embed_words(self.bank, self.pause)
        self.generation = generation
        return made > 0

    def pause(self) -> None:
        """Lets other threads go on. Raises EmbeddingStopped when the worker ends."""
        if self.stop.wait(0.001):
            raise EmbeddingStopped
