"""Shares of people in words and signs ("up to 1 in 10", "≥ 1/100 to < 1/10", "10 hastanın en az 1'i")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from validator.document.quantities import Interval
from validator.grammar import Number, Token

Order = Literal["part-first", "whole-first"]
COMPARE = {"more": "more", ">": "more", "at-least": "at-least", "≥": "at-least", "less": "less", "<": "less"}
COMPARE |= {"up-to": "up-to", "≤": "up-to"}
"""Kinds of tokens that say which way a bound points."""
_SKIPPED = ("people", "word")
_TO = ("to", "up-to")  # many languages have one word for "up to" and for the "to" of a range
_BOTH = ("to", "join")
_APART = 4  # tokens between two bounds of one interval ("less than 1 in 10 patients, but more than ...")


@dataclass(frozen=True, slots=True)
class Share:
    """An interval, the token after it, figures with foreign separators, and whether its words contradict."""

    interval: Interval
    stop: int
    irregular: tuple[tuple[int, int], ...] = ()
    broken: bool = False


@dataclass(slots=True)
class _Bound:
    """One limit of an interval: which way it points, its values (two for "1 to 10 in 100"), where it ends."""

    compare: str
    low: Fraction
    high: Fraction
    stop: int


def _upward(compare: str) -> bool:
    return compare in ("more", "at-least")


def share(tokens: Sequence[Token], at: int, stop: int, order: Order) -> Share | None:
    """The share that begins at a token, before token `stop`; None if none does."""
    reader = _Reader(tokens, stop, order)
    first = reader.bound(at)
    if first is None:
        return None
    bounds = [first]
    while (following := reader.next_bound(bounds[-1].stop)) is not None:
        bounds.append(following)
    bounds = reader.between(bounds)
    interval, broken = _interval(bounds)
    return Share(interval, bounds[-1].stop, tuple(reader.irregular), broken or reader.broken)


def _interval(bounds: Sequence[_Bound]) -> tuple[Interval, bool]:
    low = high = None
    low_closed = high_closed = broken = False
    for bound in bounds:
        if _upward(bound.compare):
            broken = broken or low is not None
            low, low_closed = bound.low, bound.compare == "at-least"
        elif bound.compare in ("less", "up-to"):
            # "( 1/100 to < 1/10": the sign before the first figure was lost, the figure was not.
            broken = broken or (high is not None and high != low)
            high, high_closed = bound.high, bound.compare == "up-to"
        else:
            low, high, low_closed, high_closed = bound.low, bound.high, True, True
    return Interval(low, high, low_closed, high_closed), broken


class _Reader:
    """Reads bounds out of tokens; remembers the figures that are not written as the language does."""

    def __init__(self, tokens: Sequence[Token], stop: int, order: Order) -> None:
        self.tokens = tokens
        self.stop = stop
        self.order = order
        self.irregular: list[tuple[int, int]] = []
        self.broken = False
        self.whole: Fraction | None = None

    def kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < self.stop else ""

    def bound(self, at: int) -> _Bound | None:
        """A comparing word or sign with a share after it, or a bare share."""
        compare = ""
        while self.kind(at) in COMPARE:
            following = COMPARE[self.kind(at)]
            # "more often than over" and "kuni <" say one thing twice, "more than less than" none.
            self.broken = self.broken or (compare != "" and _upward(compare) != _upward(following))
            compare = following
            at += 1
        while compare and self.kind(at) == "people":  # "up to person 1 in 10", in Maltese order
            at += 1
        found = self._fraction(at) or self._percent(at)
        if found is None and self.order == "part-first":
            found = self._part_first(at)
        if found is None and self.order == "whole-first":
            return self._whole_first(at, compare)
        if found is None:
            return None
        low, high, after = found
        if self.order == "whole-first":
            compare, after = self._compared(compare, after)
        elif self.kind(after) == "or-more" or self._or_more(after):
            compare, after = "at-least", after + 1
        return _Bound(compare, low, high, after)

    def _or_more(self, at: int) -> bool:
        return self.kind(at) in _SKIPPED and self.kind(at + 1) == "or-more"

    def next_bound(self, at: int) -> _Bound | None:
        """Another bound of the same interval, after "to", "but" or a comma."""
        for ahead in range(at, min(self.stop, at + _APART)):
            if self.kind(ahead) in _TO and self.kind(ahead + 1) in COMPARE:
                continue
            if self.kind(ahead) in COMPARE or (self.order == "whole-first" and self.kind(ahead) == "num"):
                return self.bound(ahead)
            if self.kind(ahead) not in (*_SKIPPED, "join", "to", ","):
                return None
        return None

    def between(self, bounds: list[_Bound]) -> list[_Bound]:
        """ "between 1 in 100 and 1 in 10": two bare shares, in any order, are the ends of one interval."""
        only = bounds[0]
        if len(bounds) != 1 or only.compare or only.low != only.high or self.kind(only.stop) not in _BOTH:
            return bounds
        other = self.bound(only.stop + 1)
        if other is None or other.compare or other.low != other.high:
            return bounds
        if other.low == only.low:  # "between 1 in 100 and 1 in 100"
            self.broken = True
        low, high = sorted((only.low, other.low))
        return [_Bound("", low, high, other.stop)]

    def figure(self, at: int) -> tuple[Decimal, int] | None:
        """A figure and the token after it; "1, 000" is one figure with a stray blank."""
        if self.kind(at) == "number-word":
            return self.tokens[at].value.value, at + 1
        if self.kind(at) != "num":
            return None
        number: Number = self.tokens[at].value
        token = self.tokens[at]
        value, after, end = number.value, at + 1, token.end
        if self.kind(after) in (",", ".") and self.kind(after + 1) == "num":
            group = self.tokens[after + 1]
            if group.end - group.start == 3 and group.start <= end + 2 and value < 1000:
                value, after, end = value * 1000 + group.value.value, after + 2, group.end
                self.irregular.append((token.start, end))
                return value, after
        if not number.regular:
            # In a share every figure is whole: "10.000" can only be ten thousand.
            value = Decimal(str(value).replace(".", "")) if value == value.to_integral() else value
            self.irregular.append((token.start, end))
        return value, after

    def _fraction(self, at: int) -> tuple[Fraction, Fraction, int] | None:
        """ "1/10"."""
        part = self.figure(at) if self.kind(at) == "num" else None
        if part is None or self.kind(part[1]) != "/" or (whole := self.figure(part[1] + 1)) is None:
            return None
        return self._ratio(part[0], part[0], whole[0], whole[1])

    def _percent(self, at: int) -> tuple[Fraction, Fraction, int] | None:
        """ "10%", "1 to 10 %", "%1 ila %10"."""
        leading = self.kind(at) == "%"
        first = at + leading
        part = self.figure(first) if self.kind(first) == "num" else None
        if part is None:
            return None
        low = high = part[0]
        after = part[1]
        again = after + 1 + (leading and self.kind(after + 1) == "%")
        if self.kind(after) in _TO and (upper := self.figure(again)):
            high, after = upper
        if not leading and self.kind(after) != "%":
            return None
        if not leading and high == low and self.kind(after + 1) in _TO and (upper := self.figure(after + 2)):
            if self.kind(upper[1]) == "%":
                high, after = upper
        self.broken = self.broken or (after > part[1] and high == low)  # "1% to 1%"
        return self._ratio(low, high, Decimal(100), after + (not leading))

    def _part_first(self, at: int) -> tuple[Fraction, Fraction, int] | None:
        """ "1 in 10", "1 to 10 users in 1,000", "between 1 and 10 in 100"."""
        part = self.figure(at)
        if part is None:
            return None
        low = high = part[0]
        after = self._skip(part[1])
        if self.kind(after) in _TO and (upper := self.figure(after + 1)):
            high, after = upper[0], self._skip(upper[1])
        if self.kind(after) != "of":
            return None
        whole = self.figure(after + 1)
        return self._ratio(low, high, whole[0], whole[1]) if whole else None

    def _skip(self, at: int) -> int:
        """Over at most two words about people."""
        for _ in range(2):
            at += self.kind(at) in _SKIPPED
        return at

    def _whole_first(self, at: int, compare: str) -> _Bound | None:
        """ "10 hastanın en az 1'inde", "100 hastanın 1'inden az"; "10'dan az" after it has the same whole."""
        whole = self.figure(at)
        if whole is None:
            return None
        after = self._skip(whole[1])
        if self.kind(after) in COMPARE:
            compare, after = COMPARE[self.kind(after)], after + 1
        part = self.figure(after)
        if part is None:
            return self._of_same_whole(whole[0], whole[1])
        low = high = part[0]
        if self.kind(part[1]) in _TO and (upper := self.figure(part[1] + 1)):
            high, part = upper[0], upper
        found = self._ratio(low, high, whole[0], part[1])
        if found is None:
            return None
        self.whole = Fraction(whole[0])
        compare, after = self._compared(compare, found[2])
        return _Bound(compare, found[0], found[1], after)

    def _compared(self, compare: str, at: int) -> tuple[str, int]:
        """The comparing word after a share; "1'inde veya 1'inden fazla" includes the figure itself."""
        if self.kind(at) in COMPARE:
            return COMPARE[self.kind(at)], at + 1
        if self.kind(at) == "join" and (again := self.figure(at + 1)) and self.kind(again[1]) in COMPARE:
            return {"more": "at-least", "less": "up-to"}[COMPARE[self.kind(again[1])]], again[1] + 1
        if self.kind(at) == "or-more":
            return "at-least", at + 1
        return compare, at

    def _of_same_whole(self, part: Decimal, at: int) -> _Bound | None:
        if self.whole is None or self.kind(at) not in COMPARE:
            return None
        value = Fraction(part) / self.whole
        return _Bound(COMPARE[self.kind(at)], value, value, at + 1)

    def _ratio(
        self, low: Decimal, high: Decimal, whole: Decimal, after: int
    ) -> tuple[Fraction, Fraction, int] | None:
        if whole <= 0 or low > high or high > whole:
            return None
        return Fraction(low) / Fraction(whole), Fraction(high) / Fraction(whole), after
