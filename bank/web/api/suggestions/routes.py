"""Suggested principles and themes: for a text that anybody sends, and for a published entry."""

from fastapi import APIRouter, Depends
from starlette.requests import Request

from bank.errors import TooLarge
from bank.messages import N_
from bank.web.api.errors import NOT_FOUND_RESPONSE, PROBLEM_RESPONSE, WRONG_VALUE_RESPONSE
from bank.web.api.suggestions.shapes import LONGEST_SUGGEST_TEXT, SuggestedForShape, SuggestedTagsShape
from bank.web.parameters import PathNumber
from bank.web.rendering import site_of, words_of
from bank.web.throttle import ENTRY_RATE, TEXT_RATE, limit_rate
from bank.workflow.tags.suggesting import suggest_entry, suggest_text, suggestions_json

SUGGEST_TEXT_TOO_LONG = N_("The text has {letters} characters; at most {most} are taken.")
router = APIRouter(
    prefix="/api/v1",
    tags=["suggestions"],
    responses={
        429: {**PROBLEM_RESPONSE, "description": "Too many requests; Retry-After says when"},
        503: {**PROBLEM_RESPONSE, "description": "Too many texts are being read; Retry-After says when"},
    },
)


@router.post(
    "/suggest-tags",
    dependencies=[Depends(limit_rate(TEXT_RATE))],
    responses={**WRONG_VALUE_RESPONSE, 413: {**PROBLEM_RESPONSE, "description": "More than 20,000 characters"}},
)
def suggest_tags(request: Request, asked: SuggestedForShape) -> SuggestedTagsShape:
    """Suggests principles and themes for a text, each with the sentences that speak for it. Nothing is stored."""
    if len(asked.text) > LONGEST_SUGGEST_TEXT:
        raise TooLarge(SUGGEST_TEXT_TOO_LONG, letters=len(asked.text), most=LONGEST_SUGGEST_TEXT)
    bank = site_of(request).bank
    found = suggest_text(bank, asked.title, asked.text, asked.date)
    return SuggestedTagsShape.model_validate(suggestions_json(bank.vocabulary, found, words_of(request).language))


@router.get(
    "/entries/{number}/suggestions", dependencies=[Depends(limit_rate(ENTRY_RATE))], responses=NOT_FOUND_RESPONSE
)
def entry_suggestions(request: Request, number: PathNumber) -> SuggestedTagsShape:
    """Suggests principles and themes for a published entry, each with the sentences and pages that speak for it."""
    bank = site_of(request).bank
    found = suggest_entry(bank, number)
    return SuggestedTagsShape.model_validate(suggestions_json(bank.vocabulary, found, words_of(request).language))
