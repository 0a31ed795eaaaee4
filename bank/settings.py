"""One frozen object with every setting, read from the environment (prefix ``BANK_``)."""

from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bank.errors import SettingsError
from bank.languages import DEFAULT_LANGUAGE, INTERFACE_LANGUAGES, is_language_code


class Settings(BaseSettings):
    """What a running bank was told. Sizes in MB are 1024 * 1024 bytes; lists are comma-separated."""

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
    network_contact: str = ""
    """How people reach the network about their data: an address or a mailbox, as the privacy notice says it."""
    paper: Literal["letter", "a4"] = "letter"
    throttle: Literal["on", "off"] = "on"
    hosts: str = ""
    default_licence: str | None = None
    mail_url: SecretStr | None = None
    """``smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS`` (``smtps:`` for TLS from the start); None: nothing is mailed."""
    quota_mb: int = Field(default=51_200, ge=1)
    """What all originals together may take."""
    person_quota_mb: int = Field(default=2_048, ge=1)
    """What the files of one person's entries that are not published may take."""

    @model_validator(mode="after")
    def check(self) -> Self:
        """Refuses what can't work, with a sentence."""
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
        return self

    @property
    def interface_languages(self) -> tuple[str, ...]:
        return tuple(code.strip() for code in self.languages.split(",") if code.strip())

    @property
    def entry_languages(self) -> tuple[str, ...]:
        return tuple(code.strip() for code in self.content_languages.split(",") if code.strip())

    @property
    def database(self) -> str:
        """SQLAlchemy's address of the catalogue; a file ``bank.db`` in HOME when none was given."""
        if self.database_url:
            return self.database_url
        path = str((self.home / "bank.db").resolve())
        if "?" in path:
            raise SettingsError("BANK_HOME can't be a folder with a question mark in its name: {path}", path=path)
        return f"sqlite:///{path}"

    @property
    def index_folder(self) -> Path:
        """Where the Whoosh index stands. Raises SettingsError for another engine's address."""
        engine, _, path = self.index_url.partition(":")
        if engine != "whoosh" or not path:
            raise SettingsError("BANK_INDEX_URL: this version knows whoosh:FOLDER, not {url}", url=self.index_url)
        return self.home / path

    @property
    def vectors_file(self) -> Path:
        """Where the vectors of passages stand: derived, costly to make again."""
        return self.home / "vectors.db"

    @property
    def uploads_folder(self) -> Path:
        """Where the originals stand. Raises SettingsError for another store's address."""
        store, _, path = self.uploads_url.partition(":")
        if store != "file" or not path:
            raise SettingsError("BANK_UPLOADS_URL: this version knows file:FOLDER, not {url}", url=self.uploads_url)
        return self.home / path

    @property
    def max_upload_bytes(self) -> int:
        return self.max_upload_mb * 1024 * 1024

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """Host names that a request may be for, without port: BASE_URL's, HOSTS and the loopback names."""
        named = {host.strip().lower() for host in self.hosts.split(",") if host.strip()}
        own = urlsplit(self.base_url).hostname or ""
        return frozenset(named | {own.lower(), "127.0.0.1", "localhost", "::1"})

    @property
    def secure(self) -> bool:
        """True when the bank is reached over https."""
        return self.base_url.startswith("https:")
