"""What a confined child says: one JSON object after the other."""

from collections.abc import Callable
from typing import Any

Message = dict[str, Any]
SendMessage = Callable[[Message], None]
"""Hands one message to whoever listens."""
