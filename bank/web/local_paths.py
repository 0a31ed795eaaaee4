"""Where a page may send its reader on to: paths of this bank, nothing else."""

from urllib.parse import urlencode, urlsplit

from starlette.requests import Request

from bank.web.methods import answers_method

LONGEST_LOCAL_PATH = 2000
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that ask and change nothing (RFC 9110, 9.2.1); TRACE is not answered at all."""
WRITING_PATHS = ("/deposits", "/review")
"""Where people write what takes time."""


def local_path(asked: str) -> str:
    """`asked` where it is a path of this bank, else ``/``.

    Browsers take ``//host`` and ``/\\host`` for another host's address, and drop tabs and line ends before they look.
    """
    odd = "\\" in asked or not asked.isprintable() or len(asked) > LONGEST_LOCAL_PATH
    return asked if asked.startswith("/") and not asked.startswith("//") and not odd else "/"


def return_path(request: Request) -> str:
    """The page to return to after signing in: the one asked for, or the one that the form stood on."""
    if request.method in SAFE_METHODS:
        place, query = request.url.path, request.url.query
    else:
        place, query = nearest_page(request, *referring_page(request))
    return local_path(f"{place}?{query}" if query else place)


def referring_page(request: Request) -> tuple[str, str]:
    """(path, query) of the page of this bank that led here; the first page where none did."""
    try:
        page = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return "/", ""
    return (page.path, page.query) if page.netloc == request.headers.get("host") else ("/", "")


def nearest_page(request: Request, path: str, query: str) -> tuple[str, str]:
    """(path, query) of this page, or of the first one above it that can be asked for: a form's target often can't."""
    page = path
    while page and not answers_method(request, "GET", page):
        page = page.rpartition("/")[0]
    return page or "/", query if page == path else ""


def sign_in_path(request: Request) -> str:
    """The page for signing in, which leads back; it tells whoever sent a form of an entry that it could not be kept."""
    place = return_path(request)
    lost = request.method not in SAFE_METHODS and place.startswith(WRITING_PATHS)
    return f"/login?{urlencode({'next': place, **({'written': 'lost'} if lost else {})})}"
