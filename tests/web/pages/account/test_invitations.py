"""Coming in by links and codes through the pages: opening does nothing, buttons do it once, nothing leaks."""

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from fastapi import FastAPI
from httpx2 import Response
from pydantic import SecretStr
from sqlalchemy import select

from bank.assembly import open_bank
from bank.catalogue.tables import Ticket
from bank.clock import now
from bank.settings import Settings
from bank.web.app import create_app
from bank.workflow.bank import Bank
from bank.workflow.people import accounts, using_links
from bank.workflow.people.accounts import user_id_of_address
from bank.workflow.people.inviting import Invitee, NewMembership, invite_user
from bank.workflow.people.sending_links import hand_ticket_over
from bank.workflow.people.tickets import TICKET_LIFETIMES
from tests.mail_sink import mail_sink
from tests.people import ADMIN, CITY, EDITOR, OPERATOR, PASSWORD
from tests.web.pages.account.test_signing_in import browser, dump, enter, without_tokens

NEW = "nueva@ciudad.example"
FRESH = "nueve jacarandas en el patio"
PREFETCHES = 100


def invitation(bank: Bank) -> str:
    """The path of an invitation's link."""
    wanted = Invitee(NEW, "editor", "Nueva Ficticia", [NewMembership(CITY, "liaison", now().date())])
    return path_of(bank, invite_user(bank, OPERATOR, wanted, "es").secret)


def reset(bank: Bank) -> str:
    return path_of(bank, hand_ticket_over(bank, OPERATOR, user_id_of_address(bank, EDITOR), "reset", "es").secret)


def path_of(bank: Bank, link: str) -> str:
    return link.removeprefix(bank.settings.base_url)


def first(bank: Bank) -> str:
    return path_of(bank, str(using_links.make_first_link(bank, OPERATOR)))


def heading(answer: Response) -> str:
    [found] = re.findall(r"<h1>(.*?)</h1>", answer.text, re.DOTALL)
    return str(found)


def test_a_hundred_prefetches_of_every_kind_of_link_change_nothing(bank: Bank, app: FastAPI) -> None:
    """Mail scanners open every link."""
    links, scanner = [invitation(bank), reset(bank)], browser(app)
    before = "\n".join(dump(bank))
    for link in links:
        for method in ("GET", "HEAD"):
            for _ in range(PREFETCHES):
                answer = scanner.request(method, link, headers={"sec-fetch-site": "cross-site", "purpose": "prefetch"})
                assert answer.status_code == 200
                assert "set-cookie" not in answer.headers
    assert "\n".join(dump(bank)) == before
    for link in links:
        assert browser(app).post(link, data={"password": FRESH}).status_code == 303


def test_a_hundred_prefetches_of_the_first_link_change_nothing(settings: Settings) -> None:
    bank = open_bank(settings)
    link, scanner = first(bank), browser(create_app(bank))
    before = "\n".join(dump(bank))
    for _ in range(PREFETCHES):
        assert scanner.get(link).status_code == scanner.head(link).status_code == 200
    assert "\n".join(dump(bank)) == before
    sent = {"email": ADMIN, "name": "Primera Ficticia", "password": FRESH}
    assert scanner.post(link, data={**sent, "email": "x"}).text.count('href="#email"') == 1
    answer = scanner.post(link, data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin/people")
    assert "Primera Ficticia" in scanner.get("/admin/people").text
    assert browser(create_app(bank)).post(link, data=sent).status_code == 410
    assert browser(create_app(bank)).get(link).status_code == 410
    bank.database.close()


def test_the_page_of_a_link_is_kept_nowhere_and_names_itself_to_nobody(bank: Bank, app: FastAPI) -> None:
    """No canonical address, no address for sharing, no page to return to holds the token; no other site is told it."""
    for link in (invitation(bank), reset(bank), "/invitation/" + "x" * 43, "/first/" + "x" * 43):
        answer = browser(app).get(link)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        head, _, rest = answer.text.partition("</head>")
        assert link not in head
        assert f"next={link.replace('/', '%2F')}" not in rest


def test_a_link_that_was_used_says_what_to_do(bank: Bank, app: FastAPI) -> None:
    link = invitation(bank)
    assert browser(app).post(link, data={"way": "code"}).status_code == 303
    for answer in (browser(app).get(link), browser(app).post(link, data={"password": FRESH})):
        assert answer.status_code == 410
        assert heading(answer)
        assert 'href="/login"' in answer.text


def test_a_link_that_has_ended_or_is_none_says_what_to_do(bank: Bank, app: FastAPI) -> None:
    link = reset(bank)
    with bank.database.writing() as session:
        session.scalars(select(Ticket)).one().ends -= TICKET_LIFETIMES["reset"]
    assert browser(app).get(link).status_code == 410
    assert browser(app).post(link, data={"password": FRESH}).status_code == 410
    for place in ("/reset/x", "/invitation/" + "a" * 43, "/first/%2e%2e", "/invitation/%00"):
        assert browser(app).get(place).status_code == 404
        assert browser(app).post(place, data={"password": FRESH}).status_code == 404


def test_pressing_at_the_same_time_opens_once(bank: Bank, app: FastAPI) -> None:
    """S40."""
    link = invitation(bank)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: browser(app).post(link, data={"password": FRESH}), range(8)))
    assert sorted(answer.status_code for answer in answers) == [303] + [410] * 7
    assert enter(browser(app), NEW, FRESH).status_code == 303


def test_a_refused_password_is_said_and_never_shown(bank: Bank, app: FastAPI) -> None:
    """S41."""
    for link in (invitation(bank), reset(bank)):
        for bad in ("", "p1ñata", "password1234", "y" * 129, "ciudadciudadciudad"):
            answer = browser(app).post(link, data={"password": bad})
            assert answer.status_code == 422
            assert 'role="alert"' in answer.text
            assert not bad or bad not in answer.text
        assert browser(app).post(link, data={"password": FRESH}).status_code == 303


def test_no_other_site_presses_the_button(bank: Bank, app: FastAPI) -> None:
    """S42."""
    for link in (invitation(bank), reset(bank)):
        sent = browser(app).post(link, data={"password": FRESH}, headers={"sec-fetch-site": "cross-site"})
        assert sent.status_code == 403
        assert browser(app).post(link, data={"password": FRESH}).status_code == 303


def test_coming_in_by_a_link_replaces_the_session_that_was_there(bank: Bank, app: FastAPI) -> None:
    """S35."""
    reader = browser(app)
    enter(reader, ADMIN)
    old = reader.cookies["session"]
    assert reader.post(invitation(bank), data={"way": "code"}).status_code == 303
    assert "Nueva Ficticia" in reader.get("/").text
    stale = browser(app).get("/admin/people", headers={"cookie": f"session={old}"})
    assert stale.status_code == 303


@pytest.mark.parametrize("way", ["/login/code/mail", "/login/forgotten"])
@pytest.mark.parametrize("mails", [True, False])
def test_whoever_asks_gets_the_same_answer(bank: Bank, way: str, mails: bool) -> None:
    """S39: status, head and body."""
    with mail_sink() as sink:
        url = SecretStr(sink.url) if mails else None
        moved = replace(bank, settings=bank.settings.model_copy(update={"mail_url": url}))
        accounts.set_account_active(bank, ADMIN, False, actor=OPERATOR)
        app, answers = create_app(moved), []
        for number, email in enumerate((EDITOR, "nadie@red.example", ADMIN, "no-address", "x\r\nBcc: a@b.example")):
            answer = browser(app, host=f"10.0.0.{number}").post(way, data={"email": email})
            shown = answer.text.replace(email.replace("\r", "\n").replace("\n\n", "\n"), "-").replace(email, "-")
            shown = without_tokens(shown)
            kept = {n: v for n, v in answer.headers.items() if n not in ("x-request-id", "content-length", "etag")}
            answers.append((answer.status_code, shown, kept))
        moved.errands.finish(30)
        assert answers[0][0] == 200
        assert all(answer == answers[0] for answer in answers[:4])
        assert answers[4][0] == 200
        assert [mail.recipients for mail in sink.mails] == ([[f"<{EDITOR}>"]] if mails else [])


def test_guessing_codes_and_asking_are_paused(bank: Bank, app: FastAPI) -> None:
    """S38."""
    reader = browser(app)
    tries = [reader.post("/login/code", data={"email": EDITOR, "code": f"{n:08}"}) for n in range(12)]
    assert [one.status_code for one in tries[:5]] == [422] * 5
    assert tries[-1].status_code == 429
    assert int(tries[-1].headers["retry-after"]) >= 1
    asked = [browser(app, "10.0.0.1").post("/login/forgotten", data={"email": EDITOR}).status_code for _ in range(5)]
    assert asked == [200, 200, 200, 429, 429]


def test_a_code_is_asked_for_and_given_on_pages_that_lead_on(bank: Bank) -> None:
    with mail_sink() as sink:
        moved = replace(bank, settings=bank.settings.model_copy(update={"mail_url": SecretStr(sink.url)}))
        reader = browser(create_app(moved))
        assert 'href="/login/code?next=%2Fthemes"' in reader.get("/login?next=/themes").text
        page = reader.post("/login/code/mail?next=/themes", data={"email": EDITOR})
        assert f'value="{EDITOR}"' in page.text
        moved.errands.finish(30)
        found = re.search(r"\d{4} \d{4}", sink.mails[0].text)
        assert found
        answer = reader.post("/login/code?next=/themes", data={"email": EDITOR, "code": found[0]})
        assert (answer.status_code, answer.headers["location"]) == (303, "/themes")
        assert reader.get("/login/code").status_code == reader.get("/login/forgotten").status_code == 303


def test_no_password_link_or_code_reaches_a_log(bank: Bank, app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    """S53: the log of requests is on."""
    link, other = invitation(bank), reset(bank)
    code = hand_ticket_over(bank, OPERATOR, user_id_of_address(bank, ADMIN), "code", "es").secret
    with caplog.at_level(logging.DEBUG):
        reader = browser(app)
        for place in (link, other, f"/{link}", "/first/" + "z" * 43):
            reader.get(place)
            reader.post(place, data={"password": FRESH}, headers={"sec-fetch-site": "cross-site"})
            reader.get(place, headers={"host": "evil.example"})
        reader.post(link, data={"password": FRESH})
        browser(app).post(other, data={"password": FRESH})
        browser(app).post("/login/code", data={"email": EDITOR, "code": "palabra-canaria"})
        browser(app).post("/login/code", data={"email": ADMIN, "code": code})
    # What the test's own client and event loop log is not the bank's.
    told = "\n".join(one.getMessage() for one in caplog.records if not one.name.startswith(("httpx2", "asyncio")))
    assert '"path": "/invitation/-"' in told
    assert "was refused" in told
    tokens = [place.rpartition("/")[2] for place in (link, other)]
    for word in (*tokens, "z" * 43, code, code.replace(" ", ""), FRESH, PASSWORD, "palabra-canaria"):
        assert word not in told
