"""Doses that add up: multiples of a strength, totals of a day, volumes of a concentration, weight bands.

See `dose` for the arithmetic and for when nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby, pairwise

from validator.checks.dose import hit_at, number, same
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.quantities import DoseStatement, Quantity


@kind("dose/strength-multiple")
def strength_multiple(leaflet: Leaflet, task: Task) -> Outcome:
    """So many tablets of a strength give the stated amount."""
    pairs = [dose for dose in leaflet.facts.doses if dose.units and dose.amount.sure and dose.units.exact]
    declared = _strengths(leaflet)
    if not declared and not any(dose.strength for dose in pairs):
        return not_applicable("no-declared-strength")
    hits = [hit for dose in pairs if (hit := _multiple(leaflet, task, dose, declared))]
    if hits or pairs:
        return Outcome(tuple(hits)) if hits else met("multiples", pairs[0].amount.span, count=str(len(pairs)))
    return not_applicable("no-multiple")


def _strengths(leaflet: Leaflet) -> list[Decimal]:
    """The declared strengths of one unit of the form, in mg."""
    amounts = leaflet.facts.product.amounts or leaflet.facts.composition
    masses = (amount.base[0] for amount in amounts if amount.family == "mass" and "ml" not in amount.per)
    return list(dict.fromkeys(masses))


def _multiple(leaflet: Leaflet, task: Task, dose: DoseStatement, declared: list[Decimal]) -> Hit | None:
    amount, units = dose.amount, dose.units
    if units is None or amount.family != "mass" or not amount.exact or "kg" in amount.per:
        return None
    strengths = [dose.strength.base[0]] if dose.strength else declared
    counts = {units.low, units.low * (dose.intake.per_day or 1)} if dose.intake else {units.low}
    possible = [strength * count for strength in strengths for count in counts]
    if not possible or any(same(value, amount.base[0], amount.step * amount.factor) for value in possible):
        return None
    computed = number(possible[0] / amount.factor)
    return hit_at(
        leaflet,
        task,
        amount,
        expected=f"{computed} {amount.unit}",
        units=leaflet.text(units.span),
        strength=f"{number(strengths[0] / amount.factor)} {amount.unit}",
        computed=f"{computed} {amount.unit}",
        review="" if dose.strength or (len(strengths) == 1 and len(counts) == 1) else "yes",
    )


@kind("dose/daily-total")
def daily_total(leaflet: Leaflet, task: Task) -> Outcome:
    """A dose times its intakes a day is the total that the same sentence gives for the day."""
    sums = list(_totals(leaflet))
    if not sums:
        return not_applicable("no-total")
    hits = []
    for dose, total in sums:
        per_day = dose.intake.per_day if dose.intake else None
        if per_day is None:
            continue
        computed = dose.amount.base[0] * per_day
        if not same(computed, total.amount.base[0], total.amount.step * total.amount.factor):
            value = f"{number(computed / total.amount.factor)} {total.amount.unit}"
            hits.append(
                hit_at(
                    leaflet,
                    task,
                    total.amount,
                    expected=value,
                    dose=leaflet.text(dose.amount.span),
                    times=leaflet.text(dose.intake.span) if dose.intake else "",
                    computed=value,
                )
            )
    return Outcome(tuple(hits)) if hits else met("totals", sums[0][1].amount.span, count=str(len(sums)))


def _totals(leaflet: Leaflet) -> Iterator[tuple[DoseStatement, DoseStatement]]:
    """A dose with its intakes, and the total of the same sentence."""
    for _, group in groupby(leaflet.facts.doses, key=lambda dose: (dose.amount.span.block, dose.sentence)):
        sure = [dose for dose in group if dose.amount.exact and dose.amount.sure]
        for total in (dose for dose in sure if dose.role == "total" and dose.amount.per in ((), ("day",))):
            single = [
                dose
                for dose in sure
                if dose is not total and dose.intake and not dose.amount.per
                if dose.amount.family == total.amount.family
            ]
            if len(single) == 1:
                yield single[0], total


@kind("dose/volume")
def volume(leaflet: Leaflet, task: Task) -> Outcome:
    """A volume times the concentration is the amount beside it."""
    pairs = [dose for dose in leaflet.facts.doses if dose.volume and dose.amount.exact and dose.volume.exact]
    concentrations = _concentrations(leaflet)
    if not pairs or not concentrations:
        return not_applicable("no-volume")
    hits = []
    for dose in pairs:
        possible = [
            c * dose.volume.base[0]
            for c, family in concentrations
            if dose.volume and family == dose.amount.family
        ]
        if possible and not any(
            same(v, dose.amount.base[0], dose.amount.step * dose.amount.factor) for v in possible
        ):
            value = f"{number(possible[0] / dose.amount.factor)} {dose.amount.unit}"
            told = {"volume": leaflet.text(dose.volume.span) if dose.volume else "", "computed": value}
            hits.append(
                hit_at(
                    leaflet,
                    task,
                    dose.amount,
                    expected=value,
                    **told,
                    review="yes" if len(possible) > 1 else "",
                )
            )
    return Outcome(tuple(hits)) if hits else met("volumes", pairs[0].amount.span, count=str(len(pairs)))


def _concentrations(leaflet: Leaflet) -> set[tuple[Decimal, str]]:
    """The amounts per ml that the leaflet states, with their family."""
    facts = leaflet.facts
    return {
        (quantity.base[0] / (1000 if quantity.per[0] == "l" else 1), quantity.family)
        for quantity in (*facts.quantities, *facts.product.amounts, *facts.composition)
        if quantity.per[:1] in (("ml",), ("l",)) and quantity.exact and quantity.sure
    }


@kind("dose/weight-band")
def weight_band(leaflet: Leaflet, task: Task) -> Outcome:
    """Weight bands that follow one another neither overlap nor leave a hole."""
    bands = [
        q for q in leaflet.facts.quantities if q.unit == "kg" and not q.per and q.low < q.high and q.sure
    ]
    runs = _runs(bands)
    if not runs:
        return not_applicable("no-bands")
    hits = [hit for run in runs for hit in _seams(leaflet, task, run)]
    return Outcome(tuple(hits)) if hits else met("bands", runs[0][0].span, count=str(len(runs)))


def _runs(bands: list[Quantity]) -> list[list[Quantity]]:
    """Ascending bands in blocks that follow one another: the rows of a table or the items of a list."""
    runs: list[list[Quantity]] = []
    for band in bands:
        last = runs[-1][-1] if runs else None
        if last and 0 < band.span.block - last.span.block <= 1 and band.low > last.low:
            runs[-1].append(band)
        else:
            runs.append([band])
    return [run for run in runs if len(run) > 1]


def _seams(leaflet: Leaflet, task: Task, run: list[Quantity]) -> Iterator[Hit]:
    for before, after in pairwise(run):
        gap = after.low - before.high
        if gap < 0 or gap > max(before.step, after.step):
            case = "overlap" if gap < 0 else "hole"
            yield hit_at(leaflet, task, after, case, before=leaflet.text(before.span), review="yes")
