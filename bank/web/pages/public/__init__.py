"""What anybody reads: search, entries, ways in, originals, exports."""

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
"""In this order: an address with an ending is looked for before the one without."""
