"""XML that any reader takes, whatever the texts hold."""

import sys
from io import BytesIO

from lxml import etree

from bank.xml_writing import ILLEGAL, LANG, add, document, legal, node, streaming

PLACE = "http://example.org/ns"
SPOILT = "a\x00<&>\"'\x0b\ud800\ufffe\tñ\U0001f333\r\n"


def test_of_every_character_only_the_legal_ones_stay() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert legal(every) == ILLEGAL.sub("", every)
    assert [letter for letter in every if letter.isprintable() and ILLEGAL.match(letter)] == []


def test_texts_and_attributes_come_back_without_what_is_illegal() -> None:
    root = node("feed", {"": PLACE})
    add(root, "title", SPOILT, {LANG: "es", "label": SPOILT})
    title = etree.fromstring(document(root))[0]
    assert title.tag == f"{{{PLACE}}}title"
    assert title.text == legal(SPOILT) == "a<&>\"'\tñ\U0001f333\r\n"
    assert (title.get("label"), title.get(LANG)) == (legal(SPOILT), "es")


def test_a_name_of_another_namespace_stays_in_it() -> None:
    root = node("{http://example.org/a}list", {"a": "http://example.org/a", "b": PLACE})
    add(root, f"{{{PLACE}}}item", "1")
    assert b'<a:list xmlns:a="http://example.org/a" xmlns:b="http://example.org/ns"><b:item>1</b:item>' in document(
        root
    )


def test_rows_are_written_one_by_one_and_say_their_namespace_once() -> None:
    body = BytesIO()
    with streaming(body, "urlset", {"": PLACE}) as written:
        written.rows("url", ("loc", "lastmod"), iter([("http://x/?a&b", "2024-01-02"), (SPOILT, "")]))
    assert body.getvalue().count(b"xmlns") == 1
    root = etree.fromstring(body.getvalue())
    assert [[(child.tag, child.text) for child in row] for row in root] == [
        [(f"{{{PLACE}}}loc", "http://x/?a&b"), (f"{{{PLACE}}}lastmod", "2024-01-02")],
        [(f"{{{PLACE}}}loc", legal(SPOILT))],
    ]


def test_one_element_alone_is_the_whole_document() -> None:
    body = BytesIO()
    with streaming(body) as written:
        written.write(node("dc", {}))
    assert etree.fromstring(body.getvalue()).tag == "dc"
