"""What section 2 says of an amount of sodium must fit the amount, and the dose of a day."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal

from validator.catalogue import ExcipientWording
from validator.checks.locate import find_any, scope
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.outcome import Hit, Outcome, Problem, met, not_applicable
from validator.document.quantities import Quantity
from validator.document.text import wording_key, words

_NEAR = 2  # words behind an amount, the last of which may name what it is of; before it only the one
_BEFORE, _AFTER = 40, 40  # characters in which they are looked for


@kind("excipient-level")
def level(leaflet: Leaflet, task: Task) -> Outcome:
    """The statement is the one that the amount asks for; all params are mg.

    Below `free` a medicine counts as free of it, from there on its share of the `daily` intake is told; from
    `diet` on in the highest dose of a day people on a diet are advised. The unit of the amount may be another
    one than that of the dose, hence for review.
    """
    key = task.params["excipient"]
    wording = task.lexicon.pack.excipients.get(key)
    if wording is None:
        return Outcome(verdict="review", note="no-wording")
    stated = [found.amount for found in leaflet.facts.stated if found.id == key and found.amount]
    amounts = [amount for amount in stated if amount.exact and _named(leaflet, wording, amount)]
    if not amounts:
        return not_applicable("no-amount")
    most = max(amounts, key=lambda amount: amount.base[1])
    hits = tuple(_hits(leaflet, task, wording, most))
    return Outcome(hits) if hits else met("level", most.span)


def _named(leaflet: Leaflet, wording: ExcipientWording, amount: Quantity) -> bool:
    """Whether the name stands beside the amount ("46 mg sodium", "46 mg of sodium", "sodium 46 mg")."""
    text = leaflet.folded[amount.span.block]
    around = words(text[max(amount.span.start - _BEFORE, 0) : amount.span.start])[-1:]
    around += words(text[amount.span.end :][:_AFTER])[:_NEAR]
    inside = f" {' '.join(around)} "
    return any(wording_key(name) in inside for name in wording.stated)


def _hits(leaflet: Leaflet, task: Task, wording: ExcipientWording, most: Quantity) -> Iterator[Hit]:
    params, mass = task.params, most.base[1]
    if mass > Decimal(params["free"]):
        if free := find_any(leaflet, task.lexicon, wording.free, scope(leaflet, task.section)):
            yield _hit(leaflet, most, "inconsistent", "free", free=leaflet.text(free))
        elif "%" not in leaflet.blocks[most.span.block].text[most.span.end :] + _next(leaflet, most):
            share = mass / Decimal(params["daily"]) * 100
            yield _hit(leaflet, most, "altered", "no-share", computed=f"{share.quantize(Decimal('0.1')):f}")
    day = _most_a_day(leaflet)
    told = find_any(leaflet, task.lexicon, wording.diet, scope(leaflet, task.section))
    if wording.diet and told is None and day * mass >= (limit := Decimal(params["diet"])):
        count = (limit / mass).to_integral_value(ROUND_CEILING)
        yield _hit(leaflet, most, "missing", "diet", total=f"{day * mass:f}", count=str(count))


def _next(leaflet: Leaflet, most: Quantity) -> str:
    """The text of the next paragraph."""
    return next((block.text for block in leaflet.blocks[most.span.block + 1 :] if block.text), "")


def _hit(leaflet: Leaflet, most: Quantity, problem: Problem, case: str, **values: str) -> Hit:
    evidence = leaflet.text(most.span)
    return Hit(problem, case, most.span, "before-use", evidence, values=values, review=True)


def _most_a_day(leaflet: Leaflet) -> Decimal:
    """The largest number of tablets or the like that the text lets take on a day, 0 if it tells none."""
    found = [Decimal(0)]
    for dose in leaflet.facts.doses:
        count = dose.units or dose.amount
        if count.family != "count":
            continue
        if dose.intake and (times := dose.intake.per_day) and not dose.intake.divided:
            found.append(count.base[1] * times)
        elif dose.role in ("maximum", "total"):
            found.append(count.base[1])
    return max(found)
