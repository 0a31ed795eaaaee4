"""Whoosh as its tutorial shows it: a stemming field, groupedby, highlights."""

from collections.abc import Iterable
from pathlib import Path

from questions import Question
from whoosh import fields, index, query, sorting
from whoosh.analysis import LanguageAnalyzer
from whoosh.qparser import MultifieldParser

from bank.search.document import SearchDocument
from bank.search.facets import chosen_values, facet_values
from bank.search.request import FACETS

MANY_VALUED = {"principle", "theme", "sdg", "group", "city", "country"}


def build(folder: Path, documents: Iterable[SearchDocument]) -> None:
    spanish = LanguageAnalyzer("es")
    schema = fields.Schema(
        id=fields.ID(stored=True, unique=True),
        title=fields.TEXT(analyzer=spanish, stored=True, field_boost=4.0),
        summary=fields.TEXT(analyzer=spanish, field_boost=2.0),
        text=fields.TEXT(analyzer=spanish, stored=True),
        date=fields.NUMERIC(sortable=True),
        **{name: fields.KEYWORD(commas=True) if name in MANY_VALUED else fields.ID(sortable=True) for name in FACETS},
    )
    writer = index.create_in(folder, schema).writer(limitmb=256)
    for document in documents:
        writer.add_document(**told(document))
    writer.commit()


def told(document: SearchDocument) -> dict[str, object]:
    values = {name: ",".join(given) for name, given in facet_values(document).items()}
    text = "\n".join(page.text for page in document.pages)
    summary = " ".join(document.summaries.values())
    return {"id": str(document.id), "title": document.title, "summary": summary, "text": text,
            "date": document.year or 0, **values}  # fmt: skip


class Reader:
    def __init__(self, folder: Path, _pages: Path) -> None:
        self.index = index.open_dir(folder)
        self.parser = MultifieldParser(["title", "summary", "text"], self.index.schema)

    def page(self, question: Question) -> int:
        facets = sorting.Facets()
        for name in FACETS:
            facets.add_field(name, allow_overlap=name in MANY_VALUED)
        wanted = [
            query.Or([query.Term(name, value) for value in values])
            for name, values in chosen_values(question.filters).items()
        ]
        if question.filters.year_from is not None:
            wanted.append(query.NumericRange("date", question.filters.year_from, question.filters.year_to))
        order = {"sortedby": "date", "reverse": True} if question.sort == "newest" else {}
        narrowed = query.And(wanted) if wanted else None
        with self.index.searcher() as searcher:
            asked = self.parser.parse(question.text)
            results = searcher.search(asked, limit=20, groupedby=facets, filter=narrowed, **order)
            for hit in results:
                hit.highlights("text")
            return len(results)

    def add(self, document: SearchDocument) -> None:
        writer = self.index.writer()
        writer.update_document(**told(document))
        writer.commit()
        self.index = self.index.refresh()
