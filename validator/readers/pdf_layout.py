"""The pieces of a page in reading order: one column, several columns, the rows of a table.

Where pieces stand side by side, a gutter that no piece crosses tells the columns. Whether they are
columns of text or cells of a table is told by the order in which the file draws them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, pairwise

from validator.readers.pdf_lines import Piece
from validator.readers.pdf_rows import BOTTOM, LEFT, RIGHT, Row, Strip, TableRow, joined, rows_of
from validator.readers.pdf_table import is_grid, table
from validator.readers.pdf_zone import Gaps, side_by_side, zone
from validator.readers.text import breaks_off

_FULL = 0.75  # of the column's width: a line of running text reaches as far
_RUNNING = 0.15  # of the lines of a column: so many break off in the middle of a sentence
_DEPTH = 8  # columns within columns
_EQUAL = 0.8  # columns of a leaflet are equally wide, those of a table hardly ever
_COLUMN_LINES = 6  # running text in columns has at least so many lines in each
_SECTION_LINES = 4  # so do columns under one of several headings


def layout(
    rows: Sequence[Row], drawn: Sequence[Piece], right: float, depth: int = 0
) -> list[Strip | TableRow]:
    """The rows of a page in reading order; `drawn` is the order of the file, `right` the page's margin."""
    left = min((row[0].left for row in rows), default=0.0)
    if max(map(len, rows), default=0) < 2 and not any(map(side_by_side, rows, rows[1:])):
        return [Strip([row[0] for row in rows], left, right)] if rows else []
    order = {id(piece): number for number, piece in enumerate(drawn)}
    found: list[Strip | TableRow] = []
    body: list[Piece] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        if len(row) == 1 and not (at + 1 < len(rows) and side_by_side(row, rows[at + 1])):
            body.append(row[0])
            at += 1
            continue
        count, gutters = zone(rows, at)
        parts = _parts(rows[at : at + count], gutters, order, depth) if gutters and depth < _DEPTH else None
        if parts is None:
            body.append(joined(row))
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


def _parts(
    rows: Sequence[Row], gaps: Gaps, order: dict[int, int], depth: int
) -> tuple[int, list[Strip | TableRow]] | None:
    """How many rows are columns or a table, and these in reading order; None if they are plain lines."""
    cuts = [(low + high) / 2 for low, high in sorted(gaps)]
    column = {id(piece): bisect_left(cuts, piece.left) for row in rows for piece in row}
    count = len(cuts) + 1
    sections = _sections(rows, column, count, order)
    if sections:
        return len(rows), [part for pieces in sections for part in _column(pieces, order, depth)]
    taken = _kept(rows, column, order)
    drawn = _drawn(rows[:taken], order)
    columns, turns = _columns(drawn, column, count)
    one_by_one = turns == count - 1
    *_, second, most = sorted(map(len, columns))
    if second < 2 and not (one_by_one and most >= _COLUMN_LINES):
        return None
    if one_by_one and is_grid(rows[:taken], columns):
        return taken, table([piece for row in rows[:taken] for piece in row], column, count)
    if not one_by_one:
        whole = _drawn(rows, order)
        columns, turns = _columns(whole, column, count)
        if not _is_prose(columns) or _few(turns, count, len(rows)):
            return taken, table(drawn, column, count)
        drawn, taken = whole, len(rows)
    return taken, [part for pieces in columns for part in _column(pieces, order, depth)]


def _column(pieces: Sequence[Piece], order: dict[int, int], depth: int) -> list[Strip | TableRow]:
    """One column in reading order."""
    drawn = sorted(pieces, key=lambda piece: order[id(piece)])
    return layout(rows_of(pieces), drawn, max(map(RIGHT, pieces)), depth + 1)


def _sections(
    rows: Sequence[Row], column: dict[int, int], count: int, order: dict[int, int]
) -> list[list[Piece]]:
    """Columns under bold headings that stand across them: one after the other; none if it is anything else.

    A table is drawn from top to bottom as well, but row under row, and its columns differ in width.
    """
    if not any(len(row) == 1 and row[0].bold == len(row[0].text) for row in rows):
        return []
    bands = _bands(rows, order)
    found: list[list[Piece]] = []
    longest, headed = 0, True
    for band in bands:
        columns, turns = _columns(_drawn(band, order), column, count)
        filled = [pieces for pieces in columns if pieces]
        found += filled
        if len(filled) == 1:
            headed |= all(piece.bold == len(piece.text) for piece in filled[0])
        elif not headed or turns != len(filled) - 1:
            return []
        else:
            longest, headed = max(longest, min(map(len, filled))), False
    whole, _ = _columns(_drawn(rows, order), column, count)
    beside = len(found) - len(bands)
    return found if beside >= count and longest >= _SECTION_LINES and _are_equal(whole) else []


def _bands(rows: Sequence[Row], order: dict[int, int]) -> list[Sequence[Row]]:
    """The rows cut wherever all that stands above is drawn before all that stands below."""
    numbers = [[order[id(piece)] for piece in row] for row in rows]
    highest = list(accumulate(map(max, numbers), max))
    lowest = list(accumulate(map(min, reversed(numbers)), min))[::-1]
    stops = [at for at in range(1, len(rows)) if highest[at - 1] < lowest[at]]
    return [rows[start:stop] for start, stop in pairwise([0, *stops, len(rows)])]


def _are_equal(columns: Sequence[Sequence[Piece]]) -> bool:
    """Whether columns are about as wide as each other."""
    widths: list[float] = [max(map(RIGHT, pieces)) - min(map(LEFT, pieces)) for pieces in columns]
    return min(widths) > _EQUAL * max(widths)


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
        column = sorted(pieces, key=BOTTOM, reverse=True)
        cut = sum(one.right > edge and breaks_off(one.text, other.text) for one, other in pairwise(column))
        if cut < _RUNNING * len(pieces):
            return False
    return True
