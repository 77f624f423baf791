"""How often and how long in words: "once a day" for "once a week", a week in words for "3 months"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from validator.compare.data import counted
from validator.compare.denials import side_by_side
from validator.compare.pair import Pair
from validator.compare.units import Unit
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit
from validator.grammar import Grammar, Number, Token

_TIMES = frozenset(("time", "months"))


class _Interval(NamedTuple):
    """So many of a unit of time; `figure` where a figure tells how many."""

    number: Decimal
    measure: tuple[str, Decimal]
    figure: bool
    span: Span


def other_intervals(pair: Pair) -> Iterator[Hit]:
    """Where a sentence has the number of the source with another unit of time, one of them in words."""
    for bead in pair.both:
        if not pair.sure(bead):
            continue
        for left, right in side_by_side(pair, bead):
            ours = list(_intervals(pair.source, left, pair.source_grammar))
            theirs = list(_intervals(pair.target, right, pair.target_grammar)) if ours else []
            if len(ours) != len(theirs):
                continue
            for one, other in _unlike(ours, theirs):
                yield Hit(
                    "inconsistent",
                    "unit",
                    other.span,
                    bead.section,
                    pair.target.text(other.span),
                    pair.source.text(one.span),
                    {"source": pair.source.text(one.span), "target": pair.target.text(other.span)},
                    review=True,
                    beside=one.span,
                )


def _unlike(ours: Sequence[_Interval], theirs: Sequence[_Interval]) -> Iterator[tuple[_Interval, _Interval]]:
    """Those of a number that each side has once. Where both are figures, their units are compared anyhow."""
    many = Counter(each.number for each in ours), Counter(each.number for each in theirs)
    for one in ours:
        for other in theirs:
            same = one.number == other.number and many[0][one.number] == many[1][one.number] == 1
            if same and one.measure != other.measure and not (one.figure and other.figure):
                yield one, other


def _intervals(leaflet: Leaflet, own: Sequence[Unit], words: Grammar) -> Iterator[_Interval]:
    known = counted(leaflet.language.value)
    for unit in own:
        folded = leaflet.folded[unit.block][unit.start : unit.end]
        before: Token | None = None
        for token in words.tokens(folded, words.dosing):
            time = words.units.get(token.value) if token.kind in ("unit", "each") else None
            if time and time.family in _TIMES:
                count = _count(before, folded, known)
                if count is None and (token.kind == "each" or (before and before.kind == "every")):
                    count = Decimal(1)
                if count is not None:
                    start = before.start if before else token.start
                    span = Span(unit.block, unit.start + start, unit.start + token.end)
                    figure = before is not None and before.kind == "num"
                    yield _Interval(count.normalize(), (time.family, time.factor), figure, span)
            before = token


def _count(token: Token | None, folded: str, known: Mapping[str, Decimal]) -> Decimal | None:
    """The number that a token tells in a figure or a word."""
    if token is None:
        return None
    if token.kind in ("num", "number-word") and isinstance(token.value, Number):
        return token.value.value
    return known.get(folded[token.start : token.end])
