"""The file in a bank's folder that says whose it is: one line with the bank's identifier."""

from pathlib import Path

from bank.whole_files import writing_whole_file

MARKER_NAME = "bank-identifier"
LONGEST_MARKER_BYTES = 200


def read_marker(folder: Path) -> str | None:
    """The identifier of the bank that a folder belongs to; None where it says none."""
    try:
        with (folder / MARKER_NAME).open("rb") as stream:
            return stream.read(LONGEST_MARKER_BYTES).decode("utf-8", "replace").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None


def write_marker(folder: Path, identifier: str) -> None:
    """Notes durably that a folder belongs to the bank `identifier`; makes the folder where there is none."""
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    with writing_whole_file(folder / MARKER_NAME) as stream:
        stream.write(f"{identifier}\n".encode())
