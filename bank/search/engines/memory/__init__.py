"""A plain engine in memory: the definition that every other engine is held to."""

from bank.search.engines.memory.engine import MemoryEngine

__all__ = ["MemoryEngine"]
