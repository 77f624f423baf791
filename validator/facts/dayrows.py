"""Rows of tables that tell a dose, its intakes and, in a cell of its own, what they come to on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from validator.document.quantities import DayPart, DaySum, Quantity
from validator.facts.passage import Passage
from validator.facts.strengths import strength_of

_LEAST = 2  # rows of one form make a table
_AMOUNTS = frozenset(("mass", "activity", "units"))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with one number of tablets, its intakes a day, and the amounts that fill a cell each."""

    block: int
    count: Quantity
    times: Decimal
    strength: Quantity | None
    alone: tuple[Quantity, ...]


def day_rows(passages: Sequence[Passage]) -> Iterator[DaySum]:
    """The sums of tables of which one row shows that its last amounts are those of a day.

    The head of a table is often not read: that one row adds up to a day's dose says what the column is.
    """
    table: list[_Row] = []
    for passage in passages:
        row = _row(passage)
        if table and (row is None or row.block - table[-1].block > 1):
            yield from _sums(table)
            table = []
        table += [row] if row else []
    yield from _sums(table)


def _row(passage: Passage) -> _Row | None:
    if "\t" not in passage.text:
        return None
    counts = [q for q in passage.quantities if q.family == "count" and q.unit != "dose"]
    if len(counts) != 1 or not counts[0].exact or len(passage.intakes) != 1:
        return None
    times, strength = passage.intakes[0].per_day, strength_of(passage, counts[0])
    alone = tuple(q for q in passage.quantities if q.family in _AMOUNTS and q.exact and _fills(passage, q))
    if not times or not alone or len(alone) > (1 if strength else 2):
        return None
    return _Row(passage.block, counts[0], times, strength, alone)


def _fills(passage: Passage, quantity: Quantity) -> bool:
    """Whether an amount is all that its cell holds."""
    before = passage.text[: quantity.span.start].rstrip(" ")
    after = passage.text[quantity.span.end :].lstrip(" ")
    return before[-1:] in ("", "\t") and after[:1] in ("", "\t")


def _sums(table: Sequence[_Row]) -> Iterator[DaySum]:
    sums = [sum_ for row in table if (sum_ := _sum(row))]
    if len(sums) == len(table) >= _LEAST and any(_adds_up(sum_) for sum_ in sums):
        yield from sums


def _sum(row: _Row) -> DaySum | None:
    strength = row.strength or (row.alone[0] if len(row.alone) == 2 else None)
    if strength is None or strength.family != row.alone[-1].family:
        return None
    return DaySum((DayPart((row.count,), row.times, strength),), row.alone[-1:])


def _adds_up(sum_: DaySum) -> bool:
    part, total = sum_.parts[0], sum_.totals[0]
    strength = part.strength
    return strength is not None and part.forms[0].low * part.times * strength.base[0] == total.base[0]
