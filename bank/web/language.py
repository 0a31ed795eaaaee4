"""Who reads: the language that a request asks for, and where its choice is kept."""

from starlette.requests import Request
from starlette.responses import Response

from bank.settings import Settings

KEPT_FOR = 365 * 24 * 3600
"""Seconds that a chosen language is remembered."""


def cookie_name(settings: Settings) -> str:
    """The language cookie's name; ``__Host-`` binds it to this host where there is https."""
    return "__Host-lang" if settings.secure else "lang"


def accepted(header: str) -> list[str]:
    """Primary language subtags of an Accept-Language header, most wanted first (RFC 9110, 12.5.4)."""
    weighed: list[tuple[float, str]] = []
    for item in header[:1000].split(","):
        tag, _, parameter = item.strip().partition(";")
        weight = weight_of(parameter)
        if tag and weight > 0:
            weighed.append((weight, tag.split("-")[0].strip().lower()))
    return [code for _, code in sorted(weighed, key=lambda pair: -pair[0])]


def weight_of(parameter: str) -> float:
    """The ``q`` of one Accept-Language item: 1 when absent, 0 when it can't be read."""
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def chosen(request: Request, settings: Settings) -> str | None:
    """The language that ``?lang=`` asks for, if the bank's pages speak it."""
    asked = request.query_params.get("lang", "")
    return asked if asked in settings.interface_languages else None


def language_of(request: Request, settings: Settings) -> str:
    """The reader's language: ``?lang=``, else the cookie, else Accept-Language, else the bank's own."""
    spoken = settings.interface_languages
    wanted = [chosen(request, settings) or "", request.cookies.get(cookie_name(settings), "")]
    wanted += accepted(request.headers.get("accept-language", ""))
    return next((code for code in wanted if code in spoken), settings.language)


def keep_choice(request: Request, response: Response, settings: Settings) -> None:
    """Keeps a language chosen with ``?lang=`` in a cookie that holds nothing else."""
    language = chosen(request, settings)
    if language is None or request.cookies.get(cookie_name(settings)) == language:
        return
    response.set_cookie(
        cookie_name(settings),
        language,
        max_age=KEPT_FOR,
        secure=settings.secure,
        httponly=True,
        samesite="lax",
    )
