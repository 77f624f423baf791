"""Numbers of tablets and the amounts they hold; see `dose` for when nothing is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from validator.checks.dose import adds_up, hit_at, number
from validator.checks.dose_again import as_amount
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.quantities import DoseStatement, Portion, Quantity
from validator.document.text import fold

_MEASURED = frozenset(("drop", "puff", "spoon"))  # of which the name of a medicine tells no strength
_SOLID = frozenset(("tablet", "capsule"))
_OPENED = frozenset(("vial",))  # of which what is left over is thrown away
_INTAKES = range(2, 13)  # as often a day something may be taken
_A_DAY = range(2, 25)  # as many of a thing may be taken on a day
_DAY_REACH = 80  # characters before an amount in which "daily dose" may stand
_MOST_UNITS = 20  # of the largest strength; no one takes more at once
_MOST_STRENGTHS = 6
_MOST_PIECES = 400  # and so many different sums are tried


@kind("dose/strength-multiple")
def strength_multiple(leaflet: Leaflet, task: Task) -> Outcome:
    """So many tablets of a strength give the stated amount."""
    pairs = [d for d in leaflet.facts.doses if d.units and d.amount.sure and _are_alike(d.amount, d.units)]
    declared = _strengths(leaflet)
    beside = {dose.amount.span for dose in pairs}
    loose = [p for p in leaflet.facts.portions if not p.liquid and p.amount.span not in beside]
    known = declared or any(dose.strength for dose in leaflet.facts.doses)
    if not known and not any(p.contents for p in loose):
        return not_applicable("no-declared-strength")
    held = {p.amount.span: [c.base[0] for c in p.contents] for p in leaflet.facts.portions if not p.liquid}
    hits = [
        hit
        for dose in pairs
        if (hit := _multiple(leaflet, task, dose, [*held.get(dose.amount.span, ()), *declared]))
    ]
    hits += [hit for portion in loose if (hit := _portion(leaflet, task, portion, declared))]
    told = {hit.span for hit in hits}
    hits += [hit for hit in _impossible(leaflet, task) if hit.span not in told]
    spans = [pair.amount.span for pair in pairs] + [pair.amount.span for pair in loose]
    if hits or spans:
        return Outcome(tuple(hits)) if hits else met("multiples", spans[0], count=str(len(spans)))
    return not_applicable("no-multiple")


def _told(leaflet: Leaflet, dose: DoseStatement) -> Iterator[Decimal]:
    """The strengths that tablets of the same kind carry with them in the same paragraph."""
    for other in leaflet.facts.doses:
        near = other.strength and other.amount.span.block == dose.amount.span.block
        if near and dose.units and other.amount.unit == dose.units.unit and other.strength:
            one = other.amount.low == 1 or other.strength.per
            if one and other.strength.family == dose.amount.family:
                yield other.strength.base[0]


def _are_alike(amount: Quantity, units: Quantity) -> bool:
    """Whether an amount and a number of tablets are both one figure, or both a range."""
    alike = (amount.low < amount.high) == (units.low < units.high)
    return alike and not units.bound and amount.low <= amount.high


def _strengths(leaflet: Leaflet) -> list[Decimal]:
    """The declared strengths of one unit of the form, in mg."""
    amounts = leaflet.facts.product.amounts or leaflet.facts.composition
    masses = (amount.base[0] for amount in amounts if amount.family == "mass" and "ml" not in amount.per)
    return list(dict.fromkeys(masses))


def _multiple(leaflet: Leaflet, task: Task, dose: DoseStatement, declared: list[Decimal]) -> Hit | None:
    amount, units = dose.amount, dose.units
    if units is None or amount.family != "mass" or amount.bound == "minimum" or {"kg", "m2"} & {*amount.per}:
        return None
    if dose.strength and dose.strength.family != amount.family:
        return None  # "one 5 ml spoonful (120 mg)"
    summed = amount.per == ("day",) or (dose.role == "total" and _is_regular(leaflet, dose))
    told = dose.strength and units.span.start > amount.span.start  # "4 g a day (8 tablets of 500 mg)"
    if summed and dose.intake is None and not told:
        return None  # what a day's intakes come to: see dose/daily-total
    known = () if units.unit in _MEASURED else declared
    strengths = [dose.strength.base[0]] if dose.strength else [*_told(leaflet, dose), *known]
    strengths = list(dict.fromkeys(strengths))
    times = {Decimal(1), dose.intake.per_day or Decimal(1)} if dose.intake else {Decimal(1)}
    counts = [(units.low * count, units.high * count) for count in sorted(times)]
    possible = [(strength * low, strength * high) for strength in strengths for low, high in counts]
    step = amount.step * amount.factor
    possible += [(total, total) for total in (*_together(leaflet, dose), *_with_next(leaflet, dose))]
    if not possible or any(_are_same(value, amount.base, step) for value in possible):
        return None
    if dose.role == "total" and _is_of_a_day(leaflet, task, amount):
        if any(low and amount.base[0] / low in _INTAKES for low, _ in possible):
            return None  # "three times 2 tablets of 100 mg, that is 600 mg"
    if units.unit in _OPENED and any(
        _is_left_over(value, amount.base[1], units.low) for _, value in possible
    ):
        return None
    low, high = (number(end / amount.factor) for end in possible[0])
    computed = f"{low} {amount.unit}" if low == high else f"{low} to {high} {amount.unit}"
    sure = dose.strength or (len(strengths) == 1 and len(counts) == 1)
    return hit_at(
        leaflet,
        task,
        amount,
        expected=computed,
        units=leaflet.text(units.span),
        strength=f"{number(strengths[0] / amount.factor)} {amount.unit}",
        computed=computed,
        review="" if sure and amount.exact else "yes",
    )


def _is_left_over(held: Decimal, taken: Decimal, units: Decimal) -> bool:
    """Whether of the last of some vials only a part is used: "240 mg (three vials of 100 mg)"."""
    return units >= 1 and held * (units - 1) < taken * units and taken < held


def _is_of_a_day(leaflet: Leaflet, task: Task, amount: Quantity) -> bool:
    """Whether the words beside an amount speak of a day."""
    cue, span = task.lexicon.grammar.cues.get("of-a-day"), amount.span
    near = leaflet.folded[span.block][max(0, span.start - _DAY_REACH) : span.end + _DAY_REACH]
    return cue is not None and cue.search(near) is not None


def _together(leaflet: Leaflet, dose: DoseStatement) -> Iterator[Decimal]:
    """What the tablets of a sentence hold together: "one 100 microgram tablet and two of 25 micrograms"."""
    counted = [
        as_amount(other).amount
        for other in leaflet.facts.doses
        if other.amount.family == "count" and other.strength and other.strength.family == dose.amount.family
        if other.amount.span.block == dose.amount.span.block and other.sentence == dose.sentence
    ]
    if len(counted) > 1 and all(amount.low == amount.high for amount in counted):
        yield sum((amount.base[0] for amount in counted), Decimal(0))


def _with_next(leaflet: Leaflet, dose: DoseStatement) -> Iterator[Decimal]:
    """What the tablets of a dose and one more hold whose unit is not said again: "and one of 50 mg"."""
    if dose.units is None or dose.strength is None:
        return
    for other in leaflet.facts.doses:
        span, last = other.amount.span, max(dose.units.span.end, dose.strength.span.end)
        if span.block == dose.amount.span.block and other.sentence == dose.sentence and span.start > last:
            yield dose.strength.base[0] * dose.units.low + other.amount.base[0]


def _are_same(computed: tuple[Decimal, Decimal], stated: tuple[Decimal, Decimal], step: Decimal) -> bool:
    """Whether an amount, or both ends of a range, are the computed ones."""
    return all(adds_up(value, held, step) for value, held in zip(computed, stated, strict=True))


def _portion(leaflet: Leaflet, task: Task, portion: Portion, declared: list[Decimal]) -> Hit | None:
    """An amount and the number of tablets that only the sentence ties to it, by the nearest strength."""
    amount, units = portion.amount, portion.measure
    if not amount.exact or not units.exact or (portion.either and _is_named(leaflet, portion)):
        return None
    near = [content.base[0] for content in portion.contents]
    strengths = list(dict.fromkeys([*near, *(declared if amount.family == "mass" else ())]))
    counts = [
        units.low,
        *(units.low * times for times in portion.times),
        *([Decimal(1)] if portion.either else ()),
    ]
    possible = [strength * count for strength in strengths for count in counts]
    possible += [sum(near)] if len(near) > 1 else []  # "one 50 microgram and one 25 microgram tablet"
    bare = all(told.span != units.span for told in leaflet.facts.quantities)
    if bare and any(amount.base[0] * units.low == one for one in near):
        return None  # "the 10 mg tablet can be divided into two parts of 5 mg"
    if not possible or any(adds_up(value, amount.base[0], amount.step * amount.factor) for value in possible):
        return None
    if units.unit in _OPENED and any(_is_left_over(v, amount.base[0], units.low) for v in possible):
        return None
    ratios = [ratio for value in possible for ratio in (amount.base[0] / value, value / amount.base[0])]
    if portion.regular and any(ratio in _INTAKES for ratio in ratios):
        return None  # what a day's intakes come to (see dose/daily-total), or "5 mg a day on average"
    # "75 mg once daily, taken as two 25 mg tablets"
    beside = portion.told and not portion.regular and amount.span < units.span
    once = beside or {*portion.times} == {Decimal(1)}
    if (
        not once
        and _is_of_a_day(leaflet, task, amount)
        and any(amount.base[0] / one in _A_DAY for one in strengths if one)
    ):
        return None  # "1 in the morning and 2 capsules of 150 mg in the evening, 450 mg a day"
    computed = f"{number(possible[0] / amount.factor)} {amount.unit}"
    return hit_at(
        leaflet,
        task,
        amount,
        expected=computed,
        units=leaflet.text(units.span),
        strength=f"{number(strengths[0] / amount.factor)} {amount.unit}",
        computed=computed,
        review="" if portion.told and len(possible) == 1 else "yes",
    )


def _is_named(leaflet: Leaflet, portion: Portion) -> bool:
    """Whether the amount follows the name of the medicine, as a strength: "2 tablets of Velorin 20 mg"."""
    span = Span(portion.amount.span.block, portion.measure.span.end, portion.amount.span.start)
    name = leaflet.facts.product.name
    return bool(name) and fold(name.split()[0]) in fold(leaflet.text(span))


def _is_regular(leaflet: Leaflet, dose: DoseStatement) -> bool:
    """Whether the sentence says how often something is taken."""
    return any(
        other.intake
        for other in leaflet.facts.doses
        if other.amount.span.block == dose.amount.span.block and other.sentence == dose.sentence
    )


def _impossible(leaflet: Leaflet, task: Task) -> Iterator[Hit]:
    """Doses that no number of tablets (or halves of them) or capsules of the declared strengths can give."""
    strengths = _solid_strengths(leaflet)
    if not strengths:
        return
    halves = Decimal(1 if leaflet.facts.product.form == "capsule" else 2)
    pieces = [strength / halves for strength in strengths]
    told: set[Decimal] = set()
    for dose in leaflet.facts.doses:
        amount = dose.amount.base[0]
        if amount in told or not _is_taken(dose) or _can_give(pieces, amount):
            continue
        if _is_slip(leaflet, dose.amount) or not _is_ours(leaflet, dose):
            continue
        told.add(amount)
        declared = ", ".join(f"{number(strength)} mg" for strength in strengths)
        evidence = leaflet.text(dose.amount.span)
        values = {"strengths": declared}
        yield Hit(
            "inconsistent", "impossible", dose.amount.span, task.section, evidence, "", values, advice=True
        )


def _solid_strengths(leaflet: Leaflet) -> list[Decimal]:
    """The strengths of tablets or capsules with one active substance, in mg; none if anything is unclear."""
    product = leaflet.facts.product
    amounts: Sequence[Quantity] = product.amounts
    solid = product.form in _SOLID and all(
        amount.family == "mass" and amount.exact and amount.sure and not set(amount.per) - _SOLID
        for amount in amounts
    )
    return [amount.base[0] for amount in amounts] if solid and 0 < len(amounts) <= _MOST_STRENGTHS else []


def _is_taken(dose: DoseStatement) -> bool:
    """Whether a statement says in so many mg what is taken at once."""
    amount = dose.amount
    plain = amount.family == "mass" and amount.exact and amount.sure and amount.per in ((), ("day",))
    beside = dose.units or dose.strength or dose.volume
    regular = dose.role in ("usual", "start") or (dose.role == "" and dose.intake is not None)
    return plain and regular and not beside and not (dose.intake and dose.intake.divided)


def _is_ours(leaflet: Leaflet, dose: DoseStatement) -> bool:
    """Whether the amount is of this medicine: it has a role, or is the only one of its sentence.

    Beside a dose by weight or surface an amount is an estimate.
    """
    beside = [
        other.amount
        for other in leaflet.facts.doses
        if other.sentence == dose.sentence and other.amount.span.block == dose.amount.span.block
        if other is not dose
    ]
    return not any({"kg", "m2"} & {*other.per} for other in beside) and (dose.role != "" or not beside)


def _is_slip(leaflet: Leaflet, amount: Quantity) -> bool:
    """Whether an amount has the figure of a strength in another unit: `dose/unit` tells that."""
    return any(s.low == amount.low and s.unit != amount.unit for s in leaflet.facts.product.amounts)


def _can_give(pieces: Sequence[Decimal], amount: Decimal) -> bool:
    """Whether an amount is a sum of such pieces; where there are too many ways, it is taken to be."""
    if amount > _MOST_UNITS * max(pieces) or amount > _MOST_PIECES * min(pieces):
        return True
    sums = {Decimal(0)}
    for piece in pieces:
        sums = {low + piece * count for low in sums for count in range(int((amount - low) / piece) + 1)}
        if len(sums) > _MOST_PIECES:
            return True
    return amount in sums
