"""Quantities and intakes in running text: tokens to typed values, nothing tied to a meaning yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from validator.document.location import Span
from validator.document.quantities import Bound, Intake, Quantity
from validator.document.text import fold, fold_wording
from validator.facts.divisors import BODY, DivisorReader
from validator.facts.figures import plus_half
from validator.facts.passage import Passage
from validator.facts.ranges import AMOUNTS, RangeReader
from validator.facts.tables import Cells
from validator.grammar import Grammar, Number, Token, sentence_ends
from validator.grammarfile import Cue

_DIGIT = re.compile(r"[\d½¼¾]")
_ADJECTIVES = 2  # words between a figure and what is counted ("2 film-coated tablets")
# The kinds of tokens that an amount or an intake may begin with.
_BEGIN = frozenset(
    ("num", "number-word", "intake", "day-parts", "each", "alternate", "other", "every", "per")
)
_PER_BODY = ((), ("kg",), ("m2",))  # divisors beside which "a day" may stand before the amount
_MOST = 200  # figures read in one block; no paragraph for people holds more
_HELD = 4  # tokens after an amount in which the verb may say that a volume before it contains it
_PHASES: tuple[Cue, ...] = ("first", "rest")
_CONTAINS = 5  # words between a volume and what it contains


def read(
    texts: Iterable[tuple[int, str]],
    grammar: Grammar,
    cells: Mapping[int, Cells] | None = None,
    *,
    sparse: bool = False,
) -> list[Passage]:
    """The passages of the blocks that hold figures, or count in words ("two tablets twice a day").

    `cells` are units that the head of a table gives. `sparse`: of the sentences only those with figures are
    read, and numbers in words are passed over.
    """
    counted = [
        (index, text)
        for index, text in texts
        if _DIGIT.search(text) or (not sparse and grammar.counts(fold(text)))
    ]
    return passages(counted, grammar, cells, sparse=sparse)


def passages(
    texts: Iterable[tuple[int, str]],
    grammar: Grammar,
    cells: Mapping[int, Cells] | None = None,
    *,
    sparse: bool = False,
) -> list[Passage]:
    """The passages of all blocks, those whose figures are words alone ("one tablet twice a day") too."""
    given = cells or {}
    return [_passage(index, text, grammar, given.get(index, ()), sparse) for index, text in texts]


def _passage(index: int, text: str, grammar: Grammar, cells: Cells, sparse: bool) -> Passage:
    folded = fold(text)
    ends = sentence_ends(folded, text)
    tokens = grammar.dosed(_figured(folded, ends) if sparse else folded)
    parser = _Parser(index, folded, tokens, grammar, cells)
    parser.run()
    return Passage(
        index, text, tokens, ends, tuple(parser.quantities), tuple(parser.intakes), grammar, folded
    )


def _figured(folded: str, ends: Sequence[int]) -> str:
    """A text with blanks for the sentences without figures, so that the others keep their places."""
    bounds = [0, *ends, len(folded)]
    pieces = [folded[start:stop] for start, stop in pairwise(bounds)]
    return "".join(piece if _DIGIT.search(piece) else " " * len(piece) for piece in pieces)


class _Parser(DivisorReader, RangeReader):
    """Walks over the tokens of a block once; `at` is the token looked at."""

    def __init__(
        self, block: int, folded: str, tokens: Sequence[Token], grammar: Grammar, cells: Cells
    ) -> None:
        super().__init__(tokens, grammar)
        self.folded = folded
        self.block = block
        self.cells = cells
        self.quantities: list[Quantity] = []
        self.intakes: list[Intake] = []
        self.waiting: tuple[int, int, Number] | None = None  # a figure before another: "two 20 mg tablets"

    def run(self) -> None:
        """Read everything; intakes first, because "every 6 hours" holds a figure that is no amount."""
        at = 0
        while at < len(self.tokens) and len(self.quantities) < _MOST:
            begins = self.tokens[at].kind in _BEGIN
            at = (begins and (self.intake(at) or self._quantity(at))) or at + 1

    def _quantity(self, at: int) -> int | None:
        found = self.figure(at)
        if found is None:
            return None
        first, after = found
        second, unit_at = self.upper(at, after)
        if second:
            first = self.in_unit(first, after, unit_at)
        scale = Decimal(1)
        if self.kind(unit_at) == "million":
            scale, unit_at = Decimal(1_000_000), unit_at + 1
        unit_at = self._counted(unit_at + self._hyphen(unit_at))
        if not (self.kind(unit_at) == "unit" or self._is_period(at, unit_at)) or (
            after > at + 2 and self.kind(at) == "num" and not self._is_count(unit_at)
        ):
            return self._in_cell(at, unit_at, (first, second or first)) or self._wait(at, after, first)
        return self._measured(at, unit_at, (first, second or first), scale)

    def _hyphen(self, at: int) -> bool:
        """Whether a hyphen joins a figure and its unit: "die 12-wöchige Behandlung", "a 14-day course"."""
        if self.kind(at) != "-" or self.kind(at + 1) != "unit":
            return False
        hyphen = self.tokens[at]
        return self.tokens[at - 1].end == hyphen.start and hyphen.end == self.tokens[at + 1].start

    def _is_period(self, at: int, unit_at: int) -> bool:
        """Whether "a week" counts weeks, where a language has one word for both: "10 haftalık tedavi"."""
        if self.kind(at) != "num" or self.kind(unit_at) != "each" or self.kind(unit_at + 1) == "num":
            return False
        key = self.tokens[unit_at].value
        word = fold_wording(self.folded[self.tokens[unit_at].start : self.tokens[unit_at].end])
        return word in map(fold_wording, self.grammar.data.units.get(key, ()))

    def _is_count(self, unit_at: int) -> bool:
        return self.family(unit_at) == "count"

    def _wait(self, at: int, after: int, number: Number) -> int | None:
        """A figure without unit may count what follows; a figure of several tokens is passed over whole.

        A word for a piece may stand after it: "2 adet 20 mg'lık tablet".
        """
        after += self.kind(after) == "counter"
        self.waiting = (at, after, number)
        return after if after > at + 1 else None

    def _in_cell(self, at: int, stop: int, figures: tuple[Number, Number]) -> int | None:
        """A cell that holds a bare figure or range, under a head that names the unit."""
        start, end = self.tokens[at].start, self.tokens[stop - 1].end
        for first, last, unit in self.cells:
            if (first, last) == (start, end):
                self._add(at, stop, unit, figures)
                return stop
        return None

    def _measured(self, at: int, unit_at: int, figures: tuple[Number, Number], scale: Decimal) -> int:
        """Add a figure with its unit and what it is divided by."""
        unit: str = self.tokens[unit_at].value
        last = unit_at
        if self._is_count(unit_at) and self.kind(unit_at + 1) == "plus-half":
            low, high = (plus_half(number) for number in figures)
            figures, last = (low, high), unit_at + 1
        per, per_amount, stop = self.per(unit_at, last + 1)
        after = stop
        counts = not per and self.family(unit_at) in AMOUNTS and unit not in BODY
        counted = self._counted(stop) if counts else stop
        timed = self.family(unit_at) in ("time", "months")  # "for 10 days tablets"
        dropped = self.family(unit_at) == "volume" and self.kind(counted) == "unit"
        dropped = dropped and self.tokens[counted].value == "drop"  # "one ml of the drops"
        if not per and self.family(counted) == "count" and unit not in BODY and not timed and not dropped:
            per, after = (self.tokens[counted].value,), counted + 1
            self._count_before(at, after)
        elif counts and (held := self._adjectival(unit_at) or self._container(at, stop)):
            per, per_amount = held
        elif (
            per in _PER_BODY
            and self.family(unit_at) != "time"
            and (before := self.each_before(at)) is not None
        ):
            per = (*per, before)
            if len(per) == 1 and (body := self.body_before(at)):
                per = (body, before)  # "for each kilogram daily 20 mg"
        if self.family(counted) != "count":
            figures = self._grouped(at, figures)
        self._add(at, stop, unit, figures, scale, per, per_amount)
        return after

    def _grouped(self, at: int, figures: tuple[Number, Number]) -> tuple[Number, Number]:
        """Where a blank parts thousands, "1 200 mg" is one figure; "2 500 mg tablets" may be two."""
        blank = " " in self.folded[self.tokens[at].start : self.tokens[at].end]
        if not blank or self.grammar.data.numbers.thousands[0] != " ":
            return figures
        return figures[0]._replace(sure=True), figures[1]._replace(sure=True)

    def _add(
        self,
        at: int,
        stop: int,
        key: str,
        figures: tuple[Number, Number],
        scale: Decimal = Decimal(1),
        per: tuple[str, ...] = (),
        per_amount: Decimal = Decimal(1),
    ) -> None:
        low, high = figures
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
        if self.waiting and self.waiting[1] == at:
            start, _, number = self.waiting
            self._add(start, stop, self.tokens[stop - 1].value, (number, number))

    def _adjectival(self, unit_at: int) -> tuple[tuple[str, ...], Decimal] | None:
        """The tablet of "10 mg'lık iki tablet", of which the amount is the strength."""
        _, apart, ending = self.folded[self.tokens[unit_at].start : self.tokens[unit_at].end].partition("'")
        if not apart or ending not in self.grammar.data.adjectival:
            return None
        found = self.figure(unit_at + 1)
        counted = self._counted(found[1] if found else unit_at + 1)
        return ((self.tokens[counted].value,), Decimal(1)) if self.family(counted) == "count" else None

    def _container(self, at: int, stop: int) -> tuple[tuple[str, ...], Decimal] | None:
        """The volume of "each 5 ml contains 120 mg", of which the amount is the content."""
        verb = self._back(at, "contains")
        volume = self._back(verb if verb is not None else at, "unit")
        if volume is None or self.family(volume) != "volume" or self.kind(volume - 2) == "/":
            return None
        each = volume == at - 1 and self.kind(volume - 2) == "per"  # "her 5 ml'sinde 100 mg"
        if verb is None and not each and "contains" not in self.kinds[stop : stop + _HELD]:
            return None
        held = self.number(volume - 1)
        if held and held.value <= 0:
            return None
        return (self.tokens[volume].value,), held.value if held else Decimal(1)

    def _back(self, at: int, kind: str) -> int | None:
        """The token of a kind before another, with only words between."""
        for before in range(at - 1, max(-1, at - 2 - _CONTAINS), -1):
            if self.kind(before) == kind:
                return before
            if self.kind(before) not in ("word", "filler", "per", ")"):
                return None
        return None

    def _counted(self, at: int) -> int:
        """Where the unit stands: at once, or after adjectives of what is counted."""
        for ahead in range(at, at + _ADJECTIVES + 2):
            if self.kind(ahead) == "unit":
                phased = ahead == at + 1 and self._names_phase(at)  # "los 2 primeros meses"
                aged = ahead == at + 1 and self.kind(at) == "-" and self.family(ahead) == "months"
                linked = ahead == at + 1 and self.tokens[at].value in self.grammar.data.numbers.linking
                known = aged or phased or linked or self.family(ahead) == "count"
                return ahead if ahead == at or known else at
            if self.kind(ahead) not in ("word", "-", "counter"):
                break
        return at

    def _names_phase(self, at: int) -> bool:
        """Whether a token calls what follows the first or the last: "the 3 following days"."""
        word = self.folded[self.tokens[at].start : self.tokens[at].end]
        cues = self.grammar.cues
        return any(name in cues and cues[name].fullmatch(word) is not None for name in _PHASES)

    def _bound(self, at: int) -> Bound:
        before = self.kind(at - 1)
        # One word may stand for both: "5 bis 10 mg" is a range, "bis 10 mg" a maximum.
        both = before in ("to", "below") and self.tokens[at - 1].value in self.grammar.data.dosing["maximum"]
        if before == "maximum" or both:
            return "maximum"
        return "minimum" if before == "minimum" else ""
