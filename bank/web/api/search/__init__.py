"""Search, and completions while typing."""

from bank.web.api.search import routes

ROUTERS = (routes.router,)
