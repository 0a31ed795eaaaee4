"""Log lines as one JSON object each, so that nothing in them can forge another line."""

import json
import logging
import sys

from bank.jobs.repeated_lines import RepeatedLines


class JsonLineFormatter(logging.Formatter):
    """``{"time", "level", "logger", "message"}``; ``error``, a traceback, and ``request``, an id, where there are."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        if (request := getattr(record, "request", None)) is not None:
            line["request"] = str(request)
        return json.dumps(line, ensure_ascii=True)


def log_json_lines(level: int = logging.WARNING) -> None:
    """Sends warnings and worse to the error stream as JSON lines, equal ones counted."""
    target = logging.StreamHandler(sys.stderr)
    target.setFormatter(JsonLineFormatter())
    logging.basicConfig(level=level, handlers=[RepeatedLines(target)], force=True)
