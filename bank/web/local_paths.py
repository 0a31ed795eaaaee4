"""Safe targets for redirects: paths of this bank only."""

from urllib.parse import urlencode, urlsplit

from starlette.requests import Request

from bank.web.methods import answers_method

LONGEST_LOCAL_PATH = 2000
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing (RFC 9110, 9.2.1); TRACE is not answered at all."""
WRITING_PATHS = ("/deposits", "/review")
"""Paths of forms that take long to fill in: the sign-in page says that what was sent from them was not saved."""


def local_path(asked: str) -> str:
    """`asked` if it is a path of this bank, else ``/``.

    Browsers take ``//host`` and ``/\\host`` for another host's address, and drop tabs and line ends before they parse.
    """
    odd = "\\" in asked or not asked.isprintable() or len(asked) > LONGEST_LOCAL_PATH
    return asked if asked.startswith("/") and not asked.startswith("//") and not odd else "/"


def return_path(request: Request) -> str:
    """The page to return to after signing in: the one asked for, or the one with the form that was sent."""
    if request.method in SAFE_METHODS:
        place, query = request.url.path, request.url.query
    else:
        place, query = nearest_page(request, *referring_page(request))
    return local_path(f"{place}?{query}" if query else place)


def referring_page(request: Request) -> tuple[str, str]:
    """(path, query) of the Referer header if it is a page of this bank, else of the first page."""
    try:
        page = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return "/", ""
    return (page.path, page.query) if page.netloc == request.headers.get("host") else ("/", "")


def nearest_page(request: Request, path: str, query: str) -> tuple[str, str]:
    """(path, query) if the path answers GET, else the nearest parent path that does: a form's target often does not."""
    page = path
    while page and not answers_method(request, "GET", page):
        page = page.rpartition("/")[0]
    return page or "/", query if page == path else ""


def sign_in_path(request: Request) -> str:
    """Path of the sign-in page that leads back here; after an entry's form was sent it says that nothing was saved."""
    place = return_path(request)
    lost = request.method not in SAFE_METHODS and place.startswith(WRITING_PATHS)
    return f"/login?{urlencode({'next': place, **({'written': 'lost'} if lost else {})})}"
