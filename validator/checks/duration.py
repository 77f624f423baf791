"""Durations of treatment that agree wherever they are said; see `dose`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from validator.checks.back import refers_back, says_before
from validator.checks.dose import hit_at
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.quantities import Quantity, TimeSum

_LEAST = 5  # smaller figures come again by chance among others
_MOST = 60  # durations compared with one another
_NEAR = 2  # blocks between a duration and the words that take it up again
_FAR = 250  # characters between a time and an article that takes it up again
_WORDS = 2  # words before a figure in which "these" may stand
_SENTENCE = re.compile(r"[.!?]\s")
_PERIODS = ("day", "week", "month", "year")
# The least and the most days of a unit: a month is told as four weeks, too.
_DAYS = {
    "hour": (1 / Decimal(24), 1 / Decimal(24)),
    "day": (Decimal(1), Decimal(1)),
    "week": (Decimal(7), Decimal(7)),
    "month": (Decimal(28), Decimal(31)),
    "year": (Decimal(360), Decimal(366)),
}


@kind("dose/duration")
def duration(leaflet: Leaflet, task: Task) -> Outcome:
    """The duration of treatment is one wherever it is said: not 16 weeks here and 16 days there.

    A time that is told in two units is the same in both, and the phases of a treatment add up to it.
    """
    told = [q for q in leaflet.facts.durations if q.low > 1]
    again = list(_taken_up(leaflet, task))
    sums = leaflet.facts.times
    if not told and not again and not sums:
        return not_applicable("no-duration")
    # Small figures come again by chance, but not where nothing else is said of how long treatment lasts.
    times = [q for q in leaflet.facts.quantities if q.unit in _PERIODS and _in_section(leaflet, task, q)]
    alone = len({(q.low, q.unit) for q in (*told, *times) if q.low > 1}) <= 2
    pairs = [
        (one, other)
        for one, other in combinations(told[:_MOST], 2)
        if one.unit != other.unit
        and one.low == other.low
        and not _is_repeated(leaflet, task, one, other)
        and ((alone and other.span.block - one.span.block <= _NEAR) or one.low >= _LEAST)
    ]
    hits = [
        hit_at(leaflet, task, other, first=leaflet.text(one.span), review="yes")
        for one, other in (*pairs, *again)
    ]
    wrong = {
        hit.span: hit
        for time in sums
        if not _adds_up(leaflet, time)
        for hit in (_wrong_sum(leaflet, task, time),)
    }
    hits = [*wrong.values(), *(hit for hit in hits[:1] if hit.span not in wrong)]
    count = str(len(told) + len(again) + len(sums))
    return Outcome(tuple(hits)) if hits else met("durations", count=count)


def _is_repeated(leaflet: Leaflet, task: Task, one: Quantity, other: Quantity) -> bool:
    """Whether a small figure comes again after a treatment: "for 3 days; repeat it after 3 weeks"."""
    together = one.span.block == other.span.block and one.low < _LEAST
    return together and says_before(leaflet, task.lexicon.grammar, other, "ended", _WORDS)


def _wrong_sum(leaflet: Leaflet, task: Task, time: TimeSum) -> Hit:
    first = " + ".join(leaflet.text(part.span) for part in time.parts)
    whole = leaflet.text(time.total.span)
    if len(time.parts) == 1:
        case = "again" if time.parts[0].unit == time.total.unit else "converted"
        return hit_at(leaflet, task, time.total, case, first=first, review="yes")
    # What was told last is what does not fit: the whole behind its phases, or the last of the phases.
    last = max((*time.parts, time.total), key=lambda told: (told.span.block, told.span.start))
    return hit_at(leaflet, task, last, "sum", first=first, whole=whole, review="yes")


def _adds_up(leaflet: Leaflet, time: TimeSum) -> bool:
    """Whether the parts, or the last of several, come to the total: earlier times may be of another.

    The rows of a table belong together.
    """
    table = all(leaflet.blocks[part.span.block].kind == "row" for part in time.parts)
    tails = [time.parts[start:] for start in range(1 if table else max(1, len(time.parts) - 1))]
    return any(_comes_to(parts, time.total) for parts in tails)


def _comes_to(parts: Sequence[Quantity], total: Quantity) -> bool:
    """Whether some days fit both the parts and the total, as far as each is rounded; ranges by their ends."""
    if len({part.unit for part in (*parts, total)}) == 1 and total.exact:
        return total.low == sum(part.low for part in parts)
    for upper in (False, True):
        ends = [_days(part, upper) for part in parts]
        low, high = _days(total, upper)
        if sum(most for _, most in ends) < low or high < sum(least for least, _ in ends):
            return False
    return True


def _days(quantity: Quantity, upper: bool) -> tuple[Decimal, Decimal]:
    """The least and the most days that a time, or the upper end of one, can be."""
    value = quantity.high if upper else quantity.low
    whole = quantity.step >= 1 and quantity.unit not in ("month", "year")
    half = Decimal(0) if whole else quantity.step / 2
    least, most = _DAYS[quantity.unit]
    return (value - half) * least, (value + half) * most


def _taken_up(leaflet: Leaflet, task: Task) -> Iterator[tuple[Quantity, Quantity]]:
    """A time and the nearest one after it that takes its figure up again: "for 14 days ... these 14 days"."""
    times = [q for q in leaflet.facts.quantities if _is_period(q) and _in_section(leaflet, task, q)]
    first = 0  # what stands before it is no longer near
    for at, other in enumerate(times):
        while times[first].span.block < other.span.block - _NEAR:
            first += 1
        reach = _NEAR if other.low >= _LEAST else 0
        near = [one for one in times[first:at] if one.span.block >= other.span.block - reach]
        same = [one for one in near if one.low == other.low and one.unit != other.unit]
        if other.low < _LEAST:
            same = [one for one in same if _sentences(leaflet, one, other) <= 1]
        again = any(one.low == other.low and one.unit == other.unit for one in near)
        same = [] if again else same
        grammar = task.lexicon.grammar
        apart = bool(same) and _are_apart(same[-1], other)
        said = not apart or says_before(leaflet, grammar, other, "again", _WORDS)
        if same and said and refers_back(leaflet, grammar, other, _WORDS):
            yield same[-1], other
        elif near and not again and _is_other_course(leaflet, task, near[-1], other):
            yield near[-1], other


def _is_other_course(leaflet: Leaflet, task: Task, one: Quantity, other: Quantity) -> bool:
    """Whether "these 16 weeks" of the next sentence are said of a treatment of 12 weeks."""
    grammar, courses = task.lexicon.grammar, leaflet.facts.durations
    following = one.span.block == other.span.block and _sentences(leaflet, one, other) == 1
    if not following or one.unit != other.unit or one not in courses:
        return False
    return refers_back(leaflet, grammar, other, 1) or (
        other in courses and refers_back(leaflet, grammar, other, 4)
    )


def _sentences(leaflet: Leaflet, one: Quantity, other: Quantity) -> int:
    """How many sentences end between two times of a block."""
    return len(_SENTENCE.findall(leaflet.folded[one.span.block], one.span.end, other.span.start))


def _are_apart(one: Quantity, other: Quantity) -> bool:
    """Whether an article is not enough to take a time up again: in another paragraph, or far from it."""
    return one.span.block != other.span.block or other.span.start - one.span.end > _FAR


def _is_period(quantity: Quantity) -> bool:
    return (
        quantity.unit in _PERIODS
        and quantity.exact
        and quantity.sure
        and not quantity.per
        and quantity.low > 1
    )


def _in_section(leaflet: Leaflet, task: Task, quantity: Quantity) -> bool:
    section = leaflet.section_at(quantity.span.block)
    return section is not None and section.id == task.section
