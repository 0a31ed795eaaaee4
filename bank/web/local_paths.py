"""Where a page may send its reader on to: paths of this bank, nothing else."""

from urllib.parse import urlencode, urlsplit

from starlette.requests import Request

from bank.web.methods import answers

LONGEST = 2000
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that ask and change nothing (RFC 9110, 9.2.1); TRACE is not answered at all."""
WRITTEN = ("/deposits", "/review")
"""Where people write what takes time."""


def local_path(asked: str) -> str:
    """`asked` where it is a path of this bank, else ``/``.

    Browsers take ``//host`` and ``/\\host`` for another host's address, and drop tabs and line ends before they look.
    """
    odd = "\\" in asked or not asked.isprintable() or len(asked) > LONGEST
    return asked if asked.startswith("/") and not asked.startswith("//") and not odd else "/"


def way_back(request: Request) -> str:
    """The page to return to after signing in: the one asked for, or the one that the form stood on."""
    if request.method in SAFE_METHODS:
        place, query = request.url.path, request.url.query
    else:
        place, query = nearest(request, *referring(request))
    return local_path(f"{place}?{query}" if query else place)


def referring(request: Request) -> tuple[str, str]:
    """(path, query) of the page of this bank that led here; the first page where none did."""
    try:
        page = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return "/", ""
    return (page.path, page.query) if page.netloc == request.headers.get("host") else ("/", "")


def nearest(request: Request, path: str, query: str) -> tuple[str, str]:
    """(path, query) of this page, or of the first one above it that can be asked for: a form's target often can't."""
    page = path
    while page and not answers(request, "GET", page):
        page = page.rpartition("/")[0]
    return page or "/", query if page == path else ""


def sign_in_place(request: Request) -> str:
    """The page for signing in, which leads back; it tells whoever sent a form of an entry that it could not be kept."""
    place = way_back(request)
    lost = request.method not in SAFE_METHODS and place.startswith(WRITTEN)
    return f"/login?{urlencode({'next': place, **({'written': 'lost'} if lost else {})})}"
