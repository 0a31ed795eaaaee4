"""A network's own name, logo and colour: checked when the bank is opened, kept for long, within the content policy."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bank.errors import SettingsError
from bank.settings import Settings, contrast_with_white
from bank.web.app import create_app
from bank.web.branding.colour import colour_style
from bank.web.branding.logo import LARGEST_LOGO_BYTES, load_logo
from tests.ingest.making_pictures import corners, encoded
from tests.people import copied

WINE = "#7a1f3d"
SVG = b'<?xml version="1.0"?>\n<!-- ours -->\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"/>'


def written(folder: Path, name: str, body: bytes) -> Path:
    path = folder / name
    path.write_bytes(body)
    return path


@pytest.mark.parametrize(("name", "body", "kind"), [("a.svg", SVG, "image/svg+xml"), ("b.png", None, "image/png")])
def test_every_page_has_the_networks_name_logo_and_colour(
    people_home: Path, home: Path, tmp_path: Path, name: str, body: bytes | None, kind: str
) -> None:
    logo = written(tmp_path, name, body or encoded(corners(), "PNG"))
    settings = Settings(home=home, network_name="Red de Prueba", logo=logo, colour=WINE)
    with copied(people_home, settings) as bank:
        client = TestClient(create_app(bank), base_url="http://127.0.0.1", client=("127.0.0.1", 50000))
        page = client.get("/about")
        assert "<span>Red de Prueba</span>" in page.text
        found = re.search(r'<img class="own-logo" src="([^"]+)" alt="" width="76" height="38">', page.text)
        assert found is not None
        shown = client.get(found[1])
        assert (shown.headers["content-type"], shown.content) == (kind, logo.read_bytes())
        sheet = re.search(r'<link rel="stylesheet" href="(/static/network/[^"]+)">', page.text)
        assert sheet is not None
        style = client.get(sheet[1])
        assert f"--brand: {WINE};" in style.text
        for kept in (shown, style):
            assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert "unsafe-inline" not in page.headers["content-security-policy"]
        assert WINE not in page.text


def test_without_settings_the_banks_own_mark_is_shown_and_no_stylesheet_more(client: TestClient) -> None:
    page = client.get("/about").text
    assert "own-logo" not in page
    assert "/static/network/" not in page


def test_the_dark_head_is_darker_so_that_white_is_read_on_it() -> None:
    light, dark = re.findall(r"#[0-9a-f]{6}", colour_style(WINE))
    assert light == WINE
    assert contrast_with_white(dark) > contrast_with_white(light) >= 4.5
    assert contrast_with_white("#000000") == pytest.approx(21)
    assert contrast_with_white("#ffffff") == pytest.approx(1)


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("logo.svg", b"<html><svg></svg></html>", "neither an SVG nor a PNG"),
        ("logo.png", b"GIF89a", "neither an SVG nor a PNG"),
        ("logo.svg", b"<svg>" + b" " * LARGEST_LOGO_BYTES, "at most"),
        ("logo.svg", b'<svg viewBox="0 0 1.2.3 40"/>', "viewBox"),
        ("logo.svg", b'<svg viewBox="0 0 ' + b"9" * 400 + b' 40"/>', "viewBox"),
        ("", b"", "no file"),
    ],
)
def test_a_logo_that_cannot_be_used_is_refused_with_a_sentence(
    tmp_path: Path, name: str, body: bytes, told: str
) -> None:
    path = written(tmp_path, name, body) if name else tmp_path / "nowhere.svg"
    with pytest.raises(SettingsError, match=told):
        load_logo(path)


def test_emoji_have_a_font_where_there_is_one(client: TestClient) -> None:
    style = client.get("/static/bank.css").text
    stacks = re.findall(r"--(?:serif|sans): [^;]+;", style)
    assert len(stacks) == 2
    for stack in stacks:
        for font in ("Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji"):
            assert font in stack
