"""What each block looks like as a possible heading: its number, its words, its emphasis."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from validator.document.blocks import Block
from validator.document.text import WORD

_NUMBER = re.compile(r"\s*(?:section\s+|bölüm\s+)?(\d{1,2})\s*(?:[.):\-–]\s*|\s)(?=\D)", re.IGNORECASE)
_MARKER = re.compile(r"\s*(\d{1,2})\s*[.):]?\s*$")
MAX_HEADING_WORDS = 25


@dataclass(frozen=True, slots=True)
class Line:
    """A block seen as a line: the number before it, the offset after the number, its word text.

    `words` is word text (blanks at both ends) without the number, cut after the words that a
    heading may have; `short` says that it may be a
    heading by its length; `firm` that the format or a number marks it as one.
    """

    index: int
    number: str
    start: int
    words: str
    short: bool
    firm: bool


def lines(blocks: Sequence[Block], tokens: Sequence[Sequence[str]]) -> list[Line]:
    """The lines of all blocks that hold words; `tokens` are the folded words of each block."""
    return [
        _line(index, block, tokens[index])
        for index, block in enumerate(blocks)
        if tokens[index] and block.kind in ("paragraph", "heading", "item")
    ]


def _line(index: int, block: Block, found: Sequence[str]) -> Line:
    number, start = _number(block)
    if start:
        found = found[len(WORD.findall(block.text, 0, start)) :]
    firm = bool(number) or block.kind == "heading" or block.strong
    head = " ".join(found[: MAX_HEADING_WORDS + 1])
    return Line(index, number, start, f" {head} ", len(found) <= MAX_HEADING_WORDS, firm)


def _number(block: Block) -> tuple[str, int]:
    if match := _NUMBER.match(block.text):
        return match.group(1), match.end()
    if match := _MARKER.match(block.marker):
        return match.group(1), 0
    return "", 0
