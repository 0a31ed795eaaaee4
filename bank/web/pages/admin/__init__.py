"""The administration: the people desk and the cities desk."""

from bank.web.pages.admin import cities, people

ROUTERS = (cities.router, people.router)
