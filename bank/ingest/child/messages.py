"""Messages of the confined child: JSON objects, one a line.

Each has one key: document, page, cut, end, drawn, picture or places.
"""

from collections.abc import Callable
from typing import Any

Message = dict[str, Any]
SendMessage = Callable[[Message], None]
"""Sends one message to the caller."""
