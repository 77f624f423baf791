"""What each block looks like as a possible heading: its number, its words, its emphasis."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from validator.document.blocks import Block
from validator.document.text import WORD, fold, folded_words
from validator.document.wordtext import WordText, word_text

_NUMBER = re.compile(r"\s*(?:section\s+|bölüm\s+)?(\d{1,2})\s*(?:[.):\-–]\s*|\s)(?=\D)", re.IGNORECASE)
_BEGINS_NUMBER = "sSbB"  # "Section 1", "Bölüm 1": no other letter need be looked at
_MARKER = re.compile(r"\s*(\d{1,2})\s*[.):]?\s*$")
MAX_HEADING_WORDS = 25


@dataclass(frozen=True)
class Words:
    """Blocks with their folded texts and words, computed once however often they are looked at."""

    blocks: Sequence[Block]
    folded: Sequence[str]
    tokens: Sequence[Sequence[str]]

    @cached_property
    def text(self) -> WordText:
        """The words of all blocks as one string."""
        return word_text(self.folded, self.tokens)

    @cached_property
    def lines(self) -> Sequence[Line]:
        """The blocks that may be headings, seen as lines."""
        return lines(self.blocks, self.tokens)

    def part(self, first: int, stop: int) -> Words:
        """Those of blocks first to stop (half-open)."""
        if (first, stop) == (0, len(self.blocks)):
            return self
        return Words(self.blocks[first:stop], self.folded[first:stop], self.tokens[first:stop])


def words_of(blocks: Sequence[Block]) -> Words:
    """The words of blocks; page numbers and running heads are none of them and never part a phrase."""
    folded = [fold(block.text) for block in blocks]
    tokens = [
        () if block.kind == "furniture" else folded_words(text)
        for block, text in zip(blocks, folded, strict=True)
    ]
    return Words(blocks, folded, tokens)


class Line(NamedTuple):
    """A block seen as a line: the number before it, the offset after the number, its word text.

    `words` is word text (blanks at both ends) without the number, cut after the words that a heading
    may have, `opening` the first of them; `short` says that it may be a heading by its length; `firm`
    that the format or a number marks it as one.
    """

    block: int
    number: str
    start: int
    opening: str
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
    short = len(found) <= MAX_HEADING_WORDS
    head = " ".join(found if short else found[: MAX_HEADING_WORDS + 1])
    return Line(index, number, start, found[0] if found else "", f" {head} ", short, firm)


def _number(block: Block) -> tuple[str, int]:
    text = block.text
    if (not text[0].isalpha() or text[0] in _BEGINS_NUMBER) and (match := _NUMBER.match(text)):
        return match.group(1), match.end()
    if block.marker and (match := _MARKER.match(block.marker)):
        return match.group(1), 0
    return "", 0
