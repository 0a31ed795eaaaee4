"""XML that any reader takes, whatever the texts hold."""

import sys
from io import BytesIO

from lxml import etree

from bank.xml_writing import (
    XML_ILLEGAL,
    XML_LANG,
    add_xml_element,
    new_xml_element,
    stream_xml,
    strip_illegal_xml,
    xml_document,
)

PLACE = "http://example.org/ns"
SPOILT = "a\x00<&>\"'\x0b\ud800\ufffe\tñ\U0001f333\r\n"


def test_of_every_character_only_the_legal_ones_stay() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert strip_illegal_xml(every) == XML_ILLEGAL.sub("", every)
    assert [letter for letter in every if letter.isprintable() and XML_ILLEGAL.match(letter)] == []


def test_texts_and_attributes_come_back_without_what_is_illegal() -> None:
    root = new_xml_element("feed", {"": PLACE})
    add_xml_element(root, "title", SPOILT, {XML_LANG: "es", "label": SPOILT})
    title = etree.fromstring(xml_document(root))[0]
    assert title.tag == f"{{{PLACE}}}title"
    assert title.text == strip_illegal_xml(SPOILT) == "a<&>\"'\tñ\U0001f333\r\n"
    assert (title.get("label"), title.get(XML_LANG)) == (strip_illegal_xml(SPOILT), "es")


def test_a_name_of_another_namespace_stays_in_it() -> None:
    root = new_xml_element("{http://example.org/a}list", {"a": "http://example.org/a", "b": PLACE})
    add_xml_element(root, f"{{{PLACE}}}item", "1")
    assert b'<a:list xmlns:a="http://example.org/a" xmlns:b="http://example.org/ns"><b:item>1</b:item>' in xml_document(
        root
    )


def test_rows_are_written_one_by_one_and_say_their_namespace_once() -> None:
    body = BytesIO()
    with stream_xml(body, "urlset", {"": PLACE}) as written:
        written.rows("url", ("loc", "lastmod"), iter([("http://x/?a&b", "2024-01-02"), (SPOILT, "")]))
    assert body.getvalue().count(b"xmlns") == 1
    root = etree.fromstring(body.getvalue())
    assert [[(child.tag, child.text) for child in row] for row in root] == [
        [(f"{{{PLACE}}}loc", "http://x/?a&b"), (f"{{{PLACE}}}lastmod", "2024-01-02")],
        [(f"{{{PLACE}}}loc", strip_illegal_xml(SPOILT))],
    ]


def test_one_element_alone_is_the_whole_document() -> None:
    body = BytesIO()
    with stream_xml(body) as written:
        written.write(new_xml_element("dc", {}))
    assert etree.fromstring(body.getvalue()).tag == "dc"
