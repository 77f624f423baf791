"""Tables of doses as grids: what a head says of its column, and what rows and columns then come to.

“Dose | Tablets of 30 mg”, rows for the times of the day above a row with their total, a column for each
time of the day before one for the day. The figures of a table are tied by its form alone; where a head
says nothing of a column, nothing is tied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from validator.document.location import Span
from validator.document.quantities import DayPart, DaySum, Portion, Quantity
from validator.facts.passage import Passage
from validator.facts.strengths import strength_of

_MOST = 200  # sums of one leaflet; real ones have a few
_MOST_ROWS = 60  # of one table; longer ones are no tables of doses
_LEAST = 2  # rows or times of the day that are added up
_FEW = 2  # tokens of a cell that only counts: "2", "2 st"
_NONE = frozenset(("", "-", "–", "—", "0"))
_AMOUNTS = frozenset(("mass", "activity", "units"))
_ONE = ((), ("day",), ("dose",))


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a row by its offsets."""

    passage: Passage
    start: int
    stop: int

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.stop].strip()

    @property
    def quantities(self) -> list[Quantity]:
        return [q for q in self.passage.quantities if self.start <= q.span.start < self.stop]

    def has(self, kind: str) -> bool:
        tokens = self.passage.tokens
        near = tokens[self.passage.token_at(self.start) : self.passage.token_at(self.stop)]
        return any(token.kind == kind for token in near)

    @property
    def is_total(self) -> bool:
        """Whether words call it what a day comes to."""
        passage, first = self.passage, self.passage.token_at(self.start)
        cues = any(passage.says(cue, self.start, self.stop) for cue in ("sum", "whole", "of-a-day"))
        return (
            self.has("total")
            or cues
            or any(passage.is_daily_dose(at) for at in range(first, passage.token_at(self.stop)))
        )


@dataclass(frozen=True, slots=True)
class _Column:
    """What a head says of its column: a unit that is counted and what one holds, a time, the day's total."""

    unit: str
    strength: Quantity | None
    timed: bool
    total: bool


_Row = Sequence[_Cell]


def portions(rows: Sequence[Passage]) -> tuple[Portion, ...]:
    """Amounts with the numbers of tablets in their rows, of tables of which some row fits its head."""
    found = (portion for head, body in _tables(rows) for portion in _multiples(_columns(head), body))
    return tuple(islice(found, _MOST))


def days(rows: Sequence[Passage]) -> Iterator[DaySum]:
    """What the rows for the times of a day, or the columns for them, add up to."""
    for head, body in _tables(rows):
        columns = _columns(head)
        yield from _of_rows(columns, body)
        for row in body:
            yield from _of_columns(columns, row)


def _tables(rows: Sequence[Passage]) -> Iterator[tuple[_Row, Sequence[_Row]]]:
    table: list[_Row] = []
    for passage in rows:
        row = list(_cells(passage))
        if table and (passage.block - table[-1][0].passage.block > 1 or len(row) != len(table[0])):
            yield table[0], table[1:_MOST_ROWS]
            table = []
        table.append(row)
    if table:
        yield table[0], table[1:_MOST_ROWS]


def _cells(passage: Passage) -> Iterator[_Cell]:
    start = 0
    for text in passage.text.split("\t"):
        yield _Cell(passage, start, start + len(text))
        start += len(text) + 1


def _columns(head: _Row) -> list[_Column]:
    return [_column(cell) for cell in head]


def _column(cell: _Cell) -> _Column:
    passage = cell.passage
    units = passage.grammar.units
    tokens = passage.tokens[passage.token_at(cell.start) : passage.token_at(cell.stop)]
    counted = {t.value for t in tokens if t.kind == "unit" and units[t.value].family == "count"} - {"dose"}
    held = [q for q in cell.quantities if q.family in _AMOUNTS and q.exact and q.sure]
    unit = str(counted.pop()) if len(counted) == 1 else ""
    strength = held[0] if unit and len(held) == 1 and held[0].per in (*_ONE, (unit,)) else None
    timed = cell.has("day-time") and not cell.has("day-parts")
    return _Column(unit, strength, timed, cell.is_total)


def _count(cell: _Cell, unit: str) -> Quantity | None:
    """The number of units that a cell holds, and nothing else: "2", "2 tablets", "–"."""
    passage, own = cell.passage, cell.quantities
    if len(own) == 1 and own[0].family == "count" and own[0].exact and own[0].sure:
        return own[0] if own[0].unit == unit and own[0].per in _ONE else None
    tokens = passage.tokens[passage.token_at(cell.start) : passage.token_at(cell.stop)]
    figures = [token for token in tokens if token.kind == "num"]
    first = figures[0] if figures else None
    if first is None or own or len(tokens) > _FEW or first is not tokens[0] or first.value.step != 1:
        return None
    span, value = Span(passage.block, first.start, first.end), first.value.value
    return Quantity(span, value, value, Decimal(1), unit, "count", Decimal(1))


def _amount(cell: _Cell) -> Quantity | None:
    """The one amount that a cell holds."""
    own = [q for q in cell.quantities if q.family in _AMOUNTS]
    alone = own[0] if len(own) == 1 == len(cell.quantities) else None
    return alone if alone and alone.exact and alone.sure and alone.per in _ONE and alone.low else None


def _multiples(columns: Sequence[_Column], body: Sequence[_Row]) -> list[Portion]:
    """The one amount and the one number of tablets of each row, if most rows come to their amount."""
    counted = [at for at, column in enumerate(columns) if column.strength]
    if len(counted) != 1 or any(column.timed for column in columns):
        return []
    at, found = counted[0], []
    column = columns[at]
    for row in body:
        amounts = [a for n, cell in enumerate(row) if n != at and (a := _amount(cell))]
        count, strength = _count(row[at], column.unit), column.strength
        if strength is None or count is None or len(amounts) != 1 or amounts[0].family != strength.family:
            continue
        content = replace(strength, per=(column.unit,), per_amount=Decimal(1))
        found.append(Portion(amounts[0], count, (content,), told=True))
    right = [p for p in found if p.contents[0].base[0] * p.measure.low == p.amount.base[0]]
    return found if len(right) * 2 >= len(found) else []


def _of_rows(columns: Sequence[_Column], body: Sequence[_Row]) -> Iterator[DaySum]:
    """The columns of a table of times of the day, of which the last row is their total."""
    parts, total = body[:-1], body[-1] if body else ()
    timed = [row for row in parts if row[0].has("day-time")]
    if len(timed) < _LEAST or len(timed) < len(parts) or not total[0].is_total or total[0].has("day-time"):
        return
    for at, column in list(enumerate(columns))[1:]:
        cells = [row[at] for row in parts]
        if summed := _sum(cells, column):
            own = [q for q in total[at].quantities if q.exact and q.sure and q.low and q.per in _ONE]
            if not own and (count := _count(total[at], column.unit)):
                own = [count]
            yield from (DaySum(summed, (q,)) for q in own)


def _of_columns(columns: Sequence[_Column], row: _Row) -> Iterator[DaySum]:
    """A row with a cell for each time of the day and, in the last one or the first, the total of the day."""
    timed = [at for at, column in enumerate(columns) if column.timed]
    ends = [at for at in (len(columns) - 1, 0) if columns[at].total and not columns[at].timed]
    total = _amount(row[ends[0]]) if ends else None
    if total is None or len(timed) < _LEAST:
        return
    others = [cell for at, cell in enumerate(row) if at not in (*timed, ends[0])]
    masses = [amount for cell in others if (amount := _amount(cell))]
    strength = masses[0] if len(masses) == 1 else None
    parts: list[DayPart] = []
    for at in timed:
        column = columns[at]
        summed = _sum([row[at]], replace(column, strength=column.strength or strength))
        if summed is None:
            return
        parts += summed
    if parts:
        yield DaySum(tuple(parts), (total,))


def _sum(cells: Sequence[_Cell], column: _Column) -> tuple[DayPart, ...] | None:
    """What some cells of a column hold, as parts of a day; None if one of them cannot be read."""
    found: list[DayPart] = []
    for cell in cells:
        if cell.text in _NONE:
            continue
        own = cell.quantities
        counted = own[0] if own and own[0].family == "count" and own[0].exact else None
        if amount := _amount(cell):
            found.append(DayPart((amount,)))
        elif counted and len(own) == 2 and (held := strength_of(cell.passage, counted)) is own[1]:
            found.append(DayPart((counted,), strength=held))
        elif column.unit and (count := _count(cell, column.unit)):
            found.append(DayPart((count,), strength=column.strength))
        elif counted and len(own) == 1 and not column.unit and counted.per in _ONE:
            found.append(DayPart((counted,), strength=column.strength))
        else:
            return None
    return tuple(found)
