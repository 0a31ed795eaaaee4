"""Entries and their pages, read."""

from bank.web.api.entries import routes

ROUTERS = (routes.router,)
