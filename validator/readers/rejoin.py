"""Paragraphs that a page shows as several lines of its own, whole again.

Converters from PDF to HTML place each line by itself, and old pages end each with a line break; other
pages break a sentence here and there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from validator.document.blocks import Block
from validator.readers.builder import is_number, joined, marked
from validator.readers.limits import DEFAULT_LIMITS, Limits
from validator.readers.text import (
    HYPHENS,
    NEVER_FIRST,
    NUMBER,
    Flow,
    sort,
)
from validator.readers.text_furniture import Line
from validator.readers.wrapping import SENTENCE_END, Sorted, breaks_off, wrap_width

# On a page of lines hardly one is longer than the width of the paper; whole paragraphs are.
_LONGER, _FEW = 1.25, 50
# How the middle of a sentence begins: in small letters, maybe after an amount ("10 mg", "1 and").
_MIDDLE = re.compile(r"(?:\d[\d.,]*\W{0,2})?([^\W\d_])(?!\))")
_PROSE = 30  # characters; a shorter line before a break is a label or an item

Place = tuple[int, int]  # line and column


def place_of(block: Block) -> Place:
    """Where a block begins in its file."""
    first = block.anchors[0]
    return first.line, first.column


def rejoined(
    blocks: Sequence[Block], limits: Limits = DEFAULT_LIMITS, broken: Collection[Place] = ()
) -> list[Block]:
    """The blocks with numbers before what they number, and broken headings and paragraphs in one piece.

    `broken`: where the lines begin that follow a line break and no new paragraph.

    UnreadableError: a paragraph becomes longer than the limits allow.
    """
    whole = _headings(_numbered(blocks))
    lines = _lines(whole)
    width = wrap_width(lines)
    longer = sum(len(block.text) > _LONGER * width for block in whole)
    if not width or longer * _FEW > len(whole):
        made = sentences(whole, broken)
    else:
        made = _paragraphs(whole, lines, width, broken)
    for block in made:
        limits.check_paragraph(len(block.text))
    return made


def sentences(blocks: Sequence[Block], broken: Collection[Place]) -> list[Block]:
    """The blocks, those whole again that a line break parts in the middle of a sentence or of brackets.

    Items of a list that breaks part are no sentence: they begin in small letters or are short.
    """
    if not broken:
        return list(blocks)
    runs: list[list[Block]] = []
    opened = 0  # brackets of the last run
    for block in blocks:
        if runs and place_of(block) in broken and _goes_on(runs[-1][0], runs[-1][-1], block, opened > 0):
            runs[-1].append(block)
        else:
            runs.append([block])
            opened = 0
        opened += block.text.count("(") - block.text.count(")")
    return [block for run in runs for block in (_in_one(run) if _ends(run) else run)]


def _goes_on(first: Block, last: Block, block: Block, in_brackets: bool) -> bool:
    """Whether a line carries on what the lines from the first to the last began."""
    if block.kind != "paragraph" or first.kind not in ("paragraph", "item") or block.strong != last.strong:
        return False
    if in_brackets:
        return True
    starts = first.kind == "item" or not first.text[0].islower()
    inside = last.text[-1] not in SENTENCE_END and _is_middle(block.text)
    return starts and inside and len(last.text) >= _PROSE


def _is_middle(text: str) -> bool:
    found = _MIDDLE.match(text)
    return found is not None and found[1].islower()


def _ends(run: Sequence[Block]) -> bool:
    """Whether the last of several lines is the end of a sentence or of brackets."""
    if len(run) == 1:
        return False
    end = run[-1].text[-1]
    return end in SENTENCE_END or (end == ")" and "(" not in run[-1].text)


def _in_one(run: Sequence[Block]) -> list[Block]:
    pieces = [("", run[0])]
    for last, block in pairwise(run):
        pieces.append(("" if last.text[-1] in HYPHENS else " ", block))
    return [joined(pieces)]


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
    if not any(block.strong for block in blocks):
        return list(blocks)
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


def _paragraphs(
    blocks: Sequence[Block], lines: Sequence[Sorted], width: int, broken: Collection[Place]
) -> list[Block]:
    """The paragraphs of a page whose lines have a width; where line breaks make them, elements bound them."""
    flow = Flow(width)
    pairs = pairwise(blocks)
    cut = [place_of(after) in broken for before, after in pairs if breaks_off(before.text, after.text)]
    bounded = sum(cut) * 2 > len(cut)
    found: list[list[tuple[str, Block]]] = []
    open_one: list[tuple[str, Block]] = []
    for block, line in zip(blocks, lines, strict=True):
        text = line.line.text
        flow.gap = bounded and place_of(block) not in broken
        if line.kind == "furniture":
            flow.pages.append(line.line)
            found.append([("", block._replace(kind="furniture"))])
        elif flow.open and block.strong == open_one[0][1].strong and flow.continues(line):
            glued = text[0] in NEVER_FIRST or flow.last[-1] in HYPHENS
            open_one.append(("" if glued else " ", block))
            flow.last = text
        else:
            open_one = [("", block)]
            found.append(open_one)
            flow.open, flow.last, flow.pages = (None if line.kind == "row" else line), text, []
    return _whole(found)
