"""Figures without a unit in a sentence of doses: "1 tablet in the morning and 2 at night"."""

from __future__ import annotations

from decimal import Decimal

from validator.facts.daysentences import DoseSentence

_NEAR = 2  # tokens between a bare figure and the time of the day it belongs to
_FIGURES = ("num", "number-word")


def uncounted(sentence: DoseSentence, start: int, stop: int) -> bool:
    """Whether a figure in digits that counts nothing known stands between two offsets."""
    spans = [q.span for q in sentence.passage.quantities] + [i.span for i in sentence.passage.intakes]
    return any(
        token.kind == "num" and not any(span.start <= token.start < span.end for span in spans)
        for token in sentence.tokens(start, stop)
    )


def bare(sentence: DoseSentence, stop: int) -> list[Decimal]:
    """Figures without a unit next to a time of the day: "1 tablet in the morning and 2 at night"."""
    passage = sentence.passage
    spans = [q.span for q in passage.quantities] + [i.span for i in passage.intakes]
    found = []
    first, last = passage.token_at(sentence.start), passage.token_at(stop)
    for at in range(first, last):
        token = passage.tokens[at]
        counts = token.kind in _FIGURES or token.kind == "another"
        if token.kind == "another" and at + 1 < last and passage.tokens[at + 1].kind in _FIGURES:
            continue  # "another 2 at night"
        if not counts or any(span.start <= token.start < span.end for span in spans):
            continue
        near = passage.tokens[max(first, at - _NEAR) : at] if token.kind == "num" else ()
        near = (*near, *passage.tokens[at + 1 : min(at + _NEAR + 2, last)])
        if any(other.kind == "day-time" for other in near):
            found.append(Decimal(1) if token.kind == "another" else token.value.value)
    return found
