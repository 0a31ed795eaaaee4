"""Reading entries and their pages with the API."""

from bank.web.api.entries import routes

ROUTERS = (routes.router,)
