"""The stylesheet, the script and the pictures, each under a name that changes with its bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from importlib.resources import files
from pathlib import PurePath

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file, kept in memory: there are few and they are small."""

    name: str
    address: str
    """Path with the content's hash in it, so that it may be cached for ever."""
    media_type: str
    body: bytes


def load_assets() -> Mapping[str, Asset]:
    """Every file of ``bank/web/static``, by its plain name."""
    found = {}
    for item in files("bank.web").joinpath("static").iterdir():
        path = PurePath(item.name)
        if path.suffix in MEDIA_TYPES:
            body = item.read_bytes()
            digest = blake2b(body, digest_size=6).hexdigest()
            address = f"/static/{path.stem}.{digest}{path.suffix}"
            found[item.name] = Asset(item.name, address, MEDIA_TYPES[path.suffix], body)
    return found
