"""The total of a day against what is taken on it, in any words; see `dose` for the arithmetic."""

from __future__ import annotations

import re
from decimal import Decimal

from validator.checks.dose import adds_up, hit_at, number
from validator.checks.registry import Task
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit
from validator.document.quantities import DayPart, DaySum, Quantity

_ENDING = re.compile(r"^\w+")  # of the word for "each"
_NAME = 3  # letters of the shortest name of a part of the body
_SOLID = frozenset(("tablet", "capsule", "sachet", "suppository"))


def day_total(leaflet: Leaflet, task: Task, day: DaySum) -> Hit | None:
    """The first amount that the doses of a day do not add up to; what is added is for review.

    Of two amounts of one kind ("300 mg, as 346 mg of the salt") one need add up.
    """
    first = day.parts[0]
    twice = goes_to_each(leaflet, task, first.forms[0], day.totals[0].span)
    row = leaflet.blocks[day.totals[0].span.block].kind == "row"
    if len(day.parts) == 1 == first.times and first.forms[0].family != "count" and not row:
        return None  # "10 mg of the salt a day, i.e. 6.8 mg": nothing is added or multiplied
    wrong: list[Hit] = []
    for total in day.totals:
        contents = [content for part in day.parts if (content := _content(leaflet, part, total)) is not None]
        computed = sum(contents)
        if len(contents) < len(day.parts) or not computed:
            continue
        each = sum(_of_each(part, total) for part in day.parts)
        step = total.step * total.factor
        possible = [computed, *([each] if each else ()), *([computed * 2] if twice else ())]
        if not any(adds_up(value, total.base[0], step) for value in possible):
            value = f"{number(computed / total.factor)} {total.unit}"
            dose = " + ".join(_written(leaflet, part) for part in day.parts)
            told = {"expected": value, "dose": dose, "computed": value}
            wrong.append(hit_at(leaflet, task, total, "parts", review="yes", **told))
        elif len({other.family for other in day.totals}) == 1:
            return None
    return wrong[0] if wrong else None


def goes_to_each(leaflet: Leaflet, task: Task, amount: Quantity, total: Span) -> bool:
    """Whether a word for "each" stands before a name between a dose and a total: "2 g on each knee".

    Such a part of the body is one of two, as far as it is none of those that the language lists.
    """
    grammar, dose, stop = task.lexicon.grammar, amount.span, total.start
    if (
        amount.unit in _SOLID
        or amount.unit == "spoon"
        or dose.block != total.block
        or "each-of" not in grammar.cues
    ):
        return False
    text = leaflet.folded[dose.block]
    start = text.rfind(". ", 0, dose.start) + 1
    if grammar.cues["both-sides"].search(text, start, stop):
        return False  # is doubled already
    for said in grammar.cues["each-of"].finditer(text, start, stop):
        behind = grammar.dosed(_ENDING.sub("", text[said.end() : stop]))
        behind = [token for token in behind[:3] if token.kind != "number-word"]  # "her bir dize"
        named = behind[:1] and behind[0].kind == "word" and len(behind[0].value) >= _NAME
        if named and not any(token.kind == "meal" for token in behind[:2]):
            return True
    return False


def _written(leaflet: Leaflet, part: DayPart) -> str:
    words = leaflet.text(part.forms[-1].span)
    return words if part.times == 1 else f"{number(part.times)} × {words}"


def _of_each(part: DayPart, total: Quantity) -> Decimal:
    """What is taken on the day if the amount behind a number of tablets is that of each of them."""
    first, strength = part.forms[0], part.strength
    known = first.family == "count" and strength is not None and strength.family == total.family
    return first.base[0] * strength.low * strength.factor * part.times if known and strength else Decimal(0)


def _content(leaflet: Leaflet, part: DayPart, total: Quantity) -> Decimal | None:
    """How much of what a total counts is taken on the day; None if that cannot be told."""
    for form in part.forms:
        if form.family == total.family and (form.family != "count" or form.unit == total.unit):
            return form.base[0] * part.times
    first, amounts = part.forms[0], leaflet.facts.product.amounts
    strength = part.strength
    if strength is None and len(amounts) == 1 and first.unit in _SOLID:
        strength = amounts[0]
    if first.family != "count" or strength is None or strength.family != total.family:
        return None
    return first.base[0] * strength.base[0] * part.times
