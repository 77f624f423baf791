"""What is taken on a day, in the words of one sentence or of several lines, and what it is said to come to.

Nothing here needs a set phrase: the doses of a sentence, its intakes and its times of the day are laid
side by side, and an amount of a day that follows from them, or heads its sentence, is their total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, islice

from validator.document.quantities import DayPart, DaySum, Quantity
from validator.facts.doses import is_counted_a_day, is_dose, strength_of
from validator.facts.passage import Passage
from validator.facts.roles import role_of
from validator.grammar import Token

_MOST = 200  # sums of one leaflet; real ones have a few
_LINES = 6  # lines of a list that may add up to a total after it
_NEAR = 2  # tokens between a bare figure and the time of the day it belongs to
_NAMED = 5  # tokens after an amount in which words may say that it is that of a day
_UNIT_BEFORE = 4  # tokens between what is counted and what each of it holds
_HOURS = "24"
_PEOPLE = frozenset(("kg", "lb", "m2", "year", "month"))  # units by which a sentence is about other people
_FIGURES = ("num", "number-word")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a passage: its offsets, its doses with what says the same again left out."""

    passage: Passage
    start: int
    end: int
    doses: tuple[tuple[Quantity, ...], ...]

    def tokens(self, start: int, end: int) -> Sequence[Token]:
        """The tokens between two offsets."""
        return self.passage.tokens[self.passage.token_at(start) : self.passage.token_at(end)]


def read(passages: Sequence[Passage]) -> tuple[DaySum, ...]:
    """The days' totals of some passages with what they are the totals of, in reading order."""
    return tuple(islice(_sums(passages), _MOST))


def _sums(passages: Sequence[Passage]) -> Iterator[DaySum]:
    before: list[_Sentence] = []
    held: dict[str, Quantity] = {}
    for passage in passages:
        if before and passage.block - before[-1].passage.block > 1:
            before, held = [], {}
        held |= _contents(passage)
        for sentence in _sentences(passage):
            total = _total(sentence)
            parts = _of_total(sentence, total, before) if total is not None else ()
            if total is not None and parts:
                yield DaySum(tuple(_with_strength(part, held) for part in parts), sentence.doses[total])
            if sentence.doses:
                before = [*before[-_LINES:], sentence]


def _with_strength(part: DayPart, held: Mapping[str, Quantity]) -> DayPart:
    """A number of sprays or tablets with what one of them is said to hold."""
    counted = part.forms[0].family == "count" and part.strength is None
    return replace(part, strength=held.get(part.forms[0].unit)) if counted else part


def _sentences(passage: Passage) -> Iterator[_Sentence]:
    """The sentences of a passage with their doses."""
    strengths = [strength_of(passage, q) for q in passage.quantities if q.family == "count"]
    strengths += _contents(passage).values()
    doses = [q for q in passage.quantities if is_dose(q) and q.unit != "dose" and q not in strengths]
    ends = [*passage.ends, len(passage.text)]
    for number, own in groupby(doses, key=lambda q: passage.sentence(q.span.start)):
        groups: list[list[Quantity]] = []
        for dose in own:
            if groups and _is_again(passage, groups[-1][-1], dose):
                groups[-1].append(dose)
            else:
                groups.append([dose])
        start, end = (ends[number - 1] if number else 0), ends[min(number, len(ends) - 1)]
        yield _Sentence(passage, start, end, tuple(map(tuple, groups)))


def _is_again(passage: Passage, one: Quantity, other: Quantity) -> bool:
    """Whether an amount in brackets says the one before it again: "1 capsule (75 mg)"."""
    between = passage.text[one.span.end : other.span.start]
    return "(" in between and ")" not in between and not other.per


def _total(sentence: _Sentence) -> int | None:
    """The number of the last dose of a sentence, if it is said to be the amount of a day and no change."""
    if not sentence.doses:
        return None
    passage, at = sentence.passage, len(sentence.doses) - 1
    own = sentence.doses[at]
    start = sentence.doses[at - 1][-1].span.end if at else sentence.start
    often = [i.span.end for i in passage.intakes if start <= i.span.start and i.span.end <= own[0].span.start]
    start, end = max([start, *often]), _named_until(sentence, own[-1].span.end)
    if not all(q.exact or q.bound == "maximum" for q in own) or passage.says("change", start, end):
        return None
    roles = [role.kind for q in own if (role := role_of(passage, q))]
    thus = passage.says("thus", start, own[0].span.start) or passage.says("thus", own[-1].span.end, end)
    total = thus or "total" in roles
    if (
        "start" in roles
        or "example" in roles
        or ("maximum" in roles and (not thus or _sums_up(sentence, start, own[0].span.start)))
    ):
        return None
    daily = any(q.per == ("day",) for q in own) or passage.says("of-a-day", start, end)
    return at if daily and (total or (not at and _heads(sentence, own[0].span.start))) else None


def _sums_up(sentence: _Sentence, start: int, end: int) -> bool:
    """Whether a word for a total stands between two offsets: "in total at most 40 mg" does not follow."""
    return any(token.kind == "total" for token in sentence.tokens(start, end))


def _heads(sentence: _Sentence, stop: int) -> bool:
    """Whether the 24 hours of "in 24 hours you take 6 tablets" stand before the amount."""
    return _HOURS in sentence.passage.text[sentence.start : stop]


def _named_until(sentence: _Sentence, start: int) -> int:
    """Where the words end that may name an amount after it."""
    following = sentence.tokens(start, sentence.end)[:_NAMED]
    return following[-1].end if following else start


def _of_total(sentence: _Sentence, total: int, before: Sequence[_Sentence]) -> tuple[DayPart, ...]:
    """What a total is the total of: the doses before it in its sentence, else those of what precedes."""
    start = sentence.doses[total][0].span.start
    if total:
        return _taken(sentence, total, start)
    if any(
        q.span.start < start and q.unit in _PEOPLE and q.span.start >= sentence.start
        for q in sentence.passage.quantities
    ):
        return ()
    parts: tuple[DayPart, ...] = ()
    seen: set[str] = set()
    for earlier in reversed(before):
        same_people = sentence.passage.populations(start) <= earlier.passage.populations(earlier.start)
        found = _taken(earlier, len(earlier.doses), earlier.end) if same_people else ()
        times = {str(token.value) for token in _times_of_day(earlier, earlier.end)}
        timed = bool(times) and not _intakes(earlier, earlier.end)
        if not found or (parts and (not timed or times & seen)):
            break
        parts, seen = (*found, *parts), seen | times
        if not timed:
            break
    return parts


def _intakes(sentence: _Sentence, stop: int) -> list[Decimal | None]:
    spans = [i for i in sentence.passage.intakes if sentence.start <= i.span.start < stop]
    return [None if intake.divided else intake.per_day for intake in spans]


def _times_of_day(sentence: _Sentence, stop: int) -> list[Token]:
    """The times of the day that a sentence names, those of an intake left out."""
    own = [i.span for i in sentence.passage.intakes]
    near = sentence.tokens(sentence.start, stop)
    free = (token for token in near if token.kind == "day-time")
    return [token for token in free if not any(s.start <= token.start < s.end for s in own)]


def _taken(sentence: _Sentence, count: int, stop: int) -> tuple[DayPart, ...]:
    """The first doses of a sentence with how often each is taken on a day; nothing if that is unclear."""
    passage = sentence.passage
    groups = sentence.doses[:count]
    if not groups or not _are_plain(groups) or passage.says("change", sentence.start, stop):
        return ()
    if passage.says("either", groups[0][0].span.end, groups[-1][0].span.start):
        return ()
    known = next((s for own in groups if (s := _strength(passage, own[0]))), None)
    alike = len({own[0].unit for own in groups}) == 1
    parts = [
        DayPart(own, _sides(sentence), _strength(passage, own[0]) or (known if alike else None))
        for own in groups
    ]
    if len(groups) > 1 and count < len(sentence.doses) and _is_daily(passage, groups[-1][0]):
        return tuple(parts[-1:])  # "1 tablet at a time, no more than 3 tablets a day, which is 3 g"
    times = _times_of_day(sentence, stop)
    if times and passage.says("either", times[0].end, times[-1].start):
        return ()
    more = _bare(sentence, stop) if times else []
    if len(groups) == 1 and not more:
        often = _often(sentence, stop, groups[0][0], times)
        return (replace(parts[0], times=parts[0].times * often),) if often else ()
    if _intakes(sentence, stop) or len(times) != len(groups) + len(more):
        return ()
    first = parts[0]
    again = (replace(first.forms[0], low=value, high=value) for value in more)
    return (*parts, *(replace(first, forms=(amount,)) for amount in again))


def _are_plain(groups: Sequence[Sequence[Quantity]]) -> bool:
    """Whether all doses are single figures, and none is by weight or surface."""
    doses = [q for own in groups for q in own]
    return all(q.low == q.high and q.sure and not {"kg", "m2"} & {*q.per} for q in doses)


def _often(sentence: _Sentence, stop: int, dose: Quantity, times: Sequence[Token]) -> Decimal | None:
    """How many times a day the only dose of a sentence is taken, if that is told in one way."""
    intakes = set(_intakes(sentence, stop))
    daily = _is_daily(sentence.passage, dose)
    if not intakes and (times or daily):
        return Decimal(1) if daily else Decimal(len(times))
    return intakes.pop() if len(intakes) == 1 else None


def _is_daily(passage: Passage, dose: Quantity) -> bool:
    return dose.per == ("day",) or is_counted_a_day(passage, dose)


def _sides(sentence: _Sentence) -> Decimal:
    """Twice what is sprayed "in each nostril"."""
    return Decimal(1 + sentence.passage.says("both-sides", sentence.start, sentence.end))


def _strength(passage: Passage, dose: Quantity) -> Quantity | None:
    return strength_of(passage, dose) if dose.family == "count" else None


def _bare(sentence: _Sentence, stop: int) -> list[Decimal]:
    """Figures without a unit next to a time of the day: "1 tablet in the morning and 2 at night"."""
    passage = sentence.passage
    spans = [q.span for q in passage.quantities] + [i.span for i in passage.intakes]
    found = []
    first, last = passage.token_at(sentence.start), passage.token_at(stop)
    for at in range(first, last):
        token = passage.tokens[at]
        counts = token.kind in _FIGURES or token.kind == "another"
        if not counts or any(span.start <= token.start < span.end for span in spans):
            continue
        near = passage.tokens[max(first, at - _NEAR) : at] if token.kind == "num" else ()
        near = (*near, *passage.tokens[at + 1 : min(at + _NEAR + 2, last)])
        if any(other.kind == "day-time" for other in near):
            found.append(Decimal(1) if token.kind == "another" else token.value.value)
    return found


def _contents(passage: Passage) -> dict[str, Quantity]:
    """What one of what is counted holds: "each spray delivers 50 micrograms", "sachets hold 800 mg each"."""
    found: dict[str, Quantity] = {}
    for quantity in passage.quantities:
        if quantity.family != "mass" or quantity.per or not quantity.exact:
            continue
        at, after = passage.token_at(quantity.span.start), passage.token_at(quantity.span.end)
        for unit_at in range(at - 1, max(0, at - 2 - _UNIT_BEFORE), -1):
            token = passage.tokens[unit_at]
            if token.kind in ("num", ".", ";", ",", "("):
                break
            if token.kind == "unit" and passage.grammar.units[token.value].family == "count":
                each = passage.tokens[unit_at - 1].kind in ("per", "every", "each") if unit_at else False
                tail = passage.tokens[after : after + 1]
                if each or any(t.kind == "per" for t in tail):
                    found[token.value] = quantity
                break
    return found
