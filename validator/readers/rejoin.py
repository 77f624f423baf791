"""Paragraphs that a page shows as several lines of its own, whole again.

Converters from PDF to HTML place each line by itself, and old pages end each with a line break.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from validator.document.blocks import Block
from validator.readers.builder import is_number, joined, marked
from validator.readers.text import (
    HYPHENS,
    NEVER_FIRST,
    NUMBER,
    Flow,
    Sorted,
    breaks_off,
    sort,
    wrap_width,
)
from validator.readers.text_furniture import Line

# On a page of lines hardly one is longer than the width of the paper; whole paragraphs are.
_LONGER, _FEW = 1.25, 50


def rejoined(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with numbers before what they number, and broken headings and paragraphs in one piece."""
    whole = _headings(_numbered(blocks))
    lines = _lines(whole)
    width = wrap_width(lines)
    longer = sum(len(block.text) > _LONGER * width for block in whole)
    return _paragraphs(whole, lines, width) if width and longer * _FEW <= len(whole) else whole


def _numbered(blocks: Sequence[Block]) -> list[Block]:
    """A number that stands by itself belongs to the heading or paragraph after it."""
    found: list[Block] = []
    for block in blocks:
        before = found[-1] if found else None
        if before and _is_text(before) and _is_text(block) and not block.marker and is_number(before.text):
            found[-1] = marked(block, before.text)
        else:
            found.append(block)
    return found


def _is_text(block: Block) -> bool:
    return block.kind in ("paragraph", "heading")


def _headings(blocks: Sequence[Block]) -> list[Block]:
    """A numbered heading goes on in the next line if that is emphasised, too, and begins in small letters."""
    found: list[Block] = []
    for block in blocks:
        before = found[-1] if found else None
        both = before and before.strong and block.strong and block.kind == before.kind == "paragraph"
        if before and both and NUMBER.match(before.text) and breaks_off(before.text, block.text):
            found[-1] = joined(before, block)
        else:
            found.append(block)
    return found


def _lines(blocks: Sequence[Block]) -> list[Sorted]:
    """The blocks as the lines of a text; the number of each is that of its block."""
    lines = sort([Line(block.text, number, 1) for number, block in enumerate(blocks)])
    return [_sorted(block, line) for block, line in zip(blocks, lines, strict=True)]


def _sorted(block: Block, line: Sorted) -> Sorted:
    if block.kind == "item":
        return Sorted(line.line, "bullet")
    return line if block.kind == "paragraph" else Sorted(line.line, "row")


def _paragraphs(blocks: Sequence[Block], lines: Sequence[Sorted], width: int) -> list[Block]:
    flow = Flow(width)
    found: list[Block] = []
    at = 0  # where the open paragraph stands in `found`
    for block, line in zip(blocks, lines, strict=True):
        text = line.line.text
        if line.kind == "furniture":
            flow.pages.append(line.line)
            found.append(replace(block, kind="furniture"))
        elif flow.open and block.strong == found[at].strong and flow.continues(line):
            glued = text[0] in NEVER_FIRST or flow.last[-1] in HYPHENS
            found[at] = joined(found[at], block, "" if glued else " ")
            flow.last = text
        else:
            at = len(found)
            found.append(block)
            flow.open, flow.last, flow.pages = (None if line.kind == "row" else line), text, []
    return found
