"""Edits of a Word text that leave all its other bytes as they are: cuts, filled with XML."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

from validator.readers.docx_trace import Node, Spot, Trace

# One character of a text as XML writes it: a reference, a line end, or the bytes of one character.
_CHARACTER = re.compile(rb"&[^;]{1,12};|\r\n|[\x00-\x7f]|[\xc2-\xf4][\x80-\xbf]{1,3}")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PRESERVE = b'xml:space="preserve"'


class Point(NamedTuple):
    """A place between characters: paragraph and column, both from 1."""

    paragraph: int
    column: int


class Cut(NamedTuple):
    """Where bytes go in; inside a run it must be closed before them and opened again after them."""

    offset: int
    close: bytes = b""
    reopen: bytes = b""
    text: int = -1


def xml_text(text: str) -> str:
    """A text as XML content, signs that XML does not allow left out."""
    return escape(_ILLEGAL.sub("", text))


def declaration(strict: bool) -> str:
    """The attribute that binds the prefix "w", with a blank before it."""
    return f' xmlns:w="{STRICT if strict else _TRANSITIONAL}"'


class WordText:
    """The main part of a Word file under edit; `finish` gives its new bytes."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self._nodes = trace.nodes
        self._data = trace.data
        self._inserted: dict[int, list[tuple[int, bytes]]] = defaultdict(list)
        self._cuts: dict[int, Cut] = {}
        self._spaced: set[int] = set()
        self._paragraphs = {spot.paragraph: spot for spot in trace.spots if spot.length == 0}
        self._spots: dict[int, list[Spot]] = defaultdict(list)
        for spot in trace.spots:
            if spot.length:
                self._spots[spot.paragraph].append(spot)

    @property
    def strict(self) -> bool:
        """Whether the file is of the strict variant, whose namespaces differ."""
        return STRICT.encode() in self._data[: self._nodes[0].inner]

    @property
    def declared(self) -> str:
        """What an element of ours must declare where the file calls its namespace something else than "w"."""
        return "" if self._nodes[0].name.startswith("w:") else declaration(self.strict)

    def paragraph(self, number: int) -> Node | None:
        """The element of a paragraph."""
        spot = self._paragraphs.get(number)
        return None if spot is None else self._nodes[spot.node]

    def length(self, number: int) -> int:
        """How many characters a paragraph has."""
        return sum(spot.length for spot in self._spots[number])

    def spots(self, start: Point, end: Point) -> Iterator[tuple[Spot, int, int]]:
        """The pieces of text from one point to another, each with the columns of it that are meant."""
        for number in range(start.paragraph, end.paragraph + 1):
            first = start.column if number == start.paragraph else 1
            stop = end.column if number == end.paragraph else self.length(number) + 1
            for spot in self._spots[number]:
                low, high = max(first, spot.column), min(stop, spot.column + spot.length)
                if low < high:
                    yield spot, low, high

    def cut(self, point: Point, *, closing: bool) -> Cut | None:
        """The cut at a point: after the character before it if `closing`, else before the one after it."""
        spot = self._spot(point, closing)
        if spot is None:
            node = self.paragraph(point.paragraph)
            return None if node is None else self._inside(node)
        return self.cut_in(spot, min(max(point.column - spot.column, 0), spot.length))

    def cut_in(self, spot: Spot, within: int) -> Cut:
        """The cut in a piece of text, before its character number `within` (from 0)."""
        node = self._nodes[spot.node]
        after = within >= spot.length
        if (whole := self._whole(spot.node)) is not None:
            return Cut(whole.end if after else whole.start)
        run = self._up(spot.node, "r")
        assert run >= 0  # the reader takes text from runs and formulas alone
        child = self._child_of(run, spot.node)
        if within == 0 or after or child != spot.node:
            node = self._nodes[child]
            children = self._content(run)
            beside = children.index(child) + after
            if beside in (0, len(children)):
                return Cut(self._nodes[run].end if after else self._nodes[run].start)
            return Cut(node.end if after else node.start, self._end_tag(run), self.run_start(run))
        offset = node.inner
        for _ in range(within):
            match = _CHARACTER.match(self._data, offset)
            if match is None:  # a CDATA section or a comment: the piece stays whole
                return Cut(self._nodes[run].start)
            offset = match.end()
        close = self._end_tag(spot.node) + self._end_tag(run)
        reopen = self.run_start(run) + f'<{node.name} xml:space="preserve">'.encode()
        return Cut(offset, close, reopen, spot.node)

    def insert(self, cut: Cut, xml: str, order: int = 0) -> None:
        """Put XML in at a cut; at the same place a smaller `order` comes first."""
        self._inserted[cut.offset].append((order, xml.encode()))
        known = self._cuts.get(cut.offset)
        if known is None or not known.close:
            self._cuts[cut.offset] = cut
        if cut.text >= 0:
            self._spaced.add(cut.text)

    def finish(self) -> bytes:
        """The bytes of the part with all that was put in."""
        edits = []
        for offset, pieces in self._inserted.items():
            cut = self._cuts[offset]
            pieces.sort(key=lambda piece: piece[0])
            edits.append((offset, cut.close + b"".join(xml for _, xml in pieces) + cut.reopen))
        for number in self._spaced:
            node = self._nodes[number]
            if _PRESERVE not in self._data[node.start : node.inner]:
                edits.append((node.inner - 1, b" " + _PRESERVE))
        out, last = [], 0
        for offset, xml in sorted(edits):
            out += [self._data[last:offset], xml]
            last = offset
        return b"".join([*out, self._data[last:]])

    def run_start(self, run: int) -> bytes:
        """The start tag of a run and its properties: what a part of it begins with."""
        node = self._nodes[run]
        return self._data[node.start : node.inner] + self.properties(run).encode()

    def properties(self, run: int) -> str:
        """How a run is set, as XML; "" if nothing is said."""
        found = (self._nodes[n] for n in self._children(run) if self._nodes[n].local == "rPr")
        return next((self._data[node.start : node.end].decode() for node in found), "")

    def properties_at(self, point: Point, *, closing: bool) -> str:
        """How the character at a point (the one before it if `closing`) is set, as XML."""
        spot = self._spot(point, closing)
        run = -1 if spot is None else self._up(spot.node, "r")
        return self.properties(run) if run >= 0 else ""

    def inside(self, node: Node, name: str = "") -> list[Node]:
        """The elements right inside an element, or inside its child of that name."""
        found = [self._nodes[n] for n in self._children(self._nodes.index(node))]
        if not name:
            return found
        return [each for child in found if child.local == name for each in self.inside(child)]

    def xml(self, node: Node) -> str:
        """An element as it stands in the file."""
        return self._data[node.start : node.end].decode()

    def _spot(self, point: Point, closing: bool) -> Spot | None:
        spots = self._spots[point.paragraph]
        at = bisect_right([spot.column for spot in spots], point.column - closing) - 1
        return spots[max(at, 0)] if spots else None

    def _inside(self, node: Node) -> Cut | None:
        """In a paragraph without text: after its properties; None where it has no content at all."""
        number = self._nodes.index(node)
        if node.inner == node.end:
            return None
        own = [self._nodes[n] for n in self._children(number) if self._nodes[n].local == "pPr"]
        return Cut(own[0].end if own else node.inner)

    def _whole(self, number: int) -> Node | None:
        """What must not be cut: a formula, or the run of a text box (comments do not reach into it)."""
        found = None
        at = number
        while at >= 0:
            node = self._nodes[at]
            if node.local in ("oMath", "oMathPara"):
                found = node
            elif node.local == "txbxContent":
                run = self._up(at, "r")
                found = self._nodes[run] if run >= 0 else None
            at = node.parent
        return found

    def _up(self, number: int, name: str) -> int:
        """The nearest element of that name around an element."""
        at = self._nodes[number].parent
        while at >= 0 and self._nodes[at].local != name:
            at = self._nodes[at].parent
        return at

    def _child_of(self, run: int, number: int) -> int:
        while self._nodes[number].parent != run:
            number = self._nodes[number].parent
        return number

    def _children(self, number: int) -> list[int]:
        found = []
        at, end = number + 1, self._nodes[number].end
        while at < len(self._nodes) and self._nodes[at].start < end:
            if self._nodes[at].parent == number:
                found.append(at)
            at += 1
        return found

    def _content(self, run: int) -> list[int]:
        return [number for number in self._children(run) if self._nodes[number].local != "rPr"]

    def _end_tag(self, number: int) -> bytes:
        return f"</{self._nodes[number].name}>".encode()
