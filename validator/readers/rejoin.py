"""Paragraphs that a page shows as several lines of its own, whole again.

Converters from PDF to HTML place each line by itself, and old pages end each with a line break.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from validator.document.blocks import Block
from validator.readers.builder import is_number, joined, marked
from validator.readers.limits import DEFAULT_LIMITS, Limits
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


def rejoined(blocks: Sequence[Block], limits: Limits = DEFAULT_LIMITS) -> list[Block]:
    """The blocks with numbers before what they number, and broken headings and paragraphs in one piece.

    UnreadableError: a paragraph becomes longer than the limits allow.
    """
    whole = _headings(_numbered(blocks))
    lines = _lines(whole)
    width = wrap_width(lines)
    longer = sum(len(block.text) > _LONGER * width for block in whole)
    if not width or longer * _FEW > len(whole):
        return whole
    made = _paragraphs(whole, lines, width)
    for block in made:
        limits.check_paragraph(len(block.text))
    return made


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
    found: list[list[tuple[str, Block]]] = []
    for block in blocks:
        first, last = (found[-1][0][1], found[-1][-1][1]) if found else (None, None)
        both = first and first.strong and block.strong and block.kind == first.kind == "paragraph"
        if first and last and both and NUMBER.match(first.text) and breaks_off(last.text, block.text):
            found[-1].append((" ", block))
        else:
            found.append([("", block)])
    return _whole(found)


def _whole(groups: Sequence[Sequence[tuple[str, Block]]]) -> list[Block]:
    return [joined(group) if len(group) > 1 else group[0][1] for group in groups]


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
    found: list[list[tuple[str, Block]]] = []
    open_one: list[tuple[str, Block]] = []
    for block, line in zip(blocks, lines, strict=True):
        text = line.line.text
        if line.kind == "furniture":
            flow.pages.append(line.line)
            found.append([("", replace(block, kind="furniture"))])
        elif flow.open and block.strong == open_one[0][1].strong and flow.continues(line):
            glued = text[0] in NEVER_FIRST or flow.last[-1] in HYPHENS
            open_one.append(("" if glued else " ", block))
            flow.last = text
        else:
            open_one = [("", block)]
            found.append(open_one)
            flow.open, flow.last, flow.pages = (None if line.kind == "row" else line), text, []
    return _whole(found)
