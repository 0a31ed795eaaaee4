"""The in-memory engine: the reference that tests compare every other engine with."""

from bank.search.engines.memory.engine import MemoryEngine

__all__ = ["MemoryEngine"]
