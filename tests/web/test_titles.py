"""A page that says what is wrong says so first in its title, in every language."""

from collections.abc import Iterator

import pytest

from bank.settings import Settings
from tests.web.network import Network, network


@pytest.fixture
def net(settings: Settings) -> Iterator[Network]:
    with network(settings, populated=False) as made:
        yield made


@pytest.mark.parametrize(("language", "word"), [("es", "Error:"), ("en", "Error:"), ("pt", "Erro:")])
def test_the_title_of_a_form_that_was_refused_says_so_first(net: Network, language: str, word: str) -> None:
    editor = net.browser("editor")
    files = [("files", ("programa.md", b"MZ\x90\x00 program"))]
    for page, answer in (
        (editor.get(f"/deposits/new?lang={language}"), editor.post(f"/deposits?lang={language}", files=files)),
        (
            net.browser().get(f"/login?lang={language}"),
            net.browser().post(f"/login?lang={language}", data={"email": "nadie@ciudad.example", "password": "x"}),
        ),
    ):
        assert answer.status_code >= 400
        title = page.text.partition("<title>")[2].partition("</title>")[0]
        assert answer.text.partition("<title>")[2].partition("</title>")[0] == f"{word} {title}"
