"""Suggested principles and themes for a text or an entry."""

from bank.web.api.suggestions import routes

ROUTERS = (routes.router,)
