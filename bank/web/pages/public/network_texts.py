"""Texts of the network for everybody: the agreement on deposits, and the privacy notice."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.messages import N_, say
from bank.web.rendering import render, site_of, words_of

router = APIRouter(include_in_schema=False)
AGREEMENT_HEADING, PRIVACY_HEADING = N_("Agreement of the deposit"), N_("Privacy notice")
DEFAULT_CONTACT = N_("the network's coordination")
"""The contact in the privacy notice where BANK_NETWORK_CONTACT is empty."""


@router.get("/agreement")
def agreement_page(request: Request) -> Response:
    """The present agreement on deposits."""
    found, language = site_of(request).bank.network.agreement, words_of(request).language
    heading = say(AGREEMENT_HEADING, language)
    return render(
        request, "public/network_text.html", heading=heading, text=found.text(language), version=found.version
    )


@router.get("/privacy")
def privacy_page(request: Request) -> Response:
    """The privacy notice."""
    bank, language = site_of(request).bank, words_of(request).language
    contact = bank.settings.network_contact or say(DEFAULT_CONTACT, language)
    text = bank.network.privacy.text(language, bank.settings.network_name, contact)
    return render(request, "public/network_text.html", heading=say(PRIVACY_HEADING, language), text=text, version="")
