"""Text stays text: S19, in every template and from every source."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bank.settings import Settings
from bank.vocabulary import load_vocabulary
from bank.web.assets import load_assets
from bank.web.marked import marked_markup
from bank.web.templates import template_environments, template_folders
from tests.web.filling import Filled

ROOT = Path(__file__).resolve().parents[2]
BY_HAND = re.compile(r"\|\s*safe\b|\bMarkup\(|autoescape\s+(?:false|off)|autoescape\s*=\s*False|\|\s*tojson\b")
REVIEWED = {ROOT / "bank" / "web" / "marked.py"}


def test_only_one_reviewed_file_calls_text_html() -> None:
    sources = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "bank" / "web").rglob("*.py")]
    assert len(sources) > 40
    found = {path for path in sources if BY_HAND.search(path.read_text(encoding="utf-8"))}
    assert found == REVIEWED


def test_no_template_brings_script_or_style_of_its_own() -> None:
    templates = list((ROOT / "templates").rglob("*.html"))
    assert len(templates) > 20
    for path in templates:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:|<script(?! src)", text), path.name


def test_every_environment_escapes() -> None:
    made = template_environments(Settings(), load_vocabulary(), load_assets())
    assert set(made) == {"es", "en", "pt"}
    for language, environment in made.items():
        assert environment.from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;", language
        sentence = environment.from_string("{{ _('Page %(number)s', number=x) }}").render(x="<b>")
        assert "<b>" not in sentence
        assert "&lt;b&gt;" in sentence


def test_marking_escapes_everything_around_and_inside_the_marks() -> None:
    assert str(marked_markup('<i>a</i> & "b"', ((3, 4),))) == "&lt;i&gt;<mark>a</mark>&lt;/i&gt; &amp; &quot;b&quot;"
    assert "<script" not in marked_markup("<script>x</script>", ((0, 8),))


@pytest.mark.parametrize("language", ["es", "en", "pt"])
def test_a_question_with_markup_is_shown_as_text(client: TestClient, made: Filled, language: str) -> None:
    trick = "<b>x</b>\"'{{7*7}}"
    for address in ("/search", f"/entries/{made.bulletin}/pages/1"):
        page = client.get(address, params={"q": trick, "lang": language}).text
        assert "<b>x" not in page
        assert "&lt;b&gt;x" in page
        assert "{{7*7}}" in page
    for address in ("/search?sort=<b>x", "/search?kind=<b>x&city=<b>x&theme=<b>x&country=<b>x&language=<b>x", "/<b>x"):
        assert "<b>x" not in client.get(address).text


def test_a_network_may_put_its_own_templates_first(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "home.html").write_text("our own", encoding="utf-8")
    own = Settings(templates=tmp_path)
    assert template_folders(own)[0] == tmp_path
    made = template_environments(own, load_vocabulary(), load_assets())
    assert made["es"].get_template("public/home.html").render() == "our own"
    assert made["es"].get_template("public/about.html").filename != str(tmp_path / "public" / "about.html")
