"""How long treatment is said to last, the same time told twice, and the phases that add up to a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from validator.document.quantities import Quantity, TimeSum
from validator.facts.doses import is_dose
from validator.facts.passage import Passage
from validator.facts.sentences import Sentence, sentences

_AGES = frozenset(("month", "year"))
_LONGEST = 120  # months; what lasts longer is an age
_COURSE_REACH = 6  # words between "treatment" and how long it lasts
_MOST = 200  # sums of one leaflet; real ones have a few
_APART = 4  # tokens between a time and the words that say it again
_PERIODS = ("hour", "day", "week", "month", "year")
_PHASES = ("day", "week", "month")
_TOTAL_REACH = 4  # tokens before a time in which it is called the total


def durations(passages: Sequence[Passage]) -> tuple[Quantity, ...]:
    """The times that stand near a word for treatment in their sentence, and are no time between intakes."""
    return tuple(q for passage in passages for q in passage.quantities if _is_duration(passage, q))


def _is_duration(passage: Passage, quantity: Quantity) -> bool:
    timed = quantity.family == "time" or (quantity.unit in _AGES and quantity.base[0] <= _LONGEST)
    if not timed or quantity.per or not quantity.exact or not quantity.sure:
        return False
    sentence = passage.sentence(quantity.span.start)
    first = passage.token_at(quantity.span.start)
    last = passage.token_at(quantity.span.end)
    near = passage.tokens[max(0, first - _COURSE_REACH) : last + _COURSE_REACH]
    return any(t.kind == "course" and passage.sentence(t.start) == sentence for t in near)


def sums(passages: Sequence[Passage]) -> tuple[TimeSum, ...]:
    """Times that must be equal to one another or to the sum of their phases, in reading order."""
    return tuple(islice(_sums(passages), _MOST))


def _sums(passages: Sequence[Passage]) -> Iterator[TimeSum]:
    for passage in passages:
        before: Sequence[Quantity] = ()
        for sentence in sentences(passage):
            times = [q for q in sentence.quantities if q.unit in _PERIODS and not q.per and q.sure]
            if not times:
                continue
            again = [pair for pair in pairwise(times) if _is_again(passage, *pair)]
            yield from (TimeSum((one,), other) for one, other in again)
            phases = _once(times, [other for _, other in again])
            yield from _phases(sentence, phases, before)
            before = phases


def _once(times: Sequence[Quantity], again: Sequence[Quantity]) -> list[Quantity]:
    return [q for q in times if q not in again and q.unit in _PHASES and q.exact]


def _is_again(passage: Passage, one: Quantity, other: Quantity) -> bool:
    """Whether a time says the one before it in another unit: "6 weeks (42 days)", "6 weeks, i.e. 42 days"."""
    text, start, stop = passage.text, one.span.end, other.span.start
    if one.unit == other.unit or (other.bound and not one.bound):
        return False
    between = text[start:stop].strip()
    alone = between in ("(", "=") and (between == "=" or text[other.span.end :].lstrip().startswith(")"))
    near = passage.tokens[passage.token_at(start) : passage.token_at(stop)]
    if alone or len(near) > _APART or any(token.kind in ("num", "number-word") for token in near):
        return alone
    total = any(token.kind == "total" for token in near)
    return total or passage.says("thus", start, stop) or passage.says("taken-as", start, stop)


def _phases(sentence: Sentence, times: Sequence[Quantity], before: Sequence[Quantity]) -> Iterator[TimeSum]:
    """A time that heads its phases ("10 days: 4 days ..., then 6 days"), or that follows them as a total."""
    if len(times) > 2 and _heads(sentence, times):
        yield TimeSum(tuple(times[1:]), times[0])
    elif times and _is_total(sentence, times[-1]):
        parts = times[:-1] or before
        if len(parts) > 1:
            yield TimeSum(tuple(parts), times[-1])


def _heads(sentence: Sentence, times: Sequence[Quantity]) -> bool:
    """Whether the first time of a sentence is followed by what it is made of, a dose in each part."""
    passage, start, stop = sentence.passage, times[0].span.end, times[1].span.start
    if ":" not in passage.text[start:stop] and not passage.says("taken-as", start, stop):
        return False
    doses = [q for q in sentence.quantities if q.span.start > start and is_dose(q)]
    return len(doses) >= len(times) - 1 or _is_total(sentence, times[0])


def _is_total(sentence: Sentence, time: Quantity) -> bool:
    """Whether the words before a time, or those right after it, call it the whole."""
    passage = sentence.passage
    at, after = passage.token_at(time.span.start), passage.token_at(time.span.end)
    ahead = passage.tokens[max(0, at - _TOTAL_REACH) : at]
    near = [t for t in (*ahead, *passage.tokens[after : after + 2]) if sentence.start <= t.start < sentence.stop]
    if not near or any(token.kind in ("num", "number-word") for token in near):
        return False
    return any(t.kind == "total" for t in near) or passage.says("sum", near[0].start, near[-1].end)
