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
    low, high = _product(example.rate, example)
    if _rounded(low, example.result):
        return None
    unit = example.result.factor
    computed = number(low / unit) if low == high else f"{number(low / unit)} to {number(high / unit)}"
    nearly = abs(example.result.base[0] - low) <= _NEAR_SHARE * low
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
    """How many times the result is in what the rate gives: a day's rate holds all intakes of the day."""
    per_day = example.intake.per_day if example.intake and not example.result.per else None
    if not per_day or per_day <= 1:
        return (Decimal(1),)
    whole = "day" in rate.per and example.intake and not example.intake.divided
    return (per_day,) if whole and _beside(example) else (Decimal(1), per_day)


def _beside(example: WorkedExample) -> bool:
    """Whether nothing stands between the result and its intake: "180 mg twice a day"."""
    if example.intake is None:
        return False
    intake, result = example.intake.span, example.result.span
    return 0 <= intake.start - result.end <= 1 or 0 <= result.start - intake.end <= 1


def _computes(rate: Quantity, example: WorkedExample) -> bool:
    """Whether the result follows, as a dose for one intake or for a whole day."""
    low, high = _product(rate, example)
    result = example.result
    step = result.step * result.factor
    for times in _times(rate, example):
        stated_low, stated_high = result.base[0] * times, result.base[1] * times
        inside = low - step / 2 <= stated_low and stated_high <= high + step / 2
        if inside or (same(low, stated_low, step) and same(high, stated_high, step)):
            return True
    return False
