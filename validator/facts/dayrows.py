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
_TAKEN = frozenset((*_AMOUNTS, "count", "volume"))
_BARE = 3  # tokens of a cell that only tells how often: "2", "2-mal", "2 ×"
_MOST_TIMES = 13  # fewer intakes a day
_Shape = tuple[str, ...]  # what fills each cell but the first


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


def summed_rows(passages: Sequence[Passage]) -> Iterator[DaySum]:
    """The sums of tables with an amount, how often it is taken and what that comes to in a cell each.

    So with the amounts of several times of the day, the last cell being what they come to. What a column
    holds is known by the rows that add up: one of a dose that is taken several times, or most of the rows.
    """
    table: list[tuple[int, _Shape, DaySum]] = []
    for passage in passages:
        row = _summed(passage) if "\t" in passage.text else None
        if table and (row is None or row[1] != table[-1][1] or row[0] - table[-1][0] > 1):
            yield from _shown([sum_ for _, _, sum_ in table])
            table = []
        table += [row] if row else []
    yield from _shown([sum_ for _, _, sum_ in table])


def _summed(passage: Passage) -> tuple[int, _Shape, DaySum] | None:
    """A row as the sum that it would be: its block, what fills its cells, and the sum."""
    amounts: list[Quantity] = []
    times: list[Decimal] = []
    shape: list[str] = []
    start = passage.text.find("\t") + 1  # the first cell names the row
    for text in passage.text[start:].split("\t"):
        stop = start + len(text)
        held = [q for q in passage.quantities if start <= q.span.start < stop]
        often = None if held else _often(passage, start, stop)
        alone = held[0] if len(held) == 1 and _fills(passage, held[0]) and held[0].exact else None
        amounts += [alone] if alone and alone.family in _TAKEN else []
        times += [often] if often else []
        shape.append(alone.family if alone else "times" if often else "")
        start = stop + 1
    last = amounts[-1:]
    alike = len({(q.family, q.unit if q.family == "count" else "") for q in amounts}) == 1
    if not alike or shape[-1] != last[0].family or any({*q.per} - {"day"} for q in amounts):
        return None
    if len(times) == 1 and len(amounts) == _LEAST:
        parts = [DayPart((amounts[0],), times[0])]
    elif not times and len(amounts) > _LEAST:
        parts = [DayPart((amount,)) for amount in amounts[:-1]]
    else:
        return None
    return passage.block, tuple(shape), DaySum(tuple(parts), (last[0],))


def _often(passage: Passage, start: int, stop: int) -> Decimal | None:
    """How often a day by a cell that tells nothing else: "twice a day", or a bare figure."""
    intakes = [i for i in passage.intakes if start <= i.span.start < stop]
    tokens = passage.tokens[passage.token_at(start) : passage.token_at(stop)]
    figures = [token for token in tokens if token.kind == "num"]
    if len(intakes) == 1 and not intakes[0].divided:
        return intakes[0].per_day
    bare = not intakes and len(figures) == 1 and len(tokens) <= _BARE and figures[0].start == start
    return figures[0].value.value if bare and figures[0].value.value in range(1, _MOST_TIMES) else None


def _shown(table: Sequence[DaySum]) -> Iterator[DaySum]:
    """The sums of a table whose rows show what its last column is."""
    right = [sum_ for sum_ in table if _total(sum_) == sum_.totals[0].base[0]]
    wrong = [sum_ for sum_ in table if sum_ not in right]
    multiplied = [sum_ for sum_ in right if sum_.parts[0].times > 1]
    if multiplied or len(right) > max(1, len(wrong)):
        yield from table
    elif right and len(right[0].parts) == 1:  # a maximum, too, is not below what is taken
        yield from (sum_ for sum_ in wrong if sum_.totals[0].base[0] < _total(sum_))


def _total(sum_: DaySum) -> Decimal:
    return sum((part.forms[0].base[0] * part.times for part in sum_.parts), Decimal(0))


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
