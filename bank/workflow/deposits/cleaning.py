"""Takes out of what people write what no text may hold."""

import re

from bank.workflow.files.names import DIRECTION_CONTROLS

CONTROL_CHARACTERS_OF_FIELD = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff{DIRECTION_CONTROLS}]")


def clean_written(text: str) -> str:
    """The text without control characters, those of direction among them, and with one kind of line end."""
    return CONTROL_CHARACTERS_OF_FIELD.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_value(value: object) -> object:
    """The value of a field with each text in it cleaned."""
    if isinstance(value, str):
        return clean_written(value)
    if isinstance(value, dict):
        return {key: clean_value(one) for key, one in value.items()}
    return [clean_value(one) for one in value] if isinstance(value, list) else value
