"""The pieces of a page in reading order: one column, several columns, the rows of a table.

Where pieces stand side by side, a gutter that no piece crosses tells the columns. Whether they are
columns of text or cells of a table is told by the order in which the file draws them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import inf
from operator import itemgetter
from typing import NamedTuple

from validator.readers.pdf_page import Piece
from validator.readers.text import breaks_off

Row = list[Piece]  # the pieces on one line, from left to right

_LEFT, _RIGHT, _BOTTOM = (itemgetter(Piece._fields.index(name)) for name in ("left", "right", "bottom"))
_SAME_LINE = 0.4  # of the height: pieces whose bottoms differ by less stand on one line
_GUTTER = 4.0  # points: cells that the file draws one by one may stand close to each other
_APART = 3.0  # heights: what stands farther below is no part of the same table
_NEXT_LINE = 1.8  # heights: what stands farther below is another cell
_FULL = 0.75  # of the column's width: a line of running text reaches as far
_RUNNING = 0.15  # of the lines of a column: so many break off in the middle of a sentence
_DEPTH = 8  # columns within columns
_ZONE_ROWS = 500
_COLUMN_LINES = 6  # running text in columns has at least so many lines in each


class Strip(NamedTuple):
    """Lines of one column from top to bottom; `right` is where its text wraps."""

    pieces: Sequence[Piece]
    left: float
    right: float


class TableRow(NamedTuple):
    """The cells of a table's row, empty ones too."""

    cells: Sequence[Strip]


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    """The pieces of a page line by line, from top to bottom, whatever column they stand in."""
    rows: list[Row] = []
    top, height = inf, 0.0  # of the first piece of the row
    for piece in sorted(pieces, key=_BOTTOM, reverse=True):
        step = top - piece.bottom
        if step < _SAME_LINE * height and step < _SAME_LINE * piece.height:
            rows[-1].append(piece)
        else:
            rows.append([piece])
            top, height = piece.bottom, piece.height
    for row in rows:
        if len(row) > 1:
            row.sort(key=_LEFT)
    return rows


def layout(
    rows: Sequence[Row], drawn: Sequence[Piece], right: float, depth: int = 0
) -> list[Strip | TableRow]:
    """The rows of a page in reading order; `drawn` is the order of the file, `right` the page's margin."""
    left = min((row[0].left for row in rows), default=0.0)
    if max(map(len, rows), default=0) < 2 and not any(map(_side_by_side, rows, rows[1:])):
        return [Strip([row[0] for row in rows], left, right)] if rows else []
    order = {id(piece): number for number, piece in enumerate(drawn)}
    found: list[Strip | TableRow] = []
    body: list[Piece] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        if len(row) == 1 and not (at + 1 < len(rows) and _side_by_side(row, rows[at + 1])):
            body.append(row[0])
            at += 1
            continue
        count, gutters = _zone(rows, at)
        parts = _parts(rows[at : at + count], gutters, order, depth) if gutters and depth < _DEPTH else None
        if parts is None:
            body.append(_joined(row))
            at += 1
            continue
        taken, strips = parts
        if body:
            found.append(Strip(body, left, right))
            body = []
        found.extend(strips)
        at += taken
    if body:
        found.append(Strip(body, left, right))
    return found


Gaps = list[tuple[float, float]]


def _zone(rows: Sequence[Row], start: int) -> tuple[int, Gaps]:
    """How many rows from here on leave a gutter free, and the gutters."""
    free: Gaps = [(-inf, inf)]
    gutters: Gaps = []
    left, right = inf, -inf
    stop = min(len(rows), start + _ZONE_ROWS)
    for at in range(start, stop):
        row = rows[at]
        if at > start and rows[at - 1][0].bottom - row[0].bottom > _APART * row[0].height:
            return at - start, gutters
        left, right = min(left, row[0].left), max(right, row[-1].right)
        free = _without(free, row)
        inner = [gap for gap in free if left < gap[0] and gap[1] < right]
        if at > start and not inner:
            return at - start, gutters
        gutters = inner
    return stop - start, gutters


def _side_by_side(row: Row, after: Row) -> bool:
    """Whether the next row stands beside this one, half a line lower."""
    one, other = row[0], after[0]
    if one.bottom - other.bottom >= 0.8 * one.height:
        return False
    return one.right + _GUTTER < other.left or other.right + _GUTTER < one.left


def _without(free: Gaps, row: Row) -> Gaps:
    """The free stretches that this row leaves free."""
    for piece in row:
        left: Gaps = []
        for gap in free:
            if piece.right <= gap[0] or gap[1] <= piece.left:
                left.append(gap)
                continue
            if piece.left - gap[0] >= _GUTTER:
                left.append((gap[0], piece.left))
            if gap[1] - piece.right >= _GUTTER:
                left.append((piece.right, gap[1]))
        free = left
    return free


def _parts(
    rows: Sequence[Row], gaps: Gaps, order: dict[int, int], depth: int
) -> tuple[int, list[Strip | TableRow]] | None:
    """How many rows are columns or a table, and these in reading order; None if they are plain lines."""
    cuts = [(low + high) / 2 for low, high in sorted(gaps)]
    column = {id(piece): bisect_left(cuts, piece.left) for row in rows for piece in row}
    count, taken = len(cuts) + 1, _kept(rows, column, order)
    drawn = _drawn(rows[:taken], order)
    columns, turns = _columns(drawn, column, count)
    one_by_one = turns == count - 1
    *_, second, most = sorted(map(len, columns))
    if second < 2 and not (one_by_one and most >= _COLUMN_LINES):
        return None
    if not one_by_one:
        whole = _drawn(rows, order)
        columns, turns = _columns(whole, column, count)
        if not _is_prose(columns) or _few(turns, count, len(rows)):
            return taken, _table(drawn, column, count)
        drawn, taken = whole, len(rows)
    strips: list[Strip | TableRow] = []
    for pieces in columns:
        strips += layout(rows_of(pieces), drawn, max(piece.right for piece in pieces), depth + 1)
    return taken, strips


def _drawn(rows: Sequence[Row], order: dict[int, int]) -> list[Piece]:
    """The pieces of these rows as the file draws them."""
    return sorted((piece for row in rows for piece in row), key=lambda piece: order[id(piece)])


def _columns(drawn: Sequence[Piece], column: dict[int, int], count: int) -> tuple[list[list[Piece]], int]:
    """The pieces of each column, and how often the file turns from one column to another."""
    columns: list[list[Piece]] = [[] for _ in range(count)]
    for piece in drawn:
        columns[column[id(piece)]].append(piece)
    turns = sum(column[id(one)] != column[id(other)] for one, other in pairwise(drawn))
    return columns, turns


def _kept(rows: Sequence[Row], column: dict[int, int], order: dict[int, int]) -> int:
    """The rows without those at the end that stand in the first column and are drawn after all others."""
    beside = [order[id(piece)] for row in rows for piece in row if column[id(piece)]]
    last = max(beside)
    taken = len(rows)
    while taken > 1 and all(not column[id(p)] and order[id(p)] > last for p in rows[taken - 1]):
        taken -= 1
    return taken


def _few(turns: int, columns: int, rows: int) -> bool:
    """Whether the file turns from column to column as for a table: once a cell, not once a line."""
    return 3 * (columns - 1) < turns < 0.5 * rows * (columns - 1)


def _is_prose(columns: Sequence[Sequence[Piece]]) -> bool:
    """Whether each column holds running text: lines that reach its edge and go on in the next one."""
    for pieces in columns:
        if len(pieces) < _COLUMN_LINES:
            return False
        left, right = min(p.left for p in pieces), max(p.right for p in pieces)
        edge = left + _FULL * (right - left)
        column = sorted(pieces, key=_BOTTOM, reverse=True)
        cut = sum(one.right > edge and breaks_off(one.text, other.text) for one, other in pairwise(column))
        if cut < _RUNNING * len(pieces):
            return False
    return True


def _table(pieces: Sequence[Piece], column: dict[int, int], count: int) -> list[Strip | TableRow]:
    """The rows of a table that is drawn cell by cell; a row of one cell is a plain line."""
    each: list[list[Piece]] = [[] for _ in range(count)]
    for piece in pieces:
        each[column[id(piece)]].append(piece)
    lefts = [min(map(_LEFT, cells), default=0.0) for cells in each]
    rights = [max(map(_RIGHT, cells), default=0.0) for cells in each]
    rows: list[list[list[Piece]]] = []
    last = None
    for piece in pieces:
        at = column[id(piece)]
        if last is None or at < column[id(last)] or (at == column[id(last)] and not _below(last, piece)):
            rows.append([[] for _ in range(count)])
        rows[-1][at].append(piece)
        last = piece
    found: list[Strip | TableRow] = []
    for cells in rows:
        head = _before_row(cells)
        if head:
            found.append(Strip(cells[0][:head], lefts[0], rights[0]))
            cells[0] = cells[0][head:]
        strips = [Strip(cell, lefts[n], rights[n]) for n, cell in enumerate(cells)]
        filled = [strip for strip in strips if strip.pieces]
        found.append(TableRow(strips) if len(filled) > 1 else filled[0])
    return found


def _below(upper: Piece, lower: Piece) -> bool:
    return 0 < upper.bottom - lower.bottom < _NEXT_LINE * max(upper.height, lower.height)


def _before_row(cells: Sequence[Sequence[Piece]]) -> int:
    """How many lines of the first cell stand above the row that its last lines share with the next cell."""
    beside = next((cell[0] for cell in cells[1:] if cell), None)
    if beside is None:
        return 0
    for number, piece in enumerate(cells[0]):
        if abs(piece.bottom - beside.bottom) < _SAME_LINE * piece.height:
            return number
    return 0


def _joined(row: Row) -> Piece:
    """The pieces of a line as one."""
    if len(row) == 1:
        return row[0]
    text = " ".join(piece.text for piece in row)
    bold = len(text) if all(piece.bold == len(piece.text) for piece in row) else row[0].bold
    offsets = accumulate((len(piece.text) + 1 for piece in row), initial=0)
    drawn = tuple(
        (offset + at, index) for offset, piece in zip(offsets, row, strict=False) for at, index in piece.drawn
    )
    return Piece(text, row[0].left, row[-1].right, row[0].bottom, row[0].height, bold, drawn)
