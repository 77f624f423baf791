"""A maximum that is told once more, lower and without a condition, right beside a higher one.

“At most 6 sachets a day. Never take more than 3 sachets in 24 hours.” Which of the two is meant cannot be
told, so it is for review; a maximum of some people or some illness may well differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from validator.checks.dose import hit_at
from validator.checks.registry import Task
from validator.document.leaflet import Leaflet
from validator.document.outcome import Hit
from validator.document.quantities import DoseStatement
from validator.document.text import fold_wording
from validator.grammarfile import Cue

_LEAD = 2  # words before an amount beside those of a maximum: "do not exceed, in any case, the"
_APART: tuple[Cue, ...] = ("change", "either", "first", "rest")


def two_maxima(leaflet: Leaflet, task: Task, near: Sequence[DoseStatement]) -> Iterator[Hit]:
    """The maxima of a paragraph that are above one of a day in the sentence beside them."""
    tops = [dose for dose in near if dose.role == "maximum" and dose.amount.low == dose.amount.high]
    for one, other in pairwise(tops):
        high, low = (one, other) if one.amount.base > other.amount.base else (other, one)
        if high.amount.base == low.amount.base or other.sentence - one.sentence != 1:
            continue
        alike = one.amount.family == other.amount.family and one.amount.per == other.amount.per == ("day",)
        alike = alike and (one.amount.family != "count" or one.amount.unit == other.amount.unit)
        if not alike or one.populations != other.populations or low.lower:
            continue
        if _is_plain(leaflet, task, low) and (low is other or _is_plain(leaflet, task, high)):
            words = leaflet.text(low.amount.span)
            yield hit_at(leaflet, task, high.amount, "above-maximum", maximum=words, review="yes")


def _is_plain(leaflet: Leaflet, task: Task, top: DoseStatement) -> bool:
    """Whether the sentence of a maximum begins with it, so that no condition stands before it."""
    span, grammar = top.amount.span, task.lexicon.grammar
    text = leaflet.folded[span.block]
    start = max(text.rfind(sign, 0, span.start) + 2 for sign in (". ", "; ", "! ", "? "))
    start = 0 if start == 1 else start
    tokens = grammar.dosed(text[start : span.start])
    said = next((at for at, token in enumerate(tokens) if token.kind in ("maximum", "above", "exceed")), None)
    if said is None or said > _LEAD or any(token.kind in (",", ":", "per") for token in tokens[:said]):
        return False
    conditions = {fold_wording(word) for word in grammar.data.force.condition}
    stop = min((at for sign in ".;" if (at := text.find(sign, span.end)) >= 0), default=len(text))
    around = f"{text[start : start + tokens[said].start]} {text[span.end : stop]}"
    apart = any(cue in grammar.cues and grammar.cues[cue].search(around) for cue in _APART)
    return not apart and not any(f" {word} " in f" {around} " for word in conditions)
