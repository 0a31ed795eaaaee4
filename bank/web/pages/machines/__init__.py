"""What programs and keepers ask: feed, health, robots, static files, the API explained."""

from bank.web.pages.machines import docs, feed, health, robots, static

ROUTERS = (feed.router, robots.router, health.router, docs.router, static.router)
