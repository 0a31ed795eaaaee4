"""Small files that unpack to much: only the child suffers (groups 10 to 21, 36, and S08)."""

import zlib

import pytest

from bank.ingest import Limits
from tests.ingest import making_trees as trees
from tests.ingest.conftest import Read
from tests.ingest.making_pdfs import SENTENCE, SHOWN, composite, packed_blanks, pdf, raw_stream

TIGHT = Limits(memory_bytes=300 * 1024 * 1024, cpu_seconds=10, wall_seconds=30)


@pytest.mark.parametrize("twice", [False, True], ids=["deflated", "deflated twice"])
def test_a_page_that_unpacks_to_a_gigabyte_fails_and_the_next_file_is_read(read: Read, twice: bool) -> None:
    packed = packed_blanks(1100)
    filters = "/FlateDecode/FlateDecode" if twice else "/FlateDecode"
    bomb = pdf(raw=raw_stream(zlib.compress(packed, 9) if twice else packed, filters))
    found = read(bomb)
    assert (found.outcome, found.reason, found.pages) == ("failed", "unreadable", ())
    assert found.total_pages == 1
    assert read(pdf()).outcome == "read"


def test_pages_that_share_one_large_stream_are_bounded(read: Read) -> None:
    found = read(pdf(raw=raw_stream(packed_blanks(70)), pages=3), limits=TIGHT)
    assert found.outcome in ("warning", "failed")
    assert not any(page.text for page in found.pages)


def test_a_page_with_millions_of_letters_is_cut_or_fails(read: Read) -> None:
    content = b"BT /F1 1 Tf " + b"(municipio educador) Tj " * 200_000 + b"ET"
    found = read(pdf(content, packed=True), limits=TIGHT)
    assert all(len(page.text) <= TIGHT.page_characters for page in found.pages)
    assert found.outcome in ("read", "warning", "failed")


def test_a_page_is_cut_at_its_limit_of_letters(read: Read) -> None:
    content = b"BT /F1 1 Tf 50 700 Td " + b"0 -1 Td (municipio educador) Tj " * 100 + b"ET"
    found = read(pdf(content), limits=Limits(page_characters=500))
    assert 400 <= len(found.pages[0].text) <= 500


def test_a_document_is_cut_at_its_limit_of_letters(read: Read) -> None:
    found = read(pdf(pages=10), limits=Limits(document_characters=500))
    assert (found.outcome, found.reason, found.flags) == ("warning", "cut", ("partial",))
    assert 0 < len(found.pages) < 10
    assert found.total_pages == 10


@pytest.mark.parametrize("content", [b"q Q " * 1_000_000, b"q " * 200_000 + SHOWN], ids=["q Q", "q"])
def test_millions_of_operators_are_survived(read: Read, content: bytes) -> None:
    assert read(pdf(content, packed=True), limits=TIGHT).outcome in ("read", "warning")


@pytest.mark.parametrize(
    "content",
    [b"[" * 200_000 + b"]" * 200_000 + b" TJ", b"/a " + b"<</a " * 100_000 + b"1" + b">>" * 100_000 + b" BDC"],
    ids=["arrays", "dictionaries"],
)
def test_deep_nesting_is_survived(read: Read, content: bytes) -> None:
    found = read(pdf(content, packed=True))
    assert (found.outcome, found.reason) == ("warning", "no_text")


def test_filters_within_filters_are_bounded(read: Read) -> None:
    lengths = zlib.compress(bytes([129, 32]) * ((200 << 20) // 128) + b"\x80", 9)
    assert read(pdf(raw=raw_stream(lengths, "/FlateDecode/RunLengthDecode")), limits=TIGHT).outcome != "read"
    many = read(pdf(raw=raw_stream(SHOWN, "/FlateDecode " * 5000)), limits=TIGHT)
    assert many.outcome in ("read", "warning", "failed")


def test_a_map_of_millions_of_characters_is_bounded(read: Read) -> None:
    ranges = b"2000 beginbfrange\n" + b"<0000> <FFFF> <0041>\n" * 2000 + b"endbfrange endcmap"
    begin = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    found = read(composite(begin + ranges, b"BT /F1 12 Tf 72 700 Td <004100420043> Tj ET"), limits=TIGHT)
    assert found.outcome in ("read", "warning", "failed")


def test_a_font_of_a_megabyte_does_not_matter(read: Read) -> None:
    font = f"/F2<</Type/Font/Subtype/TrueType/BaseFont/Foo/FontDescriptor<</FontName/Foo>>/Junk({'x' * 1_000_000})>>"
    assert "educación" in read(pdf(resources=f"/Font<<{font}>>")).pages[0].text


@pytest.mark.parametrize("count", [2001, 20_000])
def test_too_many_pages_are_refused_before_any_is_read(read: Read, count: int) -> None:
    found = read(trees.many_pages(count))
    assert (found.outcome, found.reason, found.reason_values) == ("refused", "too_many_pages", {"limit": 2000})


def test_as_many_pages_as_are_allowed_are_read(read: Read) -> None:
    found = read(trees.many_pages(30), limits=Limits(max_pages=30))
    assert (found.outcome, len(found.pages)) == ("read", 30)


@pytest.mark.parametrize(
    "data", [trees.doubling(30), trees.deep(3000), trees.cycle()], ids=["doubling", "deep", "cycle"]
)
def test_a_hostile_tree_of_pages_is_not_read(read: Read, data: bytes) -> None:
    found = read(data)
    assert found.outcome in ("failed", "refused")
    assert found.pages == ()


@pytest.mark.parametrize(
    "data",
    [trees.deep(90), trees.told_count(10**9), trees.told_count(-5)],
    ids=["deep but legal", "count 1e9", "count -5"],
)
def test_pages_are_counted_by_walking_the_tree(read: Read, data: bytes) -> None:
    found = read(data)
    assert (found.outcome, found.total_pages, len(found.pages)) == ("read", 1, 1)
    assert SENTENCE in found.pages[0].text


def test_a_file_without_pages_fails_and_says_so(read: Read) -> None:
    assert read(trees.many_pages(0)).reason == "no_pages"


@pytest.mark.parametrize(
    "data",
    [trees.forms(1, b"/X Do", False), trees.forms(2, b"/X Do", False), trees.forms(500, b"/X Do", True)],
    ids=["itself", "one another", "a chain"],
)
def test_forms_that_draw_forms_leave_the_text_of_the_page(read: Read, data: bytes) -> None:
    found = read(data)
    assert found.outcome == "read"
    assert SENTENCE in found.pages[0].text


def test_forms_that_draw_the_next_one_twice_are_bounded(read: Read) -> None:
    found = read(trees.forms(25, b"/X Do /X Do", True), limits=TIGHT)
    assert found.outcome in ("read", "warning", "failed")
    assert all(len(page.text) <= TIGHT.page_characters for page in found.pages)
