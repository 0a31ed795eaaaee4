"""The embedded search engine on Whoosh; the only package that imports Whoosh."""

from bank.search.engines.whoosh_engine.digests import damaged_index_files
from bank.search.engines.whoosh_engine.engine import INDEX_FINGERPRINT, WhooshEngine

__all__ = ["INDEX_FINGERPRINT", "WhooshEngine", "damaged_index_files"]
