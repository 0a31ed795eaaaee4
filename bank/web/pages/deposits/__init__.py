"""An entry on its way: begun, filled, handed in."""

from bank.web.pages.deposits import autosave, choices, files, form, lists, starting

ROUTERS = (lists.router, starting.router, autosave.router, form.router, files.router, choices.router)
