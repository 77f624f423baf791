"""Fixes in a file of lines (text, Markdown): all other lines, the encoding and the line ends stay."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence

from validator.document.blocks import Block
from validator.document.leaflet import Leaflet
from validator.errors import UnreadableError
from validator.mending.edits import Edit, Insertion, Line, Mend

_LINE_END = re.compile("\r\n|\r|\n")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_NUMBERED = re.compile(r"\d")

_Change = tuple[int, int, int, str]  # from and to in the text, what comes first there, and the new text


def fixed(data: bytes, told: Sequence[tuple[Leaflet, Sequence[Mend]]]) -> bytes:
    """The bytes of the file with the fixes made."""
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableError("only files in UTF-8 are fixed: save it as UTF-8 first") from None
    file = _File(text)
    changes: list[_Change] = []
    for leaflet, mends in told:
        for mend in mends:
            changes += [file.edited(leaflet.blocks[edit.block], edit) for edit in mend.edits]
            if mend.insertion:
                changes.append(file.inserted(leaflet.blocks, mend.insertion))
    return mark + _applied(text, changes).encode(encoding)


def _applied(text: str, changes: Sequence[_Change]) -> str:
    out, last = [], 0
    for start, end, _, new in sorted(changes):
        out += [text[last:start], new]
        last = max(last, end)
    return "".join([*out, text[last:]])


class _File:
    """A text by line and column, both from 1."""

    def __init__(self, text: str) -> None:
        self._text = text
        ends = list(_LINE_END.finditer(text))
        self._starts = [0, *(match.end() for match in ends)]
        self._stops = [*(match.start() for match in ends), len(text)]
        found = [match.group() for match in ends]
        self._end = max(set(found), key=found.count) if found else "\n"

    def edited(self, block: Block, edit: Edit) -> _Change:
        """The change that an edit of a block makes in the text."""
        place = block.place(edit.start, max(edit.end, edit.start))
        start = self._at(place.line, place.column)
        end = self._at(place.end_line, place.end_column) if edit.end > edit.start else start
        return start, end, 0, edit.text

    def inserted(self, blocks: Sequence[Block], insertion: Insertion) -> _Change:
        """The change that puts new lines before or after those of a block."""
        first, last = self._lines(blocks[insertion.block])
        inner = self._end * (2 if self._loose(blocks, insertion) else 1)
        lines = inner.join(self._set(blocks, line) for line in insertion.lines)
        if insertion.before:
            at = self._starts[first - 1]
            return at, at, insertion.order, lines + self._outer(blocks, insertion, first - 1, inner)
        at = self._stops[last - 1]
        return at, at, insertion.order, self._outer(blocks, insertion, last + 1, inner) + lines

    def _outer(self, blocks: Sequence[Block], insertion: Insertion, beside: int, inner: str) -> str:
        """What parts the new lines from the block: as much as parts that from its neighbour."""
        if insertion.lines[0].like is not None and blocks[insertion.block].kind == "item":
            return inner
        outside = not 1 <= beside <= len(self._starts)
        blank = not outside and not self._text[self._starts[beside - 1] : self._stops[beside - 1]].strip()
        return self._end * 2 if blank else inner

    def _at(self, line: int | None, column: int | None) -> int:
        return self._starts[(line or 1) - 1] + (column or 1) - 1

    def _lines(self, block: Block) -> tuple[int, int]:
        place = block.place()
        return place.line or 1, place.end_line or place.line or 1

    def _loose(self, blocks: Sequence[Block], insertion: Insertion) -> bool:
        """Whether a blank line stands between paragraphs; list items may follow one another without."""
        own = blocks[insertion.block]
        beside = [blocks[n] for n in (insertion.block - 1, insertion.block + 1) if 0 <= n < len(blocks)]
        if insertion.lines[0].like is not None and own.kind == "item":
            beside = [block for block in beside if block.kind == "item"] or beside
        return not any(self._adjoin(own, block) for block in beside)

    def _adjoin(self, one: Block, other: Block) -> bool:
        (first, last), (other_first, other_last) = self._lines(one), self._lines(other)
        return other_first == last + 1 or other_last == first - 1

    def _set(self, blocks: Sequence[Block], line: Line) -> str:
        """A line with the signs that stand around the words of the block that it is like."""
        if line.like is None:
            return line.text
        block = blocks[line.like]
        place = block.place(0, len(block.text))
        if place.line is None or place.column is None:
            return line.text
        before = self._text[self._starts[place.line - 1] :][: place.column - 1]
        whole = place.end_line == place.line
        after = (
            self._text[self._at(place.end_line, place.end_column) : self._stops[place.line - 1]]
            if whole
            else ""
        )
        return line.text if _NUMBERED.search(before) else f"{before}{line.text}{after.rstrip()}"


def lines_of(data: bytes) -> Iterator[str]:
    """The lines of such a file, for a diff."""
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", "utf-8"))
    yield from _LINE_END.split(data[len(mark) :].decode(encoding, "replace"))
