"""Numbers that must compute, and worked examples; see `dose_range`, `dose_sums`, `dose_bands`, `dose_unit`.

All arithmetic is exact. A difference that the last written digit explains is no difference; what is
only plausible is for review; what cannot be tied together is left alone.
"""

from __future__ import annotations

from decimal import Decimal

from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.quantities import DoseStatement, Quantity, WorkedExample

_ROUNDED_SHARE = Decimal("0.05")  # a rounder result this near was rounded
_HOURS = {"minute": 1 / Decimal(60), "hour": Decimal(1), "day": Decimal(24), "week": Decimal(168)}
_ANY_PARTS = tuple(Decimal(parts) for parts in range(2, 7))  # into which a day's dose may be divided unsaid
_NEAR_SHARE = Decimal("0.1")  # a result this near may have been rounded to what can be given


def number(value: Decimal) -> str:
    """A decimal as people write it, without an exponent or idle zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def same(value: Decimal, stated: Decimal, step: Decimal) -> bool:
    """Whether a computed value is the stated one, rounded to its last written digit."""
    return -step / 2 < stated - value <= step / 2


def adds_up(value: Decimal, stated: Decimal, step: Decimal) -> bool:
    """`same` for sums and multiples, which no one rounds by more than a twentieth."""
    return same(value, stated, step) and abs(value - stated) * 20 <= value


def content_of(dose: DoseStatement) -> tuple[Decimal, str] | None:
    """How much is taken, in the base unit of a family; tablets count by their strength, if one is stated."""
    if dose.amount.family != "count":
        return dose.amount.base[0], dose.amount.family
    if dose.strength is None:
        return None
    return dose.amount.base[0] * dose.strength.base[0], dose.strength.family


def hit_at(leaflet: Leaflet, task: Task, quantity: Quantity, case: str = "", **told: str) -> Hit:
    """A contradiction at a quantity; `told` fills the slots, but for `expected` and `review`."""
    expected = told.pop("expected", "")
    review = bool(told.pop("review", ""))
    evidence = leaflet.text(quantity.span)
    return Hit("inconsistent", case, quantity.span, task.section, evidence, expected, told, review=review)


@kind("dose/worked-example")
def worked_example(leaflet: Leaflet, task: Task) -> Outcome:
    """The dose of an example is the dose per kg (or m²) times the weight (or surface)."""
    examples = [e for e in leaflet.facts.examples if e.rate.sure and e.result.sure and e.measure.sure]
    if not examples:
        return not_applicable("no-example")
    hits = [hit for example in examples if (hit := _example(leaflet, task, example))]
    return (
        Outcome(tuple(hits))
        if hits
        else met("examples", examples[0].result.span, sums=_sums(leaflet, examples))
    )


def _sums(leaflet: Leaflet, examples: list[WorkedExample]) -> str:
    return "; ".join(_sum(leaflet, example) for example in examples)


def _sum(leaflet: Leaflet, example: WorkedExample) -> str:
    return " × ".join(leaflet.text(q.span) for q in (example.rate, example.measure)) + (
        f" = {leaflet.text(example.result.span)}"
    )


def _example(leaflet: Leaflet, task: Task, example: WorkedExample) -> Hit | None:
    if any(_computes(rate, example) for rate in (example.rate, *example.other_rates)):
        return None
    times = _times(example.rate, example)[0]
    low, high = (value / times for value in _product(example.rate, example))
    nearly = abs(example.result.base[0] - low) <= _NEAR_SHARE * low
    if _rounded(low, example.result) or (nearly and example.rounded) or _may_be_most(leaflet, example, low):
        return None
    unit = example.result.factor
    computed = number(low / unit) if low == high else f"{number(low / unit)} to {number(high / unit)}"
    return hit_at(
        leaflet,
        task,
        example.result,
        expected=f"{computed} {example.result.unit}",
        rate=leaflet.text(example.rate.span),
        measure=leaflet.text(example.measure.span),
        computed=f"{computed} {example.result.unit}",
        review="yes" if nearly or example.other_rates or not example.announced else "",
    )


def _may_be_most(leaflet: Leaflet, example: WorkedExample, computed: Decimal) -> bool:
    """Whether a dose below what is computed is told twice there, and so may be the most that is given."""
    result = example.result
    again = [
        q for q in leaflet.facts.quantities if q.span.block == result.span.block and q.base == result.base
    ]
    return result.base[1] < computed and len(again) > 1


def _rounded(computed: Decimal, result: Quantity) -> bool:
    """Whether a result was rounded to what can be given: near, and with fewer digits than the product."""
    near = abs(result.base[0] - computed) <= _ROUNDED_SHARE * computed
    stated, exact = (len(value.normalize().as_tuple().digits) for value in (result.base[0], computed))
    return near and stated < exact


def _product(rate: Quantity, example: WorkedExample) -> tuple[Decimal, Decimal]:
    """The dose that results, in the base unit: lower and upper value."""
    measure = example.measure
    unit = measure.factor / Decimal(1_000_000) if measure.family == "mass" else Decimal(1)
    return rate.base[0] * measure.low * unit, rate.base[1] * measure.high * unit


def _times(rate: Quantity, example: WorkedExample) -> tuple[Decimal, ...]:
    """By how much what the rate gives may be divided: a day's rate holds all intakes of the day."""
    result, intake = example.result, example.intake
    if scale := _period_scale(rate, result):
        return (scale,)
    if "hour" in rate.per or "minute" in rate.per:
        return (Decimal(1),)
    counts = {*example.parts}
    daily = "day" in rate.per
    if intake and intake.per_day and intake.per_day > 1 and (intake.divided or daily or not example.each):
        counts.add(intake.per_day)
    if example.each and (daily or example.parts) and (counts or example.loose):
        return (*counts, *example.loose)
    if not daily:
        return (Decimal(1), *counts)
    return (Decimal(1), *counts, *_ANY_PARTS)


def _period_scale(rate: Quantity, result: Quantity) -> Decimal | None:
    """By how much to divide where both are for a time, None where not: "5 mg/kg/hour, 8.4 g a day"."""
    periods = [next((_HOURS[unit] for unit in q.per if unit in _HOURS), None) for q in (rate, result)]
    return periods[0] / periods[1] if periods[0] and periods[1] else None


def _computes(rate: Quantity, example: WorkedExample) -> bool:
    """Whether the result follows, as a dose for one intake or for a whole day."""
    result = example.result
    step = result.step * result.factor
    low, high = _product(rate, example)
    for times in _times(rate, example):
        least, most = low / times, high / times
        stated_low, stated_high = result.base
        inside = least - step / 2 <= stated_low and stated_high <= most + step / 2
        if inside or (same(least, stated_low, step) and same(most, stated_high, step)):
            return True
    return False
