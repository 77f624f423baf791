"""Bands of weight, age or surface with the doses beside them, and how long treatment is said to last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from validator.document.quantities import Band, Quantity
from validator.facts.doses import is_dose
from validator.facts.passage import Passage

_BODY = frozenset(("kg", "lb", "m2"))
_AGES = frozenset(("month", "year"))
_KG = Decimal(1_000_000)  # the base unit of masses is the mg
_BELOW = ("below", "maximum")
_ABOVE = ("above", "minimum")
_LONGEST = 120  # months; what lasts longer is an age
_COURSE_REACH = 6  # words between "treatment" and how long it lasts


def bands(passages: Sequence[Passage]) -> tuple[Band, ...]:
    """The bands of each block, with the amounts that follow them, in reading order."""
    return tuple(band for passage in passages for band in _bands(passage))


def _bands(passage: Passage) -> Iterator[Band]:
    for units in (_BODY, _AGES):
        found = [q for q in passage.quantities if q.unit in units and not q.per and q.sure]
        starts = [0, *(q.span.start for q in found[1:]), len(passage.text)]
        for extent, (start, stop) in zip(found, pairwise(starts), strict=False):
            if ends := _ends(passage, extent):
                near = (q for q in passage.quantities if start <= q.span.start < stop)
                doses = tuple(q for q in near if is_dose(q) and q.unit != "dose")
                yield Band(extent, *ends, doses, _is_open(passage, extent))


def _is_open(passage: Passage, extent: Quantity) -> bool:
    """Whether a range says that it ends below its upper end."""
    start, stop = (passage.token_at(offset) for offset in (extent.span.start, extent.span.end))
    return any(token.kind == "below" for token in passage.tokens[start:stop])


def _ends(passage: Passage, extent: Quantity) -> tuple[Decimal | None, Decimal | None] | None:
    """Lower and upper end; None for a single figure that is neither."""
    unit = _KG if extent.family == "mass" else Decimal(1)
    low, high = (end / unit for end in extent.base)
    if low < high:
        return low, high
    before = passage.token_at(extent.span.start) - 1
    after = passage.token_at(extent.span.end)
    for at in (after, before):
        token = passage.tokens[at] if 0 <= at < len(passage.tokens) else None
        if token and token.kind in _ABOVE:
            return low, None
        # One word may stand for more: "bis 10 kg" after "5 bis 10 mg", "under 10 kg" after "under dagen".
        if token and (token.kind in _BELOW or token.value in passage.grammar.data.dosing["below"]):
            return None, low
    return (None, low) if extent.bound == "maximum" else None


def durations(passages: Sequence[Passage]) -> tuple[Quantity, ...]:
    """The times that stand near a word for treatment in their sentence, and are no time between intakes."""
    return tuple(q for passage in passages for q in passage.quantities if _is_duration(passage, q))


def _is_duration(passage: Passage, quantity: Quantity) -> bool:
    timed = quantity.family == "time" or (quantity.unit in _AGES and quantity.base[0] <= _LONGEST)
    if not timed or quantity.per or not quantity.exact or not quantity.sure:
        return False
    sentence = passage.sentence(quantity.span.start)
    first = passage.token_at(quantity.span.start)
    last = passage.token_at(quantity.span.end)
    near = passage.tokens[max(0, first - _COURSE_REACH) : last + _COURSE_REACH]
    return any(t.kind == "course" and passage.sentence(t.start) == sentence for t in near)
