"""The phases of a treatment that words tell to be the first and the rest, and times that are said to be over.

“12 weeks. For the first 4 weeks ...; for the remaining 6 weeks” do not add up; neither do “4 weeks ... when
these 14 days are over”. What a word refers to is known by the word alone, so all of it is for review.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from validator.document.location import Span
from validator.document.quantities import Quantity, TimeSum
from validator.facts.doses import is_dose
from validator.facts.passage import Passage
from validator.grammarfile import Cue

_DAYS = {"day": Decimal(1), "week": Decimal(7), "month": Decimal(30)}
_BEFORE = 4  # tokens before a time in which words may stand that make it a phase or say that it is over
_AFTER = 2  # and after it
_OVER = 4  # tokens after a time in which it may be said to be over
_REFERS = 3  # tokens before a time in which "these" may stand
_WHOLE = 2  # sentences between the time of a treatment and its phases
_RECENT = 4  # times before one that is said to be over
_COUNTED = 5  # days; a smaller figure comes again by chance in another unit
_WEEK_TALK = 1  # days by which people round weeks: "15 jours" are two weeks
_MOST_DAYS = 32  # that are counted from the first
_NEW: tuple[Cue, ...] = ("first", "rest")


def sums(passages: Sequence[Passage]) -> Iterator[TimeSum]:
    """Phases with the time that they must add up to, and a time with the words that take it up again."""
    for passage in passages:
        times = _times(passage)
        counted = sorted((*times, *_numbered(passage)), key=lambda time: time.span.start)
        yield from _phased(passage, counted)
        yield from _taken_up(passage, times)


def _times(passage: Passage) -> list[Quantity]:
    """The times of a passage that last for some days, "the first week" too, in reading order."""
    inside = [intake.span for intake in passage.intakes]
    told = [
        q
        for q in passage.quantities
        if q.unit in _DAYS
        and q.low == q.high
        and q.sure
        and not q.per
        and not any(span.start <= q.span.start < span.end for span in inside)
    ]
    taken = [q.span for q in passage.quantities] + inside
    for at, token in enumerate(passage.tokens[1:], 1):
        loose = token.kind == "unit" and token.value in _DAYS and passage.tokens[at - 1].kind == "word"
        if loose and not any(span.start <= token.start < span.end for span in taken):
            before = passage.tokens[at - 1]
            if _says(passage, "first", before.start, token.start):
                unit = passage.grammar.units[token.value]
                span, one = Span(passage.block, token.start, token.end), Decimal(1)
                told.append(Quantity(span, one, one, one, token.value, unit.family, unit.factor))
    return sorted(told, key=lambda time: time.span.start)


def _numbered(passage: Passage) -> Iterator[Quantity]:
    """The days that are counted from the first: "on day 1 and 2" are two of them."""
    taken = [q.span for q in passage.quantities] + [intake.span for intake in passage.intakes]
    tokens = passage.tokens
    for at, token in enumerate(tokens[:-1]):
        first = tokens[at + 1]
        named = (
            token.kind == "unit" and token.value in _DAYS and first.kind == "num" and first.value.value == 1
        )
        if not named or any(
            span.start <= place < span.end for span in taken for place in (token.start, first.start)
        ):
            continue
        last = first
        if (
            at + 3 < len(tokens)
            and tokens[at + 2].kind in ("and", "to", "-")
            and tokens[at + 3].kind == "num"
        ):
            last = tokens[at + 3]
        value, unit = last.value.value, passage.grammar.units[token.value]
        if last.value.step == 1 and value < _MOST_DAYS:
            span = Span(passage.block, token.start, last.end)
            yield Quantity(span, value, value, Decimal(1), str(token.value), unit.family, unit.factor)


def _says(passage: Passage, cue: Cue, start: int, end: int) -> bool:
    return start < end and passage.says(cue, start, end)


def _near(
    passage: Passage, times: Sequence[Quantity], at: int, before: int = _BEFORE, after: int = _AFTER
) -> tuple[int, int]:
    """From where to where words may stand that say something of a time, its sentence and neighbours apart."""
    time = times[at]
    first, last = passage.token_at(time.span.start), passage.token_at(time.span.end)
    start = max(
        passage.tokens[max(0, first - before)].start if first else time.span.start,
        passage.sentence_start(time.span.start),
        times[at - 1].span.end if at else 0,
    )
    following = passage.tokens[last : last + after]
    stop = time.span.end
    for token in following:
        if token.kind in (".", ";", ":", ",", "num", "number-word"):
            break
        stop = token.end
    return start, stop


def _phased(passage: Passage, times: Sequence[Quantity]) -> Iterator[TimeSum]:
    """A treatment, its first phase, and one or more that are said to follow or to remain."""
    first = [_says(passage, "first", *_near(passage, times, at)) for at in range(len(times))]
    rest = [_says(passage, "rest", *_near(passage, times, at)) for at in range(len(times))]
    for at in range(1, len(times)):
        whole, begins = times[at - 1], times[at]
        if any(time.bound for time in (whole, begins)):
            continue
        starts = first[at] or (not rest[at] and at + 1 < len(times) and rest[at + 1])
        if not starts or first[at - 1] or rest[at - 1]:
            continue
        stop = at + 1
        while stop < len(times) and rest[stop] and not first[stop]:
            stop += 1
        parts = times[at:stop]
        sentence = passage.sentence(whole.span.start)
        near = passage.sentence(begins.span.start) - sentence <= _WHOLE
        within = passage.sentence(parts[-1].span.start) - passage.sentence(begins.span.start) <= _WHOLE
        if len(parts) < 2 or not near or not within or _days(begins) >= _days(whole):
            continue
        more = sum(_days(part) for part in parts) > _days(whole)
        if _is_treatment(passage, whole) and (more or _is_all(passage, parts[-1])):
            yield TimeSum(tuple(parts), whole)


def _is_treatment(passage: Passage, time: Quantity) -> bool:
    """Whether the sentence of a time speaks of a treatment, or of the whole of it."""
    return _speaks_of_treatment(passage, time) or _says(passage, "whole", *_sentence(passage, time))


def _speaks_of_treatment(passage: Passage, time: Quantity) -> bool:
    start, stop = _sentence(passage, time)
    tokens = passage.tokens[passage.token_at(start) : passage.token_at(stop)]
    return any(token.kind == "course" for token in tokens)


def _sentence(passage: Passage, time: Quantity) -> tuple[int, int]:
    number = passage.sentence(time.span.start)
    stop = passage.ends[number] if number < len(passage.ends) else len(passage.text)
    return passage.sentence_start(time.span.start), stop


def _is_all(passage: Passage, last: Quantity) -> bool:
    """Whether no phase without a time of its own follows: “..., then 40 mg once a day”."""
    following = passage.tokens[passage.token_at(last.span.end) :]
    start = following[_AFTER].start if len(following) > _AFTER else len(passage.text)
    doses = [q for q in passage.quantities if q.span.start >= start and is_dose(q)]
    return not _says(passage, "rest", start, len(passage.text)) and len(doses) < 2


def _taken_up(passage: Passage, times: Sequence[Quantity]) -> Iterator[TimeSum]:
    """A time that is said to be over, and is none of those told before it nor their sum."""
    for at, other in enumerate(times):
        sentence = passage.sentence(other.span.start)
        told = [one for one in times[:at] if passage.sentence(one.span.start) < sentence][-_RECENT:]
        if not told or any(_says(passage, cue, *_near(passage, times, at, 2)) for cue in _NEW):
            continue
        start, stop = _near(passage, times, at, _BEFORE, _OVER)
        if not _says(passage, "ended", start, other.span.start) and not _says(
            passage, "ended", other.span.end, stop
        ):
            continue
        again = _refers(passage, times, at)
        figure = [one for one in told if one.low == other.low and one.unit != other.unit]
        about = any(_speaks_of_treatment(passage, time) for time in (other, *figure))
        counted = other.low >= _COUNTED and about
        if figure and (again or counted) and not _known(told, other):
            yield TimeSum((figure[-1],), other)
        elif again and len(told) == 1 and not _known(told, other) and not _is_phase(passage, times, told[0]):
            yield TimeSum((told[-1],), other)


def _is_phase(passage: Passage, times: Sequence[Quantity], time: Quantity) -> bool:
    """Whether a time is that of one phase of several: "on the first 3 days"."""
    return any(_says(passage, cue, *_near(passage, times, times.index(time))) for cue in _NEW)


def _refers(passage: Passage, times: Sequence[Quantity], at: int) -> bool:
    """Whether "these" or "the usual" stands before a time, or an article right before it."""
    stop = times[at].span.start
    near, _ = _near(passage, times, at, _REFERS)
    right, _ = _near(passage, times, at, 1)
    return _says(passage, "again", near, stop) or _says(passage, "same", right, stop)


def _known(told: Sequence[Quantity], other: Quantity) -> bool:
    """Whether a time is one of some others, or the sum of the last of them."""
    days, total = _days(other), Decimal(0)
    for one in reversed(told):
        total += _days(one)
        if any(abs(days - known) <= _slack(one, other) for known in (_days(one), total)):
            return True
    return False


def _slack(one: Quantity, other: Quantity) -> Decimal:
    """By how many days two times may differ that are the same: not at all in one unit."""
    if one.unit == other.unit:
        return Decimal(0)
    months = max(q.low for q in (one, other) if q.unit == "month") if "month" in (one.unit, other.unit) else 0
    return _WEEK_TALK + Decimal(3) * months


def _days(time: Quantity) -> Decimal:
    return time.low * _DAYS[time.unit]
