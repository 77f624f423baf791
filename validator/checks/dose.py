"""Numbers that must compute: examples, ranges, units, totals, multiples of a strength, volumes, bands.

All arithmetic is exact. A difference that the last written digit explains is no difference; what is
only plausible is for review; what cannot be tied together is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.quantities import DoseStatement, Quantity, WorkedExample

_NEAR_SHARE = Decimal("0.1")  # a result this near may have been rounded to what can be given
_SIDE_BY_SIDE = 6  # characters between "0.5 mg per day" and "(0.5 mg/kg/day)"
_SLIPS = (Decimal(1000), Decimal("0.001"))


def number(value: Decimal) -> str:
    """A decimal as people write it, without an exponent or idle zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def same(value: Decimal, stated: Decimal, step: Decimal) -> bool:
    """Whether a computed value is the stated one, as far as its last written digit tells."""
    return abs(value - stated) <= step / 2


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
        review="yes" if nearly or example.other_rates else "",
    )


def _product(rate: Quantity, example: WorkedExample) -> tuple[Decimal, Decimal]:
    """The dose that results, in the base unit: lower and upper value."""
    measure = example.measure
    unit = measure.factor / Decimal(1_000_000) if measure.family == "mass" else Decimal(1)
    return rate.base[0] * measure.low * unit, rate.base[1] * measure.high * unit


def _computes(rate: Quantity, example: WorkedExample) -> bool:
    """Whether the result follows, as a dose for one intake or for a whole day."""
    low, high = _product(rate, example)
    result = example.result
    step = result.step * result.factor
    per_day = example.intake.per_day if example.intake else None
    for times in (Decimal(1), *([per_day] if per_day and per_day > 1 else [])):
        stated_low, stated_high = result.base[0] * times, result.base[1] * times
        inside = low - step / 2 <= stated_low and stated_high <= high + step / 2
        if inside or (same(low, stated_low, step) and same(high, stated_high, step)):
            return True
    return False


@kind("dose/range")
def dose_range(leaflet: Leaflet, task: Task) -> Outcome:
    """A range ascends; a dose stays below the maximum; a starting dose lies in the range given for it."""
    doses = [dose for dose in leaflet.facts.doses if dose.amount.sure]
    turned = [dose.amount for dose in doses if dose.amount.low > dose.amount.high]
    hits = [hit_at(leaflet, task, amount, "turned") for amount in turned]
    hits += list(_above_maximum(leaflet, task, doses))
    if hits:
        return Outcome(tuple(hits))
    pairs = [
        (start, span) for start in doses if start.role == "start" for span in doses if _range_of(start, span)
    ]
    for start, span in pairs:
        if not span.amount.base[0] <= start.amount.base[0] <= span.amount.base[1]:
            continue
        return met(
            "in-range",
            start.amount.span,
            dose=leaflet.text(start.amount.span),
            range=leaflet.text(span.amount.span),
        )
    ranges = [dose for dose in doses if dose.amount.low < dose.amount.high]
    return met("ranges", count=str(len(ranges))) if ranges else not_applicable("no-range")


def _range_of(start: DoseStatement, other: DoseStatement) -> bool:
    return other.amount.low < other.amount.high and _comparable(start.amount, other.amount)


def _comparable(one: Quantity, other: Quantity) -> bool:
    return one.family == other.family and one.per == other.per and one.per_amount == other.per_amount


def _against(dose: DoseStatement, top: DoseStatement) -> Decimal | None:
    """The dose as it compares with a maximum: a day's intake with a maximum a day; None if it does not."""
    if _comparable(dose.amount, top.amount):
        return dose.amount.base[0]
    daily = top.amount.per == ("day",) and not dose.amount.per and dose.amount.family == top.amount.family
    per_day = dose.intake.per_day if dose.intake else None
    return dose.amount.base[0] * per_day if daily and per_day else None


def _above_maximum(leaflet: Leaflet, task: Task, doses: list[DoseStatement]) -> Iterator[Hit]:
    """A usual or starting dose above the maximum of its own paragraph."""
    for top in doses:
        if top.role != "maximum" and top.amount.bound != "maximum":
            continue
        for dose in doses:
            if dose.role in ("usual", "start") and dose.amount.span.block == top.amount.span.block:
                stated = _against(dose, top)
                if stated is not None and stated > top.amount.base[1]:
                    yield hit_at(
                        leaflet,
                        task,
                        dose.amount,
                        "above-maximum",
                        maximum=leaflet.text(top.amount.span),
                        review="yes",
                    )


@kind("dose/unit")
def unit(leaflet: Leaflet, task: Task) -> Outcome:
    """The same figure does not stand beside itself with another basis or a unit 1,000 times apart."""
    if not leaflet.facts.doses:
        return not_applicable("no-dose")
    hits = [*_two_bases(leaflet, task), *_slips(leaflet, task)]
    return Outcome(tuple(hits)) if hits else met("units")


def _two_bases(leaflet: Leaflet, task: Task) -> Iterator[Hit]:
    """ "0.5 mg per day (0.5 mg/kg/day)": read alone, the first is a fraction of the dose."""
    quantities = leaflet.facts.quantities
    for one, other in pairwise(quantities):
        if one.span.block != other.span.block or other.span.start - one.span.end > _SIDE_BY_SIDE:
            continue
        same_figure = one.base == other.base and one.family == other.family
        plain, scaled = (one, other) if len(one.per) < len(other.per) else (other, one)
        basis = [key for key in ("kg", "m2") if key in scaled.per and key not in plain.per]
        if same_figure and basis and plain.per:
            first, second = leaflet.text(one.span), leaflet.text(other.span)
            yield hit_at(
                leaflet,
                task,
                one,
                "two-bases",
                first=first,
                second=second,
                plain=leaflet.text(plain.span),
                review="yes",
            )


def _slips(leaflet: Leaflet, task: Task) -> Iterator[Hit]:
    """A dose with the figure of a declared strength but in a unit 1,000 times apart."""
    for dose in leaflet.facts.doses:
        amount = dose.amount
        if amount.family != "mass" or not amount.exact or amount.per or not amount.sure:
            continue
        for strength in leaflet.facts.product.amounts:
            if (
                strength.family == "mass"
                and strength.low == amount.low
                and amount.factor / strength.factor in _SLIPS
            ):
                yield hit_at(
                    leaflet, task, amount, "slip", strength=leaflet.text(strength.span), review="yes"
                )
