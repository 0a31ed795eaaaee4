"""The review desk, suggested tags, and their quality."""

from bank.web.pages.review import desk, quality, suggestions

ROUTERS = (suggestions.router, quality.router, desk.router)
