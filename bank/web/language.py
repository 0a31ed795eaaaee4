"""The language of a request, and the cookie that keeps a chosen one."""

from starlette.requests import Request
from starlette.responses import Response

from bank.settings import Settings

LANGUAGE_COOKIE_SECONDS = 365 * 24 * 3600
"""Seconds that a chosen language is remembered."""


def language_cookie_name(settings: Settings) -> str:
    """The language cookie's name; ``__Host-`` binds it to this host where there is https."""
    return "__Host-lang" if settings.secure else "lang"


def accepted_languages(header: str) -> list[str]:
    """Primary language subtags of an Accept-Language header, most wanted first (RFC 9110, 12.5.4)."""
    weighed: list[tuple[float, str]] = []
    for item in header[:1000].split(","):
        tag, _, parameter = item.strip().partition(";")
        weight = language_weight(parameter)
        if tag and weight > 0:
            weighed.append((weight, tag.split("-")[0].strip().lower()))
    return [code for _, code in sorted(weighed, key=lambda pair: -pair[0])]


def language_weight(parameter: str) -> float:
    """The ``q`` of one Accept-Language item: 1 when absent, 0 when it can't be read."""
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def chosen_language(request: Request, settings: Settings) -> str | None:
    """The language in ``?lang=``; None where the pages are not offered in it."""
    asked = request.query_params.get("lang", "")
    return asked if asked in settings.interface_languages else None


def language_of(request: Request, settings: Settings) -> str:
    """The reader's language: ``?lang=``, else the cookie, else Accept-Language, else the bank's own."""
    spoken = settings.interface_languages
    wanted = [chosen_language(request, settings) or "", request.cookies.get(language_cookie_name(settings), "")]
    wanted += accepted_languages(request.headers.get("accept-language", ""))
    return next((code for code in wanted if code in spoken), settings.language)


def keep_chosen_language(request: Request, response: Response, settings: Settings) -> None:
    """Keeps a language chosen with ``?lang=`` in a cookie that holds nothing else."""
    language = chosen_language(request, settings)
    if language is None or request.cookies.get(language_cookie_name(settings)) == language:
        return
    response.set_cookie(
        language_cookie_name(settings),
        language,
        max_age=LANGUAGE_COOKIE_SECONDS,
        secure=settings.secure,
        httponly=True,
        samesite="lax",
    )
