"""Every page that people see, with who looks at it: the list for accessibility and for screenshots.

``test_every_page.py`` holds it against the application's routes, so that no page is forgotten.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bank.clock import now
from bank.workflow.people import desk as people_desk
from bank.workflow.people.inviting import Invitee, NewMembership
from tests.web.network import Network
from tests.workflow.deposits.making import HERE, THERE

Who = str
ROLES: tuple[Who, ...] = ("visitor", "editor", "coordinator", "admin")


@dataclass(frozen=True, slots=True)
class Screen:
    """One page: the path's template, as the route has it, the address of an example, and who looks at it."""

    name: str
    route: str
    address: str
    who: Who = "visitor"
    status: int = 200
    reading: bool = False
    """Whether it is a page that people read, not one on which they work."""


def screens(net: Network) -> Iterator[Screen]:
    """Every page of a populated network."""
    yield from reading_screens(net.entries["published"], net.entries["withdrawn"])
    yield from sign_in_screens(net)
    yield from deposit_screens(net)
    yield from desk_screens(net)
    yield from administration_screens(net)


def reading_screens(published: int, withdrawn: int) -> Iterator[Screen]:
    """What everybody reads."""
    entry, listed = f"/entries/{published}", "/entries/{number}"
    pages = [
        ("home", "/", "/"),
        ("search", "/search", "/search"),
        ("search-words", "/search", "/search?q=huertos"),
        ("search-nothing", "/search", "/search?q=zqxwv&theme=cultura"),
        ("search-faults", "/search", "/search?q=huertos&year_from=2030&year_to=2001&sort=x"),
        ("principles", "/principles", "/principles"),
        ("principle", "/principles/{number}", "/principles/8"),
        ("themes", "/themes", "/themes"),
        ("theme", "/themes/{id}", "/themes/medio-ambiente"),
        ("theme-empty", "/themes/{id}", "/themes/cultura"),
        ("cities", "/cities", "/cities"),
        ("city", "/cities/{id}", f"/cities/{HERE}"),
        ("entry", listed, entry),
        ("page", f"{listed}/pages/{{page}}", f"{entry}/pages/1"),
        ("page-marked", f"{listed}/files/{{file}}/pages/{{page}}", f"{entry}/files/1/pages/1?q=huertos"),
        ("about", "/about", "/about"),
        ("agreement", "/agreement", "/agreement"),
        ("privacy", "/privacy", "/privacy"),
        ("docs", "/docs", "/docs"),
        ("parts", "/about/parts", "/about/parts"),
    ]
    for name, route, address in pages:
        yield Screen(name, route, address, reading=True)
    yield Screen("entry-withdrawn", listed, f"/entries/{withdrawn}", status=410, reading=True)
    yield Screen("nowhere", "", "/nowhere", status=404, reading=True)


def sign_in_screens(net: Network) -> Iterator[Screen]:
    """How people come in: forms, and links as they are and once they are used."""
    coordinator = net.viewers["coordinator"]
    wanted = Invitee(
        "invitada@ciudad.example", "editor", "Invitada Ficticia", [NewMembership(HERE, "liaison", now().date())]
    )
    invited = people_desk.invite(net.bank, coordinator, wanted, "es")
    reset = people_desk.hand_over(net.bank, net.viewers["admin"], net.viewers["editor"].id, "reset", "es")
    used = "x" * 43
    yield Screen("login", "/login", "/login?next=%2Fdeposits")
    yield Screen("login-code", "/login/code", "/login/code")
    yield Screen("login-forgotten", "/login/forgotten", "/login/forgotten")
    yield Screen("invitation", "/invitation/{token}", f"/invitation/{invited.secret.rpartition('/')[2]}")
    yield Screen("invitation-used", "/invitation/{token}", f"/invitation/{used}", status=404)
    yield Screen("reset", "/reset/{token}", f"/reset/{reset.secret.rpartition('/')[2]}")
    yield Screen("first-used", "/first/{token}", f"/first/{used}", status=404)


def deposit_screens(net: Network) -> Iterator[Screen]:
    """How a city deposits."""
    draft, published = f"/deposits/{net.entries['draft']}", net.entries["published"]
    own = "/deposits/{number"
    yield Screen("account", "/account", "/account", "editor")
    yield Screen("deposits", "/deposits", "/deposits", "editor")
    yield Screen("deposits-empty", "/deposits", "/deposits", "stranger")
    yield Screen("deposit-new", "/deposits/new", "/deposits/new", "editor")
    for state in ("draft", "returned", "submitted", "published", "withdrawn"):
        yield Screen(f"deposit-{state}", own + ":int}", f"/deposits/{net.entries[state]}", "editor")
    yield Screen("deposit-page", own + "}/files/{file}/pages/{page}", f"{draft}/files/1/pages/1", "editor")
    yield Screen("deposit-remove-file", own + "}/files/{file}/remove", f"{draft}/files/1/remove", "editor")
    yield Screen("deposit-remove-image", own + "}/images/{image}/remove", f"{draft}/images/1/remove", "editor")
    yield Screen("deposit-suggestions", own + "}/suggestions", f"{draft}/suggestions", "editor")
    withdrawn = f"/deposits/{net.entries['submitted']}/withdraw"
    yield Screen("deposit-withdraw", own + "}/withdraw", withdrawn, "editor")
    yield Screen("suggestions", "/entries/{number}/suggestions", f"/entries/{published}/suggestions", "coordinator")


def desk_screens(net: Network) -> Iterator[Screen]:
    """How coordinators review."""
    yield Screen("review", "/review", "/review", "coordinator")
    for state in ("submitted", "returned", "published"):
        yield Screen(f"review-{state}", "/review/{number}", f"/review/{net.entries[state]}", "coordinator")
    withdraw = f"/review/{net.entries['published']}/withdraw"
    yield Screen("review-withdraw", "/review/{number}/withdraw", withdraw, "coordinator")
    yield Screen("quality", "/quality", "/quality", "coordinator")
    yield Screen("admin-entry", "/entries/{number}", f"/entries/{net.entries['published']}", "coordinator")


def administration_screens(net: Network) -> Iterator[Screen]:
    """People, cities, words, and the state of the bank."""
    yield Screen("people", "/admin/people", "/admin/people", "coordinator")
    yield Screen("people-none", "/admin/people", "/admin/people?q=zqxwv", "coordinator")
    yield Screen("person-new", "/admin/people/new", "/admin/people/new", "coordinator")
    person = f"/admin/people/{net.viewers['editor'].id}"
    yield Screen("person", "/admin/people/{number}", person, "coordinator")
    yield Screen("person-as-admin", "/admin/people/{number}", person, "admin")
    yield Screen("names", "/admin/cities", "/admin/cities", "coordinator")
    city = f"/admin/cities/{HERE}"
    yield Screen("name", "/admin/cities/{id}", city, "coordinator")
    yield Screen("merge", "/admin/cities/{id}/merge", f"{city}/merge", "coordinator")
    yield Screen("merge-into", "/admin/cities/{id}/merge", f"{city}/merge?into={THERE}", "coordinator")
    yield Screen("synonyms", "/admin/synonyms", "/admin/synonyms", "coordinator")
    yield Screen("questions", "/admin/questions", "/admin/questions", "coordinator")
    yield Screen("state", "/admin/state", "/admin/state", "admin")
