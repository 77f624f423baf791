"""Cycles of treatment and break, and treatments that are not to be stopped before a time.

“3 weeks on, then a week's break: so every cycle is 5 weeks”; “12 weeks. Do not stop before the 12th day”.
What belongs together is known by a few words alone, so all of it is for review.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from validator.document.location import Span
from validator.document.quantities import Quantity, TimeSum
from validator.facts.courses import durations
from validator.facts.passage import Passage
from validator.grammar import Token
from validator.grammarfile import Cue

_PERIODS = frozenset(("day", "week", "month"))
_PARTS = 2  # of a cycle: treatment and break
_BESIDE = 3  # tokens between a bare "week" and the word for a break
_BEFORE = 6  # tokens before a time in which "before" may stand, or behind it in some languages
_SENTENCES = 2  # between the time of a treatment and the sentence on stopping it
_ENDING = 4  # letters of the ending of an ordinal: "12-ия", "12th"
_ITEMS = 6  # phases in the items of a list
_TAKES_UP: tuple[Cue, ...] = ("thus", "cycle", "again")


def sums(passages: Sequence[Passage]) -> Iterator[TimeSum]:
    """The sums of the cycles of some passages, and the times before which no one is to stop."""
    for at, passage in enumerate(passages):
        yield from _cycles(passage)
        yield from _stopped(passage)
        if passage.text.rstrip().endswith(":"):
            yield from _listed(passage, passages[at + 1 : at + 1 + _ITEMS])


def _listed(head: Passage, following: Sequence[Passage]) -> Iterator[TimeSum]:
    """The phases in the items of a list that last longer than the time that heads it."""
    start, stop = _bounds(head, len(head.ends) - (not head.text[head.ends[-1] :].strip()) if head.ends else 0)
    whole = _times(head, start, stop)
    course = any(token.kind == "course" for token in head.tokens[head.token_at(start) :])
    if len(whole) != 1 or not (course or any(head.says(cue, start, stop) for cue in ("sum", "whole"))):
        return
    parts: list[Quantity] = []
    for passage in following:
        times = _times(passage, 0, len(passage.text))
        if passage.block != (parts[-1].span.block if parts else head.block) + 1 or len(times) != 1:
            break
        parts += times
    alike = all(part.unit == whole[0].unit and part.low < whole[0].low for part in parts)
    if len(parts) > 1 and alike and sum(part.low for part in parts) > whole[0].low:
        yield TimeSum(tuple(parts), whole[0])


def _bounds(passage: Passage, number: int) -> tuple[int, int]:
    ends = [0, *passage.ends, len(passage.text)]
    return ends[number], ends[min(number + 1, len(ends) - 1)]


def _times(passage: Passage, start: int, stop: int) -> list[Quantity]:
    inside = [intake.span for intake in passage.intakes]
    return [
        q
        for q in passage.quantities
        if q.unit in _PERIODS and q.exact and q.sure and not q.per and start <= q.span.start < stop
        if not any(span.start <= q.span.start < span.end for span in inside)
    ]


def _cycles(passage: Passage) -> Iterator[TimeSum]:
    for number in range(len(passage.ends) + 1):
        start, stop = _bounds(passage, number)
        said = passage.first_said("break", start, stop)
        if said is None:
            continue
        parts = _times(passage, start, stop)
        total: Quantity | None = None
        if len(parts) < _PARTS and (bare := _bare(passage, said, start, stop)):
            parts = sorted((*parts, bare), key=lambda time: time.span.start)
        if len(parts) == _PARTS + 1 and passage.says("thus", parts[1].span.end, parts[2].span.start):
            parts, total = parts[:_PARTS], parts[2]
        elif len(parts) == _PARTS and stop < len(passage.text):
            total = _told_next(passage, *_bounds(passage, number + 1))
        if total and len(parts) == _PARTS and not any(total.base == part.base for part in parts):
            yield TimeSum(tuple(parts), total)


def _told_next(passage: Passage, start: int, stop: int) -> Quantity | None:
    """The one time of a sentence that takes up what stands before it, and counts no cycles."""
    times = _times(passage, start, stop)
    if len(times) != 1 or not any(passage.says(cue, start, times[0].span.start) for cue in _TAKES_UP):
        return None
    tokens = passage.tokens[passage.token_at(start) : passage.token_at(stop)]
    spans = [q.span for q in times] + [i.span for i in passage.intakes]
    counts = any(
        token.kind in ("num", "number-word") and token.value.value > 1
        for token in tokens
        if not any(span.start <= token.start < span.end for span in spans)
    )
    return None if counts else times[0]


def _bare(passage: Passage, said: tuple[int, int], start: int, stop: int) -> Quantity | None:
    """The "week" beside the word for a break that no figure counts: "followed by a week's break"."""
    spans = [q.span for q in passage.quantities] + [i.span for i in passage.intakes]
    first, last = passage.token_at(said[0]), passage.token_at(said[1])
    for token in passage.tokens[max(0, first - _BESIDE) : last + _BESIDE]:
        named = token.kind in ("unit", "each") and token.value in _PERIODS and start <= token.start < stop
        if named and not any(span.start <= token.start < span.end for span in spans):
            return _one(passage, token, Decimal(1))
    return None


def _one(passage: Passage, token: Token, value: Decimal) -> Quantity:
    unit = passage.grammar.units[token.value]
    span = Span(passage.block, token.start, token.end)
    return Quantity(span, value, value, Decimal(1), str(token.value), unit.family, unit.factor)


def _stopped(passage: Passage) -> Iterator[TimeSum]:
    """The time of a treatment, and another one before which it is not to be stopped."""
    told = durations([passage])
    if len(told) != 1 or told[0].unit not in _PERIODS:
        return
    own = passage.sentence(told[0].span.start)
    for number in range(own + 1, min(own + 1 + _SENTENCES, len(passage.ends) + 1)):
        start, stop = _bounds(passage, number)
        if not passage.says("stop", start, stop) or not passage.denies(start, stop):
            continue
        for time in (*_times(passage, start, stop), *_numbered(passage, start, stop)):
            first, last = passage.token_at(time.span.start), passage.token_at(time.span.end)
            near = passage.tokens[max(0, first - _BEFORE) : last + 2]
            ahead = [token for token in near if start <= token.start < stop]
            if time.low > 1 and passage.says("before", ahead[0].start, ahead[-1].end):
                yield TimeSum(told, time)
                return


def _numbered(passage: Passage, start: int, stop: int) -> Iterator[Quantity]:
    """The "12th day" of a sentence, and the time that is read as one between intakes."""
    tokens = passage.tokens
    for intake in passage.intakes:
        if start <= intake.span.start < stop and intake.every > 1 and intake.unit in _PERIODS:
            unit = passage.grammar.units[intake.unit]
            every = intake.every
            yield Quantity(intake.span, every, every, Decimal(1), intake.unit, unit.family, unit.factor)
    for at in range(passage.token_at(start), passage.token_at(stop)):
        if tokens[at].kind != "num":
            continue
        after = at + 1
        if after < len(tokens) and tokens[after].kind in ("-", "."):
            after += 1
        ending = (
            after < len(tokens)
            and tokens[after].kind == "word"
            and tokens[after - 1].end == tokens[after].start
        )
        after += bool(ending) and tokens[after].end - tokens[after].start <= _ENDING
        if (
            after > at + 1
            and after < len(tokens)
            and tokens[after].kind == "unit"
            and tokens[after].value in _PERIODS
        ):
            span = Span(passage.block, tokens[at].start, tokens[after].end)
            unit, value = passage.grammar.units[tokens[after].value], tokens[at].value.value
            yield Quantity(span, value, value, Decimal(1), str(tokens[after].value), unit.family, unit.factor)
