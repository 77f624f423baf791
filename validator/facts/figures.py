"""Figures as people write them: "half a", "one and a half", "1½", "1/2", and what tokens stand where."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from validator.grammar import Grammar, Number, Token

_HALF = Decimal("0.5")
_HUNDREDTH = Decimal("0.01")
_PARTS = (2, 3, 4)  # what tablets are divided into
_FIGURES = ("num", "number-word")
_BEYOND = ("",) * 32  # further than anything looks beyond a token


def plus_half(number: Number) -> Number:
    """The figure with the half of "and a half"."""
    return Number(number.value + _HALF, _HUNDREDTH, number.sure)


class Cursor:
    """Looks at the tokens of a block by their number."""

    def __init__(self, tokens: Sequence[Token], grammar: Grammar) -> None:
        self.tokens = tokens
        self.grammar = grammar
        # A little before the first token (a negative index) and beyond the last one, there is none.
        self.kinds = (*(token.kind for token in tokens), *_BEYOND)

    def kind(self, at: int) -> str:
        """The kind of a token, "" a little beyond either end."""
        return self.kinds[at]

    def family(self, at: int) -> str:
        """The family of the unit at a token, "" if it is none."""
        return self.grammar.units[self.tokens[at].value].family if self.kinds[at] == "unit" else ""

    def number(self, at: int) -> Number | None:
        """The figure at a token, if it is one."""
        value = self.tokens[at].value if self.kinds[at] in _FIGURES else None
        return value if isinstance(value, Number) else None

    def figure(self, at: int) -> tuple[Number, int] | None:
        """The figure that begins at a token, which may take several of them, and the token after it."""
        number = self.number(at)
        if number is None:
            return None
        if self.kind(at) == "number-word":
            number, after = self._in_words(at, number)
        else:
            number, after = self._in_digits(at, number)
        if self.kind(after) == "plus-half":
            return plus_half(number), after + 1
        return number, after + self._again(after, number)

    def _again(self, at: int, number: Number) -> int:
        """How many tokens say a figure again in brackets: "two (2) tablets"."""
        again = self.number(at + 1) if self.kind(at) == "(" and self.kind(at + 2) == ")" else None
        return 3 if again and again.value == number.value else 0

    def _in_words(self, at: int, number: Number) -> tuple[Number, int]:
        """ "half a", "half of one", "a half"."""
        after = at + 1
        following = self.number(after) if self.kind(after) == "number-word" else None
        if number.value == 1 and following and following.value < 1:
            return following, after + 1
        while number.value < 1 and after < at + 3 and self._article(after):
            after += 1
        return number, after

    def _article(self, at: int) -> bool:
        number = self.number(at) if self.kind(at) == "number-word" else None
        return self.kind(at) in ("per", "filler") or (number is not None and number.value == 1)

    def _in_digits(self, at: int, number: Number) -> tuple[Number, int]:
        """ "1½", "1/2", "1 1/2"."""
        if part := self._part(at):
            return part
        part = self._part(at + 1) if self.kinds[at + 1] == "num" and number.step == 1 else None
        return (Number(number.value + part[0].value, _HUNDREDTH), part[1]) if part else (number, at + 1)

    def _part(self, at: int) -> tuple[Number, int] | None:
        """ "½" or "1/2", and the token after it."""
        number: Number = self.tokens[at].value
        if self.tokens[at].end - self.tokens[at].start == 1 and 0 < number.value < 1:
            return number, at + 1
        whole = self.number(at + 2) if self.kinds[at + 1] == "/" else None
        if whole is None or whole.value not in _PARTS:
            return None
        proper = number.step == 1 and 0 < number.value < whole.value
        return (Number(number.value / whole.value, _HUNDREDTH), at + 3) if proper else None
