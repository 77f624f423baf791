"""Worked examples: a dose per kg or m², a weight or surface, and the dose that is said to result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from validator.document.quantities import Quantity, WorkedExample
from validator.facts.bands import is_end
from validator.facts.doses import BODY_UNITS, intake_of, is_dose, of_a_day
from validator.facts.passage import Passage
from validator.facts.roles import role_of
from validator.facts.sentences import Sentence, parts, sentences

_MOST = 1000  # examples of one leaflet; real ones have a few
_ENDS = frozenset(("below", "above", "minimum", "maximum"))
_AGES = frozenset(("children", "adults"))
_BODY = frozenset(("kg", "m2"))
_RATE_REACH = 2  # blocks back in which the dose per kg of an example is looked for
_ROWS = 20  # rows above one in which the head of a table is looked for
_MOST_TIMES = 8  # a day's dose is taken at no more times


def read(passages: Sequence[Passage]) -> tuple[WorkedExample, ...]:
    """The worked examples of some passages, in reading order."""
    return tuple(islice(_examples(passages), _MOST))


class _Frame(NamedTuple):
    """A weight, the dose that results from it, and the doses per kg that it may result from."""

    measure: Quantity
    result: Quantity
    rates: Sequence[Quantity]


def _examples(passages: Sequence[Passage]) -> Iterator[WorkedExample]:
    for number, passage in enumerate(passages):
        if not any(_is_measure(passage, quantity) for quantity in passage.quantities):
            continue
        found = sentences(passage)
        for at, sentence in enumerate(found):
            named = [q for q in sentence.quantities if _is_measure(passage, q) and q.exact]
            called = _is_announced(passage, sentence)
            frames = (
                list(_called(passages, number, named))
                if called
                else list(_framed(passages, number, found, at))
            )
            for frame in frames:
                if (
                    _are_alike(frame)
                    and not _is_capped(passage, frame.result)
                    and (called or not _is_of_others(passage, frame))
                ):
                    earlier = _sentences_of(passages, number, frame.rates[0])
                    yield _example(frame, found, at, called or sentence.says("thus"), earlier)


def _sentences_of(passages: Sequence[Passage], number: int, rate: Quantity) -> list[Sentence]:
    """The sentences of the earlier passage in which a dose per kg stands."""
    before = (p for p in passages[max(0, number - _RATE_REACH) : number] if p.block == rate.span.block)
    return [sentence for passage in before for sentence in sentences(passage)]


def _are_alike(frame: _Frame) -> bool:
    """Whether the dose of a range of weights is a range, too: "20 to 30 kg: 200 to 300 mg"."""
    return frame.measure.exact or frame.result.low < frame.result.high


def _is_timed(sentence: Sentence, result: Quantity) -> bool:
    """Whether a dose is that of a time of the day: the only one of a sentence that names one."""
    others = [q for q in sentence.quantities if q.family == result.family and is_dose(q) and q is not result]
    return not [q for q in others if not _BODY & {*q.per}] and any(
        sentence.has(kind) for kind in ("day-time", "day-parts")
    )


def _example(
    frame: _Frame, found: Sequence[Sentence], at: int, announced: bool, before: Sequence[Sentence]
) -> WorkedExample:
    """An example with what is said about the parts of a day's dose, there or beside the dose per kg."""
    sentence = found[at]
    result, rate = frame.result, frame.rates[0]
    whole = sentence.passage.block != rate.span.block
    near = [s for s in (*found[: at + 1], *before) if s is sentence or rate in s.quantities]
    said = [parts(each) for each in near]
    intake = intake_of(sentence.passage, result)
    beside = intake is not None and not intake.divided and 0 <= intake.span.start - result.span.end <= 1
    each_time = sentence.says("each-time") or "dose" in result.per or _is_timed(sentence, result)
    return WorkedExample(
        of_a_day(sentence.passage, rate, role_of(sentence.passage, rate)) if not whole else rate,
        frame.measure,
        result,
        intake,
        tuple(frame.rates[1:]),
        announced,
        tuple(value for certain, _ in said for value in certain),
        tuple(value for _, loose in said for value in loose),
        "day" not in result.per
        and (each_time or (beside and intake is not None and intake.per_day not in (None, 1))),
        any(each.says("rounded") for each in near),
    )


def _is_measure(passage: Passage, quantity: Quantity) -> bool:
    """A weight or surface, or a range of them, neither the lower nor the upper end of any."""
    body = quantity.unit in BODY_UNITS or quantity.unit == "m2"
    if not body or quantity.per or quantity.bound or quantity.low > quantity.high:
        return False
    at = passage.token_at(quantity.span.start)
    beside = [at - 1, passage.token_at(quantity.span.end)]
    return not is_end(passage, quantity) and all(
        passage.tokens[near].kind not in _ENDS for near in beside if 0 <= near < len(passage.tokens)
    )


def _is_capped(passage: Passage, result: Quantity) -> bool:
    """Whether a dose is the most that may be given, whatever the weight comes to."""
    most = (q for q in passage.quantities if q.bound == "maximum" or _role(passage, q) == "maximum")
    return any(q is not result and q.base == result.base and q.family == result.family for q in most)


def _is_of_others(passage: Passage, frame: _Frame) -> bool:
    """Whether the dose is that of people for whom the dose per kg is not: "with kidney disease, 200 mg"."""
    rate = frame.rates[0]
    if rate.span.block != passage.block:
        return False
    those, whose = (passage.populations(q.span.start) for q in (frame.result, rate))
    apart = bool(whose & _AGES) and bool(those & _AGES) and not whose & those & _AGES
    return apart or bool((those - whose) - _AGES)


def _role(passage: Passage, quantity: Quantity) -> str:
    role = role_of(passage, quantity)
    return role.kind if role else ""


def _is_announced(passage: Passage, sentence: Sentence) -> bool:
    """Whether a sentence, or the one before it, says that it is an example."""
    return any(
        token.kind == "example" and sentence.number - 1 <= passage.sentence(token.start) <= sentence.number
        for token in passage.tokens
    )


def _framed(passages: Sequence[Passage], number: int, found: Sequence[Sentence], at: int) -> Iterator[_Frame]:
    """What a sentence says that holds no more than a weight and a dose, or as many of each.

    The weight may stand in the sentence before, the dose per kg in one of those before it.
    """
    passage, sentence = passages[number], found[at]
    measures = [q for q in sentence.quantities if _is_measure(passage, q)]
    bodies = [q for q in sentence.quantities if q.unit in BODY_UNITS and not q.per]
    results = _results(sentence)
    before = found[at - 1] if at and found[at - 1].number == sentence.number - 1 else None
    if (
        not bodies
        and not measures
        and before
        and not _results(before)
        and (_rates_in(sentence) or before.is_question)
    ):
        measures = bodies = [q for q in before.quantities if _is_measure(passage, q)]
    if not measures or not results or len(measures) < len([q for q in bodies if q.unit != "m2"]):
        return
    if len(measures) > 1 and not all(measure.exact for measure in measures):
        return
    unit = "m2" if measures[0].unit == "m2" else "kg"
    rates = [q for q in _rates(passages, number, found, at, unit) if q.family == results[0].family]
    results = [q for q in results if _fits(passage, q, rates)]
    if not rates or not results:
        return
    if len(measures) == 1 and len(results) == len(rates) > 1:
        yield from (
            _Frame(measures[0], q, [rate, *(r for r in rates if r is not rate)])
            for q, rate in zip(results, rates, strict=True)
        )
    elif len(measures) == len(results) == len(set(measures)) and _take_turns(measures, results):
        yield from (_Frame(measure, q, rates) for measure, q in zip(measures, results, strict=True))
    elif len(measures) == 1 and len(rates) == 1 and (whole := _whole(results, rates[0], measures[0])):
        yield _Frame(measures[0], whole, rates)


def _take_turns(measures: Sequence[Quantity], results: Sequence[Quantity]) -> bool:
    """Whether a dose stands after each weight, or before each."""
    order = sorted([*measures, *results], key=lambda quantity: quantity.span.start)
    return all((one in measures) != (other in measures) for one, other in pairwise(order))


def _whole(results: Sequence[Quantity], rate: Quantity, measure: Quantity) -> Quantity | None:
    """The one of two doses of which the other is a part, or its part: "1.8 g a day, as 4 doses of 450 mg"."""
    if len(results) != 2 or not all(quantity.exact for quantity in results):
        return None
    low, high = sorted(results, key=lambda quantity: quantity.base)
    if low.base[0] == rate.base[0] * measure.low and measure.unit in rate.per:
        return low  # "600 mg in one infusion, and so 2,400 mg in all"
    times = high.base[0] / low.base[0] if low.base[0] else 0
    return high if times in range(2, _MOST_TIMES + 1) else None


def _results(sentence: Sentence) -> list[Quantity]:
    """The doses of a sentence that may result from a weight, each amount once."""
    found: dict[object, Quantity] = {}
    for quantity in sentence.quantities:
        dose = is_dose(quantity) or quantity.per == ("minute",)
        if dose and quantity.family != "count" and not _BODY & {*quantity.per}:
            found.setdefault((quantity.base, quantity.family), quantity)
    return list(found.values())


def _fits(passage: Passage, result: Quantity, rates: Sequence[Quantity]) -> bool:
    """Whether a dose is of the kind that its rates are: no maximum beside rates that are none."""
    if not rates or result.family != rates[0].family:
        return False
    most = result.bound == "maximum" or _role(passage, result) == "maximum"
    rated = any(rate.bound == "maximum" for rate in rates)
    return result.bound != "minimum" and most == rated


def _rates_in(sentence: Sentence) -> list[Quantity]:
    return [q for q in sentence.quantities if _BODY & {*q.per} and is_dose(q) and q.sure]


def _rates(
    passages: Sequence[Passage], number: int, found: Sequence[Sentence], at: int, unit: str
) -> list[Quantity]:
    """The doses per kg of a sentence, or else of the nearest one before it that has any."""
    for sentence in reversed(found[max(0, at - _RATE_REACH) : at + 1]):
        if rates := [q for q in _rates_in(sentence) if unit in q.per]:
            return rates
    own = passages[number]
    if "\t" in own.text and (head := _head(passages, number)):
        return [q for q in head.quantities if unit in q.per and is_dose(q) and q.sure]
    if number == 0 or at > 0 or own.block - passages[number - 1].block > 1 or not found[at].says("thus"):
        return []
    return [q for q in passages[number - 1].quantities if unit in q.per and is_dose(q) and q.sure]


def _head(passages: Sequence[Passage], number: int) -> Passage | None:
    """The first row above a row of a table that tells a dose per kg or m²."""
    at = number
    while at > max(0, number - _ROWS) and "\t" in passages[at - 1].text:
        at -= 1
        if passages[at + 1].block - passages[at].block > 1:
            return None
        if any(_BODY & {*q.per} for q in passages[at].quantities):
            return passages[at]
    return None


def _called(passages: Sequence[Passage], number: int, measures: Sequence[Quantity]) -> Iterator[_Frame]:
    """What a sentence says that the text calls an example."""
    for measure in measures:
        result = _result(passages[number], measure)
        if result and (rates := _rates_around(passages, number, measure, result)):
            yield _Frame(measure, result, rates)


def _result(passage: Passage, measure: Quantity) -> Quantity | None:
    """The dose that an example arrives at: the first one after the weight, else the only one before it."""
    sentence = passage.sentence(measure.span.start)
    doses = [
        q
        for q in passage.quantities
        if is_dose(q) and q.family != "count" and not _BODY & {*q.per}
        if passage.sentence(q.span.start) == sentence
    ]
    after = [q for q in doses if q.span.start > measure.span.start]
    if after:
        return after[0]
    return doses[0] if len(doses) == 1 else None


def _rates_around(
    passages: Sequence[Passage], number: int, measure: Quantity, result: Quantity
) -> list[Quantity]:
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
