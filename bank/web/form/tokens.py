"""The token that every form that changes something carries; put into the templates as they are loaded."""

import re
import secrets

from jinja2 import Environment
from jinja2.ext import Extension

FORM_ONCE_CONTROL = "once"
FORM_TOKEN_BYTES = 18
FORM_TAG = re.compile(r"<form\b(?:[^>{]++|\{\{(?:(?!\}\}).)*+\}\}|\{%(?:(?!%\}).)*+%\})*+>", re.DOTALL | re.IGNORECASE)
"""The beginning of a form, with expressions of the template in it; possessive, so as not to try again."""
POSTED = re.compile(r"""\smethod\s*=\s*(?:"post"|'post'|post(?=[\s>]))""", re.IGNORECASE)
SIGNING_OUT = 'action="/logout"'
"""The one form that stands on every page; signing out twice is signing out."""
TOKEN_CONTROL = f'<input type="hidden" name="{FORM_ONCE_CONTROL}" autocomplete="off" value="{{{{ form_token() }}}}">'


class FormTokens(Extension):
    """Puts a hidden token into each posted form of a template, those of a network's own templates too."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.globals.update(form_token=new_form_token)

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source with a token in each form that is posted."""
        return FORM_TAG.sub(lambda tag: tag[0] + (TOKEN_CONTROL if needs_token(tag[0]) else ""), source)


def needs_token(tag: str) -> bool:
    """Whether the form changes something and is not sent from every page."""
    return POSTED.search(tag) is not None and SIGNING_OUT not in tag


def new_form_token() -> str:
    """A token that nobody can guess, for one form of one rendering."""
    return secrets.token_urlsafe(FORM_TOKEN_BYTES)
