"""The token that every form that changes something carries."""

import pytest
from jinja2 import Environment

from bank.web.form.tokens import FormTokens


def rendered(source: str) -> str:
    return Environment(extensions=[FormTokens], autoescape=True).from_string(source).render()


@pytest.mark.parametrize(
    "tag",
    [
        '<form method="post">',
        "<form method='post' action=/x>",
        "<form action=/x method=post>",
        "<form method=POST action=/x>",
        '<FORM Method = "Post">',
        '<form action="{{ 1 > 0 }}" method="post">',
    ],
)
def test_a_posted_form_has_a_token_however_it_is_written(tag: str) -> None:
    assert rendered(tag).count('name="once"') == 1


@pytest.mark.parametrize(
    "tag", ["<form>", '<form method="get">', "<form method=postal>", '<form action="/logout" method="post">']
)
def test_others_have_none(tag: str) -> None:
    assert 'name="once"' not in rendered(tag)


def test_a_form_that_never_ends_is_left_as_it_is() -> None:
    source = "<form " + "method = " * 20_000
    assert rendered(source) == source
