"""Suggested principles and themes."""

from bank.web.api.suggestions import routes

ROUTERS = (routes.router,)
