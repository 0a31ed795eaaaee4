"""The coordinators' desk, and suggested tags."""

from bank.web.pages.review import desk, quality, suggestions

ROUTERS = (suggestions.router, quality.router, desk.router)
