"""The page of questions that found nothing: what people look for and the bank lacks, or calls otherwise."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.web.form.once import OnceRoute
from bank.web.rendering import render, site_of
from bank.web.viewer import viewer_of
from bank.workflow.search import unanswered
from bank.workflow.search.synonyms import MOST_WORDS_OF_TERM

router = APIRouter(include_in_schema=False, route_class=OnceRoute)
QuestionText = Annotated[str, Form()]


@router.get("/admin/questions")
def questions_desk(request: Request, done: str = "") -> Response:
    """The questions that found nothing, the most frequent first."""
    return render(
        request,
        "admin/questions.html",
        questions=unanswered.open_questions(site_of(request).bank, viewer_of(request)),
        most=unanswered.MOST_KEPT_QUESTIONS,
        days=unanswered.DAYS_KEPT,
        once=unanswered.DAYS_KEPT_ONCE,
        most_words=MOST_WORDS_OF_TERM,
        done=done == "forgotten",
    )


@router.post("/admin/questions/forget")
def forget_question(request: Request, words: QuestionText = "", language: QuestionText = "") -> Response:
    """Deletes a question and its count."""
    unanswered.forget_question(site_of(request).bank, viewer_of(request), words, language)
    return RedirectResponse("/admin/questions?done=forgotten#done", 303)
