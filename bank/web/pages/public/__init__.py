"""Pages for everybody: search, entries, browsing, originals, exports."""

from bank.web.pages.public import browsing, drawings, entries, exports, home, leaves, network_texts, originals, search

ROUTERS = (
    home.router,
    exports.router,
    search.router,
    browsing.router,
    entries.router,
    leaves.router,
    drawings.router,
    network_texts.router,
    originals.router,
)
"""The order matters: ``/entries/1.csv`` must match its route before ``/entries/{number}`` does."""
