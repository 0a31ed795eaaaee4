"""The worker's third loop: vectors for what was indexed, niced and one small batch at a time."""

import logging
import os
import threading
from contextlib import suppress

from bank.search.meaning.batches import Stopped
from bank.search.meaning.encoder import NoModel
from bank.search.meaning.meaning import Meaning
from bank.search.meaning.vector_file import DamagedVectors
from bank.workflow.bank import Bank
from bank.workflow.index import vectors

log = logging.getLogger("bank.worker")
NICENESS = 10
PAUSE = 0.5
"""Seconds between two looks at what waits."""
RECOVERY = 5.0
"""Seconds to wait after a failure before trying again."""
NO_MODEL = 60.0
"""Seconds to wait where the model can't be read."""


def keep_meaning(bank: Bank, stop: threading.Event) -> None:
    """Embeds what waits until `stop` is set; words find an entry meanwhile."""
    if bank.meaning is None:
        return
    with suppress(OSError):
        # On Linux a thread has a niceness of its own.
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
    loop = Loop(bank, bank.meaning, stop)
    while not stop.is_set():
        try:
            stop.wait(0 if loop.step() else PAUSE)
        except Stopped:
            return
        except NoModel:  # the encoder has logged why
            stop.wait(NO_MODEL)
        except DamagedVectors:
            log.exception("The vectors are damaged; they are made again.")
            bank.meaning.store.file.throw_away()
        except Exception:  # the loop outlives any failure: what waits still waits
            log.exception("Making vectors failed; it will be tried again.")
            stop.wait(RECOVERY)


class Loop:
    """What the loop remembers: of which file of vectors it took stock, and for which index words have vectors."""

    def __init__(self, bank: Bank, meaning: Meaning, stop: threading.Event) -> None:
        self.bank = bank
        self.meaning = meaning
        self.stop = stop
        self.file: str | None = None
        self.generation = -1

    def step(self) -> bool:
        """One entry, or else the words of an index that changed, or else the journal. True when there was work.

        What was dropped stays readable in the journal until it is emptied, which somebody who read may have hindered.
        """
        if self.embed():
            return True
        if self.meaning.store.file.has_journal:
            self.meaning.store.file.empty_journal()
        return False

    def embed(self) -> bool:
        """One entry, or else the words of an index that changed. True when there was work."""
        file = self.meaning.store.state().file
        if file != self.file:
            vectors.take_stock(self.bank)
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
        """Lets other threads go on, and gives up when the worker ends."""
        if self.stop.wait(0.001):
            raise Stopped
