"""The API for programs: one file per subject."""

from bank.web.api import deposits, description, entries, search, suggestions, vocabularies

ROUTERS = (
    description.router,
    *search.ROUTERS,
    *entries.ROUTERS,
    *suggestions.ROUTERS,
    *deposits.ROUTERS,
    *vocabularies.ROUTERS,
)
