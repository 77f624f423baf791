"""Alignment of two sequences by dynamic programming, gaps allowed.

A global alignment (Needleman and Wunsch, 1970): every item of either side is
paired with one item of the other, in order, or stands against a gap, so that the
sum of the scores is greatest. What the items are and how alike two of them are
is the caller's business.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

L = TypeVar("L")
R = TypeVar("R")

CELLS_AT_MOST = 400_000
_BOTH, _LEFT, _RIGHT = 0, 1, 2


class Pair(NamedTuple):
    """Places in the left and the right sequence; ``None`` is a gap on that side."""

    left: int | None
    right: int | None


def align(
    left: Sequence[L],
    right: Sequence[R],
    score: Callable[[L, R], float],
    *,
    gap: float = 0.0,
    cells: int = CELLS_AT_MOST,
) -> list[Pair]:
    """The pairs and gaps of the best alignment, in order.

    ``score`` says what pairing two items is worth and ``gap`` what leaving one
    item alone is worth (normally zero or less); two items are paired where that is
    worth at least as much as two gaps.

    ``cells`` bounds the calls of ``score``. Where the whole table would be larger,
    only a band around its diagonal is searched, which is exact as long as the two
    sequences do not drift apart by more than the width of the band.
    """
    if not left or not right:
        return [Pair(place, None) for place in range(len(left))] + [
            Pair(None, place) for place in range(len(right))
        ]
    bands = _bands(len(left), len(right), cells)
    steps = _steps(left, right, score, gap, bands)
    return _walk(len(left), len(right), bands, steps)


def _bands(rows: int, columns: int, cells: int) -> list[tuple[int, int]]:
    """For every count of left items the least and greatest count of right items.

    Neighbouring bands overlap, so that a way leads through from corner to corner.
    """
    if rows * columns <= cells:
        return [(0, columns)] * (rows + 1)
    half = max(1, -(-columns // rows), cells // (2 * rows))
    bands = []
    for row in range(rows + 1):
        middle = row * columns // rows
        bands.append((max(0, middle - half), min(columns, middle + half)))
    return bands


def _steps(
    left: Sequence[L],
    right: Sequence[R],
    score: Callable[[L, R], float],
    gap: float,
    bands: list[tuple[int, int]],
) -> list[bytearray]:
    """The last step of the best way to every cell of the bands, row by row."""
    impossible = float("-inf")
    first, last = bands[0]
    before = array("d", (gap * column for column in range(first, last + 1)))
    steps = [bytearray([_RIGHT]) * (last - first + 1)]
    for row, item in enumerate(left):
        low, high = bands[row + 1]
        worth = array("d")
        taken = bytearray()
        running = impossible
        for column in range(low, high + 1):
            above = column - first
            best, step = running + gap, _RIGHT
            alone = before[above] + gap if 0 <= above < len(before) else impossible
            if alone > best:
                best, step = alone, _LEFT
            if column and 0 <= above - 1 < len(before):
                both = before[above - 1] + score(item, right[column - 1])
                if both >= best:
                    best, step = both, _BOTH
            worth.append(best)
            taken.append(step)
            running = best
        before, first = worth, low
        steps.append(taken)
    return steps


def _walk(rows: int, columns: int, bands: list[tuple[int, int]], steps: list[bytearray]) -> list[Pair]:
    """The best way, read back from the last corner."""
    pairs: list[Pair] = []
    row, column = rows, columns
    while row or column:
        step = steps[row][column - bands[row][0]]
        if step == _RIGHT:
            column -= 1
            pairs.append(Pair(None, column))
        elif step == _LEFT:
            row -= 1
            pairs.append(Pair(row, None))
        else:
            row, column = row - 1, column - 1
            pairs.append(Pair(row, column))
    pairs.reverse()
    return pairs
