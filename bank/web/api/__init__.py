"""The API for programs: one folder per subject, and what they share."""

from bank.web.api import deposits, description, entries, search, suggestions, vocabularies

ROUTERS = (
    description.router,
    *search.ROUTERS,
    *entries.ROUTERS,
    *suggestions.ROUTERS,
    *deposits.ROUTERS,
    *vocabularies.ROUTERS,
)
