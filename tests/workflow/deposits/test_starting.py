import io
import random
import threading
from dataclasses import replace

import pytest
from PIL import Image
from sqlalchemy import func, select

from bank.catalogue.anchor import ANCHOR_FILE
from bank.catalogue.tables import Entry, File, Job
from bank.errors import Invalid, InvalidFields, NoRoom, NotAllowed, RefusedFile, SignInNeeded, TooLarge, WrongType
from bank.languages import is_language_code
from bank.markers import MARKER_NAME
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.cities.merging import merge
from bank.workflow.deposits import files
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.metadata import read_metadata
from bank.workflow.deposits.starting import DepositRequest, StartedDeposit, start_new_deposit
from bank.workflow.entries.fields import FIELD_DOCUMENT_TOO_LARGE, TOO_MANY_ITEMS
from bank.workflow.files.orphans import sweep_originals
from bank.workflow.review import deciding
from bank.workflow.rights import Viewer
from tests.ingest.making_pictures import corners, encoded
from tests.making_files import aged
from tests.workflow.deposits.making import HERE, NEEDED, TEXT, THERE, Desk

LARGE = "palabra " * 100_000
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def small(desk: Desk, **quota: int) -> Bank:
    """The desk's bank with less room."""
    bank = desk.bank
    settings = bank.settings.model_copy(update=quota)
    return Bank(settings, bank.vocabulary, bank.database, bank.uploads, bank.index, bank.namespace)


def count(bank: Bank, kind: type[Entry] | type[File] | type[Job]) -> int:
    with bank.database.reading() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def sent(name: str = "huertos.md", text: str = TEXT) -> list[IncomingFile]:
    return [IncomingFile(name, io.BytesIO(text.encode()))]


def test_a_deposit_can_be_typed_and_belongs_to_the_one_city_that_its_maker_speaks_for(desk: Desk) -> None:
    view = desk.view(desk.written())
    assert view.status == "draft"
    assert view.values["city"] == HERE
    assert view.values["title"] == NEEDED["title"]
    assert view.job is None
    assert [(step.act, step.who) for step in view.steps] == [("deposit", "editor")]


def test_a_file_is_kept_at_once_and_read_later(desk: Desk) -> None:
    started = start_new_deposit(desk.bank, desk.editor, DepositRequest(incoming=sent()))
    view = desk.view(started.entry)
    assert view.files[0].view.status == "pending"
    assert desk.bank.uploads.verify(view.files[0].view.digest)
    assert view.job is not None
    assert (view.job.state, view.job.id) == ("waiting", started.job)
    assert {fault.name for fault in view.faults} >= {"files.1", "title", "themes"}


def test_a_file_of_another_type_is_refused_and_nothing_is_left(desk: Desk) -> None:
    for name, text in (
        ("a.exe", "MZ"),
        ("a.pdf", "<html>no</html>"),
        ("a.html", "<html></html>"),
        ("a.pdf.html", "%PDF"),
    ):
        with pytest.raises(WrongType):
            start_new_deposit(desk.bank, desk.editor, DepositRequest(incoming=sent("bien.md") + sent(name, text)))
    assert (count(desk.bank, Entry), count(desk.bank, File), list(desk.bank.uploads.digests())) == (0, 0, [])


def test_a_file_over_the_limit_is_refused_and_nothing_is_left(settings: Settings, desk: Desk) -> None:
    text = "palabra " * (desk.bank.settings.max_upload_bytes // 8 + 1)
    with pytest.raises(TooLarge):
        start_new_deposit(desk.bank, desk.editor, DepositRequest(incoming=sent("larga.md", text)))
    assert (count(desk.bank, Entry), list(desk.bank.uploads.digests())) == (0, [])


def test_quotas_hold_for_a_person_and_for_the_network(desk: Desk) -> None:
    for name in ("person_quota_mb", "quota_mb"):
        bank = small(desk, **{name: 1})
        if name == "person_quota_mb":
            start_new_deposit(bank, desk.editor, DepositRequest(incoming=sent("una.md", LARGE)))
        with pytest.raises(NoRoom):
            start_new_deposit(bank, desk.editor, DepositRequest(incoming=sent("otra.md", f"otra {LARGE}")))


def test_what_somebody_else_adds_counts_for_them_also_when_it_was_withdrawn(desk: Desk) -> None:
    bank = small(desk, person_quota_mb=1)
    mate = Viewer(4, "Otra editora", "editor", frozenset({HERE}))
    number = start_new_deposit(bank, mate, DepositRequest()).entry
    files.add_files(bank, desk.editor, number, sent("una.md", LARGE))
    with pytest.raises(NoRoom, match="takes 1 MB, and may take 1 MB together"):
        files.add_files(bank, desk.editor, number, sent("otra.md", f"otra {LARGE}"))
    files.add_files(bank, mate, number, sent("otra.md", f"otra {LARGE}"))
    assert count(bank, File) == 2
    with pytest.raises(NoRoom):
        start_new_deposit(bank, desk.editor, DepositRequest(incoming=sent("mas.md", f"mas {LARGE}")))
    deciding.withdraw(bank, mate, number, desk.view(number).version)
    with pytest.raises(NoRoom):
        start_new_deposit(bank, desk.editor, DepositRequest(incoming=sent("mas.md", f"mas {LARGE}")))


def test_pictures_take_a_persons_room_too(desk: Desk) -> None:
    bank = small(desk, person_quota_mb=1)
    number = start_new_deposit(bank, desk.editor, DepositRequest()).entry

    def picture(seed: int) -> list[IncomingFile]:
        """One that nothing can be left out of: more than half a megabyte."""
        noise = Image.frombytes("RGB", (480, 480), random.Random(seed).randbytes(480 * 480 * 3))
        return [IncomingFile("foto.png", io.BytesIO(encoded(noise, "PNG")))]

    files.add_files(bank, desk.editor, number, picture(1))
    with pytest.raises(NoRoom):
        files.add_files(bank, desk.editor, number, picture(2))
    with pytest.raises(NoRoom):
        start_new_deposit(bank, desk.editor, DepositRequest(incoming=sent("una.md", LARGE)))


def test_of_many_at_once_only_those_have_room_that_fit(desk: Desk) -> None:
    bank = small(desk, person_quota_mb=1)
    full: list[NoRoom] = []

    def ask(round: int) -> None:
        try:
            start_new_deposit(bank, desk.editor, DepositRequest(incoming=sent("una.md", f"{round} {LARGE}")))
        except NoRoom as error:
            full.append(error)

    threads = [threading.Thread(target=ask, args=(round,)) for round in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(full), count(bank, File)) == (7, 1)


def test_what_was_kept_and_is_named_no_more_takes_the_networks_room_until_it_is_swept(desk: Desk) -> None:
    bank = small(desk, quota_mb=1)
    number = start_new_deposit(bank, desk.editor, DepositRequest()).entry
    files.add_files(bank, desk.editor, number, sent("una.md", LARGE))
    files.remove_file(bank, desk.editor, number, 1, desk.view(number).version)
    with pytest.raises(NoRoom):
        files.add_files(bank, desk.editor, number, sent("otra.md", f"otra {LARGE}"))
    assert len(list(bank.uploads.digests())) == 1
    for digest in bank.uploads.digests():
        aged(bank.uploads.path(digest))
    assert sweep_originals(bank) == 1
    files.add_files(bank, desk.editor, number, sent("otra.md", f"otra {LARGE}"))


def test_who_asks_again_needs_no_room_and_keeps_nothing(desk: Desk) -> None:
    bank = small(desk, person_quota_mb=1)
    first = start_new_deposit(bank, desk.editor, DepositRequest(incoming=sent("una.md", LARGE)), key="k")
    again = start_new_deposit(bank, desk.editor, DepositRequest(incoming=sent("una.md", LARGE)), key="k")
    assert (again.entry, again.again) == (first.entry, True)
    start_new_deposit(desk.bank, desk.stranger, DepositRequest(), key="k")
    for round in range(3):
        with pytest.raises(Invalid):
            start_new_deposit(
                desk.bank, desk.stranger, DepositRequest(incoming=sent("otra.md", f"otra {round}")), key="k"
            )
    assert len(list(bank.uploads.digests())) == 1


def test_a_picture_that_cant_be_drawn_leaves_none_of_the_others_either(desk: Desk) -> None:
    good = encoded(corners(), "PNG")
    pictures = [IncomingFile("bien.png", io.BytesIO(good)), IncomingFile("mal.png", io.BytesIO(good[:60] + bytes(50)))]
    with pytest.raises(RefusedFile):
        start_new_deposit(desk.bank, desk.editor, DepositRequest(incoming=pictures))
    left = {path.name for path in desk.bank.settings.uploads_folder.rglob("*") if path.is_file()}
    assert left <= {MARKER_NAME, ANCHOR_FILE}


def test_who_asks_again_is_told_how_the_entry_stands_by_now(desk: Desk) -> None:
    first = start_new_deposit(desk.bank, desk.editor, DepositRequest(), key="k")
    assert first.status == "draft"
    saved = deciding.withdraw(desk.bank, desk.editor, first.entry, first.version)
    again = start_new_deposit(desk.bank, desk.editor, DepositRequest(), key="k")
    assert (again.status, again.version, again.again) == ("withdrawn", saved.version, True)
    elsewhere = replace(desk.editor, cities=frozenset({THERE}))
    assert start_new_deposit(desk.bank, elsewhere, DepositRequest(), key="k").status == "draft"


@pytest.mark.parametrize("city", [None, THERE])
def test_a_deposit_that_was_sent_while_its_city_was_merged_is_the_other_citys(desk: Desk, city: str | None) -> None:
    merge(desk.bank, desk.coordinator, THERE, HERE)
    number = start_new_deposit(
        desk.bank, desk.stranger, DepositRequest(city=city, values={"title": {"es": "Nueva"}})
    ).entry
    assert desk.view(number).values["city"] == HERE
    desk.changed(number, {"city": THERE})
    assert desk.view(number).values["city"] == HERE


def test_one_key_makes_one_deposit_however_often_it_is_asked_for(desk: Desk) -> None:
    answers: list[StartedDeposit] = []

    def ask() -> None:
        answers.append(start_new_deposit(desk.bank, desk.editor, DepositRequest(incoming=sent()), key="una vez"))

    threads = [threading.Thread(target=ask) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {(one.entry, one.version, one.job) for one in answers} == {(1, 1, 1)}
    assert sum(not one.again for one in answers) == 1
    assert (count(desk.bank, Entry), count(desk.bank, File), count(desk.bank, Job)) == (1, 1, 1)


def test_a_key_is_one_persons_and_for_one_request(desk: Desk) -> None:
    first = start_new_deposit(desk.bank, desk.editor, DepositRequest(values={"start_year": 2020}), key="k")
    assert (
        start_new_deposit(desk.bank, desk.stranger, DepositRequest(values={"start_year": 2020}), key="k").entry
        != first.entry
    )
    with pytest.raises(Invalid):
        start_new_deposit(desk.bank, desk.editor, DepositRequest(values={"start_year": 2021}), key="k")
    for key in ("ñ", "a\n", "x" * 121):
        with pytest.raises(Invalid):
            start_new_deposit(desk.bank, desk.editor, DepositRequest(), key=key)


def test_a_key_of_pictures_is_not_one_of_the_document_that_they_make(desk: Desk) -> None:
    def pictures() -> list[IncomingFile]:
        return [IncomingFile("uno.png", io.BytesIO(encoded(corners(), "PNG")))]

    first = start_new_deposit(desk.bank, desk.editor, DepositRequest(incoming=pictures()), key="k")
    assert start_new_deposit(desk.bank, desk.editor, DepositRequest(incoming=pictures()), key="k").entry == first.entry
    with pytest.raises(Invalid):
        start_new_deposit(desk.bank, desk.editor, DepositRequest(incoming=pictures(), as_document=True), key="k")


def test_only_who_may_deposit_may_begin_and_only_for_an_own_city(desk: Desk) -> None:
    with pytest.raises(SignInNeeded):
        start_new_deposit(desk.bank, None, DepositRequest())
    with pytest.raises(NotAllowed):
        start_new_deposit(desk.bank, Viewer(1, "Editora", "editor"), DepositRequest())
    with pytest.raises(NotAllowed):
        start_new_deposit(desk.bank, Viewer(1, "Editora", "editor", frozenset({HERE}), "read"), DepositRequest())
    for city in (THERE, "Chihuahua", "Villa Inventada"):
        with pytest.raises(InvalidFields):
            start_new_deposit(desk.bank, desk.editor, DepositRequest(city=city))
    two = Viewer(1, "Editora", "editor", frozenset({HERE, THERE}))
    with pytest.raises(InvalidFields):
        start_new_deposit(desk.bank, two, DepositRequest())
    assert start_new_deposit(desk.bank, two, DepositRequest(city=THERE)).entry
    assert count(desk.bank, Entry) == 1


def test_the_contact_that_the_city_gave_last_time_is_proposed(desk: Desk) -> None:
    desk.written()
    view = desk.view(desk.written({"start_year": 2024}))
    assert view.values["contact"] == NEEDED["contact"]
    assert view.proposed["contact"]["source"] == "city"
    theirs = start_new_deposit(desk.bank, desk.stranger, DepositRequest())
    assert desk.view(theirs.entry, desk.stranger).values["contact"] is None


def test_a_contact_that_nobody_confirmed_is_none_that_the_city_gave(desk: Desk) -> None:
    number = desk.begun(
        "# Huertos\n\nTítulo: Huertos\n\nResumen: Se riega.\n\nCorreo electrónico: otra@ciudad.example\n"
    )
    assert desk.view(number).values["contact"]
    assert desk.view(start_new_deposit(desk.bank, desk.editor, DepositRequest()).entry).values["contact"] is None


def test_the_contact_of_a_draft_is_not_told_to_who_may_not_see_it(desk: Desk) -> None:
    number = desk.written()
    theirs = start_new_deposit(desk.bank, desk.coordinator, DepositRequest(city=HERE)).entry
    assert desk.view(theirs, desk.coordinator).values["contact"] is None
    deciding.withdraw(desk.bank, desk.editor, number, desk.view(number).version)
    assert desk.view(start_new_deposit(desk.bank, desk.editor, DepositRequest()).entry).values["contact"] is None


def test_a_value_has_an_end(desk: Desk) -> None:
    number = desk.written()
    wide = {f"{first}{second}": "t" for first in LETTERS for second in LETTERS if is_language_code(first + second)}
    long = dict.fromkeys(list(wide)[:20], "é" * 6000)
    crowded: tuple[dict[str, object], ...] = (
        {"title": wide},
        {"summary": wide},
        {"themes": ["cultura"] * 201},
        {"links": ["https://ciudad.example"] * 201},
        {"events": [{"id": "a"}] * 201},
        {"territory": ["a"] * 201},
        {"context": wide},
        {"context": long},
    )
    for values in crowded:
        with pytest.raises(InvalidFields) as refused:
            desk.changed(number, values)
        assert [one.name for one in refused.value.faults] == list(values)
        assert refused.value.faults[0].sentence in (TOO_MANY_ITEMS, FIELD_DOCUMENT_TOO_LARGE)
    desk.changed(number, {"context": {code: text[:4_000] for code, text in long.items()}})
    with pytest.raises(InvalidFields):
        desk.changed(number, {"evaluation": {"es": "é" * 20_000}})
    desk.changed(number, {"context": {"es": "Breve."}, "evaluation": {"es": "é" * 20_000}})


def test_metadata_has_an_end_too(desk: Desk) -> None:
    many = {f"clave{number}": 1 for number in range(201)}
    with pytest.raises(InvalidFields):
        read_metadata(desk.bank.vocabulary, many, "es", own_city=True)
    read = read_metadata(desk.bank.vocabulary, {"temas": ["Cultura"] * 201}, "es", own_city=True)
    with pytest.raises(InvalidFields):
        start_new_deposit(desk.bank, desk.editor, DepositRequest(values=read.values))


def test_what_no_text_may_hold_is_taken_out(desk: Desk) -> None:
    number = desk.written({"title": {"es": "Huer\ud800tos\x00"}})
    assert desk.view(number).values["title"] == {"es": "Huertos"}


@pytest.mark.parametrize("control", "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_no_text_turns_the_direction_of_what_stands_around_it(desk: Desk, control: str) -> None:
    turned, links = f"Huer{control}tos", [{"title": f"Vi{control}deo", "url": "https://video.example/1"}]
    values: dict[str, object] = {"title": {"es": turned}, "contact": {"post": turned}, "links": links}
    number = desk.written(values)
    files.add_files(desk.bank, desk.editor, number, sent(f"{turned}.md", TEXT))
    files.describe_file(desk.bank, desk.editor, number, 1, desk.view(number).version, {"consents": turned})
    deciding.withdraw(desk.bank, desk.editor, number, desk.view(number).version, turned)
    view = desk.view(number)
    assert (view.values["title"], view.values["contact"]) == ({"es": "Huertos"}, {"post": "Huertos"})
    assert view.values["links"] == [{"title": "Video", "url": "https://video.example/1"}]
    assert (view.files[0].view.name, view.files[0].consents) == ("Huertos.md", "Huertos")
    assert view.steps[-1].remarks == "Huertos"


def test_what_one_city_began_the_successor_finds_and_another_city_does_not(desk: Desk) -> None:
    number = desk.written()
    successor = Viewer(77, "Sucesora", "editor", frozenset({HERE}))
    assert desk.view(number, successor).may >= {"change", "submit", "withdraw"}
    for gone in (Viewer(1, "Editora", "editor"), desk.stranger, desk.coordinator):
        with pytest.raises(Exception, match="nothing here"):
            desk.view(number, gone)
