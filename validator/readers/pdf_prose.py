"""Whether what stands in columns is running text, and not the cells of a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from validator.readers.pdf_lines import Piece
from validator.readers.pdf_rows import BOTTOM, LEFT, RIGHT, Row
from validator.readers.wrapping import breaks_off

_FULL = 0.75  # of the column's width: a line of running text reaches as far
_RUNNING = 0.15  # of the lines of a column: so many break off in the middle of a sentence
_RUNNING_IN_LISTS, _CUT_LINES = 0.08, 3  # the same for columns of equal width, and how many at least
_EQUAL = 0.8  # columns of a leaflet are equally wide, those of a table hardly ever
COLUMN_LINES = 6  # running text in columns has at least so many lines in each
_LOOSE = 2.0  # heights: lines of a column stand closer to each other


def is_drawn_across(rows: Sequence[Row], columns: Sequence[Sequence[Piece]], turns: int) -> bool:
    """Whether these rows are running text in columns, drawn line by line."""
    return _is_prose(columns) and not are_few(turns, len(columns), len(rows))


def are_equal(columns: Sequence[Sequence[Piece]]) -> bool:
    """Whether columns are about as wide as each other."""
    widths: list[float] = [max(map(RIGHT, pieces)) - min(map(LEFT, pieces)) for pieces in columns]
    return min(widths) > _EQUAL * max(widths)


def are_few(turns: int, columns: int, rows: int) -> bool:
    """Whether the file turns from column to column as for a table: once a cell, not once a line."""
    return 3 * (columns - 1) < turns < max(0.75, 0.5 * (columns - 1)) * rows


def _is_prose(columns: Sequence[Sequence[Piece]]) -> bool:
    """Whether each column holds running text: lines that reach its edge and go on in the next one.

    The last column may be short: the text ends there.
    """
    *others, last = columns
    if len(others) > 1 and 0 < len(last) < COLUMN_LINES and are_equal(others) and _is_begun(last, others):
        columns = others
    if min(map(len, columns)) < COLUMN_LINES:
        return False
    cut = list(map(_cut_lines, columns))
    if all(number >= _RUNNING * len(pieces) for number, pieces in zip(cut, columns, strict=True)):
        return True
    # Lists have few such lines; but no table has columns as wide as each other with sentences in them.
    return are_equal(columns) and sum(cut) >= max(_CUT_LINES, _RUNNING_IN_LISTS * sum(map(len, columns)))


def _is_begun(last: Sequence[Piece], others: Sequence[Sequence[Piece]]) -> bool:
    """Whether a few lines stand together at the top of a column, and are no wider than those beside them."""
    top = max(piece.bottom for pieces in others for piece in pieces)
    lowest = min(piece.bottom for piece in last)
    width = max(piece.right - piece.left for pieces in others for piece in pieces)
    room = _LOOSE * len(last) * max(piece.height for piece in last)
    return top - lowest < room and all(piece.right - piece.left <= width for piece in last)


def _cut_lines(pieces: Sequence[Piece]) -> int:
    """How many lines of a column reach its edge and go on in the next one."""
    left, right = min(map(LEFT, pieces)), max(map(RIGHT, pieces))
    edge = left + _FULL * (right - left)
    column = sorted(pieces, key=BOTTOM, reverse=True)
    return sum(one.right > edge and breaks_off(one.text, other.text) for one, other in pairwise(column))
