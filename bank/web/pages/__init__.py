"""Pages for people, and addresses for programs outside the API (feed, sitemap, health, ...): one folder per subject."""

from bank.web.pages import account, admin, deposits, machines, public, review

ROUTERS = (
    *public.ROUTERS,
    *review.ROUTERS,
    *deposits.ROUTERS,
    *machines.ROUTERS,
    *account.ROUTERS,
    *admin.ROUTERS,
)
