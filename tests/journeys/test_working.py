"""The working pages: nothing over the edge, nothing that axe finds, and the decision at hand on a telephone."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import Place
from tests.journeys.test_looks import overflow
from tests.web.network import in_state


@pytest.mark.parametrize(("width", "light"), [(1280, "light"), (1280, "dark"), (390, "light"), (320, "light")])
def test_working_pages_in_every_width(still: Place, width: int, light: Literal["light", "dark"]) -> None:
    number = in_state(still.net, "submitted")
    person = still.net.viewers["editor"].id
    context = still.context("admin", width)
    page, found = context.new_page(), []
    page.emulate_media(color_scheme=light)
    places = ["/review", f"/review/{number}", "/admin/people", f"/admin/people/{person}", "/account", "/admin/cities"]
    for place in [*places, "/admin/state", "/admin/synonyms", "/invitation/" + "x" * 43]:
        page.goto(place)
        assert overflow(page) <= 0, place
        violations = Axe().run(page).response["violations"]
        found += [f"{place}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations]
    context.close()
    assert found == []


def test_the_decision_is_at_hand_on_a_telephone_and_beside_the_entry_on_a_desk(still: Place) -> None:
    number = in_state(still.net, "submitted")
    phone = still.context("coordinator", 390).new_page()
    phone.goto(f"/review/{number}")
    phone.locator("#history").scroll_into_view_if_needed()
    jump = phone.locator(".jumps a[href='#decide']")
    box = jump.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 80
    jump.click()
    button = phone.locator("#publish button[type=submit]")
    inside = "one => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"
    assert button.evaluate(inside)
    desk = still.context("coordinator").new_page()
    desk.goto(f"/review/{number}")
    desk.mouse.wheel(0, 900)
    desk.wait_for_function("scrollY > 300")
    assert desk.locator("#publish button[type=submit]").evaluate(inside)
