"""Submissions, as their city works on them: begun, filled in, submitted."""

from bank.web.pages.deposits import autosave, choices, files, form, lists, starting, unplaced

ROUTERS = (lists.router, starting.router, autosave.router, form.router, files.router, choices.router, unplaced.router)
