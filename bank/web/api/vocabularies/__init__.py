"""Vocabularies, cities and counts."""

from bank.web.api.vocabularies import routes

ROUTERS = (routes.router,)
