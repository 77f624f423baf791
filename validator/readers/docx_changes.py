"""Tracked changes and comments of a Word file: what a view drops, what is open, and where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice
from typing import Literal, NamedTuple

from validator.document.blocks import Block, Change, Revisions
from validator.document.text import clean
from validator.readers.docx_formatting import Element, W

Kind = Literal["insertion", "deletion", "move", "formatting", "comment"]

REVISIONS: dict[str, Kind] = {
    f"{W}ins": "insertion",
    f"{W}del": "deletion",
    f"{W}moveFrom": "move",
    f"{W}moveTo": "move",
    f"{W}cellIns": "insertion",
    f"{W}cellDel": "deletion",
}
_DROPPED = {
    "accepted": frozenset((f"{W}del", f"{W}moveFrom", f"{W}cellDel")),
    "original": frozenset((f"{W}ins", f"{W}moveTo", f"{W}cellIns")),
}
_TEXT = (f"{W}t", f"{W}delText")
_BREAKS = (f"{W}tab", f"{W}p")
_TOLD_CHARS = 1000  # of a change; its place says where the rest is


class Point(NamedTuple):
    """A place in the file: the part (None: the main one), the paragraph, the column; both from 1."""

    part: str | None
    paragraph: int
    column: int


class _Mark(NamedTuple):
    kind: Kind
    text: str
    author: str
    start: Point
    end: Point

    def continues(self, other: _Mark) -> bool:
        """Whether the other one is the rest of this change."""
        return (self.kind, self.author, self.end) == (other.kind, other.author, other.start)


class Changes:
    """Collects what is open while the text is read in one view."""

    def __init__(self, revisions: Revisions, comments: dict[str, tuple[str, str]]) -> None:
        """`comments`: author and words by id; each is collected once."""
        self.original = revisions == "original"
        self.dropped = _DROPPED[revisions]
        self._comments = comments
        self._ranges: dict[str, Point] = {}
        self._marks: list[_Mark] = []

    @property
    def tracked(self) -> bool:
        """Whether there are two texts to choose from."""
        return any(mark.kind != "comment" for mark in self._marks)

    def add(self, kind: Kind, element: Element, text: str, start: Point, end: Point) -> None:
        """A change that an element tells of; Word cuts one change into many, which are joined again."""
        mark = _Mark(kind, text, element.get(f"{W}author") or "", start, end)
        last = self._marks[-1] if self._marks else None
        if last and last.continues(mark):
            self._marks[-1] = last._replace(text=(last.text + text)[:_TOLD_CHARS], end=end)
        else:
            self._marks.append(mark)

    def begin_comment(self, element: Element, here: Point) -> None:
        """The text that a comment is about begins here."""
        self._ranges[element.get(f"{W}id", "")] = here

    def add_comment(self, element: Element, here: Point) -> None:
        """The text that a comment is about ends here."""
        comment = element.get(f"{W}id", "")
        if comment in self._comments:
            author, text = self._comments.pop(comment)
            self._marks.append(_Mark("comment", text, author, self._ranges.get(comment, here), here))

    def located(self, blocks: Sequence[Block]) -> tuple[Change, ...]:
        """All that is open with its block and the characters in it, by the places that the blocks carry."""
        if not blocks:
            return ()
        places = _Places(blocks)
        changes = []
        for mark in self._marks:
            index, start = places.find(mark.start)
            last, end = places.find(mark.end)
            end = max(start, end if last == index else len(blocks[index].text))
            changes.append(Change(mark.kind, clean(mark.text), clean(mark.author), index, start, end))
        return tuple(changes)


class _Places:
    """Which block, and which character of it, stands at a place of the file."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._known: dict[str | None, list[tuple[int, int, int, int, int]]] = {}
        for index, block in enumerate(blocks):
            ends = [*(anchor.offset for anchor in block.anchors[1:]), len(block.text)]
            for anchor, end in zip(block.anchors, ends, strict=False):
                place = (anchor.line, anchor.column, index, anchor.offset, end)
                self._known.setdefault(block.xpath, []).append(place)
        for found in self._known.values():
            found.sort()

    def find(self, point: Point) -> tuple[int, int]:
        known = self._known.get(point.part) or [(0, 0, len(self._blocks) - 1, 0, 0)]
        at = bisect_right(known, (point.paragraph, point.column, len(self._blocks), 0, 0)) - 1
        paragraph, column, index, offset, end = known[max(at, 0)]
        if paragraph != point.paragraph:  # nothing is left of the paragraph: beside what stands next to it
            return index, len(self._blocks[index].text) if paragraph < point.paragraph else 0
        return index, min(offset + max(point.column - column, 0), end)


def words_in(element: Element) -> str:
    """The first words inside an element, whatever the view."""
    found = islice(element.iter(*_TEXT, *_BREAKS), _TOLD_CHARS)
    return "".join(" " if each.tag in _BREAKS else each.text or "" for each in found)[:_TOLD_CHARS]
