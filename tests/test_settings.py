from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bank.errors import SettingsError
from bank.settings import Settings


def test_a_bank_keeps_everything_in_its_home(home: Path) -> None:
    settings = Settings(home=home)
    assert settings.database == f"sqlite:///{home / 'bank.db'}"
    assert settings.index_folder == home / "index"
    assert settings.uploads_folder == home / "uploads"


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BANK_HOME", str(tmp_path))
    monkeypatch.setenv("BANK_MAX_UPLOAD_MB", "7")
    monkeypatch.setenv("BANK_CONTENT_LANGUAGES", "es, nah ,eu")
    settings = Settings()
    assert settings.home == tmp_path
    assert settings.max_upload_bytes == 7 * 1024 * 1024
    assert settings.entry_languages == ("es", "nah", "eu")


def test_an_empty_variable_counts_as_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANK_LANGUAGE", "")
    assert Settings().language == "es"


def test_settings_cannot_be_changed_later() -> None:
    with pytest.raises(ValidationError):
        Settings().language = "en"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"languages": "es,de"}, "the pages are written in es, en, pt"),
        ({"languages": "en,pt"}, "BANK_LANGUAGE must be one of BANK_LANGUAGES"),
        ({"content_languages": "es,castellano"}, "is no language code"),
        ({"base_url": "bank.example.org"}, "http or https address"),
        ({"base_url": "ftp://bank.example.org"}, "http or https address"),
        ({"colour": "blue"}, "BANK_COLOUR must be written as #rrggbb"),
        ({"colour": "#ffcc00"}, r"white text on #ffcc00 has a contrast of 1\.5 to 1.*Choose a darker colour"),
        ({"colour": "#777777"}, "Choose a darker colour"),
        ({"max_upload_mb": 0}, "greater than or equal to 1"),
    ],
)
def test_a_setting_that_cannot_work_is_refused_with_a_sentence(values: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        Settings(**values)


@pytest.mark.parametrize("address", ["opensearch:http://127.0.0.1:9200", "whoosh:", "index"])
def test_an_index_that_this_version_does_not_know_is_named(address: str) -> None:
    with pytest.raises(SettingsError) as caught:
        _ = Settings(index_url=address).index_folder
    assert address in str(caught.value)


def test_an_upload_store_that_this_version_does_not_know_is_named() -> None:
    with pytest.raises(SettingsError, match="s3:bucket"):
        _ = Settings(uploads_url="s3:bucket").uploads_folder


def test_requests_may_name_the_own_host_the_listed_ones_and_the_loopback() -> None:
    settings = Settings(base_url="https://Banco.Example.org/", hosts="otro.example.org, ")
    assert settings.allowed_hosts == {"banco.example.org", "otro.example.org", "127.0.0.1", "localhost", "::1"}
    assert settings.secure
    assert not Settings().secure
