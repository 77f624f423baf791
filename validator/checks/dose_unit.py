"""Doses that keep unit, basis and interval wherever they are said; see `dose` and `dose_again`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from validator.checks.dose import hit_at
from validator.checks.dose_again import NAMED, as_amount, taken_up
from validator.checks.dose_scale import scales
from validator.checks.dose_week import weekly_and_daily
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.quantities import DoseStatement, Quantity, Rhythm

_SIDE_BY_SIDE = 6  # characters between "0.5 mg per day" and "(0.5 mg/kg/day)"
_SLIPS = (Decimal(1000), Decimal("0.001"))
_TENS = (Decimal(10), Decimal("0.1"), *_SLIPS)
_STEPS = (Decimal(1000), Decimal(1_000_000))  # from one unit of mass to another
_OF_A_DAY = {(), ("day",)}
_AROUND = 5  # quantities before and after a dose among which the weight stands
_FAR = 100  # no two doses of one medicine are further apart
_MOST = 60  # statements compared with one another; more are a table


@kind("dose/unit")
def unit(leaflet: Leaflet, task: Task) -> Outcome:
    """The same figure does not stand beside itself with another basis or a unit 1,000 times apart."""
    words = list(weekly_and_daily(leaflet, task))
    if not leaflet.facts.doses and not leaflet.facts.rhythms and not words:
        return not_applicable("no-dose")
    hits = [
        *_two_bases(leaflet, task),
        *_still_by_weight(leaflet, task),
        *_slips(leaflet, task),
        *_repeated(leaflet, task),
        *_weekly(leaflet, task),
        *_strays(leaflet, task),
    ]
    places = {hit.span for hit in hits}
    plain = [dose for stated in leaflet.facts.doses if _is_plain((dose := as_amount(stated)).amount)][:_MOST]
    hits += [hit for hit in taken_up(leaflet, task, plain) if hit.span not in places]
    places = {hit.span for hit in hits}
    told = (_rhythm(leaflet, task, rhythm) for rhythm in leaflet.facts.rhythms)
    for hit in (*told, *scales(leaflet, task), *words):
        if hit.span not in places:
            hits.append(hit)
            places.add(hit.span)
    return Outcome(tuple(hits)) if hits else met("units")


def _rhythm(leaflet: Leaflet, task: Task, rhythm: Rhythm) -> Hit:
    words = leaflet.text(rhythm.intake.span)
    told = {"other": leaflet.text(rhythm.other.span)}
    return Hit("inconsistent", "rhythm", rhythm.intake.span, task.section, words, "", told, review=True)


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


def _still_by_weight(leaflet: Leaflet, task: Task) -> Iterator[Hit]:
    """ "20 mg/kg a day. A baby of 6 kg is given 120 mg/kg a day": what results is no longer by weight."""
    quantities = leaflet.facts.quantities
    rates = [(at, q) for at, q in enumerate(quantities) if {"kg", "m2"} & {*q.per} and q.exact and q.sure]
    for (start, one), (at, other) in pairwise(rates):
        if other.span.block - one.span.block > 1 or one.family != other.family or one.base == other.base:
            continue
        unit = "m2" if "m2" in one.per else "kg"
        near = quantities[max(start, at - _AROUND) : at + _AROUND]
        for measure in (q for q in near if q.unit == unit and not q.per and q.exact):
            if one.base[0] * measure.low == other.base[0] and measure.low > 1:
                first, second = leaflet.text(one.span), leaflet.text(other.span)
                yield hit_at(
                    leaflet, task, other, "still-by-weight", first=first, second=second, review="yes"
                )


def _slips(leaflet: Leaflet, task: Task) -> Iterator[Hit]:
    """A dose with the figure of a declared strength but in a unit 1,000 times apart."""
    stated = (part for dose in leaflet.facts.doses for part in (dose.amount, dose.strength) if part)
    for amount in stated:
        plain = amount.family == "mass" and not set(amount.per) & {"kg", "m2", "ml"}
        if not plain or not amount.exact or not amount.sure:
            continue
        for strength in leaflet.facts.product.amounts:
            same_figure = strength.family == "mass" and strength.low == amount.low
            if same_figure and amount.factor / strength.factor in _SLIPS:
                words = leaflet.text(strength.span)
                yield hit_at(leaflet, task, amount, "slip", strength=words, review="yes")


def _repeated(leaflet: Leaflet, task: Task) -> Iterator[Hit]:
    """The same dose for the same people, said again ten or a thousand times larger or smaller."""
    plain = [dose for dose in leaflet.facts.doses if _is_plain(dose.amount)]
    told = [dose for dose in plain if dose.role in NAMED]
    for one, other in combinations(told[:_MOST], 2):
        if one.amount.span.block != other.amount.span.block and _same_dose(one, other):
            ratio = other.amount.base[0] / one.amount.base[0]
            if ratio in (_TENS if one.role == other.role else _SLIPS) and _alone(told, one, other):
                first = leaflet.text(one.amount.span)
                yield hit_at(leaflet, task, other.amount, "repeated", first=first, review="yes")


def _is_plain(amount: Quantity) -> bool:
    return amount.family != "count" and amount.low == amount.high > 0 and amount.sure


def _same_dose(one: DoseStatement, other: DoseStatement) -> bool:
    """Whether two statements speak of one dose: people, basis and interval are the same."""
    often = [(i.unit, i.per_day) if i else None for i in (one.intake, other.intake)]
    return (
        one.populations == other.populations
        and (one.amount.family, one.amount.per) == (other.amount.family, other.amount.per)
        and often[0] == often[1]
    )


def _alone(told: Sequence[DoseStatement], one: DoseStatement, other: DoseStatement) -> bool:
    """Whether no third dose of the kind is told: several are a scheme, in which tens are no slip."""
    return all(
        third.amount.base in (one.amount.base, other.amount.base)
        for third in told
        if one.role == third.role and _same_dose(one, third)
    )


def _strays(leaflet: Leaflet, task: Task) -> Iterator[Hit]:
    """A dose that stands alone in its unit and is more than a hundred times another one beside it.

    “75 micrograms once a day. ... start with 25 mg once a day”: no one takes both of one substance.
    """
    facts = leaflet.facts
    if len(facts.product.active_substances) > 1:
        return
    doses = [dose for dose in facts.doses if _is_plain(dose.amount) and (dose.role or dose.intake)][:_MOST]
    units = [q.unit for q in (*facts.quantities, *facts.product.amounts) if q.family == "mass"]
    for one, other in pairwise(doses):
        first, again = one.amount, other.amount
        factors = {first.factor / again.factor, again.factor / first.factor}
        alike = first.per == again.per or {first.per, again.per} == _OF_A_DAY
        near = again.span.block - first.span.block <= 1 and alike
        if near and max(factors) in _STEPS and first.low != again.low:
            large = max(first.base[0], again.base[0]) > _FAR * min(first.base[0], again.base[0])
            if large and units.count(again.unit) == 1:
                words = leaflet.text(first.span)
                yield hit_at(leaflet, task, again, "stray", first=words, review="yes")


def _weekly(leaflet: Leaflet, task: Task) -> Iterator[Hit]:
    """The same amount once a week and, in another paragraph, once a day."""
    doses = [d for d in leaflet.facts.doses if _is_plain(d.amount) and (d.intake or d.amount.per)][:_MOST]
    if len({dose.amount.base for dose in doses}) > 1:  # of several doses "10 mg a day" may be a later step
        doses = [dose for dose in doses if not dose.amount.per]
    weekly, daily = ([dose for dose in doses if _once(dose, unit)] for unit in ("week", "day"))
    for dose in daily:
        for other in weekly:
            apart = dose.amount.span.block != other.amount.span.block
            if apart and dose.amount.base == other.amount.base and dose.amount.family == other.amount.family:
                yield _interval(leaflet, task, dose, other)
                break


def _once(dose: DoseStatement, unit: str) -> bool:
    intake = dose.intake
    if intake is None or dose.amount.per:
        return dose.amount.per == (unit,)
    return intake.unit == unit and intake.times == intake.every == 1


def _interval(leaflet: Leaflet, task: Task, dose: DoseStatement, other: DoseStatement) -> Hit:
    spans = [
        statement.intake.span if statement.intake and not statement.amount.per else statement.amount.span
        for statement in (dose, other)
    ]
    words = [leaflet.text(span) for span in spans]
    told = {"dose": leaflet.text(dose.amount.span), "other": words[1]}
    return Hit("inconsistent", "interval", spans[0], task.section, words[0], "", told, review=True)
