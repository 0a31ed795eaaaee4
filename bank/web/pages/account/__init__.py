"""Invitations, signing in, and one's own account."""

from bank.web.pages.account import invitations, profile, signing_in

ROUTERS = (signing_in.router, profile.router, invitations.router)
