"""The embedded engine on Whoosh; the only package that knows it."""

from bank.search.engines.whoosh_engine.engine import FINGERPRINT, WhooshEngine

__all__ = ["FINGERPRINT", "WhooshEngine"]
