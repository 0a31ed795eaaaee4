"""Pages for everybody: search, entries, browsing, originals, exports."""

from bank.web.pages.public import browsing, entries, exports, home, network_texts, originals, search

ROUTERS = (
    home.router,
    exports.router,
    search.router,
    browsing.router,
    entries.router,
    network_texts.router,
    originals.router,
)
"""The order matters: ``/entries/1.csv`` must match its route before ``/entries/{number}`` does."""
