"""How a plain text is hard-wrapped: to which width, and whether a line stops in the middle of a sentence."""

from __future__ import annotations

import itertools
from typing import Literal, NamedTuple

from validator.readers.text_furniture import Line

Kind = Literal["blank", "furniture", "bullet", "number", "row", "plain"]

SENTENCE_END = frozenset(".!?…:;")

_NARROWEST, _WIDEST = 30, 200  # no leaflet is wrapped to lines shorter or longer than this
_MANY = 20  # lines cut in the middle of a sentence that show how a program wraps
_FULL = 0.9  # share of the width that a line with the next word on it has at least


class Sorted(NamedTuple):
    """A line and what it looks like; `marker` is the length of its list sign, blanks included."""

    line: Line
    kind: Kind
    marker: int = 0


def wrap_width(lines: list[Sorted]) -> int:
    """The width to which the file is hard-wrapped, 0 if every line is a paragraph of its own.

    A line that breaks off in the middle of a sentence tells the width. The file is wrapped if
    such lines are about equally long and few lines are longer.
    """
    pairs = [
        (before.line.text, after.line.text)
        for before, after in itertools.pairwise(lines)
        if after.kind == "plain" and before.kind in ("plain", "bullet", "number")
    ]
    cut = [(len(before), needed_for(before, after)) for before, after in pairs if breaks_off(before, after)]
    if len(cut) < 2:
        return 0
    width = sorted(length for length, _ in cut)[len(cut) * 9 // 10]
    full = sum(needed >= _FULL * width for _, needed in cut)
    lengths = [len(item.line.text) for item in lines if item.kind != "blank"]
    longer = sum(length > 1.25 * width for length in lengths)
    wrapped = _NARROWEST <= width <= _WIDEST and full * 2 >= len(cut) and longer * 4 <= len(lengths)
    return width if wrapped else 0


def exact_width(lines: list[Sorted]) -> int:
    """The column to which a program wrapped the file, 0 if the lines were not filled to the last word.

    Then a line whose neighbour's first word would have fitted on it ends its paragraph.
    """
    cut = []
    for before, after in itertools.pairwise(lines):
        one, other = before.line, after.line
        if after.kind == "plain" and before.kind in ("plain", "bullet", "number"):
            if breaks_off(one.text, other.text):
                indent = one.column - 1
                cut.append((indent + len(one.text), indent + needed_for(one.text, other.text)))
    width = max((length for length, _ in cut), default=0)
    filled = sum(needed > width for _, needed in cut)
    return width if len(cut) >= _MANY and filled * 20 >= len(cut) * 19 else 0


def breaks_off(before: str, after: str) -> bool:
    """Whether a line stops in the middle of a sentence that the next one carries on."""
    first = after[0]
    return before[-1] not in SENTENCE_END and first.isalpha() and not first.isupper()


def needed_for(before: str, after: str) -> int:
    """How long the line before would be had the next word been put on it."""
    word_end = after.find(" ")
    return len(before) + 1 + (len(after) if word_end < 0 else word_end)
