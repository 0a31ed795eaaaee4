"""A page as it is read: drawn beside its text, marked in both; never drawn where a rule hides it."""

import re
from pathlib import Path

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from bank.catalogue.tables import File, Page
from bank.ingest import DRAWN_WIDTHS
from bank.uploads.drawn import AT_ONCE
from bank.web.app import create_app
from bank.web.pages import drawings
from bank.web.pages.drawings import DIGEST_LETTERS
from bank.web.pages.public.leaves import PagesOfFile
from bank.web.throttle import DRAWING_RATE
from bank.workflow.bank import Bank
from bank.workflow.entries import public
from tests.ingest.making_pdfs import book, lines, pdf
from tests.web.conftest import LOOPBACK
from tests.web.filling import Filled, add

HEADED = [
    ["Boletín de Villa Ejemplo", f"Los vecinos plantaron {tree} en la plaza.", f"Página {number}"]
    for number, tree in enumerate(("fresnos", "encinas", "tilos", "encinas y sauces", "olmos"), 1)
]


@pytest.fixture
def headed(bank: Bank, tmp_path: Path) -> int:
    """An entry whose PDF has running heads and page numbers; two of its pages speak of holm oaks."""
    path = tmp_path / "boletin.pdf"
    path.write_bytes(book([lines(page) for page in HEADED]))
    return add(bank, path)


@pytest.fixture
def reader(bank: Bank) -> TestClient:
    return TestClient(create_app(bank), base_url="http://127.0.0.1", client=LOOPBACK, headers={"accept-language": "es"})


def image(made: Filled, page: int = 1, **asked: object) -> str:
    asked_for = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"/entries/{made.bulletin}/files/1/pages/{page}/image?{asked_for}"


def test_a_page_is_drawn_and_its_address_may_be_kept_for_long(client: TestClient, made: Filled) -> None:
    digest = public.published_entry(made.bank, made.bulletin).files[0].digest
    answer = client.get(image(made, v=digest[:DIGEST_LETTERS]))
    assert answer.headers["content-type"] == "image/webp"
    assert answer.content[8:12] == b"WEBP"
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    again = client.get(image(made), headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, "no-cache")
    assert client.get(image(made, width=1350)).headers["etag"] != answer.headers["etag"]


def test_a_small_page_is_smaller(client: TestClient, made: Filled) -> None:
    small = client.get(f"/entries/{made.bulletin}/files/1/pages/2/thumbnail")
    assert small.content[8:12] == b"WEBP"
    assert len(small.content) < len(client.get(image(made, 2)).content)


@pytest.mark.parametrize("width", [0, 1, 161, 10_000, "x"])
def test_other_widths_are_refused(client: TestClient, made: Filled, width: object) -> None:
    assert client.get(image(made, width=width)).status_code == 422


def test_there_is_no_drawing_of_a_page_that_there_is_not(client: TestClient, made: Filled) -> None:
    assert client.get(image(made, 4)).status_code == 404
    assert client.get(image(made, 999_999_999)).status_code == 404
    assert client.get(f"/entries/{made.catalan}/files/1/pages/1/image").status_code == 404


def test_what_a_rule_hides_is_never_drawn_though_a_drawing_is_kept(bank: Bank, headed: int, reader: TestClient) -> None:
    address = f"/entries/{headed}/files/1/pages/1"
    assert reader.get(f"{address}/image").status_code == 200
    assert f"{address}/image" in reader.get(address).text
    with bank.database.writing() as session:
        session.execute(update(File).where(File.entry_id == headed).values(shown=False))
    for kind in ("image", "thumbnail"):
        assert reader.get(f"{address}/{kind}").status_code == 404
    page = reader.get(address).text
    assert "/image" not in page
    assert "fresnos" in page, "the text stays"
    with bank.database.writing() as session:
        session.execute(update(File).where(File.entry_id == headed).values(shown=True, purpose="mayor_letter"))
    assert reader.get(f"{address}/image").status_code == 404
    assert reader.get(address).status_code == 404


def test_the_words_are_marked_on_the_drawing_and_in_the_text(client: TestClient, made: Filled) -> None:
    page = client.get(f"/entries/{made.bulletin}/pages/2?q=huertos").text
    assert "<mark>huertos</mark>" in page
    [svg] = re.findall(r'<svg class="marks".*?</svg>', page, re.DOTALL)
    [rect] = re.findall(r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/>', svg)
    left, top, width, height = map(int, rect)
    # "Los " stands before it on the second line: 12 points high, 72 from the left, at 744 of 842.
    assert 1210 < left < 1700
    assert top < 10_000 * (842 - 744) / 842 < top + height
    assert 400 < width < 1000
    assert 'aria-label="1 coincidencia marcada en la página"' in svg
    assert 'class="marks"' not in client.get(f"/entries/{made.bulletin}/pages/2").text


def test_a_place_that_is_not_certain_is_marked_in_the_text_only(bank: Bank, headed: int, reader: TestClient) -> None:
    file = public.published_entry(bank, headed).files[0]
    assert file.number == 1
    with bank.database.writing() as session:
        session.execute(update(Page).where(Page.number == 1).values(text="Unos fresnos que nadie ha dibujado"))
    page = reader.get(f"/entries/{headed}/pages/1?q=fresnos").text
    assert "<mark>fresnos</mark>" in page
    assert "<rect" not in page
    assert "1 coincidencia está marcada solo en el texto" in page
    with bank.database.writing() as session:
        session.execute(update(Page).where(Page.number == 1).values(method="ocr"))
    assert "se leyó de una imagen" in reader.get(f"/entries/{headed}/pages/1?q=fresnos").text


def test_running_heads_and_page_numbers_are_not_in_the_text_but_in_what_programs_are_told(
    headed: int, reader: TestClient
) -> None:
    page = reader.get(f"/entries/{headed}/pages/3").text
    leaf = page.partition('id="leaf"')[2].partition("</div>")[0]
    assert "tilos" in leaf
    assert "Boletín de Villa Ejemplo" not in leaf
    assert "Página 3" not in leaf
    told = reader.get(f"/api/v1/entries/{headed}/files/1/pages/3").json()["text"]
    assert told.startswith("Boletín de Villa Ejemplo\n")
    assert told.endswith("Página 3")


def test_marks_after_a_running_head_stand_in_their_places(headed: int, reader: TestClient) -> None:
    page = reader.get(f"/entries/{headed}/pages/4?q=sauces").text
    assert "<mark>sauces</mark>" in page
    assert page.count("<rect") == 1


def test_the_pages_with_the_words_lead_to_one_another(headed: int, reader: TestClient) -> None:
    page = reader.get(f"/entries/{headed}/pages/3?q=encinas").text
    assert "Las palabras están en 2 páginas de este archivo." in page
    assert f'data-hit="before" href="/entries/{headed}/files/1/pages/2?q=encinas"' in page
    assert f'data-hit="after" href="/entries/{headed}/files/1/pages/4?q=encinas"' in page
    heads = reader.get(f"/entries/{headed}/pages/3?q=villa").text
    assert "Las palabras están en 1 página" in heads, "a running head counts where it stands first"


def test_a_chosen_size_goes_with_the_reader_to_the_next_page(headed: int, reader: TestClient) -> None:
    page = reader.get(f"/entries/{headed}/pages/2?q=encinas&zoom=150").text
    assert 'class="sheet zoom-150"' in page
    assert f"width={DRAWN_WIDTHS[2]}" in page
    assert f'rel="next" href="/entries/{headed}/files/1/pages/3?q=encinas&amp;zoom=150"' in page
    assert 'class="sheet zoom-fit"' in reader.get(f"/entries/{headed}/pages/2?zoom=7").text


def test_a_page_that_can_not_be_drawn_says_so_and_keeps_its_text(
    bank: Bank, headed: int, reader: TestClient, tmp_path: Path
) -> None:
    digest = public.published_entry(bank, headed).files[0].digest
    path = bank.uploads.path(digest)
    path.chmod(0o640)
    path.write_bytes(b"%PDF-1.7\n".ljust(path.stat().st_size, b" "))
    page = reader.get(f"/entries/{headed}/pages/1")
    assert page.status_code == 200
    assert "Esta página no se pudo dibujar" in page.text
    assert "fresnos" in page.text
    assert "/image" not in page.text
    answer = reader.get(f"/entries/{headed}/files/1/pages/1/image")
    assert answer.status_code == 404
    assert "Esta página no se pudo dibujar" in answer.text


def test_who_has_too_many_pages_drawn_waits_and_reads_on(headed: int, bank: Bank, reader: TestClient) -> None:
    app = create_app(bank)
    client = TestClient(app, base_url="http://127.0.0.1", client=LOOPBACK, headers={"accept-language": "es"})
    kept = f"/entries/{headed}/files/1/pages/1/image"
    assert client.get(kept).status_code == 200
    throttle = app.state.throttles[DRAWING_RATE]
    throttle._clock = lambda: 0.0
    throttle._buckets.clear()
    for _ in range(DRAWING_RATE.at_once):
        throttle.take("127.0.0.1")
    assert client.get(kept).status_code == 200, "what is kept counts for nothing"
    answer = client.get(f"/entries/{headed}/files/1/pages/2/image")
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    page = client.get(f"/entries/{headed}/pages/2?q=encinas")
    assert page.status_code == 200
    assert "<mark>encinas</mark>" in page.text
    assert "no es seguro" not in page.text, "nobody has looked where the word stands"


def test_where_the_originals_are_away_the_text_is_read_without_a_drawing(
    bank: Bank, headed: int, reader: TestClient
) -> None:
    folder = bank.settings.uploads_folder
    away = folder.rename(folder.with_name("away"))
    page = reader.get(f"/entries/{headed}/pages/2?q=encinas")
    assert page.status_code == 200
    assert "<mark>encinas</mark>" in page.text
    assert 'class="sheet' not in page.text
    away.rename(folder)
    assert 'class="sheet' in reader.get(f"/entries/{headed}/pages/2?q=encinas").text


def test_the_text_does_not_wait_long_for_a_drawing(
    bank: Bank, headed: int, reader: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawings, "TEXT_PATIENCE_SECONDS", 0.01)
    for _ in range(AT_ONCE):
        assert bank.drawn._turns.acquire(timeout=20)
    page = reader.get(f"/entries/{headed}/pages/2?q=encinas").text
    assert "<mark>encinas</mark>" in page
    assert 'class="sheet' in page
    assert "<rect" not in page


def test_pages_with_all_the_words_go_before_those_with_some(headed: int, reader: TestClient) -> None:
    page = reader.get(f"/entries/{headed}/pages/2?q=encinas+sauces").text
    assert "Las palabras están en 1 página de este archivo." in page
    assert f'data-hit="after" href="/entries/{headed}/files/1/pages/4' in page
    some = reader.get(f"/entries/{headed}/pages/2?q=tilos+sauces").text
    assert "Algunas de estas palabras están en 2 páginas de este archivo." in some
    small = reader.get(f"/entries/{headed}/pages/2?q=las+encinas+y+los+sauces").text
    assert "Las palabras están en 1 página de este archivo." in small, "small words need not be there"


def test_the_pages_with_the_words_are_looked_for_once(bank: Bank, headed: int, reader: TestClient) -> None:
    address = f"/entries/{headed}/pages/3?q=encinas"
    reader.get(address)
    with bank.database.reading() as session:
        kept: dict[object, object] = bank.memory.recall(session, "pages with words", dict)
    assert len(kept) == 1
    reader.get(address)
    reader.get(f"/entries/{headed}/pages/2?q=encinas")
    assert len(kept) == 1


def test_small_pages_are_those_around_the_page() -> None:
    labels = dict.fromkeys(range(1, 301), None)
    assert PagesOfFile(150, labels).near == list(range(147, 154))
    assert PagesOfFile(1, labels).near == list(range(1, 8))
    assert PagesOfFile(300, labels).near == list(range(294, 301))
    assert PagesOfFile(2, {1: None, 2: "ii"}).near == [1, 2]
    around = PagesOfFile(150, labels, (3, 150, 200))
    assert (around.before, around.after, around.hit_before, around.hit_after) == (149, 151, 3, 200)


def test_a_page_of_a_book_is_small_and_brings_few_pictures(bank: Bank, tmp_path: Path, reader: TestClient) -> None:
    path = tmp_path / "libro.pdf"
    path.write_bytes(book([lines([f"Capítulo {number}"]) for number in range(300)]))
    number = add(bank, path)
    page = reader.get(f"/entries/{number}/pages/150").text
    assert page.count("/thumbnail?") == 7
    assert f"/entries/{number}/files/1/pages/300" in page


def test_a_turned_page_has_the_shape_in_which_it_is_shown(bank: Bank, tmp_path: Path, reader: TestClient) -> None:
    path = tmp_path / "turned.pdf"
    path.write_bytes(pdf(page="/Rotate 90"))
    number = add(bank, path)
    [(width, height)] = re.findall(
        r'sizes="[^"]*" width="(\d+)" height="(\d+)"', reader.get(f"/entries/{number}/pages/1").text
    )
    assert int(width) > int(height)


def test_headings_lists_and_tables_of_a_markdown_file_are_those_of_the_page(
    bank: Bank, tmp_path: Path, reader: TestClient
) -> None:
    path = tmp_path / "guia.md"
    text = (
        "## Museos vivos\n\nAbren.\n\n### Para familias\n\n- Reunir\n\n| Año | Ciudad |\n|---|---|\n| 2020 | León |\n"
    )
    path.write_text(f"# Guía de museos\n\n{text}", encoding="utf-8")
    page = reader.get(f"/entries/{add(bank, path)}/pages/1?q=familias").text
    leaf = page.partition('id="leaf"')[2].partition("</section>")[0]
    assert re.findall(r"<h2>(.*?)</h2>", leaf) == ["Guía de museos", "Museos vivos", "Para <mark>familias</mark>"]
    assert "<ul><li>Reunir</li></ul>" in leaf
    assert '<th scope="col">Ciudad</th>' in leaf
    assert " | " not in leaf
