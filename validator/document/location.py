"""Where something stands: in the file (`Location`) and in the parsed leaflet (`Span`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Anchor(NamedTuple):
    """From `offset` of a block's text on, one character of text is one character of the file.

    `line` and `column` count from 1; `page` is 0 where the format has no pages. Where it has no
    lines either, `line` is the number of the paragraph and `column` counts in its text.
    """

    offset: int
    line: int
    column: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class Location:
    """A place in the file as a person would look it up; what the format lacks is None."""

    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    page: int | None = None
    paragraph: int | None = None
    xpath: str | None = None
    section: str | None = None


class Span(NamedTuple):
    """Characters `start` to `end` of the text of block number `block`; `last` is the block where it ends."""

    block: int
    start: int
    end: int
    last: int = -1

    @property
    def last_block(self) -> int:
        """The block in which the span ends (the same one unless it runs over several)."""
        return self.block if self.last < 0 else self.last
