"""The administration: the people desk, the cities desk, and the state of the bank."""

from bank.web.pages.admin import cities, people, state

ROUTERS = (cities.router, people.router, state.router)
