"""What is taken on a day, in the words of one sentence or of several lines, and what it is said to come to.

Nothing here needs a set phrase: the doses of a sentence, its intakes and its times of the day are laid
side by side, and an amount of a day that follows from them, or heads its sentence, is their total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain, islice

from validator.document.quantities import DayPart, DaySum, Quantity
from validator.facts import grids
from validator.facts.dayfigures import bare, uncounted
from validator.facts.dayrows import day_rows, summed_rows
from validator.facts.daysentences import (
    LIMITS,
    DoseSentence,
    adds_to,
    changes_people,
    dose_sentences,
    intakes_of,
    is_added,
    is_told_thus,
    times_of_day,
    without_content,
)
from validator.facts.doses import is_dose
from validator.facts.holders import contents, strengths
from validator.facts.passage import Passage
from validator.facts.roles import are_two_substances, role_of
from validator.facts.strengths import is_counted_a_day, of_one, strength_of
from validator.grammar import Token

_MOST = 200  # sums of one leaflet; real ones have a few
_LINES = 6  # lines of a list that may add up to a total after it
_NAMED = 7  # tokens after an amount in which words may say that it is that of a day
_LEAD = 3  # tokens at the beginning of a sentence that make its dose the total of the one before
_HOURS = "24"
_DAY_HOURS = Decimal(24)
_LASTING = frozenset(("day", "week", "month"))  # how long a step of a dose is taken
_PEOPLE = frozenset(("kg", "lb", "m2", "year", "month"))  # units by which a sentence is about other people


def read(passages: Sequence[Passage], rows: Sequence[Passage] = ()) -> tuple[DaySum, ...]:
    """The days' totals of some passages with what they are the totals of, in reading order.

    `rows` are those of all tables among them, with their heads.
    """
    found = chain(_sums(passages), day_rows(passages), summed_rows(passages), grids.days(rows))
    return tuple({sum_.totals[0].span: sum_ for sum_ in islice(found, _MOST)}.values())


def _sums(passages: Sequence[Passage]) -> Iterator[DaySum]:
    before: list[DoseSentence] = []
    held: dict[str, Quantity] = {}
    for passage in passages:
        if before and passage.block - before[-1].passage.block > 1:
            before, held = [], {}
        held |= strengths(passage) | contents(passage)
        for sentence in dose_sentences(passage):
            sentence, one = without_content(sentence)
            held |= one
            total = _total(sentence)
            parts = _of_total(sentence, total, before) if total is not None else ()
            if total is not None and parts:
                yield DaySum(tuple(_with_strength(part, held) for part in parts), sentence.doses[total])
            if total is None and (parts := _told_after(sentence)):
                yield DaySum(tuple(_with_strength(part, held) for part in parts), sentence.doses[0])
            if sentence.doses:
                before = [*before[-_LINES:], sentence]


def _with_strength(part: DayPart, held: Mapping[str, Quantity]) -> DayPart:
    """A number of sprays or tablets with what one of them is said to hold."""
    counted = part.forms[0].family == "count" and part.strength is None
    return replace(part, strength=held.get(part.forms[0].unit)) if counted else part


def _told_after(sentence: DoseSentence) -> tuple[DayPart, ...]:
    """What the first dose of a sentence, a day's, is made of: "3 tablets a day: 1 in the morning ..."."""
    if len(sentence.doses) < 2:
        return ()
    first, second = sentence.doses[0], sentence.doses[1]
    stop = second[0].span.start
    daily = any(q.per == ("day",) for q in first) or sentence.passage.says("of-a-day", sentence.start, stop)
    between = sentence.passage.text[first[-1].span.end : stop]
    told = ":" in between or sentence.passage.says("taken-as", first[-1].span.end, stop)
    if any((often or 0) > 1 for often in intakes_of(sentence, stop)):
        return ()  # "1 drop six times a day; in the next 4 days 1 drop": no total, but a dose
    exact = all(q.exact for q in first) and not _is_of_others(sentence, stop)
    rest = replace(sentence, start=stop, doses=sentence.doses[1:])
    return _taken(rest, len(rest.doses), sentence.end) if daily and told and exact else ()


def _total(sentence: DoseSentence) -> int | None:
    """The number of the last dose of a sentence, if it is said to be the amount of a day and no change."""
    if not sentence.doses:
        return None
    passage, at = sentence.passage, len(sentence.doses) - 1
    own = sentence.doses[at]
    start, end = _named_from(sentence, own[0].span.start), _named_until(sentence, own[-1].span.end)
    exact = all((q.exact or q.bound == "maximum") and not {"kg", "m2"} & {*q.per} for q in own)
    limit = any(t.kind in LIMITS for t in sentence.tokens(start, own[0].span.start)[-1:])
    if not exact or limit or passage.says("change", start, end) or passage.says("average", start, end):
        return None
    if at and are_two_substances(passage, sentence.doses[at - 1][-1], own[0]):
        return None
    thus = passage.says("thus", start, own[0].span.start) or is_told_thus(sentence, own[-1].span.end, end)
    roles = {role.kind for q in own if (role := role_of(passage, q))}
    if roles & {"start", "example"} or (at and _is_content(sentence, sentence.doses[at - 1], start, own[0])):
        return None
    if "maximum" in roles and (not thus or passage.says("sum", start, own[0].span.start)):
        return None  # "in total no more than 4 g" bounds what is taken, and does not say what it comes to
    if any(own[-1].span.end <= i.span.start < end for i in passage.intakes):
        return None  # "2 tablets once a day" are a dose
    daily = any(q.per == ("day",) for q in own) or passage.says("of-a-day", start, end)
    if (
        at and not own[0].per and len(times_of_day(sentence, own[0].span.start)) > 1
    ):  # "Daily dose: 1 capsule with breakfast, lunch and supper, a total of 600 mg"
        daily = daily or passage.says("of-a-day", sentence.start, sentence.doses[0][0].span.start)
    opened = passage.text[: own[0].span.start].rstrip().endswith("(") and not own[0].per
    summed = passage.says("sum", own[-1].span.end, end)
    named = opened or summed or "total" in roles if at else _heads(sentence, start, own[0].span.start)
    computes = not at and own[0].family != "count" and bool(contents(passage))
    return at if daily and (thus or named or computes) else None


def _is_content(sentence: DoseSentence, unit: Sequence[Quantity], start: int, amount: Quantity) -> bool:
    """Whether an amount is what one unit is said to contain: "a patch stays on for a day and holds 9 mg"."""
    one = unit[0].family == "count" and unit[0].low == unit[0].high == 1
    return one and any(token.kind == "contains" for token in sentence.tokens(start, amount.span.start))


def _named_from(sentence: DoseSentence, stop: int) -> int:
    """Where the words begin that may name an amount: after the last dose or intake before it."""
    passage = sentence.passage
    doses = [
        q.span.end for q in passage.quantities if q.family != "time" and sentence.start <= q.span.start < stop
    ]
    often = [i.span.end for i in passage.intakes if sentence.start <= i.span.start and i.span.end <= stop]
    return max([sentence.start, *doses, *often])


def _heads(sentence: DoseSentence, start: int, stop: int) -> bool:
    """Whether words for a total or 24 hours begin a sentence: "In 24 hours you will take 6 tablets"."""
    first = sentence.tokens(start, stop)[:_LEAD]
    ahead = sentence.passage.text[start : first[-1].end] if first else ""
    at = sentence.passage.token_at(start)
    named = (t.kind == "total" or sentence.passage.is_daily_dose(at + n) for n, t in enumerate(first))
    said = sentence.passage.first_said("of-a-day", start, first[-1].end) if first else None
    over_a_day = said is not None and " " in sentence.passage.text[said[0] : said[1]]
    return _HOURS in ahead or over_a_day or any(named)


def _named_until(sentence: DoseSentence, start: int) -> int:
    """Where the words end that may name an amount after it."""
    following = sentence.tokens(start, sentence.end)[:_NAMED]
    return following[-1].end if following else start


def _of_total(sentence: DoseSentence, total: int, before: Sequence[DoseSentence]) -> tuple[DayPart, ...]:
    """What a total is the total of: the doses before it in its sentence, else those of what precedes."""
    start = sentence.doses[total][0].span.start
    if total and (changes_people(sentence, start) or (before and adds_to(sentence, total))):
        return ()  # "the elderly half a tablet, adults 1 tablet twice a day, 20 mg in all"
    if total:
        last = sentence.doses[total - 1][-1].span.end
        lasts = any(q.unit in _LASTING and last <= q.span.start < start for q in sentence.passage.quantities)
        return () if lasts else _taken(sentence, total, start)  # "10 mg a day, then for a week 20 mg a day"
    if _is_of_others(sentence, start):
        return ()
    parts: tuple[DayPart, ...] = ()
    seen: set[str] = set()
    if repeated := _repeated(sentence, start, before[-1:]):
        return repeated
    for earlier in reversed(before):
        same_people = sentence.passage.populations(start) <= earlier.passage.populations(earlier.start)
        found = _taken(earlier, len(earlier.doses), earlier.end) if same_people else ()
        times = {str(token.value) for token in times_of_day(earlier, earlier.end)}
        timed = bool(times) and not intakes_of(earlier, earlier.end)
        if not found or (parts and (not timed or times & seen)):
            break
        parts, seen = (*found, *parts), seen | times
        if not timed:
            break
    return parts


def _repeated(sentence: DoseSentence, stop: int, before: Sequence[DoseSentence]) -> tuple[DayPart, ...]:
    """The one dose of the sentence before, taken as often as the total's own says: "Do it 4 times a day"."""
    often = intakes_of(sentence, stop)
    for earlier in before:
        plain = len(earlier.doses) == 1 and _are_plain(earlier.doses) and earlier.passage is sentence.passage
        timed = intakes_of(earlier, earlier.end) or times_of_day(earlier, earlier.end)
        following = sentence.passage.sentence(stop) - sentence.passage.sentence(earlier.start) == 1
        if plain and following and not timed and len(often) == 1 and often[0]:
            own = earlier.doses[0]
            return (DayPart(own, often[0], _strength(earlier.passage, own[0]) or of_one(own)),)
    return ()


def _is_of_others(sentence: DoseSentence, stop: int) -> bool:
    """Whether a sentence is about a weight, an age or a condition that the one before did not name."""
    passage = sentence.passage
    people = (q for q in passage.quantities if q.unit in _PEOPLE and sentence.start <= q.span.start < stop)
    return any(people) or passage.says("if", sentence.start, stop)


def _taken(sentence: DoseSentence, count: int, stop: int) -> tuple[DayPart, ...]:
    """The first doses of a sentence with how often each is taken on a day; nothing if that is unclear."""
    passage = sentence.passage
    groups = sentence.doses[:count]
    if not groups or not _are_plain(groups) or passage.says("change", sentence.start, stop):
        return ()
    if passage.says("either", groups[0][0].span.end, groups[-1][0].span.start):
        return ()
    if is_added(sentence, groups[0][0]):
        return ()
    doses = [q for q in passage.quantities if q.unit == "dose" and sentence.start <= q.span.start < stop]
    if any(q.low > 1 for q in doses):
        return ()  # "two doses of 100 micrograms in the morning and in the evening"
    known = next((s for own in groups if (s := _strength(passage, own[0]) or of_one(own))), None)
    alike = len({own[0].unit for own in groups}) == 1
    sides = _sides(sentence)
    if sides is None:
        return ()
    parts = [DayPart(own, sides, _strength(passage, own[0]) or (known if alike else None)) for own in groups]
    if len(groups) > 1 and count < len(sentence.doses) and _is_daily(passage, groups[-1][0]):
        return tuple(parts[-1:])  # "1 tablet at a time, no more than 3 tablets a day, which is 3 g"
    times = times_of_day(sentence, stop)
    if times and passage.says("either", times[0].end, times[-1].start):
        return ()
    more = bare(sentence, stop) if times else []
    if more and passage.says("each-time", sentence.start, stop):
        return ()  # "half of it in the morning and half at night, 5 mg each time"
    if not times and count < len(sentence.doses) and uncounted(sentence, groups[-1][-1].span.end, stop):
        return ()  # "2 tablets at a time, no more than 6 a day (3 g)"
    if len(groups) == 1 and not more:
        often = _often(sentence, stop, groups[0][0], times)
        if often is None and count < len(sentence.doses) and not intakes_of(sentence, stop):
            often = Decimal(1)  # "no more than 4 tablets, i.e. 2 g, in 24 hours"
        return (replace(parts[0], times=parts[0].times * often),) if often else ()
    if intakes_of(sentence, stop) or len(times) != len(groups) + len(more):
        return ()
    first = parts[0]
    again = (replace(first.forms[0], low=value, high=value) for value in more)
    return (*parts, *(replace(first, forms=(amount,)) for amount in again))


def _are_plain(groups: Sequence[Sequence[Quantity]]) -> bool:
    """Whether all doses are single figures, and none is by weight or surface."""
    doses = [q for own in groups for q in own]
    return all(q.low == q.high and q.sure and not {"kg", "m2"} & {*q.per} for q in doses)


def _often(sentence: DoseSentence, stop: int, dose: Quantity, times: Sequence[Token]) -> Decimal | None:
    """How many times a day the only dose of a sentence is taken, if that is told in one way."""
    if dose.per == ("hour",):
        return _DAY_HOURS
    if dose.per == ("day",):
        return Decimal(1)  # "50 micrograms a day; it is changed twice a week"
    intakes = set(intakes_of(sentence, stop)) or _told_before(sentence)
    daily = _is_daily(sentence.passage, dose)
    if not intakes and (times or daily):
        return Decimal(1) if daily else Decimal(len(times))
    return intakes.pop() if len(intakes) == 1 else None


def _told_before(sentence: DoseSentence) -> set[Decimal | None]:
    """How often by the sentence before, if it tells of no dose: "Doses are taken every 6 hours." """
    passage, number = sentence.passage, sentence.passage.sentence(sentence.start) - 1
    if any(passage.sentence(q.span.start) == number for q in passage.quantities if is_dose(q)):
        return set()
    near = (i for i in passage.intakes if passage.sentence(i.span.start) == number)
    return {None if intake.divided else intake.per_day for intake in near}


def _is_daily(passage: Passage, dose: Quantity) -> bool:
    return dose.per == ("day",) or is_counted_a_day(passage, dose)


def _sides(sentence: DoseSentence) -> Decimal | None:
    """Twice what is sprayed "in each nostril"; None where the total is said of each, or of both, as well."""
    passage = sentence.passage
    told = passage.grammar.cues["both-sides"].findall(passage.folded[sentence.start : sentence.end])
    return Decimal(1 + len(told)) if len(told) < 2 else None


def _strength(passage: Passage, dose: Quantity) -> Quantity | None:
    return strength_of(passage, dose) if dose.family == "count" else None
