"""Where the characters of a Word text stand in the bytes of its main part: for those who edit the file.

The reader itself says which element each character came from; the bytes are told by a second parser.
So nothing is counted twice, and an edit leaves all other bytes as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple
from xml.parsers import expat

from validator.document.blocks import Revisions
from validator.errors import UnreadableError
from validator.readers.docx import Package, without_fallbacks
from validator.readers.docx_changes import Changes
from validator.readers.docx_formatting import Numbering, Styles, W
from validator.readers.docx_walker import Piece, Walker
from validator.readers.limits import DEFAULT_LIMITS, Limits

_START_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class Node(NamedTuple):
    """An element in the bytes: where it starts, its content begins, its content ends, and it ends.

    `name` is as the file writes it, prefix included; `parent` is the number of the parent, -1 for none.
    """

    name: str
    start: int
    inner: int
    outer: int
    end: int
    parent: int

    @property
    def local(self) -> str:
        """The name without prefix."""
        return self.name.rpartition(":")[2]


class Spot(NamedTuple):
    """Characters of a paragraph from a column on, and the number of the element they come from.

    A paragraph opens with a spot of its own element, of no length.
    """

    paragraph: int
    column: int
    length: int
    node: int


@dataclass(frozen=True, slots=True)
class Trace:
    """The main part of a Word file: its name, its bytes, its elements in order, and what was read of it.

    `tracked`: whether it holds tracked changes.
    """

    part: str
    data: bytes
    nodes: tuple[Node, ...]
    spots: tuple[Spot, ...]
    tracked: bool


def trace(data: bytes, revisions: Revisions = "accepted", limits: Limits = DEFAULT_LIMITS) -> Trace:
    """Trace the text of a Word file that the reader has read before."""
    package = Package(data, limits)
    main = package.bytes_of(package.main)
    if main is None or main.startswith(_WIDE):
        raise UnreadableError(
            f"the part {package.main} is not written in UTF-8: save the file with Word first"
        )
    root = package.parse(main, package.main)
    numbers = {element: number for number, element in enumerate(root.iter("*"))}
    without_fallbacks(root)
    styles = Styles(package.first("styles"))
    changes = Changes(revisions, {})
    pieces: list[Piece] = []
    walker = Walker(styles, Numbering(package.first("numbering"), styles), changes, limits, pieces)
    walker.walk(root.find(f"{W}body"))
    spots = tuple(Spot(p.paragraph, p.column, p.length, numbers[p.element]) for p in pieces)
    return Trace(package.main, main, _nodes(main), spots, changes.tracked)


def _nodes(data: bytes) -> tuple[Node, ...]:
    """The elements of XML that another parser has found well-formed and without a document type."""
    parser = expat.ParserCreate()
    nodes: list[Node] = []
    stack: list[int] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        tag = _START_TAG.match(data, at)
        assert tag  # expat has just read it
        nodes.append(Node(name, at, tag.end(), tag.end(), tag.end(), stack[-1] if stack else -1))
        stack.append(len(nodes) - 1)

    def end(name: str) -> None:
        number = stack.pop()
        node = nodes[number]
        if data[node.inner - 2 : node.inner] != b"/>":
            at = parser.CurrentByteIndex
            nodes[number] = node._replace(outer=at, end=data.index(b">", at) + 1)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return tuple(nodes)
