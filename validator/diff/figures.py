"""The figures of a text by their values: "0.5 g" is "500 mg", "two tablets" are "2 tablets"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from validator.compare.data import counted
from validator.document.quantities import Intake, Quantity
from validator.document.text import fold
from validator.facts import quantities
from validator.facts.passage import Passage
from validator.grammar import Grammar, Token

_AHEAD = 2  # tokens between a number in words and what it counts
_DOSES = frozenset(("mass", "volume", "amount", "activity", "units", "radioactivity"))
_TIMES = frozenset(("time", "months"))
_LENGTHS = {"mm": 1, "cm": 10, "m": 1000}
_BETWEEN = ("word", "-", "and", "to", "num", "number-word", "above", "below")  # "two or three days"
RHYTHM = "rhythm"  # "each week" without how many times


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with what it measures, what it is divided by, and whether it is a limit."""

    values: tuple[Fraction, ...]
    family: str
    per: tuple[str, ...] = ()
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a text with their words."""

    counts: Counter[Figure]
    words: dict[Figure, str]

    def differ(self, other: Figures) -> bool:
        """Whether the values are not the same."""
        return bool(self.lost(other) or other.lost(self))

    def lost(self, other: Figures) -> list[str]:
        """The words of the figures that the other text does not have.

        A bare "daily" counts where the other text has such a word too: "weekly", not "your dose".
        """
        both = RHYTHM in self.families and RHYTHM in other.families
        gone = self.counts - other.counts
        return [self.words[figure] for figure in gone if both or figure.family != RHYTHM]

    @property
    def families(self) -> set[str]:
        """What is measured."""
        return {figure.family for figure in self.counts}

    def of_dose(self) -> bool:
        """Whether an amount or an intake is among them."""
        return any(
            family in _DOSES or family == "intake" or family.startswith("count") for family in self.families
        )

    def of_time(self) -> bool:
        """Whether a time is among them."""
        return bool(self.families & _TIMES)


def figures(texts: Iterable[str], grammar: Grammar) -> Figures:
    """The figures of some texts that belong together."""
    counts: Counter[Figure] = Counter()
    words: dict[Figure, str] = {}
    for text in texts:
        for figure, written in _read(text, grammar):
            counts[figure] += 1
            words.setdefault(figure, written)
    return Figures(counts, words)


def _read(text: str, grammar: Grammar) -> Iterator[tuple[Figure, str]]:
    taken: list[tuple[int, int]] = []
    text = _calm(text, grammar)
    passages: Sequence[Passage] = quantities.passages([(0, text)], grammar)
    for passage in passages:
        known = [(_of_quantity(quantity), quantity.span) for quantity in passage.quantities]
        known += [(_of_intake(intake), intake.span) for intake in passage.intakes]
        for figure, span in known:
            yield figure, text[span.start : span.end]
            taken.append((span.start, span.end))
    tokens = passages[0].tokens
    for at, token in enumerate(tokens):
        if any(start <= token.start < end for start, end in taken):
            continue
        if bare := _bare(tokens, at, grammar):
            yield bare, text[token.start : token.end]


def _calm(text: str, grammar: Grammar) -> str:
    """The text with words of urgency blanked out: "at once" counts nothing."""
    folded = fold(text)
    for phrase in grammar.data.force.urgency:
        at = folded.find(found := fold(phrase))
        while at >= 0:
            text = text[:at] + " " * len(found) + text[at + len(found) :]
            at = folded.find(found, at + 1)
    return text


def _of_quantity(quantity: Quantity) -> Figure:
    low, high = (Fraction(value) for value in quantity.base)
    values = (low,) if low == high else (low, high)
    return Figure(values, _measured(quantity.family, quantity.unit), quantity.per, quantity.bound)


def _measured(family: str, unit: str) -> str:
    """The family; what is counted belongs to it: two tablets are not two drops."""
    return f"count of {unit}" if family == "count" else family


def _of_intake(intake: Intake) -> Figure:
    return Figure((Fraction(intake.times), Fraction(intake.every)), "intake", (intake.unit,))


def _bare(tokens: Sequence[Token], at: int, grammar: Grammar) -> Figure | None:
    """A number without a unit, or one in words that counts something; other words are no figures."""
    token = tokens[at]
    if token.kind == "each":
        return Figure((), RHYTHM, (str(token.value),))
    if token.kind in ("every", "per"):
        return _rhythm(tokens[at + 1 : at + 3], grammar)
    if token.kind == "intake":
        following = tokens[at + 1 : at + 2]
        each = tuple(str(each.value) for each in following if each.kind == "each")
        return Figure((Fraction(token.value), Fraction(1)), "intake", each)
    if token.kind not in ("num", "number-word"):
        return None
    value = Fraction(token.value.value)
    for ahead in tokens[at + 1 : at + 2 + _AHEAD]:
        if ahead.kind == "word" and ahead.value in _LENGTHS and token.kind == "num":
            return Figure((value * _LENGTHS[ahead.value],), "length")
        if ahead.kind == "unit":
            unit = grammar.units[ahead.value]
            return Figure((value * Fraction(unit.factor),), _measured(unit.family, ahead.value))
        if ahead.kind not in _BETWEEN:
            break
    return Figure((value,), "") if token.kind == "num" else None


def _rhythm(following: Sequence[Token], grammar: Grammar) -> Figure | None:
    """What stands behind "every": a time, or a time with its number in words ("every third day")."""
    if not following or (following[0].kind == "word" and len(following) == 1):
        return None
    unit = following[0] if following[0].kind == "unit" else following[-1]
    if unit.kind != "unit" or grammar.units[unit.value].family not in _TIMES:
        return None
    if unit is following[0]:
        return Figure((), RHYTHM, (unit.value,))
    every = counted(grammar.data.language).get(following[0].value) if following[0].kind == "word" else None
    return Figure((Fraction(1), Fraction(every)), "intake", (unit.value,)) if every else None
