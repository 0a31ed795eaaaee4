"""The bank where educating cities keep and find their good practices."""

__version__ = "0.1.0"
