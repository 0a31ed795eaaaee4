"""A form that is sent twice does its act once, and the second is answered as the first."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from httpx2 import Response
from pydantic import SecretStr
from sqlalchemy import func, select, text, update
from starlette.testclient import TestClient

from bank.catalogue.tables import Audit, Entry, FormAct, Step, Token, User
from bank.clock import now
from bank.settings import Settings
from bank.web.app import create_app
from bank.workflow.people import sent_forms, using_links
from bank.workflow.people.accounts import user_id_of_address
from bank.workflow.people.passwords import hash_password
from bank.workflow.people.runs import this_run
from bank.workflow.people.sending_links import hand_ticket_over
from tests.mail_sink import mail_sink
from tests.people import PASSWORD
from tests.web.network import HOST, Network, in_state, network
from tests.workflow.deposits.making import HERE

TOKEN = re.compile(
    r'<form[^>]*action="([^"]*)"[^>]*><input type="hidden" name="once" autocomplete="off" value="([\w-]+)">'
)


@pytest.fixture
def net(settings: Settings) -> Iterator[Network]:
    with network(settings, populated=False) as made:
        yield made


ANEW = "el anterior ya no sirve"


def token(page: Response, action: str) -> str:
    """The token of the page's form with that action."""
    return str(dict(TOKEN.findall(page.text))[action])


def count(net: Network, act: str) -> int:
    """How often the audit has the act."""
    with net.bank.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Audit).where(Audit.act == act)) or 0


@contextmanager
def refusing_rows(net: Network, act: str) -> Iterator[None]:
    """While this lasts no row of a form can be written so (`act`: INSERT, DELETE)."""
    with net.bank.database.writing() as session:
        session.execute(text(f"CREATE TRIGGER refusing BEFORE {act} ON form_act BEGIN SELECT RAISE(ABORT, 'no'); END"))
    yield
    with net.bank.database.writing() as session:
        session.execute(text("DROP TRIGGER refusing"))


def twice(reader: TestClient, address: str, data: dict[str, str]) -> tuple[Response, Response]:
    first, second = reader.post(address, data=data), reader.post(address, data=data)
    assert (first.status_code, first.headers.get("location")) == (second.status_code, second.headers.get("location"))
    return first, second


def test_each_rendering_of_each_posted_form_has_a_token_of_its_own(net: Network) -> None:
    desk, number = net.browser("coordinator"), in_state(net, "submitted")
    seen: list[str] = []
    for page in (f"/review/{number}", f"/review/{number}", "/account", "/admin/people/new", f"/admin/cities/{HERE}"):
        text = desk.get(page).text
        posted = [form for form in re.findall(r"<form[^>]*>", text) if 'method="post"' in form]
        tokens = re.findall(r'name="once" autocomplete="off" value="([\w-]{24})"', text)
        assert len(tokens) == len(posted) - 1, page  # the one without signs out
        seen += tokens
    assert len(set(seen)) == len(seen) > 8
    assert 'name="once"' not in desk.get("/search").text


def test_publishing_twice_publishes_once_and_ends_on_the_page_that_says_so(net: Network) -> None:
    number = in_state(net, "submitted")
    desk, version = net.browser("coordinator"), str(net.desk.view(number).version)
    once = token(desk.get(f"/review/{number}"), f"/review/{number}/publish")
    first, _ = twice(desk, f"/review/{number}/publish", {"version": version, "once": once})
    assert first.headers["location"] == f"/review/{number}?done=published#done"
    assert count(net, "publish") == 1
    assert desk.post(f"/review/{number}/publish", data={"version": version}).status_code == 409


def test_two_at_the_same_time_are_one_act_with_one_answer(net: Network) -> None:
    number = in_state(net, "submitted")
    version = str(net.desk.view(number).version)
    data = {
        "version": version,
        "once": token(net.browser("coordinator").get(f"/review/{number}"), f"/review/{number}/publish"),
    }
    browsers = [net.browser("coordinator") for _ in range(3)]  # each with an application of its own, as processes have
    for one in browsers:  # FastAPI makes ready its routes at the first request, and that is not safe among threads
        assert one.get(f"/review/{number}").status_code == 200
    answers: list[Response] = []
    sending = [
        threading.Thread(target=lambda one=one: answers.append(one.post(f"/review/{number}/publish", data=data)))
        for one in browsers
    ]
    with net.bank.database.writing():  # all have come before the first can begin
        for thread in sending:
            thread.start()
    for thread in sending:
        thread.join()
    assert {(one.status_code, one.headers["location"]) for one in answers} == {
        (303, f"/review/{number}?done=published#done")
    }
    assert count(net, "publish") == 1


def test_what_failed_is_not_remembered_and_what_was_changed_is_another_form(net: Network) -> None:
    number = in_state(net, "submitted")
    desk, version = net.browser("coordinator"), str(net.desk.view(number).version)
    data = {"version": version, "once": token(desk.get(f"/review/{number}"), f"/review/{number}/return")}
    first, _ = twice(desk, f"/review/{number}/return", {**data, "remarks": ""})
    assert first.status_code == 422
    with net.bank.database.reading() as session:
        assert not session.scalar(select(func.count()).select_from(FormAct))
    assert desk.post(f"/review/{number}/return", data={**data, "remarks": "Falta."}).status_code == 303
    assert desk.post(f"/review/{number}/return", data={**data, "remarks": "Falta más."}).status_code == 409


def test_another_person_with_the_same_form_is_asked_anew(net: Network) -> None:
    number = in_state(net, "submitted")
    desk, version = net.browser("coordinator"), str(net.desk.view(number).version)
    data = {"version": version, "once": token(desk.get(f"/review/{number}"), f"/review/{number}/publish")}
    assert desk.post(f"/review/{number}/publish", data=data).status_code == 303
    assert net.browser("other").post(f"/review/{number}/publish", data=data).status_code == 409
    lost = net.browser().post(f"/review/{number}/publish", data=data)
    assert lost.headers["location"].startswith("/login")


def test_a_deposit_with_a_file_is_begun_once(net: Network) -> None:
    editor = net.browser("editor")
    data = {"once": token(editor.get("/deposits/new"), "/deposits"), "kind": "experience", "city": HERE}
    sent = [
        editor.post("/deposits", data=data, files={"files": ("a.md", b"# Uno\n\nTexto.", "text/markdown")})
        for _ in range(2)
    ]
    assert sent[0].status_code == sent[1].status_code == 303
    assert sent[0].headers["location"] == sent[1].headers["location"]
    other = editor.post("/deposits", data=data, files={"files": ("a.md", b"# Dos\n\nTexto.", "text/markdown")})
    assert other.headers["location"] != sent[0].headers["location"]
    with net.bank.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Entry)) == 2


def with_password(net: Network, who: str) -> None:
    with net.bank.database.writing() as session:
        kept = hash_password(PASSWORD)
        session.execute(update(User).where(User.email == f"{who}@ciudad.example").values(password=kept))


def session_of(answer: Response) -> str:
    return answer.headers["set-cookie"].partition("session=")[2].partition(";")[0]


def test_signing_in_twice_signs_in_and_only_the_last_session_lives(net: Network) -> None:
    with_password(net, "editor")
    visitor = net.browser()
    data = {"email": "editor@ciudad.example", "password": PASSWORD, "once": token(visitor.get("/login"), "/login")}
    keys = []
    for _ in range(3):
        visitor.cookies.clear()  # the browser heard only the last answer
        answer = visitor.post("/login", data=data)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        keys.append(session_of(answer))
    assert len(set(keys)) == 3
    reader = net.browser()
    assert [reader.get("/account", headers={"cookie": f"session={key}"}).status_code for key in keys] == [303, 303, 200]
    assert PASSWORD not in str(rows_of(net))
    assert not any(key in str(rows_of(net)) for key in [*keys, data["once"]])


def rows_of(net: Network) -> list[dict[str, object]]:
    with net.bank.database.reading() as session:
        return [dict(row) for row in session.execute(select(FormAct.__table__)).mappings()]


def test_a_code_that_was_used_opens_nothing_after_signing_out(net: Network) -> None:
    made = hand_ticket_over(net.bank, "test", net.viewers["editor"].id, "code", "es")
    visitor = net.browser()
    data = {"email": made.email, "code": made.secret, "once": token(visitor.get("/login/code"), "/login/code")}
    assert visitor.post("/login/code", data=data).status_code == 303
    again = visitor.post("/login/code", data=data)
    assert again.status_code == 303
    assert "set-cookie" not in again.headers  # who is in already stays so
    visitor.post("/logout")
    visitor.cookies.clear()
    assert visitor.post("/login/code", data=data).status_code == 422


def test_an_invitation_used_twice_is_used_once_and_signs_in(net: Network) -> None:
    made = hand_ticket_over(net.bank, "test", net.viewers["editor"].id, "invitation", "es")
    path = "/invitation/" + made.secret.rpartition("/")[2]
    visitor = net.browser()
    [once, *_] = re.findall(r'name="once" autocomplete="off" value="([\w-]+)"', visitor.get(path).text)
    data = {"password": "nueve faroles en la calle", "once": once}
    first = visitor.post(path, data=data)
    visitor.cookies.clear()
    second = visitor.post(path, data=data)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"] == "/deposits"
    assert net.browser().get("/account", headers={"cookie": f"session={session_of(second)}"}).status_code == 200
    assert count(net, "use_invitation") == 1


def test_the_password_is_changed_once_and_the_session_goes_on(net: Network) -> None:
    with_password(net, "editor")
    reader = net.browser("editor")
    data = {
        "present": PASSWORD,
        "password": "nueve faroles en la calle",
        "once": token(reader.get("/account"), "/account/password"),
    }
    first = reader.post("/account/password", data=data)
    second = reader.post("/account/password", data=data)  # with the cookie of before, which the first has ended
    assert (first.status_code, second.status_code) == (303, 303)
    assert net.browser().get("/account", headers={"cookie": f"session={session_of(second)}"}).status_code == 200


def test_a_person_is_invited_once_and_the_link_that_is_shown_works(net: Network) -> None:
    desk = net.browser("coordinator")
    once = token(desk.get("/admin/people/new"), "/admin/people/new")
    data = {"email": "nueva@ciudad.example", "name": "Nueva", "city": HERE, "part": "liaison", "once": once}
    pages = [desk.post("/admin/people/new", data=data) for _ in range(2)]
    assert [page.status_code for page in pages] == [200, 200]
    links = [re.findall(r'id="secret" value="([^"]+)"', page.text)[0] for page in pages]
    tokens = [link.rpartition("/")[2] for link in links]
    assert count(net, "invite") == 1
    assert using_links.look_at_link(net.bank, "invitation", tokens[1]).email == data["email"]
    assert net.browser().get(f"/invitation/{tokens[0]}").status_code == 410
    assert not any(token in str(rows_of(net)) for token in tokens)
    number = user_id_of_address(net.bank, data["email"])
    page = desk.get(f"/admin/people/{number}")
    code = {"once": token(page, f"/admin/people/{number}/code")}
    codes = [desk.post(f"/admin/people/{number}/code", data=code) for _ in range(2)]
    assert [answer.status_code for answer in codes] == [200, 200]
    assert [ANEW in answer.text for answer in (*pages, *codes)] == [False, True, False, True]


def test_a_token_for_a_program_is_made_once(net: Network) -> None:
    reader = net.browser("editor")
    data = {"token": "Hoja  de cálculo", "scope": "read", "once": token(reader.get("/account"), "/account/tokens")}
    pages = [reader.post("/account/tokens", data=data) for _ in range(2)]
    assert [page.status_code for page in pages] == [200, 200]
    assert [ANEW in page.text for page in pages] == [False, True]
    shown = [re.findall(r"bank_[\w-]{43}", page.text)[0] for page in pages]
    with net.bank.database.reading() as session:
        rows = session.scalars(select(Token).where(Token.name == "Hoja de cálculo")).all()
    assert [row.ended is None for row in rows] == [False, True]
    heard = net.browser().get("/api/v1/stats", headers={"authorization": f"Bearer {shown[1]}"})
    assert heard.status_code == 200


def test_what_was_shown_once_is_made_anew_only_for_a_moment(net: Network) -> None:
    reader = net.browser("editor")
    data = {"token": "Hoja", "scope": "read", "once": token(reader.get("/account"), "/account/tokens")}
    assert reader.post("/account/tokens", data=data).status_code == 200
    with net.bank.database.writing() as session:
        session.execute(update(FormAct).values(moment=now() - sent_forms.SHOWN_ONCE_KEPT))
    late = reader.post("/account/tokens", data=data)  # the page was loaded again, long after it was read
    assert late.status_code >= 400
    with net.bank.database.reading() as session:
        assert [row.ended for row in session.scalars(select(Token).where(Token.name == "Hoja"))] == [None]


@pytest.mark.parametrize("refusing", [False, True])
def test_a_link_is_said_to_be_mailed_only_where_its_letter_went(net: Network, refusing: bool) -> None:
    with mail_sink() as sink:
        sink.refusing = refusing
        settings = net.bank.settings.model_copy(update={"mail_url": SecretStr(sink.url)})
        desk = TestClient(create_app(replace(net.bank, settings=settings)), base_url=HOST, follow_redirects=False)
        desk.headers.update({"origin": HOST, "accept-language": "es", "accept": "text/html"})
        desk.cookies.set("session", net.stays["coordinator"])
        number = net.viewers["editor"].id
        place = f"/admin/people/{number}/code"
        data = {"once": token(desk.get(f"/admin/people/{number}"), place)}
        first, second = desk.post(place, data=data), desk.post(place, data=data)
    assert first.status_code == 200
    if refusing:
        assert (second.status_code, ANEW in second.text) == (200, True)
    else:
        assert (second.status_code, second.headers["location"]) == (303, f"/admin/people/{number}?done=mailed#done")


def test_a_disk_that_can_not_be_written_keeps_nobody_from_an_answer(
    net: Network, caplog: pytest.LogCaptureFixture
) -> None:
    number = in_state(net, "submitted")
    desk, version = net.browser("coordinator"), str(net.desk.view(number).version)
    once = token(desk.get(f"/review/{number}"), f"/review/{number}/publish")
    with refusing_rows(net, "INSERT"):
        assert desk.post(f"/review/{number}/publish", data={"version": version, "once": once}).status_code == 303
    assert "unguarded" in caplog.text


def test_a_visitor_leaves_nothing_on_pages_of_others(net: Network) -> None:
    number = in_state(net, "submitted")
    once = "a" * 24
    for place in (f"/review/{number}/publish", "/account/name", f"/deposits/{number}"):
        assert net.browser().post(place, data={"once": once}).status_code != 200
    assert rows_of(net) == []


def interrupted(net: Network, number: int, data: dict[str, str], writes: int) -> Response:
    """The answer to a form whose first request was killed after it had written so often."""
    desk = net.browser("coordinator")
    assert desk.post(f"/review/{number}/publish", data={**data, "version": "1"}).status_code == 412
    with refusing_rows(net, "DELETE"):  # killed before it could say how it ended
        desk.post(f"/review/{number}/publish", data={**data, "version": "1"})
    with net.bank.database.writing() as session:
        session.execute(update(FormAct).values(place=f"{this_run()}0", writes=writes))
    return desk.post(f"/review/{number}/publish", data={**data, "version": "1"})


def test_an_act_that_was_killed_is_done_anew_or_asked_about(net: Network) -> None:
    number = in_state(net, "submitted")
    once = token(net.browser("coordinator").get(f"/review/{number}"), f"/review/{number}/publish")
    assert interrupted(net, number, {"once": once}, 0).status_code == 412  # done anew: its own refusal
    asked = interrupted(net, number, {"once": once}, 1)
    assert asked.status_code == 409
    assert "se interrumpió" in asked.text
    assert interrupted(net, number, {"once": once}, 0).status_code == 412


def test_an_act_is_waited_for_while_its_process_lives_and_told_when_it_was_broken_off(net: Network) -> None:
    assert sent_forms.claim_form(net.bank, "key", None) == "ours"
    with net.bank.database.writing() as session:
        session.execute(update(FormAct).values(moment=now() - 2 * sent_forms.LONGEST_FORM_ACT, writes=1))
    assert sent_forms.claim_form(net.bank, "key", None) == "under_way"
    sent_forms.break_off_form(net.bank, "key")
    with pytest.raises(sent_forms.InterruptedForm):
        sent_forms.claim_form(net.bank, "key", None)
    assert sent_forms.claim_form(net.bank, "key", None) == "ours"
    sent_forms.break_off_form(net.bank, "key")
    assert rows_of(net) == []


def test_an_act_counts_what_it_writes_in_the_same_transaction(net: Network) -> None:
    number = in_state(net, "submitted")
    desk, version = net.browser("coordinator"), str(net.desk.view(number).version)
    once = token(desk.get(f"/review/{number}"), f"/review/{number}/publish")
    desk.post(f"/review/{number}/publish", data={"version": version, "once": once})
    [row] = rows_of(net)
    assert (row["writes"], row["status"], row["user_id"]) == (1, 303, net.viewers["coordinator"].id)
    with net.bank.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Step).where(Step.act == "publish")) == 1


def test_old_forms_are_forgotten(net: Network) -> None:
    moment = now()
    with net.bank.database.writing() as session:
        for key, age in (("old", 11), ("new", 9), ("ahead", -11)):
            session.add(FormAct(key=key, moment=moment - timedelta(minutes=age), status=303, place="/"))
    sent_forms.forget_old_forms(net.bank)
    assert [row["key"] for row in rows_of(net)] == ["new"]
