"""Amounts of one paragraph that cannot be of one medicine: tens or a body weight apart; see `dose`.

“0.5 mg (500 milligrams)”, “50 micrograms a puff ... 200 milligrams a day”, “30 mg/kg; a child of 10 kg takes
300 mg/kg”. The figures alone show it, so the wording is of no matter; all of it is for review.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from validator.checks.back import says_before
from validator.checks.dose import hit_at
from validator.checks.registry import Task
from validator.document.leaflet import Leaflet, once
from validator.document.outcome import Hit
from validator.document.quantities import Quantity
from validator.document.text import fold_wording
from validator.grammar import Grammar

_FAR = 100  # no two amounts of one medicine are further apart
_BRACKET = 3  # words between them in a bracket, that itself among them
_BESIDE = 6  # words between an amount and the same in another unit
_NEAR = 4  # words before a figure in which "these" may stand
_MOST = 40  # amounts of a paragraph compared with one another; more are a table
_TENS = tuple(Decimal(10) ** power for power in (1, 2, 3, 4, 6))
_THOUSAND = (Decimal(1000),)
_TENFOLD = (Decimal(10), Decimal(100))
_BODY = frozenset(("kg", "m2"))
_SCALES = frozenset((*_BODY, "ml", "l"))
_AMOUNTS = frozenset(("mass", "units", "activity"))
_TIMES = frozenset(("minute", "hour", "day", "week"))
_PEOPLE = frozenset(("kg", "lb"))
_SURE = Decimal("0.02")  # by which a product of figures may be rounded


def scales(leaflet: Leaflet, task: Task) -> Iterator[Hit]:
    """The contradictions of scale in the section on doses, each place once for each kind."""
    grammar, section = task.lexicon.grammar, task.section
    quantities = [q for q in leaflet.facts.quantities if _in_section(leaflet, section, q) and _is_sure(q)]
    before: list[Quantity] = []
    for block, group in groupby(quantities, key=lambda q: q.span.block):
        own = list(group)
        near = [*(q for q in before if q.span.block == block - 1), *own]
        before = own
        amounts = [q for q in near if q.family in _AMOUNTS and q.unit not in _PEOPLE and q.low > 0][:_MOST]
        yield from _said_again(leaflet, task, grammar, amounts)
        yield from _alone(leaflet, task, near, amounts)
        yield from _tenfold(leaflet, task, grammar, amounts)
        yield from _weighed(leaflet, task, near, amounts)


def _is_sure(quantity: Quantity) -> bool:
    """Whether a figure is read in one way; international units come in thousands, however parted."""
    return quantity.sure or quantity.family == "activity"


def _in_section(leaflet: Leaflet, name: str, quantity: Quantity) -> bool:
    section = leaflet.section_at(quantity.span.block)
    return section is not None and section.id == name


def _said_again(leaflet: Leaflet, task: Task, grammar: Grammar, amounts: Sequence[Quantity]) -> Iterator[Hit]:
    """Two amounts side by side, in two units, of which one says the other again: ten times or more apart."""
    for one, other in pairwise(amounts):
        if (
            one.span.block != other.span.block
            or one.family != other.family
            or not (one.exact and other.exact)
        ):
            continue
        between = leaflet.folded[one.span.block][one.span.end : other.span.start]
        text = leaflet.folded[one.span.block][other.span.end : other.span.end + 2].lstrip()
        words = between.strip()
        opened = words.rpartition("(")
        bracket = words == "=" or (opened[1] and text[:1] == ")" and len(opened[2].split()) <= _BRACKET)
        total = any(f" {fold_wording(word)} " in f" {words} " for word in grammar.data.dosing["total"])
        beside = (opened[2] if opened[1] else words).split()
        thus = (total or grammar.cues["thus"].search(between)) and len(beside) <= _BESIDE
        ends = any(sign in between for sign in ".;")
        if not (bracket or thus) or ends or any(char.isdigit() for char in between):
            continue
        large, small = max(one.base[0], other.base[0]), min(one.base[0], other.base[0])
        alike = one.unit == other.unit
        if large / small in _ratios(alike=alike, thus=bool(thus), bare=words in ("(", "=")):
            yield _repeated(leaflet, task, one, other)


def _ratios(*, alike: bool, thus: bool, bare: bool) -> tuple[Decimal, ...]:
    """By how much two amounts may differ that say the same: in one unit, only a wrong unit explains it."""
    if not alike:
        return _TENS
    return _THOUSAND if thus or bare else ()


@once
def _mass_units(leaflet: Leaflet) -> Counter[str]:
    """How often each unit of mass stands in the leaflet."""
    return Counter(q.unit for q in leaflet.facts.quantities if q.family == "mass")


def _alone(
    leaflet: Leaflet, task: Task, near: Sequence[Quantity], amounts: Sequence[Quantity]
) -> Iterator[Hit]:
    """An amount that stands alone in its unit and is far from all others of its paragraph.

    The leaflet names its unit nowhere else, and the product has no other substance.
    """
    product = leaflet.facts.product
    masses = [q for q in amounts if q.family == "mass" and not _BODY & {*q.per}]
    scaled = [q for q in amounts if q.family == "mass" and _BODY & {*q.per}]
    if len(masses) + len(scaled) < 2 or len(product.active_substances) > 1:
        return
    units = _mass_units(leaflet)
    declared = [q.unit for q in product.amounts if q.family == "mass"]
    for amount in (q for q in masses if units[q.unit] == 1 and q.unit not in declared):
        others = [q for q in (*masses, *scaled) if q is not amount]
        apart = all(
            {q.factor / amount.factor, amount.factor / q.factor} == {Decimal(1000), 1 / Decimal(1000)}
            and _far(q, amount, scale=_SCALES & {*q.per})
            for q in others
        )
        if apart and others[0].span.start < amount.span.start:
            words = leaflet.text(others[-1].span)
            yield hit_at(leaflet, task, amount, "stray", first=words, review="yes")


def _far(one: Quantity, other: Quantity, scale: set[str] | frozenset[str]) -> bool:
    """Whether two amounts are too far apart; a body or a bag makes a hundred of what is for one kg or ml."""
    large, small = max(one.base[0], other.base[0]), min(one.base[0], other.base[0])
    return large > _FAR * small * (_FAR if scale else 1)


def _tenfold(leaflet: Leaflet, task: Task, grammar: Grammar, amounts: Sequence[Quantity]) -> Iterator[Hit]:
    """ "1,000 IU a day ... these 10,000 IU": what says the same dose again has one nought more or less."""
    for at, other in enumerate(amounts):
        told = [q for q in amounts[:at] if q.unit == other.unit]
        if not told or not other.exact or any(q.low <= other.low <= q.high for q in told):
            continue
        first = told[-1]
        large, small = max(first.low, other.low), min(first.low, other.low)
        basis = first.per == other.per or not other.per or not first.per
        if large / small not in _TENFOLD or not first.exact or not basis or _BODY & {*first.per, *other.per}:
            continue
        if says_before(leaflet, grammar, other, "again", _NEAR):
            yield _repeated(leaflet, task, first, other)


def _weighed(
    leaflet: Leaflet, task: Task, near: Sequence[Quantity], amounts: Sequence[Quantity]
) -> Iterator[Hit]:
    """A dose that was multiplied by the weight and is still one by weight, or for another time.

    “30 mg/kg a day: a child of 10 kg takes 300 mg/kg a day”; “40 mg a day: ... of 10 kg takes 400 mg a day”.
    """
    weights = [q for q in near if q.unit in _PEOPLE and q.exact and not q.per and q.low > 1]
    for measure in weights:
        kg = measure.base[0] / 1_000_000
        for one in (q for q in amounts if q.low == q.high and q.family == "mass"):
            for other in (q for q in amounts if q.low == q.high and q.span.start > one.span.start):
                if other.family != "mass" or other.base[0] == 0:
                    continue
                product = one.base[0] * kg
                if abs(product - other.base[0]) > product * _SURE or measure.span.start > other.span.start:
                    continue
                if not measure.span.start > one.span.start:
                    continue
                by_weight = "kg" in one.per and "kg" in other.per
                limited = one.exact or one.bound == "maximum"
                unweighed = limited and not _BODY & {*one.per} and one.per == other.per != () and kg > 2
                times = [_TIMES & {*q.per} for q in (one, other)]
                paced = "kg" in one.per and "kg" not in other.per and all(times) and times[0] != times[1]
                rates = any("kg" in q.per for q in amounts)
                if by_weight or paced or (unweighed and not rates):
                    first, second = leaflet.text(one.span), leaflet.text(other.span)
                    place = one if unweighed else other
                    told = {"first": first, "second": second, "plain": leaflet.text(place.span)}
                    yield hit_at(leaflet, task, place, "weighed", review="yes", **told)


def _repeated(leaflet: Leaflet, task: Task, one: Quantity, other: Quantity) -> Hit:
    return hit_at(leaflet, task, other, "repeated", first=leaflet.text(one.span), review="yes")
