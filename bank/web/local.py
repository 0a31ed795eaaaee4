"""Where a page may send its reader on to: paths of this bank, nothing else."""

from urllib.parse import urlsplit

from starlette.requests import Request

LONGEST = 2000
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that ask and change nothing (RFC 9110, 9.2.1); TRACE is not answered at all."""


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
        place, query = referring(request)
    return local_path(f"{place}?{query}" if query else place)


def referring(request: Request) -> tuple[str, str]:
    """(path, query) of the page of this bank that led here; the first page where none did."""
    try:
        page = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return "/", ""
    return (page.path, page.query) if page.netloc == request.headers.get("host") else ("/", "")
