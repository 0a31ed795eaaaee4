"""The stylesheets, scripts and pictures, each under an address that changes with its bytes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from posixpath import normpath

ASSET_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
STATIC_FOLDER = files("bank.web").joinpath("static")
MODULE_ENDING = ".mjs"
MODULE_IMPORT = re.compile(r'^((?:import|export) [^;]*?from |import )"(\.[^"]+)";', re.MULTILINE)
"""An import of another module by a relative path, as these scripts write it."""
STYLE_IMPORT = re.compile(rb'^@import "([^":]+\.css)";\n', re.MULTILINE)
"""A part of a stylesheet; it is sent within the stylesheet that names it."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file, kept in memory: there are few and they are small."""

    name: str
    """Its path in ``bank/web/static``."""
    address: str
    """Path in the bank with the content's hash in it, so that it may be cached for ever."""
    media_type: str
    body: bytes
    imports: tuple[str, ...] = ()
    """Names of all modules that this one imports, directly or through others."""


def load_assets(folder: Traversable = STATIC_FOLDER, added: Mapping[str, bytes] | None = None) -> Mapping[str, Asset]:
    """Name -> asset, for every file of ``bank/web/static`` and for what is `added`.

    Raises ValueError where a module or stylesheet imports one that does not exist, or modules do so in a ring.
    """
    sources, found = whole_styles({**dict(static_sources(folder)), **(added or {})}), dict[str, Asset]()
    for name in sources:
        add_asset(found, sources, name)
    return found


def static_sources(folder: Traversable, within: str = "") -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every file of a type that is served, in the folder and its subfolders."""
    for item in folder.iterdir():
        name = f"{within}{item.name}"
        if item.is_dir():
            yield from static_sources(item, f"{name}/")
        elif PurePosixPath(name).suffix in ASSET_MEDIA_TYPES:
            yield name, item.read_bytes()


def whole_styles(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The sources with each part of a stylesheet in its place in the stylesheet that imports it, none of them alone.

    Raises ValueError where a stylesheet imports a part that does not exist.
    """
    parts = set[str]()

    def whole(name: str) -> bytes:
        def part(match: re.Match[bytes]) -> bytes:
            imported = normpath(PurePosixPath(name).parent / match[1].decode())
            if imported not in sources:
                raise ValueError(f"{name} imports {imported}: not there")
            parts.add(imported)
            return sources[imported]

        return STYLE_IMPORT.sub(part, sources[name])

    made = {name: whole(name) if name.endswith(".css") else text for name, text in sources.items()}
    return {name: text for name, text in made.items() if name not in parts}


def add_asset(
    found: dict[str, Asset], sources: Mapping[str, bytes], name: str, importers: tuple[str, ...] = ()
) -> Asset:
    """Adds the file `name` to `found`, after the modules that it imports; `importers` led to it.

    The imported modules' addresses are written into its text, so that its own address changes with theirs: a browser
    never runs modules of two releases together.
    """
    if name in found:
        return found[name]
    if name in importers or name not in sources:
        raise ValueError(f"{' imports '.join((*importers, name))}: {'a ring' if name in importers else 'not there'}")
    path, text = PurePosixPath(name), sources[name]
    others: dict[str, Asset] = {}
    if path.suffix == MODULE_ENDING:
        for match in MODULE_IMPORT.finditer(text.decode()):
            others[match[2]] = add_asset(found, sources, normpath(path.parent / match[2]), (*importers, name))
        text = MODULE_IMPORT.sub(lambda match: f'{match[1]}"{others[match[2]].address}";', text.decode()).encode()
    needed = [one for other in others.values() for one in (*other.imports, other.name)]
    digest = blake2b(text, digest_size=6).hexdigest()
    address = f"/static/{path.with_suffix('')}.{digest}{path.suffix}"
    found[name] = Asset(name, address, ASSET_MEDIA_TYPES[path.suffix], text, tuple(dict.fromkeys(needed)))
    return found[name]
