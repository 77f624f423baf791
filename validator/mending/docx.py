"""Fixes in a Word file as tracked changes: whoever opens it accepts or rejects each of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import datetime

from validator.annotate.remarks import AUTHOR
from validator.document.blocks import Block
from validator.document.leaflet import Leaflet
from validator.editing.wordfile import WordFile
from validator.editing.wordtext import Cut, Point, WordText, xml_text
from validator.errors import UnreadableError
from validator.mending.edits import Edit, Insertion, Line, Mend
from validator.readers.docx_trace import Node, trace

_IDS = re.compile(rb"""\bid\s*=\s*["'](\d{1,9})["']""")
_TEXT_TAG = re.compile(r"<(/?)((?:\w+:)?)t(?=[\s>])")
# What of a paragraph's properties is not taken over: its own end, the section's, and changes.
_NOT_COPIED = ("rPr", "sectPr", "pPrChange")
_NOT_OF_MARK = ("ins", "del", "moveFrom", "moveTo", "rPrChange")


def fixed(data: bytes, told: Sequence[tuple[Leaflet, Sequence[Mend]]], now: datetime) -> bytes:
    """The Word file with each fix as a tracked change."""
    traced = trace(data)
    if traced.tracked:
        raise UnreadableError("the file holds tracked changes: accept or reject them before it is fixed")
    text = WordText(traced)
    writer = _Writer(text, now)
    for leaflet, mends in told:
        for mend in mends:
            for edit in mend.edits:
                writer.edit(leaflet.blocks[edit.block], edit)
            if mend.insertion:
                writer.insert(leaflet.blocks, mend.insertion)
    xml = writer.deletions(text.finish())
    return WordFile(data).with_parts({traced.part: xml})


class _Writer:
    """Writes changes into a text; each has a number of its own."""

    def __init__(self, text: WordText, now: datetime) -> None:
        self._text = text
        self._stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ")
        first = max((int(found) for found in _IDS.findall(text.trace.data)), default=0) + 1
        self._numbers = itertools.count(first)
        self._deleted = re.compile(
            rf'(<w:del(?: xmlns:w="[^"]*")? w:id="\d+" w:author="{AUTHOR}" w:date="{self._stamp}">)'
            r"(.*?)(</w:del>)",
            re.DOTALL,
        )

    def edit(self, block: Block, edit: Edit) -> None:
        """Strike the old words out and put the new ones after them."""
        place = block.place(edit.start, max(edit.end, edit.start + 1))
        start = Point(place.paragraph or 1, place.column or 1)
        spots = list(self._text.spots(start, Point(start.paragraph, start.column + edit.end - edit.start)))
        after: Cut | None = None
        for spot, low, high in spots:
            opened = self._text.cut_in(spot, low - spot.column)
            after = self._text.cut_in(spot, high - spot.column)
            self._text.insert(opened, self._tag("del"), order=3)
            self._text.insert(after, "</w:del>", order=1)
        if edit.text:
            behind = not spots and edit.start > 0
            if behind:  # after the word before, set like it
                before = block.place(edit.start - 1, edit.start)
                start = Point(before.paragraph or 1, (before.column or 0) + 1)
            cut = after or self._text.cut(start, closing=behind)
            if cut is not None:
                properties = self._text.properties_at(start, closing=behind)
                self._text.insert(cut, self._inserted(edit.text, properties), order=2)

    def insert(self, blocks: Sequence[Block], insertion: Insertion) -> None:
        """Put new paragraphs before or after that of a block."""
        block = blocks[insertion.block]
        at = len(block.text) - 1 if not insertion.before else 0
        node = self._text.paragraph(block.place(at, at + 1).paragraph or 1)
        if node is None:
            return
        cut = Cut(node.start if insertion.before else node.end)
        xml = "".join(self._paragraph(blocks, line) for line in insertion.lines)
        self._text.insert(cut, xml, order=insertion.order)

    def deletions(self, xml: bytes) -> bytes:
        """The text with the words that are struck out marked as such."""

        def struck(match: re.Match[str]) -> str:
            return match.group(1) + _TEXT_TAG.sub(r"<\1\2delText", match.group(2)) + match.group(3)

        return self._deleted.sub(struck, xml.decode()).encode()

    def _tag(self, kind: str, end: str = "") -> str:
        head = f'<w:{kind}{self._text.declared} w:id="{next(self._numbers)}" w:author="{AUTHOR}"'
        return f'{head} w:date="{self._stamp}"{end}>'

    def _inserted(self, text: str, properties: str) -> str:
        run = f'<w:r>{properties}<w:t xml:space="preserve">{xml_text(text)}</w:t></w:r>'
        return f"{self._tag('ins')}{run}</w:ins>"

    def _paragraph(self, blocks: Sequence[Block], line: Line) -> str:
        """A new paragraph, set like another one."""
        like = None if line.like is None else blocks[line.like]
        text, own, mark, run = line.text, "", "", ""
        if like is not None and (number := like.place(0, 1).paragraph):
            if like.marker and (like.place(0, 1).column or 1) > 1:  # a list sign typed by hand
                text = f"{like.marker} {text}"
            node = self._text.paragraph(number)
            if node is not None:
                own, mark = self._properties(node)
                run = self._text.properties_at(Point(number, like.place(0, 1).column or 1), closing=False)
        mark = f"<w:rPr>{self._tag('ins', '/')}{mark}</w:rPr>"
        inserted = self._inserted(text, run)
        return f"<w:p{self._text.declared}><w:pPr>{own}{mark}</w:pPr>{inserted}</w:p>"

    def _properties(self, paragraph: Node) -> tuple[str, str]:
        """The properties of a paragraph and of its mark, without what belongs to it alone."""
        own = mark = ""
        for node in self._text.inside(paragraph, "pPr"):
            if node.local == "rPr":
                inner = self._text.inside(node)
                mark = "".join(self._text.xml(each) for each in inner if each.local not in _NOT_OF_MARK)
            elif node.local not in _NOT_COPIED:
                own += self._text.xml(node)
        return own, mark
