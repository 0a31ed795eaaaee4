"""Writes XML for feed, sitemap and exports: UTF-8, with a declaration, without characters that XML can't hold."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import BinaryIO

from lxml import etree

XmlNode = etree._Element
XmlNamespaces = Mapping[str, str]
"""Prefix -> namespace address; the empty prefix is that of names without one."""
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Everything outside the Char production of XML 1.0, https://www.w3.org/TR/xml/#charsets
XML_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def strip_illegal_xml(text: str) -> str:
    """The text without the characters that XML 1.0 can't hold."""
    return text if text.isprintable() else XML_ILLEGAL.sub("", text)


def new_xml_element(name: str, namespaces: XmlNamespaces) -> XmlNode:
    """A root element. `name` is a name in the namespace of the empty prefix, or ``{address}name``."""
    return etree.Element(_full(name, namespaces.get("")), nsmap=_map(namespaces))


def add_xml_element(parent: XmlNode, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> XmlNode:
    """Adds a child in its parent's namespace, or that of a ``{address}name``; illegal characters are dropped."""
    child = etree.SubElement(parent, _full(name, etree.QName(parent).namespace))
    child.text = strip_illegal_xml(text) or None
    for key, value in (attributes or {}).items():
        child.set(key, strip_illegal_xml(value))
    return child


def add_xml_comment(parent: XmlNode, text: str) -> None:
    """Adds a comment; two hyphens, which no comment may hold, become one."""
    parent.append(etree.Comment(f" {re.sub('--+', '-', strip_illegal_xml(text))} "))


def _map(namespaces: XmlNamespaces) -> dict[str, str]:
    """The namespaces as lxml takes them: there the empty prefix is None."""
    return {prefix or None: address for prefix, address in namespaces.items()}  # type: ignore[misc]


def _full(name: str, namespace: str | None) -> str:
    return name if name.startswith("{") or not namespace else f"{{{namespace}}}{name}"


def xml_document(root: XmlNode) -> bytes:
    """The bytes of the whole document whose root is this element."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


class XmlStream:
    """A document that is written piece by piece, so that it need not fit into memory. `xml` is lxml's writer."""

    def __init__(self, xml: "etree._IncrementalFileWriter", namespaces: XmlNamespaces) -> None:
        self.xml, self.namespaces = xml, namespaces

    def write(self, whole: XmlNode) -> None:
        """Writes an element with all that is in it, indented."""
        self.xml.write(whole, pretty_print=True)

    def rows(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Writes an element `name` for each row, one a line, with a child for each column that is not empty."""
        namespace = self.namespaces.get("")
        name, columns = _full(name, namespace), [_full(column, namespace) for column in columns]
        for row in rows:
            self.xml.write("\n")
            with self.xml.element(name):
                for column, text in zip(columns, map(strip_illegal_xml, row), strict=True):
                    if text:
                        with self.xml.element(column):
                            self.xml.write(text)
        self.xml.write("\n")


@contextmanager
def stream_xml(stream: BinaryIO, around: str = "", namespaces: XmlNamespaces | None = None) -> Iterator[XmlStream]:
    """A document for a with block, inside a root element `around` where one is named; leaves `stream` open."""
    spaces = namespaces or {}
    with etree.xmlfile(stream, encoding="UTF-8") as xml:
        xml.write_declaration()
        if not around:
            yield XmlStream(xml, spaces)
            return
        with xml.element(_full(around, spaces.get("")), nsmap=_map(spaces)):
            yield XmlStream(xml, spaces)
