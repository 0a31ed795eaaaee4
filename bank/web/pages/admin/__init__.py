"""The administration: the desks of people, of cities and of words for searching, and the state of the bank."""

from bank.web.pages.admin import cities, people, questions, state, synonyms

ROUTERS = (cities.router, people.router, questions.router, state.router, synonyms.router)
