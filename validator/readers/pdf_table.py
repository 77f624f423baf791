"""The rows of a table, whichever way the file draws its cells."""

from __future__ import annotations

from collections.abc import Sequence

from validator.readers.pdf_lines import Piece
from validator.readers.pdf_rows import LEFT, RIGHT, SAME_LINE, Row, Strip, TableRow, needed
from validator.readers.text import BULLET
from validator.readers.wrapping import breaks_off

_NEXT_LINE = 1.8  # heights: what stands farther below is another cell
_GRID_ROWS, _CELL = 3, 40  # a table drawn column by column: lines at least, letters of a cell at most
_BESIDE = 0.6  # share of its lines that fill all columns
_FIGURES = 0.6  # share of the cells of a column that hold figures


def is_grid(rows: Sequence[Row], columns: Sequence[Sequence[Piece]]) -> bool:
    """Whether columns drawn one after the other are a table: short cells side by side, figures in two."""
    beside = sum(len(row) == len(columns) for row in rows)
    if beside < _GRID_ROWS or beside < _BESIDE * len(rows):
        return False
    if any(len(piece.text) > _CELL or BULLET.match(piece.text) for row in rows for piece in row):
        return False
    figures = [sum(any(map(str.isdigit, p.text)) for p in pieces[1:]) for pieces in columns]
    return (
        sum(number > _FIGURES * (len(pieces) - 1) for number, pieces in zip(figures, columns, strict=True))
        > 1
    )


def table(pieces: Sequence[Piece], column: dict[int, int], count: int) -> list[Strip | TableRow]:
    """The rows of a table that is drawn cell by cell; a row of one cell is a plain line."""
    each: list[list[Piece]] = [[] for _ in range(count)]
    for piece in pieces:
        each[column[id(piece)]].append(piece)
    if not all(each):  # a line above or below the table stood where it has no column
        each = [cells for cells in each if cells]
        column = {id(piece): number for number, cells in enumerate(each) for piece in cells}
        count = len(each)
    lefts = [min(map(LEFT, cells)) for cells in each]
    rights = [max(map(RIGHT, cells)) for cells in each]
    rows: list[list[list[Piece]]] = []
    last = None
    for piece in pieces:
        at = column[id(piece)]
        if last is None or at < column[id(last)] or (at == column[id(last)] and not _below(last, piece)):
            rows.append([[] for _ in range(count)])
        rows[-1][at].append(piece)
        last = piece
    rows = _whole(rows, rights)
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


def _whole(rows: Sequence[list[list[Piece]]], rights: Sequence[float]) -> list[list[list[Piece]]]:
    """The rows of a table that may be drawn line by line: a line that goes on with each cell is no row."""
    found: list[list[list[Piece]]] = []
    for row in rows:
        if found and goes_on(found[-1], row, rights) and _is_below(found[-1], row):
            for cell, more in zip(found[-1], row, strict=True):
                cell += more
        else:
            found.append(row)
    return found


def goes_on(above: Sequence[list[Piece]], row: Sequence[list[Piece]], rights: Sequence[float]) -> bool:
    """Whether all words of a row go on with a cell above them that is full."""
    if sum(map(bool, row)) >= sum(map(bool, above)):  # as many cells may be another row
        return False
    return all(
        cell_above
        and breaks_off(cell_above[-1].text, cell[0].text)
        and needed(cell_above[-1], cell[0]) > right
        for cell_above, cell, right in zip(above, row, rights, strict=True)
        if cell
    )


def _is_below(above: Sequence[list[Piece]], row: Sequence[list[Piece]]) -> bool:
    """Whether the lines of a row stand right below what stands above them."""
    return all(_below(cell_above[-1], cell[0]) for cell_above, cell in zip(above, row, strict=True) if cell)


def _below(upper: Piece, lower: Piece) -> bool:
    return 0 < upper.bottom - lower.bottom < _NEXT_LINE * max(upper.height, lower.height)


def _before_row(cells: Sequence[Sequence[Piece]]) -> int:
    """How many lines of the first cell stand above the row that its last lines share with the next cell."""
    beside = next((cell[0] for cell in cells[1:] if cell), None)
    if beside is None:
        return 0
    for number, piece in enumerate(cells[0]):
        if abs(piece.bottom - beside.bottom) < SAME_LINE * piece.height:
            return number
    return 0
