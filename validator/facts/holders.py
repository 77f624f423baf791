"""What one tablet, spray or sachet holds, as the text says it."""

from __future__ import annotations

from itertools import pairwise

from validator.document.quantities import Quantity
from validator.facts.passage import Passage
from validator.facts.roles import are_two_substances, is_other_form
from validator.facts.strengths import strength_of

_UNIT_BEFORE = 4  # tokens between what is counted and what each of it holds
_VERB = 4  # letters; shorter words before an amount are mostly prepositions
_EACH = ("per", "every", "each")
_FIGURES = ("num", "number-word")


def strengths(passage: Passage) -> dict[str, Quantity]:
    """The strength that numbers of tablets carry with them, by the unit."""
    counted = (q for q in passage.quantities if q.family == "count")
    found = {q.unit: strength for q in counted if (strength := strength_of(passage, q))}
    return _of_one_substance(passage, found)


def contents(passage: Passage) -> dict[str, Quantity]:
    """What one of what is counted holds: "each spray delivers 50 micrograms", "sachets hold 800 mg each"."""
    found: dict[str, Quantity] = {}
    for quantity in passage.quantities:
        if quantity.family == "count" and quantity.low == quantity.high == 1 and not quantity.per:
            held = strength_of(passage, quantity)
            if held and _is_contained(passage, quantity, held):
                found[quantity.unit] = held
            elif told := told_of_one(passage, quantity):
                found[quantity.unit] = told
        elif quantity.family == "mass" and not quantity.per and quantity.exact:
            if unit := _holder(passage, quantity):
                found[unit] = quantity
    return _of_one_substance(passage, found)


def _of_one_substance(passage: Passage, found: dict[str, Quantity]) -> dict[str, Quantity]:
    """What is held, but for the first of two salts or of two substances: each of them adds up alone."""
    pairs = list(pairwise(passage.quantities))
    several = [a for a, b in pairs if is_other_form(passage, a, b) or are_two_substances(passage, a, b)]
    return {unit: held for unit, held in found.items() if held not in several}


def _is_contained(passage: Passage, unit: Quantity, held: Quantity) -> bool:
    """Whether a verb stands between one spray and its content: "one spray contains 50 micrograms"."""
    between = passage.tokens[passage.token_at(unit.span.end) : passage.token_at(held.span.start)]
    return any(token.kind == "contains" for token in between)


def told_of_one(passage: Passage, unit: Quantity) -> Quantity | None:
    """What a sentence that begins with one of something says of it by any verb: "one spray delivers 50 mg".

    A sentence that tells when or how often it is taken tells of a dose.
    """
    start, number = passage.sentence_start(unit.span.start), passage.sentence(unit.span.start)
    first = passage.token_at(start)
    stop = passage.ends[number] if number < len(passage.ends) else len(passage.text)
    if unit.low != 1 or unit.high != 1 or unit.per or passage.token_at(unit.span.start) != first:
        return None
    timed = any(token.kind == "day-time" for token in passage.tokens[first : passage.token_at(stop)])
    if timed or any(start <= intake.span.start < stop for intake in passage.intakes):
        return None
    held = next((q for q in passage.quantities if unit.span.end <= q.span.start < stop), None)
    if held is None or held.family != "mass" or held.per or not held.exact:
        return None
    between = passage.tokens[passage.token_at(unit.span.end) : passage.token_at(held.span.start)]
    verb = any(token.kind == "word" and len(token.value) >= _VERB for token in between)
    return held if verb and all(token.kind in ("word", "filler") for token in between) else None


def _holder(passage: Passage, held: Quantity) -> str:
    """The unit of which each is said to hold an amount, "" if none is."""
    at, after = passage.token_at(held.span.start), passage.token_at(held.span.end)
    for unit_at in range(at - 1, max(0, at - 2 - _UNIT_BEFORE), -1):
        token = passage.tokens[unit_at]
        if token.kind in ("num", ".", ";", ",", "("):
            break
        counts = token.kind == "unit" and passage.grammar.units[token.value].family == "count"
        if counts and token.value != "dose":
            ahead = passage.tokens[unit_at - 1].kind if unit_at else ""
            tail = [t.kind for t in passage.tokens[after : after + 2]]  # "every 8 hours" is no "each"
            each = ahead in _EACH or (tail[:1] == ["per"] and tail[1:] not in (["num"], ["unit"]))
            return token.value if each and ahead not in _FIGURES else ""
    return ""
