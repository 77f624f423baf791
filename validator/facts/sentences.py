"""The sentences of a passage with the figures that stand in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from validator.document.quantities import Quantity
from validator.facts.passage import Passage
from validator.grammar import Token
from validator.grammarfile import Cue

_DIVIDED_REACH = 7  # tokens between "divided" and the number of parts
_MOST_PARTS = 8  # a day's dose is divided into no more


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that holds quantities: its number and where it starts and stops in its passage."""

    passage: Passage
    number: int
    start: int
    stop: int
    quantities: Sequence[Quantity]

    def says(self, cue: Cue) -> bool:
        """Whether it holds one of the words of a cue."""
        return self.passage.says(cue, self.start, self.stop)

    @property
    def is_question(self) -> bool:
        """Whether it ends with a question mark."""
        return self.passage.text[self.start : self.stop].rstrip().endswith("?")

    @property
    def tokens(self) -> Sequence[Token]:
        """Its tokens."""
        passage = self.passage
        return passage.tokens[passage.token_at(self.start) : passage.token_at(self.stop)]

    def has(self, kind: str) -> bool:
        """Whether one of its tokens is of a kind."""
        return any(token.kind == kind for token in self.tokens)

    def numbers_time(self, token: Token) -> bool:
        """Whether a figure numbers a time, as in "week 4" or "4. Woche"."""
        tokens, units = self.passage.tokens, self.passage.grammar.units
        at = self.passage.token_at(token.start)
        near = tokens[max(0, at - 1) : at + 3]
        return any(t.kind == "unit" and units[t.value].family in ("time", "months") for t in near)

    def loose_numbers(self) -> list[tuple[int, Token]]:
        """The figures of it that count nothing known, with their place among its tokens."""
        taken = [q.span for q in self.quantities] + [i.span for i in self.passage.intakes]
        return [
            (at, token)
            for at, token in enumerate(self.tokens)
            if token.kind in ("num", "number-word")
            and not any(span.start <= token.start < span.end for span in taken)
        ]


def sentences(passage: Passage) -> list[Sentence]:
    """The sentences of a passage that hold quantities, in reading order."""
    found = []
    for number, group in groupby(passage.quantities, key=lambda q: passage.sentence(q.span.start)):
        start = passage.ends[number - 1] if number else 0
        stop = passage.ends[number] if number < len(passage.ends) else len(passage.text)
        found.append(Sentence(passage, number, start, stop, tuple(group)))
    return found


def parts(sentence: Sentence) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...]]:
    """Into how many parts a day's dose is divided, and the figures that may say so without the word."""
    divided = [at for at, token in enumerate(sentence.tokens) if token.kind == "divided"]
    numbers = [
        (at, token.value.value)
        for at, token in sentence.loose_numbers()
        if token.value.step == 1 and 1 < token.value.value <= _MOST_PARTS
    ]
    said = [value for at, value in numbers if any(abs(at - word) <= _DIVIDED_REACH for word in divided)]
    intakes = [i for i in sentence.passage.intakes if sentence.start <= i.span.start < sentence.stop]
    said += [i.per_day for i in intakes if i.divided and i.per_day]
    counted = [q for q in sentence.quantities if q.family == "count" and 1 < q.low <= _MOST_PARTS]
    said += [q.low for q in counted if q.unit == "dose" and divided]
    return tuple(said), tuple([value for _, value in numbers] + [q.low for q in counted])
