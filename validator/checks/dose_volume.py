"""Volumes and the amounts they hold; see `dose` for the arithmetic and for when nothing is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from validator.checks.dose import adds_up, hit_at, number, same
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.quantities import Portion, Quantity

_SOLID = frozenset(("tablet", "capsule"))
_NAMED = 20  # characters before an amount in which the tablet may stand that holds it
_CONTAINERS = frozenset(("vial", "sachet", "pen"))
_NAME = 4  # letters of the name of a form
_DISSOLVED = 240  # characters from an amount that is dissolved to what one ml then holds
_DILUENT = 30  # characters before a content in which its own name stands
_SHARE = Decimal(
    "0.75"
)  # a solution is not thinner, nor thicker, than this by the volume of what is dissolved


@kind("dose/volume")
def volume(leaflet: Leaflet, task: Task) -> Outcome:
    """A volume times the concentration is the amount beside it."""
    pairs = list(_pairs(leaflet))
    stated = _concentrations(leaflet)
    hits = [*_contents(leaflet, task), *_dissolved(leaflet, task)]
    told = {hit.span for hit in hits}
    judged = [(pair, possible) for pair in pairs if (possible := _possible(pair, stated))]
    if not hits and not judged:
        return not_applicable("no-volume")
    for pair, possible in judged:
        hit = _judged(leaflet, task, pair, possible)
        if hit and hit.span not in told:
            told.add(hit.span)
            hits.append(hit)
    if hits:
        return Outcome(tuple(hits))
    return met("volumes", judged[0][0].portion.amount.span, count=str(len(judged)))


class _Pair(NamedTuple):
    """A portion; `beside` where amount and volume stand side by side, so that they say the same twice."""

    portion: Portion
    beside: bool


def _pairs(leaflet: Leaflet) -> Iterator[_Pair]:
    """Amounts with their volumes: first those side by side, then those that only share a sentence."""
    loose = {portion.amount.span: portion for portion in leaflet.facts.portions if portion.liquid}
    for dose in leaflet.facts.doses:
        if dose.volume and dose.amount.exact and dose.volume.exact:
            near = loose.pop(dose.amount.span, None)
            contents = near.contents if near else ()
            yield _Pair(Portion(dose.amount, dose.volume, contents, liquid=True, told=True), True)
    for portion in loose.values():
        yield _Pair(portion, False)


class _Content(NamedTuple):
    """How much one ml or one unit holds, in the base unit of a family."""

    amount: Decimal
    family: str
    unit: str


def _possible(pair: _Pair, stated: Sequence[_Content]) -> list[_Content]:
    """What the measure of a pair may hold, the nearest first."""
    portion = pair.portion
    unit = "ml" if portion.measure.family == "volume" else portion.measure.unit
    near = [_content(q) for q in portion.contents]
    fit = (c for c in (*near, *stated) if c.family == portion.amount.family and c.unit == unit)
    return list(dict.fromkeys(fit))


def _content(quantity: Quantity) -> _Content:
    unit = "ml" if quantity.per[0] == "l" else quantity.per[0]
    return _Content(quantity.base[0] / (1000 if quantity.per[0] == "l" else 1), quantity.family, unit)


def _judged(leaflet: Leaflet, task: Task, pair: _Pair, possible: Sequence[_Content]) -> Hit | None:
    portion = pair.portion
    times = (Decimal(1), *portion.times)
    if any(_agrees(content.amount * time, portion) for content in possible for time in times):
        return None
    amount, measure = portion.amount, portion.measure
    computed = _range(possible[0].amount, measure, amount)
    clear = pair.beside and len(possible) == 1
    clear = clear or (portion.told and len(portion.contents) == 1 == len(possible) and len(times) == 1)
    told = {"volume": leaflet.text(measure.span), "computed": computed, "review": "" if clear else "yes"}
    between = leaflet.blocks[amount.span.block].text[amount.span.end : measure.span.start]
    if "(" in between or measure.span.block != amount.span.block or measure.span.start < amount.span.start:
        return hit_at(leaflet, task, amount, expected=computed, **told)
    needed = f"{number(_short(amount.base[0] / possible[0].amount / measure.factor))} {measure.unit}"
    return hit_at(
        leaflet,
        task,
        measure,
        "needed",
        expected=needed,
        amount=leaflet.text(amount.span),
        needed=needed,
        **told,
    )


def _short(value: Decimal) -> Decimal:
    """A computed volume with no more digits than anyone can measure."""
    return (
        value.quantize(Decimal("0.001")) if value != value.to_integral_value() else value.to_integral_value()
    )


def _range(content: Decimal, measure: Quantity, amount: Quantity) -> str:
    """What a volume, or the volumes of a range, hold, in the unit of the amount."""
    low, high = (number(end * content / amount.factor) for end in measure.base)
    return f"{low} {amount.unit}" if low == high else f"{low} to {high} {amount.unit}"


def _agrees(content: Decimal, portion: Portion) -> bool:
    """Whether the amount follows from the measure, or the measure from the amount, each as it is rounded."""
    amount, measure = portion.amount, portion.measure
    ends = zip(measure.base, amount.base, strict=True)
    step, mark = amount.step * amount.factor, measure.step * measure.factor
    return all(
        same(volume * content, held, step) or adds_up(held / content, volume, mark) for volume, held in ends
    )


def _contents(leaflet: Leaflet, task: Task) -> Iterator[Hit]:
    """What one volume contains against what another one contains in the same paragraph."""
    held = [q for q in leaflet.facts.quantities if q.per == ("ml",) and q.exact and q.sure]
    for one, other in pairwise(held):
        together = one.span.block == other.span.block and one.family == other.family
        if not together or one.per_amount == other.per_amount or _are_two_forms(leaflet, task, one, other):
            continue
        expected = one.base[0] * other.per_amount
        if not same(expected, other.low * other.factor, other.step * other.factor):
            value = f"{number(expected / other.factor)} {other.unit}"
            volume = f"{number(other.per_amount)} ml"
            yield hit_at(leaflet, task, other, expected=value, volume=volume, computed=value, review="yes")


def _are_two_forms(leaflet: Leaflet, task: Task, one: Quantity, other: Quantity) -> bool:
    """Whether a second form is named between two contents: "the syrup has 3 mg/ml and the drops 7.5"."""
    grammar, text = task.lexicon.grammar, leaflet.folded[one.span.block]
    between = text[one.span.end : other.span.start]
    tokens = grammar.dosed(between)
    drops = [at for at, token in enumerate(tokens) if token.kind == "unit" and token.value == "drop"]
    if any(at == 0 or tokens[at - 1].kind != "num" for at in drops):
        return True
    joined = [at for at, token in enumerate(tokens) if token.kind == "and"]
    if not joined or grammar.cues["thus"].search(between):
        return False
    names = [token for token in tokens[joined[-1] + 1 :] if token.kind == "word"]
    return any(token.end - token.start >= _NAME for token in names)


def _dissolved(leaflet: Leaflet, task: Task) -> Iterator[Hit]:
    """What one ml holds of an amount that was dissolved in a volume; powders add to it, so for review."""
    cue = task.lexicon.grammar.cues.get("thinned")
    quantities = leaflet.facts.quantities
    for first, second, held in zip(quantities, quantities[1:], quantities[2:], strict=False):
        amount, volume = (first, second) if second.family == "volume" else (second, first)
        block = held.span.block
        if held.per[:1] not in (("ml",), ("l",)) or {first.span.block, second.span.block} != {block}:
            continue
        plain = all(q.exact and q.sure and q.low for q in (amount, volume, held))
        if not plain or volume.family != "volume" or volume.per or amount.family != held.family:
            continue
        content, family, _ = _content(held)
        between = leaflet.folded[block][max(0, first.span.start - _NAMED) : held.span.start]
        expected = amount.low * amount.factor / (volume.low * volume.factor)
        if (
            not {*amount.per} <= _CONTAINERS
            or family != amount.family
            or cue is None
            or not cue.search(between)
        ):
            continue
        if cue.search(between[-_DILUENT:]):
            continue  # "sodium chloride 9 mg/ml" is what it is dissolved in
        units = {token.value for token in task.lexicon.grammar.dosed(between) if token.kind == "unit"}
        if (
            len(between) <= _DISSOLVED
            and not units & _SOLID
            and not _SHARE * expected <= content <= expected / _SHARE
        ):
            value = f"{number(_short(expected / held.factor))} {held.unit}"
            words = leaflet.text(volume.span)
            yield hit_at(leaflet, task, held, expected=value, volume=words, computed=value, review="yes")


def _concentrations(leaflet: Leaflet) -> list[_Content]:
    """The amounts per ml that the leaflet states, with their family."""
    facts = leaflet.facts
    return list(
        dict.fromkeys(
            _content(quantity)
            for quantity in (*facts.quantities, *facts.product.amounts, *facts.composition)
            if quantity.per[:1] in (("ml",), ("l",)) and quantity.exact and quantity.sure and quantity.base[0]
        )
    )
