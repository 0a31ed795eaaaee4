"""Finding entries: the query language, text analysis, engines, snippets."""
