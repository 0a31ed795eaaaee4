"""The settings of a bank: one frozen object, read from environment variables with the prefix ``BANK_``."""

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bank.errors import SettingsError
from bank.languages import DEFAULT_LANGUAGE, INTERFACE_LANGUAGES, is_language_code
from bank.messages import N_

SQLITE_KINDS = ("sqlite", "sqlite+pysqlite")

HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
LEAST_CONTRAST = 4.5
"""Contrast of text with what is behind it that WCAG 2.2 asks for (1.4.3)."""


def contrast_with_white(colour: str) -> float:
    """How white text stands out from a colour ``#rrggbb`` (WCAG 2.2): from 1, not at all, to 21."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


class Settings(BaseSettings):
    """The settings of a running bank. Sizes in MB are 1024 * 1024 bytes; lists are comma-separated."""

    model_config = SettingsConfigDict(env_prefix="BANK_", frozen=True, extra="ignore", env_ignore_empty=True)

    home: Path = Path()
    database_url: str = ""
    index_url: str = "whoosh:index"
    uploads_url: str = "file:uploads"
    base_url: str = "http://127.0.0.1:8000"
    language: str = DEFAULT_LANGUAGE
    languages: str = "es,en,pt"
    content_languages: str = "es,pt,ca,fr,en"
    semantic: Literal["on", "off"] = "on"
    ocr: Literal["auto", "on", "off"] = "auto"
    max_upload_mb: int = Field(default=50, ge=1, le=2048)
    templates: Path | None = None
    network_name: str = "Red Mexicana de Ciudades Educadoras"
    logo: Path | None = None
    """The network's logo, an SVG or PNG picture, in place of the bank's own mark."""
    colour: str = ""
    """The network's colour, ``#rrggbb``: the head of every page has it, with white text on it."""
    network_contact: str = ""
    """An address or a mailbox where people reach the network about their data; the privacy notice names it."""
    country: str = Field(default="MX", pattern=r"^([A-Z]{2})?$")
    """The network's country (ISO 3166-1 alpha-2), whose way of writing numbers dossiers follow; empty for none."""
    time_zone: str = "America/Mexico_City"
    """The network's time zone, by its IANA name: days and hours on pages and in letters are told in it."""
    paper: Literal["letter", "a4"] = "letter"
    throttle: Literal["on", "off"] = "on"
    hosts: str = ""
    default_licence: str | None = None
    mail_url: SecretStr | None = None
    """``smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS`` (``smtps:`` for TLS from the start); None: nothing is mailed."""
    quota_mb: int = Field(default=51_200, ge=1)
    """Largest size of all originals together, in MB."""
    person_quota_mb: int = Field(default=2_048, ge=1)
    """Largest size of what one person added and was never published, in MB, until its bytes are gone."""
    city_quota_mb: int = Field(default=5_120, ge=1)
    """Largest size of what was added for one city and was never published, in MB, until its bytes are gone."""
    drawn_mb: int = Field(default=256, ge=0)
    """Largest size of all drawn pages together, in MB; they are drawn again when they are asked for again."""
    person_drafts: int = Field(default=200, ge=1)
    """Most entries that one person has begun and not handed in."""

    @model_validator(mode="after")
    def check(self) -> Self:
        """Raises ValueError for languages, content languages, a base address or a time zone that can't be used."""
        for code in self.interface_languages:
            if code not in INTERFACE_LANGUAGES:
                raise ValueError(
                    f"BANK_LANGUAGES: the pages are written in {', '.join(INTERFACE_LANGUAGES)}, not in {code!r}"
                )
        if self.language not in self.interface_languages:
            raise ValueError("BANK_LANGUAGE must be one of BANK_LANGUAGES")
        for code in self.entry_languages:
            if not is_language_code(code):
                raise ValueError(f"BANK_CONTENT_LANGUAGES: {code!r} is no language code")
        if urlsplit(self.base_url).scheme not in ("http", "https") or not urlsplit(self.base_url).hostname:
            raise ValueError("BANK_BASE_URL must be an http or https address")
        if self.colour and not HEX_COLOUR.fullmatch(self.colour):
            raise ValueError(f"BANK_COLOUR must be written as #rrggbb, for example #1b3a63, not {self.colour!r}")
        if self.colour and contrast_with_white(self.colour) < LEAST_CONTRAST:
            found = f"{contrast_with_white(self.colour):.1f}"
            raise ValueError(
                f"BANK_COLOUR: white text on {self.colour} has a contrast of {found} to 1, and it takes "
                f"{LEAST_CONTRAST} to 1 to be read by everybody. Choose a darker colour."
            )
        try:
            ZoneInfo(self.time_zone)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"BANK_TIME_ZONE: there is no time zone {self.time_zone!r}") from error
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The network's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def interface_languages(self) -> tuple[str, ...]:
        """Codes of BANK_LANGUAGES: the languages that pages are offered in."""
        return tuple(code.strip() for code in self.languages.split(",") if code.strip())

    @property
    def entry_languages(self) -> tuple[str, ...]:
        """Codes of BANK_CONTENT_LANGUAGES: the languages that entries are written in."""
        return tuple(code.strip() for code in self.content_languages.split(",") if code.strip())

    @property
    def database(self) -> str:
        """SQLAlchemy's URL of the catalogue: BANK_DATABASE_URL, else the SQLite file ``bank.db`` in HOME.

        Raises SettingsError where the path of HOME has a question mark in it, and for any store but an SQLite file:
        on a server two writers would break the chain of the audit.
        """
        if self.database_url:
            kind, _, path = self.database_url.partition(":///")
            if kind not in SQLITE_KINDS or not path or path.startswith((":memory:", "file:")):
                sentence = N_(
                    "BANK_DATABASE_URL: this version keeps its catalogue in a file, sqlite:///PATH, not {kind}."
                )
                raise SettingsError(sentence, kind=self.database_url.partition(":")[0])
            return self.database_url
        path = str((self.home / "bank.db").resolve())
        if "?" in path:
            raise SettingsError("BANK_HOME can't be a folder with a question mark in its name: {path}", path=path)
        return f"sqlite:///{path}"

    @property
    def database_folder(self) -> Path:
        """The folder of the catalogue's SQLite file."""
        return Path(self.database.partition("?")[0].partition(":///")[2]).parent

    @property
    def index_folder(self) -> Path:
        """The folder of the Whoosh index. Raises SettingsError where BANK_INDEX_URL names another engine."""
        engine, _, path = self.index_url.partition(":")
        if engine != "whoosh" or not path:
            raise SettingsError("BANK_INDEX_URL: this version knows whoosh:FOLDER, not {url}", url=self.index_url)
        return self.home / path

    @property
    def vectors_file(self) -> Path:
        """The SQLite file of the passages' vectors: derived from the texts, but slow to make again."""
        return self.home / "vectors.db"

    @property
    def drawn_folder(self) -> Path:
        """The folder of the pages that were drawn on demand; what is in it can be made again."""
        return self.home / "drawn"

    @property
    def uploads_folder(self) -> Path:
        """The folder of the originals. Raises SettingsError where BANK_UPLOADS_URL names another store."""
        store, _, path = self.uploads_url.partition(":")
        if store != "file" or not path:
            raise SettingsError("BANK_UPLOADS_URL: this version knows file:FOLDER, not {url}", url=self.uploads_url)
        return self.home / path

    @property
    def max_upload_bytes(self) -> int:
        """Largest size of one uploaded file, in bytes."""
        return self.max_upload_mb * 1024 * 1024

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """Host names that a request may be for, without port: BASE_URL's, HOSTS and the loopback names."""
        named = {host.strip().lower() for host in self.hosts.split(",") if host.strip()}
        own = urlsplit(self.base_url).hostname or ""
        return frozenset(named | {own.lower(), "127.0.0.1", "localhost", "::1"})

    @property
    def reach(self) -> Literal["machine", "network", "everywhere"]:
        """From where links of this bank can be opened: this machine alone, its own network, or everywhere."""
        host = (urlsplit(self.base_url).hostname or "").rstrip(".")
        try:
            address = ip_address(host)
        except ValueError:
            if host == "localhost" or host.endswith(".localhost"):
                return "machine"
            return "network" if "." not in host or host.endswith((".local", ".lan", ".internal")) else "everywhere"
        if address.is_loopback or address.is_unspecified:
            return "machine"
        return "everywhere" if address.is_global else "network"

    @property
    def secure(self) -> bool:
        """True when the bank is reached over https."""
        return self.base_url.startswith("https:")
