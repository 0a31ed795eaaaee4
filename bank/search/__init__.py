"""Search: query language, text analysis, engines, ranking, snippets, spelling, completion, meaning, index on disk."""
