"""Writing with the API: submissions, their files, and lists of them."""

from bank.web.api.deposits import files, routes, submissions

ROUTERS = (routes.router, files.router, submissions.router)
