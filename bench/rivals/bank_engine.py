"""The bank's own engine, as a bank uses it: page texts come from SQLite, pieces are cut from them."""

import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path
from threading import Thread

from questions import Question

from bank.search.document import SearchDocument
from bank.search.engines.whoosh_engine import WhooshEngine
from bank.search.query import parse_query
from bank.search.request import SearchRequest
from bank.search.snippets import cut_snippet

FOLDER = "0001"
FIND = (
    "WITH asked (entry, file, number) AS (VALUES {}) "
    "SELECT entry, text FROM asked JOIN page USING (entry, file, number)"
)


def build(folder: Path, documents: Iterable[SearchDocument]) -> None:
    WhooshEngine.create(folder / FOLDER).put(documents)


class Reader:
    def __init__(self, folder: Path, pages: Path) -> None:
        self.engine = WhooshEngine(folder / FOLDER)
        self.other = WhooshEngine(folder / FOLDER)
        self.pages = sqlite3.connect(pages)
        self.adding: Thread | None = None

    def page(self, question: Question) -> int:
        query = parse_query(question.text)
        results = self.engine.search(SearchRequest(query, question.filters, question.sort))
        best = [(hit.id, hit.pages[0].file, hit.pages[0].page) for hit in results.hits if hit.pages]
        asked = FIND.format(",".join(["(?,?,?)"] * len(best)))
        for _, text in self.pages.execute(asked, [value for row in best for value in row]) if best else ():
            cut_snippet(text, query, "es")
        return results.total

    def add(self, document: SearchDocument) -> None:
        """Until it can be found by another reader; merging of small segments goes on after that."""
        if self.adding is not None:
            self.adding.join()
        self.adding = Thread(target=self.engine.put, args=([document],))
        self.adding.start()
        while document.id not in self.other.versions():
            time.sleep(0.001)
