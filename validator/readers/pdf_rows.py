"""The pieces of a page by lines, and what all that looks at lines needs to know."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import inf
from operator import itemgetter
from typing import NamedTuple

from validator.readers.pdf_lines import Piece

Row = list[Piece]  # the pieces on one line, from left to right

LEFT, RIGHT, BOTTOM = (itemgetter(Piece._fields.index(name)) for name in ("left", "right", "bottom"))
SAME_LINE = 0.4  # of the height: pieces whose bottoms differ by less stand on one line
GUTTER = 4.0  # points: cells that the file draws one by one may stand close to each other


class Strip(NamedTuple):
    """Lines of one column from top to bottom; `right` is where its text wraps."""

    pieces: Sequence[Piece]
    left: float
    right: float


class TableRow(NamedTuple):
    """The cells of a table's row, empty ones too; it may go on with the one that ends the page before."""

    cells: Sequence[Strip]
    continues: bool = False


class Head(NamedTuple):
    """The head of a table once more, on another page."""

    pieces: Sequence[Piece]


Part = Strip | TableRow | Head


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    """The pieces of a page line by line, from top to bottom, whatever column they stand in."""
    rows: list[Row] = []
    top, height = inf, 0.0  # of the first piece of the row
    for piece in sorted(pieces, key=BOTTOM, reverse=True):
        step = top - piece.bottom
        if step < SAME_LINE * height and step < SAME_LINE * piece.height:
            rows[-1].append(piece)
        else:
            rows.append([piece])
            top, height = piece.bottom, piece.height
    for row in rows:
        if len(row) > 1:
            row.sort(key=LEFT)
    return rows


def joined(row: Row) -> Piece:
    """The pieces of a line as one."""
    if len(row) == 1:
        return row[0]
    text = " ".join(piece.text for piece in row)
    bold = len(text) if all(piece.bold == len(piece.text) for piece in row) else row[0].bold
    offsets = accumulate((len(piece.text) + 1 for piece in row), initial=0)
    (_, first), *more = [
        (offset + at, index) for offset, piece in zip(offsets, row, strict=False) for at, index in piece.drawn
    ]
    return Piece(text, row[0].left, row[-1].right, row[0].bottom, row[0].height, bold, first, tuple(more))


def needed(last: Piece, piece: Piece) -> float:
    """How far a line would reach had the first word of the next one been put on it."""
    word = piece.text.find(" ")
    letters = len(piece.text) if word < 0 else word
    return last.right + (letters + 1) * (piece.right - piece.left) / len(piece.text)
