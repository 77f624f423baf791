"""Texts that a file holds in quotes or escapes, each character with its true place in the file."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from html import unescape

from validator.document.blocks import Block
from validator.document.location import Anchor

_LINE_END = re.compile("\n")
_SURROGATE = re.compile("[\ud800-\udfff]")
_JSON_SIGNS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_JSON_ESCAPE = re.compile(
    r"\\u([dD][89aAbB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\(.)", re.S
)
_REFERENCE = re.compile(r"&#?\w{1,32};")


class Quoted(str):
    """A string value of a file; `begin` and `end` are where it stands there, the quotes left out."""

    __slots__ = ("begin", "end", "written")

    begin: int
    end: int
    written: str


def quoted(value: str, begin: int, end: int, written: str = "plain") -> Quoted:
    """A value that the file writes from `begin` to `end`: "plain", as a "json" string or "xml" attribute."""
    made = Quoted(value)
    made.begin, made.end, made.written = begin, end, written
    return made


class Lines:
    """A file's text by offset and by line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = array("q", [0])
        self._starts.extend(match.end() for match in _LINE_END.finditer(text))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column, from 1."""
        return self._starts[line - 1] + column - 1


class Source:
    """A text and where each stretch of it stands: from `starts[i]` on it is the file from `places[i]` on."""

    def __init__(self, text: str, starts: list[int], places: list[int]) -> None:
        self.text, self.starts, self.places = text, starts, places

    @classmethod
    def of(cls, value: Quoted, file: str) -> Source:
        """The text of a value together with its places in the file."""
        if value.written == "plain":
            return cls(value, [0], [value.begin])
        raw = cls(file[value.begin : value.end], [0], [value.begin])
        return raw._rewritten(_JSON_ESCAPE, _json_sign) if value.written == "json" else raw.unescaped()

    def unescaped(self) -> Source:
        """The same text with its character references resolved."""
        return self._rewritten(_REFERENCE, lambda match: unescape(match.group()))

    def offset(self, offset: int) -> int:
        """Where in the file the character at this offset stands."""
        at = bisect_right(self.starts, offset) - 1
        return self.places[at] + offset - self.starts[at]

    def breaks(self, begin: int, end: int) -> Sequence[int]:
        """The offsets between two others at which the text goes on elsewhere in the file."""
        return self.starts[bisect_right(self.starts, begin) : bisect_right(self.starts, end - 1)]

    def _rewritten(self, pattern: re.Pattern[str], sign: Callable[[re.Match[str]], str]) -> Source:
        """The text with every match replaced by what it stands for."""
        pieces: list[str] = []
        kept = [0]  # the offsets of this text from which the new one is the same, character by character
        starts = [0]
        length = at = 0
        for match in pattern.finditer(self.text):
            stands = sign(match)
            pieces += (self.text[at : match.start()], stands)
            length += match.start() - at + len(stands)
            at = match.end()
            starts.append(length)
            kept.append(at)
        if at == 0:
            return self
        pieces.append(self.text[at:])
        text = _SURROGATE.sub("\ufffd", "".join(pieces))
        return Source(text, *self._composed(starts, kept))

    def _composed(self, starts: list[int], kept: list[int]) -> tuple[list[int], list[int]]:
        """The stretches of a rewritten text in the file: its own breaks and those of this text."""
        new_starts: list[int] = []
        places: list[int] = []
        for number, (start, begin) in enumerate(zip(starts, kept, strict=True)):
            stop = starts[number + 1] if number + 1 < len(starts) else start + len(self.text) - begin
            for own in (begin, *self.breaks(begin, begin + stop - start)):
                new_starts.append(start + own - begin)
                places.append(self.offset(own))
        return new_starts, places


def unescape_json(raw: str) -> str:
    """The value of a JSON string from what stands between its quotes."""
    if "\\" not in raw:
        return raw
    return _SURROGATE.sub("\ufffd", _JSON_ESCAPE.sub(_json_sign, raw))


def _json_sign(match: re.Match[str]) -> str:
    high, low, unit, sign = match.groups()
    if high:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
    return chr(int(unit, 16)) if unit else _JSON_SIGNS.get(sign, sign)


def located(block: Block, source: Source, within: Lines, file: Lines, path: str) -> Block:
    """A block made out of `within`, the text of `source`, with its places in the file and the path there."""
    anchors: list[Anchor] = []
    ends = [anchor.offset for anchor in block.anchors[1:]] + [len(block.text)]
    for anchor, end in zip(block.anchors, ends, strict=True):
        begin = within.offset(anchor.line, anchor.column)
        length = end - anchor.offset if block.kind != "image" else 1
        for at in (begin, *source.breaks(begin, begin + length)):
            anchors.append(Anchor(anchor.offset + at - begin, *file.place(source.offset(at))))
    return block._replace(anchors=tuple(anchors), xpath=path)
