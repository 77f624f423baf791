"""Translations whose headings stand over the text of other sections: each is aligned with what it says.

A conversion that loses the text of one section may put that of the next one under its heading, and so on to
the end of the file.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from validator.compare.units import Unit

_LEAST = 3  # sections that stand under another heading
_BETTER = 1.5  # how much more alike the sections must be than by their headings
_MOST = 12  # sections of a leaflet


def by_text(left: Sequence[Unit], right: Sequence[Unit]) -> tuple[list[Unit], Mapping[str, str]]:
    """The units of the target in the sections that they say, and of which section each heading has the text.

    Nothing is changed, and the mapping is empty, where the headings stand right.
    """
    ours, theirs = _sections(left), _sections(right)
    names, others = list(ours), list(theirs)
    if max(len(names), len(others), 1) > _MOST or not names:
        return list(right), {}
    score = {(one, other): _alike(ours[one], theirs[other]) for one in names for other in others}
    best = _in_order(names, others, score)
    displaced = {other: one for other, one in best.items() if one != other}
    found = sum(score[one, other] for other, one in best.items())
    headed = sum(score.get((other, other), 0.0) for other in others)
    if len(displaced) < _LEAST or found < _BETTER * headed:
        return list(right), {}
    return [replace(unit, section=displaced.get(unit.section, unit.section)) for unit in right], displaced


def _sections(units: Sequence[Unit]) -> dict[str, Counter[object]]:
    """What each section may have in common with another language: names, terms, figures, categories."""
    found: dict[str, Counter[object]] = {}
    for unit in units:
        own = found.setdefault(unit.section, Counter())
        own.update(unit.stems)
        own.update(unit.values)
        own.update(each for each in (unit.label, unit.key) if each)
    return found


def _alike(one: Counter[object], other: Counter[object]) -> float:
    """What two sections share, by the cosine of their counts times the size of the smaller one."""
    shared = sum(one[key] * other[key] for key in one.keys() & other.keys())
    if not shared:
        return 0.0
    squares = (sum(count * count for count in each.values()) for each in (one, other))
    return shared / math.sqrt(math.prod(squares)) * math.sqrt(min(one.total(), other.total()))


def _in_order(
    names: Sequence[str], others: Sequence[str], score: Mapping[tuple[str, str], float]
) -> dict[str, str]:
    """The section of the source for each one of the target, in the order of both, that fits best in all."""
    best: list[tuple[float, dict[str, str]]] = [(0.0, {})] * len(names)
    for other in others:
        made: list[tuple[float, dict[str, str]]] = []
        before: tuple[float, dict[str, str]] = (-1.0, {})
        for at, name in enumerate(names):
            before = max(before, best[at], key=lambda each: each[0])
            made.append((before[0] + score[name, other], {**before[1], other: name}))
        best = made
    return max(best, key=lambda each: each[0])[1]
