"""How long treatment is said to last, the same time told twice, and the phases that add up to a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from validator.document.quantities import Quantity, TimeSum
from validator.facts.doses import is_dose
from validator.facts.passage import Passage
from validator.facts.sentences import Sentence, sentences
from validator.grammarfile import Cue

_AGES = frozenset(("month", "year"))
_LONGEST = 120  # months; what lasts longer is an age
_COURSE_REACH = 6  # words between "treatment" and how long it lasts
_MOST = 200  # sums of one leaflet; real ones have a few
_APART = 4  # tokens between a time and the words that say it again
_PERIODS = ("hour", "day", "week", "month", "year")
_PHASES = ("day", "week", "month")
_TOTAL_REACH = 2  # tokens after a time in which it is called the total
_MOST_PHASES = 4  # of one treatment
_WHOLE: tuple[Cue, ...] = ("sum", "whole")


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
    rows: list[Quantity] = []
    for passage in passages:
        if rows and passage.block - rows[-1].span.block > 1:
            rows = []
        before: Sequence[Quantity] = rows
        if "\t" in passage.text:
            rows = [*rows, *_of_row(passage)][-_MOST_PHASES:]
            before = ()
        for sentence in sentences(passage):
            times = [q for q in sentence.quantities if q.unit in _PERIODS and not q.per and q.sure]
            if not times:
                continue
            again = [pair for pair in pairwise(times) if _is_again(passage, *pair)]
            yield from (TimeSum((one,), other) for one, other in again)
            phases = _once(times, [other for _, other in again])
            yield from _phases(sentence, phases, before)
            before = [*before, *phases][-_MOST_PHASES:]


def _of_row(passage: Passage) -> list[Quantity]:
    """The only time that fills a cell of a row: how long a phase of the table lasts."""
    cells = [text.strip() for text in passage.text.split("\t")]
    times = [q for q in passage.quantities if q.unit in _PHASES and not q.per and q.exact and q.sure]
    times = [q for q in times if passage.text[q.span.start : q.span.end] in cells[1:]]
    return times if len(times) == 1 else []


def _once(times: Sequence[Quantity], again: Sequence[Quantity]) -> list[Quantity]:
    return [q for q in times if q not in again and q.unit in _PHASES and q.exact]


def _is_again(passage: Passage, one: Quantity, other: Quantity) -> bool:
    """Whether a time says the one before it in another unit: "6 weeks (42 days)", "6 weeks, i.e. 42 days"."""
    text, start, stop = passage.text, one.span.end, other.span.start
    alike = (one.low < one.high) == (other.low < other.high)  # "18 months to 3 years (36 months)"
    if one.unit == other.unit or (other.bound and not one.bound) or not alike:
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
    elif len(times) > 2 and _closes(sentence, times):
        yield TimeSum(tuple(times[:-1]), times[-1])
    elif times and _is_whole(sentence, times) and not _counts_cycles(sentence, times[-1]):
        parts = times[:-1] or before
        if len(parts) > 1 and not any(
            part.low >= times[-1].low and part.unit == times[-1].unit for part in parts
        ):
            yield TimeSum(tuple(parts), times[-1])
    elif len(times) == 2 and len(before) == 1 and _exceed(sentence, times, before[0]):
        yield TimeSum(tuple(times), before[0])


def _heads(sentence: Sentence, times: Sequence[Quantity]) -> bool:
    """Whether the first time of a sentence is followed by what it is made of."""
    passage, start, stop = sentence.passage, times[0].span.end, times[1].span.start
    if passage.says("first", sentence.start, start):
        return False
    if ":" not in passage.text[start:stop] and not passage.says("taken-as", start, stop):
        return False
    doses = [q for q in sentence.quantities if q.span.start > start and is_dose(q)]
    parts = [time for time in times[1:] if time.unit == times[0].unit]
    over = len(parts) == len(times) - 1 and sum(time.low for time in parts) > times[0].low
    return len(doses) >= len(times) - 1 or _is_whole(sentence, times[:1]) or over


def _closes(sentence: Sentence, times: Sequence[Quantity]) -> bool:
    """Whether the last time, behind a colon, is that of a cycle that the phases before it make up."""
    text = sentence.passage.text[times[-2].span.end : times[-1].span.start]
    return ":" in text and all(time.base[0] < times[-1].base[0] for time in times[:-1])


def _is_whole(sentence: Sentence, times: Sequence[Quantity]) -> bool:
    """Whether words of its sentence call the last of some times the whole of a treatment."""
    passage, time = sentence.passage, times[-1]
    ahead = [q.span.end for q in sentence.quantities if q.span.end <= time.span.start]
    start = max([sentence.start, *ahead])
    after = passage.tokens[passage.token_at(time.span.end) :][:_TOTAL_REACH]
    stop = after[-1].end if after and len(times) > 1 else time.span.end
    return any(passage.says(cue, start, min(stop, sentence.stop)) for cue in _WHOLE)


def _counts_cycles(sentence: Sentence, time: Quantity) -> bool:
    """Whether a figure before a time counts what is done several times: "six cycles, which is 24 weeks"."""
    loose = (token for _, token in sentence.loose_numbers() if token.value.value > 1)
    return any(token.start < time.span.start for token in loose)


def _exceed(sentence: Sentence, times: Sequence[Quantity], whole: Quantity) -> bool:
    """Whether the two phases of a sentence, a dose in each, take longer than the treatment told before."""
    alike = all(time.unit == whole.unit and time.low < whole.low for time in times)
    doses = [q for q in sentence.quantities if is_dose(q)]
    return alike and len(doses) > 1 and sum(time.low for time in times) > whole.low
