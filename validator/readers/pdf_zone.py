"""The stretch of a page in which pieces stand side by side, and the gutters in it that no piece crosses."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from validator.readers.pdf_lines import Piece
from validator.readers.pdf_rows import GUTTER, Row
from validator.readers.text import BULLET

_APART = 3.0  # heights: what stands farther below is no part of the same table
_ZONE_ROWS = 500
_HEAD_ROWS, _FULL_ROWS, _MOST = 4, 3, 0.6  # of a table: its head, rows that fill all columns, their share
_ALONE = 1.4  # heights: a heading across columns is so far from them
_LARGER, _ALONE_LARGER = 1.1, 0.9  # times their height: a larger one may be nearer, but stand beside none
_MIDDLE = 0.04  # of the width: twice as far a line may be from the middle

Gaps = list[tuple[float, float]]


def zone(rows: Sequence[Row], start: int) -> tuple[int, Gaps]:
    """How many rows from here on leave a gutter free, and the gutters.

    The head of a table may stand across columns: it closes no gutter that all rows below leave free.
    """
    count, gutters = _stretch(rows, start)
    within = rows[start : start + count]
    if not gutters or sum(len(row) > len(gutters) + 1 for row in within) < _FULL_ROWS:
        return count, gutters
    tallest = min(_HEAD_ROWS, count - _FULL_ROWS)
    if tallest < 1 or len(_stretch(rows, start + tallest)[1]) <= len(gutters):
        return count, gutters
    for head in range(1, tallest + 1):
        below, finer = _stretch(rows, start + head)
        full = [row for row in rows[start + head : start + head + below] if len(row) == len(finer) + 1]
        if len(finer) > len(gutters) and len(full) >= max(_FULL_ROWS, _MOST * below):
            signs = any(
                all(BULLET.fullmatch(piece.text) for piece in column) for column in zip(*full, strict=True)
            )
            return (count, gutters) if signs else (head + below, finer)
    return count, gutters


def _stretch(rows: Sequence[Row], start: int) -> tuple[int, Gaps]:
    """The same for rows that all leave the gutters free."""
    free: Gaps = [(-inf, inf)]
    gutters: Gaps = []
    left, right, full = inf, -inf, 0
    stop = min(len(rows), start + _ZONE_ROWS)
    for at in range(start, stop):
        row = rows[at]
        if at > start and rows[at - 1][0].bottom - row[0].bottom > _APART * row[0].height:
            return at - start, gutters
        heading = len(row) == 1 and row[0].bold == len(row[0].text) and stands_alone(rows, at)
        if heading and _is_in_the_middle(row[0], left, right) and not _is_aligned(row[0], rows[start:at]):
            return at - start, gutters
        left, right = min(left, row[0].left), max(right, row[-1].right)
        free = _without(free, row)
        inner = [gap for gap in free if left < gap[0] and gap[1] < right]
        if at > start and (not inner or (heading and len(inner) < len(gutters))):
            return at - start, gutters
        if len(row) == 1 and len(inner) < len(gutters) and full >= _FULL_ROWS:
            return at - start, gutters  # what follows a table, and no row of it
        full += len(row) == len(inner) + 1 > 1
        gutters = inner
    return stop - start, gutters


def _without(free: Gaps, row: Row) -> Gaps:
    """The free stretches that this row leaves free."""
    for piece in row:
        near, far = piece.left, piece.right
        left: Gaps = []
        for gap in free:
            low, high = gap
            if far <= low or high <= near:
                left.append(gap)
                continue
            if near - low >= GUTTER:
                left.append((low, near))
            if high - far >= GUTTER:
                left.append((far, high))
        free = left
    return free


def side_by_side(row: Row, after: Row) -> bool:
    """Whether the next row stands beside this one, half a line lower."""
    one, other = row[0], after[0]
    if one.bottom - other.bottom >= 0.8 * one.height:
        return False
    return one.right + GUTTER < other.left or other.right + GUTTER < one.left


def stands_alone(rows: Sequence[Row], at: int) -> bool:
    """Whether there is space above and below a line."""
    piece = rows[at][0]
    near = [row[0] for row in (*rows[max(at - 1, 0) : at], *rows[at + 1 : at + 2])]
    larger = all(piece.height > _LARGER * other.height for other in near)
    space = (_ALONE_LARGER if larger else _ALONE) * piece.height
    return all(abs(piece.bottom - other.bottom) > space for other in near)


def _is_in_the_middle(piece: Piece, left: float, right: float) -> bool:
    """Whether a line stands in the middle of columns; their lines beside it may all be short."""
    middle = abs(piece.left + piece.right - left - right) < _MIDDLE * (right - left)
    return middle and piece.left < (left + right) / 2 < piece.right


def _is_aligned(piece: Piece, rows: Sequence[Row]) -> bool:
    """Whether a line begins where one of these does: in its column."""
    return any(abs(piece.left - other.left) < GUTTER for row in rows for other in row)
