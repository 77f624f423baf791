"""Worked examples: a dose per kg or m², a weight or surface, and the dose that is said to result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from validator.document.quantities import Quantity, WorkedExample
from validator.facts.doses import BODY_UNITS, intake_of, is_dose
from validator.facts.passage import Passage
from validator.facts.roles import role_of

_MOST = 1000  # examples of one leaflet; real ones have a few
_ENDS = frozenset(("below", "above", "minimum", "maximum"))
_RATE_REACH = 2  # blocks back in which the dose per kg of an example is looked for


def read(passages: Sequence[Passage]) -> tuple[WorkedExample, ...]:
    """The worked examples of some passages, in reading order."""
    return tuple(islice(_examples(passages), _MOST))


def _examples(passages: Sequence[Passage]) -> Iterator[WorkedExample]:
    for number, passage in enumerate(passages):
        for measure in passage.quantities:
            if not _is_measure(passage, measure) or not (result := _result(passage, measure)):
                continue
            if _is_capped(passage, result):
                continue
            announced = _is_announced(passage, measure)
            rates = (
                _rates(passages, number, measure, result)
                if announced
                else _rate_before(passage, measure, result)
            )
            if rates:
                intake = intake_of(passage, result)
                yield WorkedExample(rates[0], measure, result, intake, tuple(rates[1:]), announced)


def _is_measure(passage: Passage, quantity: Quantity) -> bool:
    """A single weight or surface, neither the lower nor the upper end of any."""
    body = quantity.unit in BODY_UNITS or quantity.unit == "m2"
    if not body or quantity.per or not quantity.exact:
        return False
    at = passage.token_at(quantity.span.start)
    beside = [at - 1, passage.token_at(quantity.span.end)]
    return all(passage.tokens[near].kind not in _ENDS for near in beside if 0 <= near < len(passage.tokens))


def _is_capped(passage: Passage, result: Quantity) -> bool:
    """Whether a dose is the most that may be given, whatever the weight comes to."""
    most = (q for q in passage.quantities if q.bound == "maximum" or _is_maximum(passage, q))
    return any(q is not result and q.base == result.base and q.family == result.family for q in most)


def _is_maximum(passage: Passage, quantity: Quantity) -> bool:
    role = role_of(passage, quantity)
    return role is not None and role.kind == "maximum"


def _is_announced(passage: Passage, quantity: Quantity) -> bool:
    """Whether the sentence of a weight, or the one before it, says that it is an example."""
    sentence = passage.sentence(quantity.span.start)
    return any(
        token.kind == "example" and sentence - 1 <= passage.sentence(token.start) <= sentence
        for token in passage.tokens
    )


def _rate_before(passage: Passage, measure: Quantity, result: Quantity) -> list[Quantity]:
    """The one dose per kg that a sentence follows from which says no more than a weight and a dose."""
    unit = "m2" if measure.unit == "m2" else "kg"
    sentence = passage.sentence(measure.span.start)
    own = [q for q in passage.quantities if passage.sentence(q.span.start) == sentence]
    told = [q for q in own if q.span.start != measure.span.start]
    told += [q for q in passage.quantities if passage.sentence(q.span.start) == sentence - 1]
    rates = [q for q in told if _is_rate(q, unit, result)]
    alone = [q for q in own if q not in rates] == [measure, result]
    role = role_of(passage, result)
    plain = result.exact and not result.per and (role is None or role.kind == "usual")
    return rates if len(rates) == 1 and rates[0].exact and alone and plain else []


def _result(passage: Passage, measure: Quantity) -> Quantity | None:
    """The dose that an example arrives at: the first one after the weight, else the only one before it."""
    sentence = passage.sentence(measure.span.start)
    doses = [
        q
        for q in passage.quantities
        if is_dose(q) and q.family != "count" and "kg" not in q.per and "m2" not in q.per
        if passage.sentence(q.span.start) == sentence
    ]
    after = [q for q in doses if q.span.start > measure.span.start]
    if after:
        return after[0]
    return doses[0] if len(doses) == 1 else None


def _rates(passages: Sequence[Passage], number: int, measure: Quantity, result: Quantity) -> list[Quantity]:
    """The doses per kg that an example can be about, the likeliest first: nearest before it, then after."""
    unit = "m2" if measure.unit == "m2" else "kg"
    own = passages[number]
    before = [q for q in own.quantities if q.span.start < measure.span.start]
    after = [q for q in own.quantities if q.span.start > measure.span.start]
    earlier = [
        q
        for passage in passages[max(0, number - _RATE_REACH) : number]
        if own.block - passage.block <= _RATE_REACH
        for q in passage.quantities
    ]
    candidates = [*reversed(before), *after] if _any_rate([*before, *after], unit, result) else earlier[::-1]
    return [q for q in candidates if _is_rate(q, unit, result)]


def _any_rate(quantities: Sequence[Quantity], unit: str, result: Quantity) -> bool:
    return any(_is_rate(q, unit, result) for q in quantities)


def _is_rate(quantity: Quantity, unit: str, result: Quantity) -> bool:
    return unit in quantity.per and quantity.family == result.family
