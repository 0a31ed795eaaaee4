"""The file in a bank's folder that says whose it is: the bank's identifier, its catalogue's path, the folder's path.

The folder's own path tells a copy of it: what the mark says of the catalogue is not true there.
"""

from pathlib import Path

from bank.whole_files import writing_whole_file

MARKER_NAME = "bank-identifier"
LONGEST_MARKER_BYTES = 8192
LONGEST_IDENTIFIER = 200
CATALOGUE_LINE, FOLDER_LINE = "catalogue: ", "folder: "


def read_marker(folder: Path) -> str | None:
    """The identifier of the bank that a folder belongs to; None where it says none."""
    return next(iter(marker_lines(folder)), "").strip()[:LONGEST_IDENTIFIER] or None


def read_marked_catalogue(folder: Path) -> Path | None:
    """The file of the catalogue whose folder this was when the bank was last opened.

    None where the mark says none, and where the folder was copied or moved since.
    """
    told = marker_lines(folder)[1:]
    if f"{FOLDER_LINE}{folder.absolute()}" not in told:
        return None
    return next((Path(line.removeprefix(CATALOGUE_LINE)) for line in told if line.startswith(CATALOGUE_LINE)), None)


def marker_lines(folder: Path) -> list[str]:
    """The lines of a folder's marker; none where there is no marker. Raises OSError where it can't be read."""
    try:
        with (folder / MARKER_NAME).open("rb") as stream:
            return stream.read(LONGEST_MARKER_BYTES).decode("utf-8", "surrogateescape").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []


def write_marker(folder: Path, identifier: str, catalogue: Path) -> None:
    """Notes durably that a folder belongs to the bank `identifier`; makes the folder where there is none.

    `catalogue` is the absolute path of the bank's database.
    """
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    told = f"{identifier}\n{CATALOGUE_LINE}{catalogue}\n{FOLDER_LINE}{folder.absolute()}\n"
    with writing_whole_file(folder / MARKER_NAME) as stream:
        stream.write(told.encode("utf-8", "surrogateescape"))
