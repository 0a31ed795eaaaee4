"""SQLite FTS5 with facets counted in SQL and its own snippets. It knows no Spanish stems and puts no word right."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from questions import Question

from bank.search.document import SearchDocument
from bank.search.facets import chosen_values, facet_values
from bank.search.request import FACETS

MADE = """
CREATE VIRTUAL TABLE entry USING fts5(title, summary, names, text, tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE facet (name TEXT, value TEXT, entry INTEGER, PRIMARY KEY (name, value, entry)) WITHOUT ROWID;
CREATE INDEX facet_of_entry ON facet (entry, name, value);
CREATE TABLE meta (entry INTEGER PRIMARY KEY, year INTEGER);
"""
FILE = "fts5.db"


def build(folder: Path, documents: Iterable[SearchDocument]) -> None:
    database = sqlite3.connect(folder / FILE)
    database.executescript(MADE)
    for document in documents:
        put(database, document)
    database.commit()
    database.close()


def put(database: sqlite3.Connection, document: SearchDocument) -> None:
    text = "\n".join(page.text for page in document.pages)
    row = (document.id, document.title, " ".join(document.summaries.values()), " ".join(document.names), text)
    database.execute("INSERT INTO entry (rowid, title, summary, names, text) VALUES (?, ?, ?, ?, ?)", row)
    database.execute("INSERT INTO meta VALUES (?, ?)", (document.id, document.year))
    pairs = [(name, value, document.id) for name, values in facet_values(document).items() for value in values]
    database.executemany("INSERT INTO facet VALUES (?, ?, ?)", pairs)


class Reader:
    def __init__(self, folder: Path, _pages: Path) -> None:
        self.database = sqlite3.connect(folder / FILE)
        self.database.execute("CREATE TEMP TABLE found (entry INTEGER PRIMARY KEY)")

    def page(self, question: Question) -> int:
        run = self.database.execute
        run("DELETE FROM found")
        where, values = filters(question)
        match = matching(question)
        run(f"INSERT INTO found SELECT rowid FROM entry WHERE entry MATCH ?{where}", (match, *values))
        total = run("SELECT count(*) FROM found").fetchone()[0]
        for name in FACETS:
            run(
                "SELECT value, count(*) FROM found JOIN facet USING (entry) WHERE name = ? GROUP BY value", (name,)
            ).fetchall()
        year = "(SELECT year FROM meta WHERE meta.entry = entry.rowid)"
        order = f"{year} DESC" if question.sort == "newest" else "bm25(entry, 4, 2, 3, 1)"
        run(
            "SELECT rowid, snippet(entry, 3, '<', '>', '…', 40) FROM entry"
            f" WHERE entry MATCH ?{where} ORDER BY {order} LIMIT 20",
            (match, *values),
        ).fetchall()
        self.database.commit()
        return int(total)

    def add(self, document: SearchDocument) -> None:
        put(self.database, document)
        self.database.commit()


def matching(question: Question) -> str:
    parts = [f'"{word}"' for word in question.words]
    if question.phrase:
        parts.append(f'"{" ".join(question.phrase)}"')
    if question.prefix:
        parts.append(f"{question.prefix}*")
    return " ".join(parts)


def filters(question: Question) -> tuple[str, list[object]]:
    where, values = "", list[object]()
    for name, wanted in chosen_values(question.filters).items():
        marks = ",".join("?" * len(wanted))
        where += f" AND rowid IN (SELECT entry FROM facet WHERE name = ? AND value IN ({marks}))"
        values += [name, *wanted]
    if question.filters.year_from is not None:
        where += " AND rowid IN (SELECT entry FROM meta WHERE year BETWEEN ? AND ?)"
        values += [question.filters.year_from, question.filters.year_to]
    return where, values
