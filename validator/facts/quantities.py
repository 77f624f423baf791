"""Quantities and intakes in running text: tokens to typed values, nothing tied to a meaning yet."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from validator.document.location import Span
from validator.document.quantities import Bound, Intake, Quantity
from validator.document.text import fold
from validator.grammar import Grammar, Number, Token, sentence_ends

_DIGIT = re.compile(r"[\d½¼¾]")
_AMOUNTS = frozenset(("mass", "volume", "amount", "activity", "units", "radioactivity"))
_ADJECTIVES = 2  # words between a figure and what is counted ("2 film-coated tablets")
_MOST = 200  # figures read in one block; no paragraph for people holds more
_EACH_BEFORE = 5  # tokens over which "a day" that stands first belongs to the amount after it


@dataclass(frozen=True, slots=True)
class Passage:
    """One block with figures: its tokens, and what was read from them; offsets are those of the block."""

    block: int
    text: str
    tokens: Sequence[Token]
    ends: Sequence[int]
    quantities: tuple[Quantity, ...]
    intakes: tuple[Intake, ...]

    def sentence(self, offset: int) -> int:
        """The number of the sentence that holds an offset."""
        return bisect_right(self.ends, offset)

    def sentence_start(self, offset: int) -> int:
        """Where the sentence begins that holds an offset."""
        number = self.sentence(offset)
        return self.ends[number - 1] if number else 0

    def token_at(self, offset: int) -> int:
        """The number of the first token that begins at an offset or later."""
        return bisect_left(self.tokens, offset, key=lambda token: token.start)


def read(texts: Iterable[tuple[int, str]], grammar: Grammar) -> list[Passage]:
    """The passages of the blocks that hold figures."""
    return [_passage(index, text, grammar) for index, text in texts if _DIGIT.search(text)]


def _passage(index: int, text: str, grammar: Grammar) -> Passage:
    folded = fold(text)
    tokens = grammar.tokens(folded, grammar.dosing)
    parser = _Parser(index, tokens, grammar)
    parser.run()
    ends = sentence_ends(folded, text)
    return Passage(index, text, tokens, ends, tuple(parser.quantities), tuple(parser.intakes))


class _Parser:
    """Walks over the tokens of a block once; `at` is the token looked at."""

    def __init__(self, block: int, tokens: Sequence[Token], grammar: Grammar) -> None:
        self.block = block
        self.tokens = tokens
        self.grammar = grammar
        self.quantities: list[Quantity] = []
        self.intakes: list[Intake] = []

    def run(self) -> None:
        """Read everything; intakes first, because "every 6 hours" holds a figure that is no amount."""
        at = 0
        while at < len(self.tokens) and len(self.quantities) < _MOST:
            at = self._intake(at) or self._quantity(at) or at + 1

    def kind(self, at: int) -> str:
        """The kind of a token, "" beyond the end."""
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def number(self, at: int) -> Number | None:
        """The figure at a token, if it is one."""
        value = self.tokens[at].value if self.kind(at) in ("num", "number-word") else None
        return value if isinstance(value, Number) else None

    def _intake(self, at: int) -> int | None:
        return self._times_per(at) or self._per_times(at) or self._every(at)

    def _times(self, at: int) -> tuple[Decimal, int] | None:
        """ "once" or "3 times": how many, and the token after it."""
        if self.kind(at) == "intake":
            return self.tokens[at].value, at + 1
        number = self.number(at)
        return (number.value, at + 2) if number and self.kind(at + 1) == "times" else None

    def _times_per(self, at: int) -> int | None:
        """ "three times a day", "once every 2 weeks", "twice daily"."""
        if (times := self._times(at)) is None:
            return None
        count, after = times
        if self.kind(after) == "each":
            return self._add_intake(at, after + 1, count, self.tokens[after].value)
        if self.kind(after) in ("per", "every"):
            every = self.number(after + 1)
            unit_at = after + 1 + (every is not None)
            if self._family(unit_at) in ("time", "months"):
                period = every.value if every else Decimal(1)
                return self._add_intake(at, unit_at + 1, count, self.tokens[unit_at].value, period)
        return None

    def _per_times(self, at: int) -> int | None:
        """ "günde 3 kez": the period stands first."""
        if self.kind(at) != "each" or (times := self._times(at + 1)) is None:
            return None
        return self._add_intake(at, times[1], times[0], self.tokens[at].value)

    def _every(self, at: int) -> int | None:
        """ "every 6 hours", "hver 6. time", "6 tunnin välein", "every other day"."""
        if self.kind(at) == "other" and self._family(at + 1) == "time":
            return self._add_intake(at, at + 2, Decimal(1), self.tokens[at + 1].value, Decimal(2))
        leads = self.kind(at) == "every" or (self.kind(at) == "per" and self.tokens[at].value == "every")
        every = self.number(at + leads)
        unit_at = at + leads + 1
        unit_at += self.kind(unit_at) == "."  # an ordinal
        trails = self.kind(unit_at + 1) == "interval"
        if not every or every.value <= 0 or self._family(unit_at) not in ("time", "months"):
            return None
        if not leads and not trails:
            return None
        return self._add_intake(at, unit_at + 1 + trails, Decimal(1), self.tokens[unit_at].value, every.value)

    def _add_intake(self, at: int, stop: int, times: Decimal, unit: str, every: Decimal = Decimal(1)) -> int:
        span = Span(self.block, self.tokens[at].start, self.tokens[stop - 1].end)
        self.intakes.append(Intake(span, times, unit, every))
        return stop

    def _family(self, at: int) -> str:
        return self.grammar.units[self.tokens[at].value].family if self.kind(at) == "unit" else ""

    def _quantity(self, at: int) -> int | None:
        first = self.number(at)
        if first is None:
            return None
        second, unit_at = self._range(at)
        scale = Decimal(1)
        if self.kind(unit_at) == "million":
            scale, unit_at = Decimal(1_000_000), unit_at + 1
        unit_at = self._counted(unit_at)
        if self.kind(unit_at) != "unit":
            return None
        per, per_amount, stop = self._per(unit_at)
        after = stop
        counted = stop if per or self._family(unit_at) not in _AMOUNTS else self._counted(stop)
        if self._family(counted) == "count":
            per, after = (self.tokens[counted].value,), counted + 1
            self._count_before(at, after)
        elif not per and (before := self._each_before(at)) is not None:
            per = (self.tokens[before].value,)
        self._add(at, stop, unit_at, (first, second or first), scale, per, per_amount)
        return after

    def _add(
        self,
        at: int,
        stop: int,
        unit_at: int,
        figures: tuple[Number, Number],
        scale: Decimal = Decimal(1),
        per: tuple[str, ...] = (),
        per_amount: Decimal = Decimal(1),
    ) -> None:
        low, high = figures
        key = self.tokens[unit_at].value
        unit = self.grammar.units[key]
        self.quantities.append(
            Quantity(
                Span(self.block, self.tokens[at].start, self.tokens[stop - 1].end),
                low.value * scale,
                high.value * scale,
                max(low.step, high.step) * scale,
                key,
                unit.family,
                unit.factor,
                per,
                per_amount,
                self._bound(at),
                low.sure and high.sure,
            )
        )

    def _count_before(self, at: int, stop: int) -> None:
        """The "two" of "two 20 mg tablets": a count of the same tablets."""
        if number := self.number(at - 1):
            self._add(at - 1, stop, stop - 1, (number, number))

    def _range(self, at: int) -> tuple[Number | None, int]:
        """The upper figure of a range and the token after it: "0.5 to 1.0", "10 mg - 20 mg", "1/2"."""
        after = at + 1
        if self.kind(after) == "unit" and self.kind(after + 1) in ("-", "to"):
            upper = self.number(after + 2)
            same = self.kind(after + 3) == "unit" and self.tokens[after + 3].value == self.tokens[after].value
            if upper and same and self._is_range(at, after + 1):
                return upper, after + 3
        if (
            self.kind(after) in ("-", "to")
            and (upper := self.number(after + 1))
            and self._is_range(at, after)
        ):
            return upper, after + 2
        return None, after

    def _is_range(self, at: int, sign: int) -> bool:
        """Whether the word between two figures makes a range: "to" does, "and" only after "between"."""
        if self.tokens[sign].kind == "-":
            return True
        first_word = self.grammar.data.dosing["to"][0]
        return self.tokens[sign].value == first_word or self.kind(at - 1) == "between"

    def _counted(self, at: int) -> int:
        """Where the unit stands: at once, or after adjectives of what is counted."""
        for ahead in range(at, at + _ADJECTIVES + 2):
            if self.kind(ahead) == "unit":
                return ahead if ahead == at or self._family(ahead) == "count" else at
            if self.kind(ahead) not in ("word", "-"):
                break
        return at

    def _per(self, unit_at: int) -> tuple[tuple[str, ...], Decimal, int]:
        """The units that the amount is divided by: "/kg/day", "per kg of body weight a day", "in 5 ml"."""
        found: list[str] = []
        amount = Decimal(1)
        at = unit_at + 1
        while True:
            skip = at + (self.kind(at) == "filler")
            # "10 mg günde 2 kez" is 10 mg, twice a day.
            if self.kind(skip) == "each" and (found or skip == at) and self._times(skip + 1) is None:
                found.append(self.tokens[skip].value)
                at = skip + 1
                continue
            if self.kind(skip) not in ("/", "per"):
                return tuple(found), amount, at
            number = self.number(skip + 1)
            divisor = skip + 1 + (number is not None)
            # "5 mg/10 mg" and "500 mg/400 IU" are two strengths, "every 6 hours" is an intake.
            whole = ("time", "activity", "units", self._family(unit_at))
            odd = number and (found or number.value <= 0 or self._family(divisor) in whole)
            if self.kind(divisor) != "unit" or odd:
                return tuple(found), amount, at
            if number:
                amount = number.value
            found.append(self.tokens[divisor].value)
            at = divisor + 1

    def _each_before(self, at: int) -> int | None:
        """A "günde" or "kg başına" that stands before the amount in the same clause."""
        for before in range(at - 1, max(-1, at - 1 - _EACH_BEFORE), -1):
            if self.kind(before) == "each":
                owned = any(
                    span.start <= self.tokens[before].start < span.end
                    for span in (*(q.span for q in self.quantities), *(i.span for i in self.intakes))
                )
                return None if owned else before
            if self.kind(before) not in ("word", "filler", "usual", "maximum", "minimum", "start", ":"):
                return None
        return None

    def _bound(self, at: int) -> Bound:
        before = self.kind(at - 1)
        # One word may stand for both: "5 bis 10 mg" is a range, "bis 10 mg" a maximum.
        both = before in ("to", "below") and self.tokens[at - 1].value in self.grammar.data.dosing["maximum"]
        if before == "maximum" or both:
            return "maximum"
        return "minimum" if before == "minimum" else ""
