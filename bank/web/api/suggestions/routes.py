"""Suggested principles and themes: for a text that anybody sends, and for a published entry."""

from fastapi import APIRouter, Depends
from starlette.requests import Request

from bank.errors import TooLarge
from bank.messages import N_
from bank.web.api.errors import NOT_FOUND, PROBLEM, WRONG_VALUE
from bank.web.api.suggestions.shapes import MOST_LETTERS, SuggestedForShape, SuggestedTagsShape
from bank.web.parameters import Number
from bank.web.rendering import site_of, words_of
from bank.web.throttle import ENTRIES, TEXTS, slow_down
from bank.workflow.tags.suggesting import suggest_entry, suggest_text, suggestions_json

TOO_LONG = N_("The text has {letters} characters; at most {most} are taken.")
router = APIRouter(
    prefix="/api/v1",
    tags=["suggestions"],
    responses={
        429: {**PROBLEM, "description": "Too many requests; Retry-After says when"},
        503: {**PROBLEM, "description": "Too many texts are being read; Retry-After says when"},
    },
)


@router.post(
    "/suggest-tags",
    dependencies=[Depends(slow_down(TEXTS))],
    responses={**WRONG_VALUE, 413: {**PROBLEM, "description": "More than 20,000 characters"}},
)
def suggest_tags(request: Request, asked: SuggestedForShape) -> SuggestedTagsShape:
    """The principles and themes that a text speaks for, each with its sentences. Nothing is stored."""
    if len(asked.text) > MOST_LETTERS:
        raise TooLarge(TOO_LONG, letters=len(asked.text), most=MOST_LETTERS)
    bank = site_of(request).bank
    found = suggest_text(bank, asked.title, asked.text, asked.date)
    return SuggestedTagsShape.model_validate(suggestions_json(bank.vocabulary, found, words_of(request).language))


@router.get("/entries/{number}/suggestions", dependencies=[Depends(slow_down(ENTRIES))], responses=NOT_FOUND)
def entry_suggestions(request: Request, number: Number) -> SuggestedTagsShape:
    """The principles and themes that a published entry speaks for, each with its sentences and their pages."""
    bank = site_of(request).bank
    found = suggest_entry(bank, number)
    return SuggestedTagsShape.model_validate(suggestions_json(bank.vocabulary, found, words_of(request).language))
