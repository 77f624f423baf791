"""The pieces of a page in reading order: one column, several columns, the rows of a table.

Where pieces stand side by side, a gutter that no piece crosses tells the columns. Whether they are
columns of text or cells of a table is told by the order in which the file draws them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from operator import ne

from validator.readers.pdf_lines import Piece
from validator.readers.pdf_prose import COLUMN_LINES, are_equal, are_few, is_drawn_across
from validator.readers.pdf_rows import RIGHT, Row, Strip, TableRow, joined, rows_of
from validator.readers.pdf_table import is_grid, table
from validator.readers.pdf_zone import Gaps, side_by_side, stands_alone, zone

_DEPTH = 8  # columns within columns
_UNEVEN = 0.1  # of a column's width
_SECTION_LINES = 4  # so do columns under one of several headings


def layout(
    rows: Sequence[Row], drawn: Sequence[Piece], right: float, known: list[Gaps] | None = None, depth: int = 0
) -> list[Strip | TableRow]:
    """The rows of a page in reading order; `drawn` is the order of the file, `right` the page's margin.

    `known` are the gutters of running text on the pages before; those of this one are added.
    """
    left = min((row[0].left for row in rows), default=0.0)
    if max(map(len, rows), default=0) < 2 and not any(map(side_by_side, rows, rows[1:])):
        return [Strip([row[0] for row in rows], left, right)] if rows else []
    order = {id(piece): number for number, piece in enumerate(drawn)}
    page = _Page(rows, order, [] if known is None else known)
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
        parts = _parts(page, at, count, gutters, depth) if gutters and depth < _DEPTH else None
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


class _Page:
    """The rows of a page, or of a column of one, and the order in which the file draws their pieces."""

    def __init__(self, rows: Sequence[Row], order: dict[int, int], known: list[Gaps]) -> None:
        self.rows, self.order, self.known = rows, order, known

    @cached_property
    def prose(self) -> list[Gaps]:
        """The gutters of equal columns that are plainly running text, drawn line by line across them.

        Short columns under several headings count as one where they leave the same gutters.
        """
        kinds: list[tuple[Gaps, list[Row]]] = []
        at = 0
        while at < len(self.rows):
            count, gutters = zone(self.rows, at) if len(self.rows[at]) > 1 else (1, [])
            if gutters:
                rows, gaps = self.rows[at : at + count], sorted(gutters)
                alike = next(
                    (kind for kind in kinds if len(kind[0]) == len(gaps) and _agree(gaps, kind[0])), None
                )
                if alike is None:
                    kinds.append((gaps, list(rows)))
                else:
                    alike[1].extend(rows)
            at += max(count, 1)
        return [gaps for gaps, rows in kinds if self._is_text(gaps, rows)]

    def _is_text(self, gaps: Gaps, rows: Sequence[Row]) -> bool:
        columns, turns = _columns(_drawn(rows, self.order), _places(rows, gaps), len(gaps) + 1)
        return is_drawn_across(rows, columns, turns) and are_equal(columns)

    def is_prose(self, gaps: Gaps) -> bool:
        """Whether there is running text with the gutters of rows that are too few to tell by themselves.

        The last columns may have nothing in these rows.
        """
        return any(_agree(gaps, other) for other in (*self.known, *self.prose))


def _are_even(rows: Sequence[Row], gaps: Gaps) -> bool:
    """Whether columns begin as far from each other, as those of a leaflet do and those of a table seldom."""
    begins = [min(row[0].left for row in rows), *(high for _, high in gaps)]
    steps = [after - before for before, after in pairwise(begins)]
    return max(steps) - min(steps) < _UNEVEN * max(steps)


def _agree(gaps: Gaps, others: Gaps) -> bool:
    """Whether each of these gutters is one of the others, from the left on."""
    return len(gaps) <= len(others) and all(
        low < end and begin < high for (low, high), (begin, end) in zip(gaps, others, strict=False)
    )


def _places(rows: Sequence[Row], gaps: Gaps) -> dict[int, int]:
    """In which column the pieces of these rows stand."""
    cuts = [(low + high) / 2 for low, high in gaps]
    return {id(piece): bisect_left(cuts, piece.left) for row in rows for piece in row}


def _parts(
    page: _Page, at: int, length: int, gaps: Gaps, depth: int
) -> tuple[int, list[Strip | TableRow]] | None:
    """How many rows from here on are columns or a table, and these in reading order; None if plain lines."""
    rows, order = page.rows[at : at + length], page.order
    gaps = sorted(gaps)
    column = _places(rows, gaps)
    count = len(gaps) + 1
    sections = _sections(rows, column, count, order)
    if sections:
        return len(rows), [part for pieces in sections for part in _column(pieces, page, depth, column)]
    taken = _kept(rows, column, order)
    drawn = _drawn(rows[:taken], order)
    columns, turns = _columns(drawn, column, count)
    one_by_one = turns == count - 1
    if one_by_one and is_grid(rows[:taken], columns):
        return taken, table([piece for row in rows[:taken] for piece in row], column, count)
    *_, second, most = sorted(map(len, columns))
    short = second < 2 and not (one_by_one and most >= COLUMN_LINES)
    if short or not one_by_one:
        whole, turns = _columns(_drawn(rows, order), column, count)
        if short or not is_drawn_across(rows, whole, turns):
            like_cells = are_few(turns, count, len(rows)) or not _are_even(rows, gaps)
            if like_cells or not page.is_prose(gaps):
                return None if short else (taken, table(drawn, column, count))
        elif are_equal(whole):
            page.known.append(gaps)
        columns = [pieces for band in _headed(rows, column) for pieces in _columns(band, column, count)[0]]
        taken = len(rows)
    return taken, [part for pieces in columns if pieces for part in _column(pieces, page, depth, column)]


def _headed(rows: Sequence[Row], column: dict[int, int]) -> list[list[Piece]]:
    """Columns that are drawn line by line, cut at each bold line that has all the width for itself.

    It is a heading of all columns if there is text beside text above it and below.
    """
    stops = [
        at
        for at in range(1, len(rows) - 1)
        if len(rows[at]) == 1
        and rows[at][0].bold == len(rows[at][0].text)
        and not column[id(rows[at][0])]
        and stands_alone(rows, at)
    ]
    bands = [rows[start:stop] for start, stop in pairwise([0, *stops, len(rows)])]
    if any(all(not column[id(piece)] for row in band for piece in row) for band in bands):
        bands = [rows]
    return [[piece for row in band for piece in row] for band in bands]


def _column(
    pieces: Sequence[Piece], page: _Page, depth: int, column: dict[int, int]
) -> list[Strip | TableRow]:
    """One column in reading order. It tells where its text wraps; of a heading, all of its column does."""
    wrapped = pieces
    if all(piece.bold == len(piece.text) for piece in pieces):
        number = column[id(pieces[0])]
        wrapped = [piece for row in page.rows for piece in row if column.get(id(piece)) == number]
    right = max(map(RIGHT, wrapped))
    drawn = sorted(pieces, key=lambda piece: page.order[id(piece)])
    return layout(rows_of(pieces), drawn, right, depth=depth + 1)


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
    return found if beside >= count and longest >= _SECTION_LINES and are_equal(whole) else []


def _bands(rows: Sequence[Row], order: dict[int, int]) -> list[Sequence[Row]]:
    """The rows cut wherever all that stands above is drawn before all that stands below."""
    numbers = [[order[id(piece)] for piece in row] for row in rows]
    highest = list(accumulate(map(max, numbers), max))
    lowest = list(accumulate(map(min, reversed(numbers)), min))[::-1]
    stops = [at for at in range(1, len(rows)) if highest[at - 1] < lowest[at]]
    return [rows[start:stop] for start, stop in pairwise([0, *stops, len(rows)])]


def _drawn(rows: Sequence[Row], order: dict[int, int]) -> list[Piece]:
    """The pieces of these rows as the file draws them."""
    return sorted((piece for row in rows for piece in row), key=lambda piece: order[id(piece)])


def _columns(drawn: Sequence[Piece], column: dict[int, int], count: int) -> tuple[list[list[Piece]], int]:
    """The pieces of each column, and how often the file turns from one column to another."""
    columns: list[list[Piece]] = [[] for _ in range(count)]
    numbers = [column[id(piece)] for piece in drawn]
    for number, piece in zip(numbers, drawn, strict=True):
        columns[number].append(piece)
    return columns, sum(map(ne, numbers, numbers[1:]))


def _kept(rows: Sequence[Row], column: dict[int, int], order: dict[int, int]) -> int:
    """The rows without those at the end that stand in the first column and are drawn after all others."""
    beside = [order[id(piece)] for row in rows for piece in row if column[id(piece)]]
    last = max(beside)
    taken = len(rows)
    while taken > 1 and all(not column[id(p)] and order[id(p)] > last for p in rows[taken - 1]):
        taken -= 1
    return taken
