"""The words of a leaflet as one string, so that wordings are found without regard to punctuation.

`" keep this medicine out of the sight and reach of children "`: folded words, single blanks, one
at each end. Searching is plain string work; only a hit is turned back into a place in a block.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from validator.document.location import Span
from validator.document.text import word_pattern

_FIGURE = re.compile("[0-9½¼¾]")


@dataclass(frozen=True)
class WordText:
    """Folded words of many blocks, with the offset at which each block's words begin."""

    text: str
    starts: tuple[int, ...]
    folded: tuple[str, ...]

    @cached_property
    def figured(self) -> frozenset[int]:
        """The blocks that hold a figure."""
        return frozenset([index for index, text in enumerate(self.folded) if _FIGURE.search(text)])

    def bounds(self, first: int, stop: int) -> tuple[int, int]:
        """The slice of `text` that holds blocks first to stop (half-open), with a blank at both ends."""
        return self.starts[first], self.starts[stop] + 1

    def words(self, block: int) -> list[str]:
        """The folded words of a block."""
        return self.text[self.starts[block] : self.starts[block + 1]].split()

    def span(self, start: int, end: int) -> Span:
        """The place of the words in text[start:end]."""
        start += self.text[start] == " "
        end -= end > start + 1 and self.text[end - 1] == " "
        first, last = self._block(start), self._block(end - 1)
        opening, closing = self._ordinal(first, start), self._ordinal(last, end - 1)
        if first == last:  # one pass over the words of the block
            return Span(first, *self._edges(first, opening, closing))
        begin, finish = self._edges(first, opening, opening)[0], self._edges(last, closing, closing)[1]
        return Span(first, begin, finish, last)

    def _block(self, offset: int) -> int:
        # A block without words starts where the next one does: bisect_right takes the last of them.
        return bisect_right(self.starts, offset - 1) - 1

    def _ordinal(self, block: int, offset: int) -> int:
        """Which word of a block stands at an offset of the word text."""
        return self.text.count(" ", self.starts[block] + 1, offset)

    def _edges(self, block: int, first: int, last: int) -> tuple[int, int]:
        """Where in a block its word `first` begins and its word `last` ends (ordinals)."""
        folded = self.folded[block]
        found = word_pattern(folded).finditer(folded)
        begin = next(islice(found, first, None), None)
        finish = next(islice(found, last - first - 1, None), None) if last > first else begin
        return begin.start() if begin else 0, finish.end() if finish else len(folded)


def word_text(folded: Sequence[str], tokens: Sequence[Sequence[str]]) -> WordText:
    """Build the word text of folded block texts and their words."""
    pieces: list[str] = []
    starts: list[int] = []
    at = 0
    for found in tokens:
        starts.append(at)
        if found:
            piece = " " + " ".join(found)
            pieces.append(piece)
            at += len(piece)
    starts.append(at)
    return WordText("".join(pieces) + " ", tuple(starts), tuple(folded))
