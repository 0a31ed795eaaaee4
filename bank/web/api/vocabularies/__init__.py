"""Vocabularies, cities and counts, for programs."""

from bank.web.api.vocabularies import routes

ROUTERS = (routes.router,)
