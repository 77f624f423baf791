"""Durations of treatment that agree wherever they are said; see `dose`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from validator.checks.back import refers_back
from validator.checks.dose import hit_at
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.outcome import Outcome, met, not_applicable
from validator.document.quantities import Quantity

_LEAST = 5  # smaller figures come again by chance among others
_MOST = 60  # durations compared with one another
_NEAR = 2  # blocks between a duration and the words that take it up again
_WORDS = 2  # words before a figure in which "these" may stand
_PERIODS = ("day", "week", "month", "year")


@kind("dose/duration")
def duration(leaflet: Leaflet, task: Task) -> Outcome:
    """The duration of treatment has one unit wherever it is said: not 16 weeks here and 16 days there."""
    told = [q for q in leaflet.facts.durations if q.low > 1]
    again = list(_taken_up(leaflet, task))
    if not told and not again:
        return not_applicable("no-duration")
    # Small figures come again by chance, but not where nothing else is said of how long treatment lasts.
    alone = len({(q.low, q.unit) for q in told}) <= 2
    pairs = [
        (one, other)
        for one, other in combinations(told[:_MOST], 2)
        if one.unit != other.unit and one.low == other.low and (alone or one.low >= _LEAST)
    ]
    hits = [
        hit_at(leaflet, task, other, first=leaflet.text(one.span), review="yes")
        for one, other in (*pairs, *again)
        if one.unit != other.unit
    ]
    return Outcome(tuple(hits[:1])) if hits else met("durations", count=str(len(told) + len(again)))


def _taken_up(leaflet: Leaflet, task: Task) -> Iterator[tuple[Quantity, Quantity]]:
    """A time and the nearest one after it that takes its figure up again: "for 14 days ... these 14 days"."""
    times = [q for q in leaflet.facts.quantities if _is_period(q) and _in_section(leaflet, task, q)]
    for at, other in enumerate(times):
        near = [one for one in times[:at] if one.span.block >= other.span.block - _NEAR]
        same = [one for one in near if one.low == other.low]
        if same and refers_back(leaflet, task.lexicon.grammar, other, _WORDS):
            yield same[-1], other


def _is_period(quantity: Quantity) -> bool:
    return (
        quantity.unit in _PERIODS
        and quantity.exact
        and quantity.sure
        and not quantity.per
        and quantity.low >= _LEAST
    )


def _in_section(leaflet: Leaflet, task: Task, quantity: Quantity) -> bool:
    section = leaflet.section_at(quantity.span.block)
    return section is not None and section.id == task.section
