"""Tables that a page end parts: the head that stands again on the next page, and rows that go on there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from validator.readers.pdf_lines import Piece
from validator.readers.pdf_rows import GUTTER, LEFT, RIGHT, Head, Part, Strip, TableRow
from validator.readers.pdf_table import goes_on


def over_page_ends(pages: Sequence[Sequence[Part]]) -> Iterator[list[Part]]:
    """The parts of each page, with the repeated heads of tables and the rest of rows marked as such."""
    above: list[TableRow] = []  # the rows of the table that the page before ended in, its head first
    for page in pages:
        parts = list(page)
        head = _repeated(above, _rows(parts))
        if above and head < len(parts) and (rest := _rest(above[-1], parts[head])):
            parts[head] = rest
        last = _rows(parts[::-1])[::-1]
        # A table of whole pages has its head on the first of them.
        above = [*above[:head], *last[head:]] if head and len(last) == len(parts) else last
        parts[:head] = map(_head, _rows(parts)[:head])
        yield parts


def _rows(parts: Sequence[Part]) -> list[TableRow]:
    """The rows of a table with which these parts begin."""
    found: list[TableRow] = []
    for part in parts:
        if not isinstance(part, TableRow):
            break
        found.append(part)
    return found


def _head(row: TableRow) -> Head:
    return Head([piece for cell in row.cells for piece in cell.pieces])


def _repeated(above: Sequence[TableRow], rows: Sequence[TableRow]) -> int:
    """How many rows are those with which the table begins, word for word."""
    pairs = zip(above[:-1], rows, strict=False)
    return sum(1 for _ in takewhile(lambda pair: _words(pair[0]) == _words(pair[1]), pairs))


def _words(row: TableRow) -> list[str]:
    return [" ".join(piece.text for piece in cell.pieces) for cell in row.cells]


def _rest(above: TableRow, part: Part) -> TableRow | None:
    """What stands first on a page, if it is the rest of the row with which the page before ends."""
    if isinstance(part, Strip):  # the rest of one cell looks like a line of text
        left, right = min(map(LEFT, part.pieces)), max(map(RIGHT, part.pieces))
        part = TableRow(
            [
                part
                if abs(left - cell.left) < GUTTER and right < cell.right + GUTTER
                else cell._replace(pieces=())
                for cell in above.cells
            ]
        )
    if not isinstance(part, TableRow) or len(part.cells) != len(above.cells) or not any(_cells(part)):
        return None
    goes_on_there = goes_on(_cells(above), _cells(part), [cell.right for cell in above.cells])
    return part._replace(continues=True) if goes_on_there else None


def _cells(row: TableRow) -> list[list[Piece]]:
    return [list(cell.pieces) for cell in row.cells]
