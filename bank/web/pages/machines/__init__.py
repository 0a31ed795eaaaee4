"""Addresses for programs and monitoring: feed, sitemap, robots, health, metrics, API documentation, static files."""

from bank.web.pages.machines import docs, feed, health, parts, robots, static

ROUTERS = (feed.router, robots.router, health.router, docs.router, parts.router, static.router)
