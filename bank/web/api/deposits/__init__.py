"""Writing: entries on their way, their files, the lists of them."""

from bank.web.api.deposits import files, routes, submissions

ROUTERS = (routes.router, files.router, submissions.router)
