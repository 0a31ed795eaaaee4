"""The pages for people, and what programs and keepers ask beside the API: one folder per subject."""

from bank.web.pages import account, admin, deposits, machines, public, review

ROUTERS = (
    *public.ROUTERS,
    *review.ROUTERS,
    *deposits.ROUTERS,
    *machines.ROUTERS,
    *account.ROUTERS,
    *admin.ROUTERS,
)
