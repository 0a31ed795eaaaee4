"""Tantivy with Spanish stems, facets as aggregations over fast fields, and its own snippets."""

from collections.abc import Iterable
from pathlib import Path

import tantivy
from questions import Question

from bank.search.document import SearchDocument
from bank.search.facets import chosen_values, facet_values
from bank.search.request import FACETS

TEXTS = {"title": 4.0, "summary": 2.0, "names": 3.0, "text": 1.0}
ANALYSER = "spanish"


def opened(folder: Path) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    for name in TEXTS:
        builder.add_text_field(name, stored=name == "text", tokenizer_name=ANALYSER)
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", fast=True)
    builder.add_integer_field("date", fast=True, indexed=True)
    index = tantivy.Index(builder.build(), path=str(folder))
    analyser = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (tantivy.Filter.lowercase(), tantivy.Filter.ascii_fold(), tantivy.Filter.stemmer("spanish")):
        analyser = analyser.filter(step)
    index.register_tokenizer(ANALYSER, analyser.build())
    return index


def build(folder: Path, documents: Iterable[SearchDocument]) -> None:
    writer = opened(folder).writer(256_000_000, 1)
    for document in documents:
        writer.add_document(told(document))
    writer.commit()
    writer.wait_merging_threads()


def told(document: SearchDocument) -> tantivy.Document:
    made = tantivy.Document()
    made.add_text("title", document.title)
    made.add_text("summary", " ".join(document.summaries.values()))
    made.add_text("names", " ".join(document.names))
    made.add_text("text", "\n".join(page.text for page in document.pages))
    for name, values in facet_values(document).items():
        for value in values:
            made.add_text(name, value)
    made.add_integer("date", document.year or 0)
    return made


class Reader:
    def __init__(self, folder: Path, _pages: Path) -> None:
        self.index = opened(folder)
        self.index.reload()
        self.schema = self.index.schema
        self.counts = {name: {"terms": {"field": name, "size": 1000}} for name in FACETS}

    def page(self, question: Question) -> int:
        searcher = self.index.searcher()
        text = self.text_query(question)
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in (text, *self.filters(question))])
        newest = question.sort == "newest"
        found = searcher.search(query, 20, count=True, order_by_field="date" if newest else None)
        searcher.aggregate(query, self.counts)
        cutter = tantivy.SnippetGenerator.create(searcher, text, self.schema, "text")
        for _, address in found.hits:
            cutter.snippet_from_doc(searcher.doc(address)).to_html()
        return int(found.count)  # type: ignore[attr-defined]  # its stub leaves it out

    def text_query(self, question: Question) -> tantivy.Query:
        parts = list(question.words)
        if question.phrase:
            parts.append(f'"{" ".join(question.phrase)}"')
        if question.prefix:
            return tantivy.Query.regex_query(self.schema, "text", f"{question.prefix}.*")
        asked = " ".join(f"+{part}" for part in parts)
        return self.index.parse_query(asked, list(TEXTS), field_boosts=TEXTS)

    def filters(self, question: Question) -> list[tantivy.Query]:
        made = [
            tantivy.Query.term_set_query(self.schema, name, list(values))
            for name, values in chosen_values(question.filters).items()
        ]
        if question.filters.year_from is not None:
            kind = tantivy.FieldType.Integer
            first, last = question.filters.year_from, question.filters.year_to
            made.append(tantivy.Query.range_query(self.schema, "date", kind, first, last))
        return made

    def add(self, document: SearchDocument) -> None:
        writer = self.index.writer(50_000_000, 1)
        writer.add_document(told(document))
        writer.commit()
        self.index.reload()
