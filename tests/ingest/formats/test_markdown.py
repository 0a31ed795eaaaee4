"""Markdown becomes sections of plain text (groups 45, 47 and 48)."""

import codecs

import pytest

from tests.ingest.conftest import Read

BODY = "# Boletín de mayo\n\nLa ciudad educadora convoca.\n"
PLAIN = "Boletín de mayo\n\nLa ciudad educadora convoca."


@pytest.mark.parametrize(
    "data",
    [
        BODY.encode(),
        codecs.BOM_UTF8 + BODY.encode(),
        codecs.BOM_UTF16_LE + BODY.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + BODY.encode("utf-16-be"),
        BODY.encode("cp1252"),
        BODY.replace("\n", "\r\n").encode(),
        BODY.replace("\n", "\r").encode(),
        "Boletín de mayo\n===============\n\nLa ciudad educadora convoca.\n".encode(),
        "# Bo\u200ble\u00adtín de \u202emayo\u202c\n\nLa ciudad educadora convoca.\n".encode(),
    ],
    ids=["utf-8", "utf-8 mark", "utf-16 le", "utf-16 be", "cp1252", "crlf", "cr", "underlined", "unseen"],
)
def test_encodings_and_line_ends_make_no_difference(read: Read, data: bytes) -> None:
    found = read(data, "boletin.md")
    assert (found.outcome, found.media_type, found.proposals.title) == ("read", "text/markdown", "Boletín de mayo")
    assert [(page.text, page.label, page.method) for page in found.pages] == [(PLAIN, "Boletín de mayo", "markdown")]


def test_signs_of_a_symbol_font_are_not_shown(read: Read) -> None:
    found = read("# Boletín\n\n\uf0b7 La ciudad educadora convoca.\n", "a.md")
    assert found.pages[0].text == "Boletín\n\nLa ciudad educadora convoca."
    assert found.reader.endswith("rules 4")


def test_quotes_of_cp1252_are_read(read: Read) -> None:
    assert read("# “Niños” — año\n\n€ 5".encode("cp1252"), "a.md").pages[0].text == "“Niños” — año\n\n€ 5"


def test_a_few_bad_bytes_do_not_spoil_the_rest(read: Read) -> None:
    text = read(BODY.encode() + b"\xff\xfe\xc3\nm\xc3\xa1s texto\n", "a.md").pages[0].text
    assert text.startswith("Boletín")
    assert text.endswith("\ufffd\nmás texto")


def test_headings_of_two_levels_begin_sections_and_lesser_ones_do_not(read: Read) -> None:
    source = "Antes.\n\n# Uno\n\na\n\n### Menor\n\nb\n\n## Dos\n\nc\n"
    found = read(source, "a.md")
    assert [(page.number, page.label, page.text) for page in found.pages] == [
        (1, None, "Antes."),
        (2, "Uno", "Uno\n\na\n\nMenor\n\nb"),
        (3, "Dos", "Dos\n\nc"),
    ]


def test_a_heading_alone_stays_with_the_next(read: Read) -> None:
    found = read("# Informe\n\n## Contexto\n\nLa ciudad.\n", "a.md")
    assert [(page.label, page.text) for page in found.pages] == [("Contexto", "Informe\n\nContexto\n\nLa ciudad.")]
    assert found.proposals.title == "Informe"


def test_a_form_feed_begins_a_section(read: Read) -> None:
    found = read("uno\n\fdos\n", "a.md")
    assert [page.text for page in found.pages] == ["uno", "dos"]


def test_a_long_text_without_headings_is_cut_where_it_leaves_gaps(read: Read) -> None:
    paragraph = "La ciudad educadora convoca a las escuelas. " * 12
    part = f"Título de la parte {{}}\n\n{paragraph}\n\n{paragraph}\n\n{paragraph}\n\n{paragraph}\n\n{paragraph}"
    found = read("\n\n\n\n\n".join(part.format(number) for number in (1, 2, 3)), "a.md")
    assert [page.label for page in found.pages] == [f"Título de la parte {number}" for number in (1, 2, 3)]


def test_no_text_is_lost_by_cutting(read: Read) -> None:
    words = [f"palabra{number}" for number in range(9000)]
    found = read("\n\n".join(" ".join(words[start : start + 30]) for start in range(0, 9000, 30)), "a.md")
    assert len(found.pages) > 5
    assert " ".join(page.text for page in found.pages).split() == words


def test_lists_tables_links_and_code_read_as_text(read: Read) -> None:
    source = """- uno
- **dos**
  1. dentro

| a | b |
|---|---|
| c | d |

[enlace](https://example.org/x) y `código` ![alt](foto.png)

> cita

    sangrado
"""
    assert read(source, "a.md").pages[0].text == (
        "- uno\n- dos\n1. dentro\n\na | b\nc | d\n\nenlace y código alt\n\ncita\n\nsangrado"
    )


def test_scripts_and_markup_leave_no_trace(read: Read) -> None:
    source = """# Hola <script>alert(1)</script>

<script>alert(2)</script>

<p onclick="alert(3)">Visible</p>

<img src=x onerror=alert(4)> and [c](javascript:alert(5))
<iframe src="data:text/html,alert(8)"></iframe>

<!-- alert(9) -->
"""
    text = read(source, "a.md").pages[0].text
    assert "Hola" in text
    assert "Visible" in text
    for unseen in ("alert(1)", "alert(2)", "alert(3)", "alert(4)", "alert(8)", "alert(9)", "script>", "onerror"):
        assert unseen not in text


def test_a_page_of_html_is_read_as_its_text(read: Read) -> None:
    source = "<!doctype html><html><body><script>alert(1)</script>Hola</body></html>"
    assert read(source, "a.md").pages[0].text == "Hola"


def test_entities_are_characters_and_impossible_ones_are_replaced(read: Read) -> None:
    text = read("# Bolet&iacute;n &lt;b&gt; &#0; &#xD800; &#x110000;\n", "a.md").pages[0].text
    assert text == "Boletín <b> \ufffd \ufffd \ufffd"


@pytest.mark.parametrize("source", ["<!-- nada -->\n", " \n\t\n" * 100])
def test_a_file_without_words_is_kept_with_a_warning(read: Read, source: str) -> None:
    found = read(source, "a.md")
    assert (found.outcome, found.reason, found.pages) == ("warning", "no_text", ())


@pytest.mark.parametrize(
    "source",
    [
        "[" * 50_000,
        "![" * 20_000,
        ">" * 100_000 + " hola",
        "".join("  " * level + "- x\n" for level in range(600)),
        "*a_ " * 20_000,
        "|a" * 2000 + "|\n" + "|-" * 2000 + "|\n" + ("|x" * 2000 + "|\n") * 3,
        "# h\n" * 20_000,
        "a" * 500_000,
        "".join("`" * count + " " for count in range(200)) * 5,
    ],
    ids=["brackets", "images", "quotes", "lists", "emphasis", "columns", "headings", "word", "backticks"],
)
def test_hostile_markdown_is_survived_and_bounded(read: Read, source: str) -> None:
    found = read(source, "a.md")
    assert found.outcome in ("read", "warning")
    assert sum(len(page.text) for page in found.pages) <= 2 * len(source)
    assert all(len(page.text) <= 200_000 for page in found.pages)


def test_more_headings_than_pages_are_allowed_lose_no_text(read: Read) -> None:
    source = "".join(f"# h{number}\n\ntexto{number}\n\n" for number in range(2100))
    found = read(source, "a.md")
    assert len(found.pages) == 2000
    assert "texto2099" in found.pages[-1].text


def test_the_title_without_any_heading_is_the_first_line_else_made_of_the_name(read: Read) -> None:
    assert read("Un texto\n", "../plan-de_barrio.2020.md").proposals.title == "Un texto"
    assert read("1. 2.\n", "../plan-de_barrio.2020.md").proposals.title == "Plan de barrio.2020"
