"""Doses against the range and the maximum that the leaflet gives; see `dose` for when nothing is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from validator.checks.back import forbids, says_before
from validator.checks.dose import content_of, hit_at
from validator.checks.dose_maxima import ranges_above, two_maxima
from validator.checks.dose_near import near_by
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.quantities import DoseStatement, Quantity
from validator.document.text import fold
from validator.grammarfile import Cue

_NEAR = 4  # sentences between a dose and its maximum
_CHANGES: tuple[Cue, ...] = ("change", "lower")
_CHANGE_REACH = 80  # characters around two doses in which one is said to follow the other
_LEAST_REACH = 50  # characters before an amount in which it may be called the lowest
_DIGIT = re.compile(r"[\d.;]")
_FORBIDDEN = 5  # words before a maximum in which a negation may stand: "never take more than"
_TYPICAL_REACH = 12  # words before a starting dose that say that most people, or all, start so
_RANGES = ("", "usual", "total")
_UP_TO = 2  # words between two doses that make them a range: "150 mg up to 300 mg"
_SLEEP = 4  # hours; what is taken more often is not taken at night
_ATTACK = 2  # hours; what may be taken again sooner is taken until an attack ends
_AWAKE = Decimal(2) / 3  # of the hours of a day
_JOINING = 6  # words between two maxima
_SPECIAL = frozenset(("children", "elderly", "kidney", "liver"))


@kind("dose/range")
def dose_range(leaflet: Leaflet, task: Task) -> Outcome:
    """A range ascends; a dose stays below the maximum; a starting dose is not above the usual range."""
    doses = [dose for dose in leaflet.facts.doses if dose.amount.sure]
    turned = [dose for dose in doses if dose.amount.low > dose.amount.high]
    hits = [
        hit_at(leaflet, task, dose.amount, "turned") for dose in turned if not _is_change(leaflet, task, dose)
    ]
    hits += _turned_bounds(leaflet, task, doses)
    hits += [*_above_maximum(leaflet, task, doses), *_above_range(leaflet, task, doses)]
    hits += [*_outside_range(leaflet, task, doses), *_not_lower(leaflet, task, doses)]
    places = {hit.span for hit in hits}
    for near in near_by(leaflet, task, doses):
        for hit in (*two_maxima(leaflet, task, near), *ranges_above(leaflet, task, near)):
            if hit.span not in places:
                hits.append(hit)
                places.add(hit.span)
    if hits:
        return Outcome(tuple(hits))
    ranges = [dose for dose in doses if dose.amount.low < dose.amount.high]
    for start in (dose for dose in doses if dose.role == "start"):
        for span in ranges:
            inside = span.amount.base[0] <= start.amount.base[0] <= span.amount.base[1]
            if inside and _comparable(start.amount, span.amount):
                words = {"dose": leaflet.text(start.amount.span), "range": leaflet.text(span.amount.span)}
                return met("in-range", start.amount.span, **words)
    return met("ranges", count=str(len(ranges))) if ranges else not_applicable("no-range")


def _is_change(leaflet: Leaflet, task: Task, dose: DoseStatement) -> bool:
    """Whether "from 50 mg to 25 mg", each with its unit, may tell of a dose that is made smaller."""
    amount, cues = dose.amount, task.lexicon.grammar.cues
    tokens = task.lexicon.grammar.dosed(fold(leaflet.text(amount.span)))
    twice = len([token for token in tokens if token.kind == "unit" and token.value == amount.unit]) > 1
    text, start = leaflet.folded[amount.span.block], amount.span.start
    near = text[max(0, start - _CHANGE_REACH) : amount.span.end + _CHANGE_REACH]
    changes = any(cue in cues and cues[cue].search(near) for cue in _CHANGES)
    if not changes and cues["each-time"].search(near):
        return False  # "each time from 2 g to 1 g"
    between = any(token.kind == "and" for token in tokens)
    words = {fold(word) for word in task.lexicon.grammar.data.dosing["between"]}
    named = any(text[:start].rstrip().endswith(f" {word}") for word in words)
    if between and (named or not twice):
        return False  # "between 1 mg and 0.5 mg" tells of no change
    return changes or (twice and not between and dose.role not in ("usual", "start"))


def _turned_bounds(leaflet: Leaflet, task: Task, doses: Sequence[DoseStatement]) -> Iterator[Hit]:
    """ "No less than 4 mg and no more than 3 mg", "150 mg up to 100 mg": what should be most is least."""
    for low, top in pairwise(doses):
        one, other = low.amount, top.amount
        most = other.bound == "maximum" or top.role == "maximum"
        if (
            one.span.block != other.span.block
            or low.sentence != top.sentence
            or not most
            or one.low > one.high
        ):
            continue
        between = leaflet.text(Span(one.span.block, one.span.end, other.span.start))
        joined = 0 < len(between.split()) <= _UP_TO and not any(sign in between for sign in ".;:,(")
        least = one.bound == "minimum" or (not one.bound and (joined or _is_least(leaflet, task, one)))
        alike = one.family == other.family and (one.per == other.per or () in (one.per, other.per))
        alike = alike and (one.family != "count" or one.unit == other.unit) and "(" not in between
        if least and alike and other.base[1] < one.base[0]:
            yield hit_at(leaflet, task, other, review="yes")


def _is_least(leaflet: Leaflet, task: Task, amount: Quantity) -> bool:
    """Whether the words right before an amount call it the lowest."""
    text = leaflet.folded[amount.span.block][: amount.span.start][-_LEAST_REACH:]
    tokens = task.lexicon.grammar.dosed(_DIGIT.split(text)[-1])
    return any(token.kind == "minimum" for token in tokens)


def _pairs(
    leaflet: Leaflet, task: Task, doses: Sequence[DoseStatement]
) -> Iterator[tuple[DoseStatement, DoseStatement]]:
    """Starting doses with the range of the usual dose of the same paragraph and people."""
    for near in near_by(leaflet, task, doses):
        ranges = [dose for dose in near if dose.role in _RANGES and dose.amount.low < dose.amount.high]
        for start in (dose for dose in near if dose.role == "start"):
            for usual in ranges:
                amount = start.amount if start.amount.per else replace(start.amount, per=usual.amount.per)
                if _comparable(amount, usual.amount) and _alike(start, usual):
                    yield start, usual


def _above_range(leaflet: Leaflet, task: Task, doses: Sequence[DoseStatement]) -> Iterator[Hit]:
    """A starting dose above the whole range of the usual dose; loading doses exist, so for review."""
    for start, usual in _pairs(leaflet, task, doses):
        typical = says_before(leaflet, task.lexicon.grammar, start.amount, "typical", _TYPICAL_REACH)
        below = typical and start.amount.base[1] < usual.amount.base[0] and _precedes(usual, start)
        if start.amount.base[0] > usual.amount.base[1] or below:
            span = leaflet.text(usual.amount.span)
            yield hit_at(leaflet, task, start.amount, "above-range", range=span, review="yes")


def _outside_range(leaflet: Leaflet, task: Task, doses: Sequence[DoseStatement]) -> Iterator[Hit]:
    """What most people are said to need, or an example, outside the range stated just before it."""
    for near in near_by(leaflet, task, doses):
        ranges = [dose for dose in near if dose.role in _RANGES and dose.amount.low < dose.amount.high]
        for dose in (d for d in near if d.role in ("usual", "example") and d.amount.exact):
            for span in (r for r in ranges if 0 <= dose.sentence - r.sentence <= 1 and _precedes(r, dose)):
                low, high = span.amount.base
                inside = low <= dose.amount.base[0] <= high
                if not inside and _comparable(dose.amount, span.amount) and _alike(dose, span):
                    yield hit_at(leaflet, task, dose.amount, review="yes")


def _not_lower(leaflet: Leaflet, task: Task, doses: Sequence[DoseStatement]) -> Iterator[Hit]:
    """A dose or a maximum that is called lower than the one before it and is not."""
    for before, dose in pairwise(doses):
        together = before.amount.span.block == dose.amount.span.block and dose.sentence - before.sentence <= 1
        if together and dose.lower and dose.amount.exact and before.amount.low == before.amount.high:
            stated = _against(before, dose)
            if stated is not None and stated < dose.amount.base[0]:
                yield hit_at(leaflet, task, dose.amount, review="yes")


def _precedes(one: DoseStatement, other: DoseStatement) -> bool:
    return one.amount.span.start < other.amount.span.start


def _alike(one: DoseStatement, other: DoseStatement) -> bool:
    """Whether two statements are about the same people and the same interval between intakes."""
    often = [(i.unit, i.per_day) for i in (one.intake, other.intake) if i]
    return one.populations == other.populations and len(set(often)) < 2


def _comparable(one: Quantity, other: Quantity) -> bool:
    same_unit = one.family == other.family and (one.family != "count" or one.unit == other.unit)
    return same_unit and one.per == other.per and one.per_amount == other.per_amount


def _against(dose: DoseStatement, top: DoseStatement) -> Decimal | None:
    """The dose as it compares with a maximum: a day's intake with a maximum a day; None if it does not."""
    if _comparable(dose.amount, top.amount):
        # How often a range is taken may depend on the dose; said of a day, all of it is allowed.
        whole = dose.amount.per or (dose.intake is None and top.intake is None)
        return dose.amount.base[1 if whole else 0]
    spaced = top.sentence == dose.sentence and top.amount.span.start > dose.amount.span.start
    value, family = dose.amount.base[0], dose.amount.family
    if family == "count" and top.amount.family != "count":  # "one 400 mg tablet", against a maximum in mg
        value, family = content_of(dose) or (value, family)
    elif family == "count" and dose.amount.unit != top.amount.unit:
        return None
    if family != top.amount.family or top.amount.per not in ((), ("day",)):
        return None
    if dose.amount.per == top.amount.per:
        return value
    per_day = _per_day(dose, spaced=spaced)
    return value * per_day if per_day and top.amount.per and not dose.amount.per else None


def _per_day(dose: DoseStatement, *, spaced: bool) -> Decimal | None:
    """How many times a day a dose is taken, as far as that is said.

    `spaced`: a maximum follows in its sentence, so that "every 4 hours" may tell only how far apart.
    """
    if dose.intake:
        often = None if dose.intake.divided else dose.intake.per_day
        hours = dose.intake.every if dose.intake.unit == "hour" else None
        if hours is not None and hours < _ATTACK:
            return None
        awake = hours is not None and (hours < _SLEEP or (spaced and hours == _SLEEP))
        return often * _AWAKE if often and awake else often
    return Decimal(1) if dose.timed else None


def _above_maximum(leaflet: Leaflet, task: Task, doses: Sequence[DoseStatement]) -> Iterator[Hit]:
    """A dose above the maximum of its own paragraph, or of the paragraph right before or after it."""
    told = list(near_by(leaflet, task, doses))
    plain = {d.amount.span for d in doses if not (d.amount.per or d.intake or d.timed)}
    for at, own in enumerate(told):
        beside = [near for near in told[max(0, at - 1) : at + 2] if _adjoin(leaflet, own, near)]
        tops = [top for near in (own, *beside) for top in near if top.role == "maximum"]
        for top in tops:
            for dose in (d for d in own if _is_regular(d) and _alike_people(d, top)):
                if not _bounds(top, dose) and not forbids(
                    leaflet, task.lexicon.grammar, top.amount, _FORBIDDEN
                ):
                    continue
                together = top.amount.span.block == dose.amount.span.block
                near = _are_near(dose, top) if together else bool(dose.role or dose.intake)
                assumed = dose.amount.span in plain and _is_assumed(dose, top, plain)
                apart = (
                    assumed or _contrasts(leaflet, task, dose, top) or _is_joined(leaflet, task, top, dose)
                )
                stated = _against(dose, top) if near and not apart else None
                if stated is not None and stated > top.amount.base[1]:
                    words = leaflet.text(top.amount.span)
                    yield hit_at(leaflet, task, dose.amount, "above-maximum", maximum=words, review="yes")


def _is_assumed(dose: DoseStatement, top: DoseStatement, plain: Set[Span]) -> bool:
    """Whether a dose that names no day is only taken for that of a day, and may be another's.

    A first dose may be a loading dose; one after the maximum in its sentence is what it is held against.
    """
    if dose.intake or dose.amount.per != ("day",) or top.amount.span in plain:
        return False
    after = dose.sentence == top.sentence and dose.amount.span.start > top.amount.span.start
    return dose.role == "start" or after


def _adjoin(leaflet: Leaflet, one: Sequence[DoseStatement], other: Sequence[DoseStatement]) -> bool:
    """Whether two groups of doses are those of neighbouring paragraphs that are no items of a list."""
    blocks = (one[0].amount.span.block, other[0].amount.span.block)
    return abs(blocks[0] - blocks[1]) == 1 and all(leaflet.blocks[b].kind == "paragraph" for b in blocks)


def _contrasts(leaflet: Leaflet, task: Task, dose: DoseStatement, top: DoseStatement) -> bool:
    """Whether a maximum of special people stands before a dose of others in one sentence.

    “With liver problems the maximum is 2 g, as against 4 g in other adults.”
    """
    one, other = dose.amount.span, top.amount.span
    if one.block != other.block or dose.sentence != top.sentence or one.start < other.start:
        return False
    ahead = leaflet.folded[other.block][: other.start].rpartition(". ")[2]
    return bool(task.lexicon.grammar.populations(ahead) & _SPECIAL)


def _is_joined(leaflet: Leaflet, task: Task, top: DoseStatement, dose: DoseStatement) -> bool:
    """Whether an amount is a second maximum for a longer time: "6 puffs in one attack or 12 puffs a day"."""
    one, other = top.amount, dose.amount
    if one.span.block != other.span.block or top.sentence != dose.sentence:
        return False
    between = task.lexicon.grammar.dosed(leaflet.folded[one.span.block][one.span.end : other.span.start])
    return len(between) <= _JOINING and any(token.kind == "and" for token in between[-1:])


def _is_regular(dose: DoseStatement) -> bool:
    """Whether a statement says what is taken: by its role, by how often, or as the amount of a day."""
    told = dose.intake is not None or dose.timed or dose.amount.per == ("day",)
    daily = dose.role == "total" and dose.amount.per == ("day",)
    return not dose.amount.bound and (dose.role in ("usual", "start") or daily or (dose.role == "" and told))


def _bounds(top: DoseStatement, dose: DoseStatement) -> bool:
    """Whether a maximum is that of a dose: "up to 2.4 mg a day" before it may be the most of one step."""
    later = top.amount.span.start > dose.amount.span.start
    return bool(dose.role or dose.intake) or not top.amount.bound or later


def _are_near(one: DoseStatement, other: DoseStatement) -> bool:
    return abs(one.sentence - other.sentence) <= _NEAR


def _alike_people(one: DoseStatement, other: DoseStatement) -> bool:
    """Whether a dose and a maximum can be of the same people: what is told of kidneys is not of everybody."""
    if set(other.populations) & _SPECIAL - set(one.populations):
        return False
    return not one.populations or not other.populations or one.populations == other.populations
