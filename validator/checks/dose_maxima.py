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
from validator.document.location import Span
from validator.document.outcome import Hit
from validator.document.quantities import DoseStatement
from validator.grammar import sentence_ends
from validator.grammarfile import Cue

_LEAD = 2  # words before an amount beside those of a maximum: "do not exceed, in any case, the"
_APART: tuple[Cue, ...] = ("change", "either", "first", "rest")
_LIMITS = ("maximum", "above", "exceed")
_CONDITIONS: tuple[Cue, ...] = (*_APART, "if")
_UPWARD: tuple[Cue, ...] = ("band-to", "band-under")
_RANGES = ("", "usual", "total")
_BEFORE = 2  # sentences between a range and the maximum told after it
_TO_REACH = 16  # characters beside a dose in which "to" or "up to" may stand


def two_maxima(leaflet: Leaflet, task: Task, near: Sequence[DoseStatement]) -> Iterator[Hit]:
    """The maxima of a paragraph that are above one of a day in the sentence beside them."""
    tops = [dose for dose in near if dose.role == "maximum" and dose.amount.low == dose.amount.high]
    for one, other in pairwise(tops):
        high, low = (one, other) if one.amount.base > other.amount.base else (other, one)
        apart = other.sentence - one.sentence
        if high.amount.base == low.amount.base or apart not in (0, 1):
            continue
        alike = one.amount.family == other.amount.family and one.amount.per == other.amount.per != ()
        alike = alike and (one.amount.family != "count" or one.amount.unit == other.amount.unit)
        if not alike or one.populations != other.populations or low.lower:
            continue
        if apart == 0:
            between = leaflet.folded[one.amount.span.block][one.amount.span.end : other.amount.span.start]
            if not task.lexicon.grammar.cues["thus"].search(between) or _is_added(near, one):
                continue
        plain = _is_plain(leaflet, task, low) and (low is other or _is_plain(leaflet, task, high))
        if apart == 0 or plain:
            words = leaflet.text(low.amount.span)
            yield hit_at(leaflet, task, high.amount, "above-maximum", maximum=words, review="yes")


def _is_added(near: Sequence[DoseStatement], top: DoseStatement) -> bool:
    """Whether a maximum may be that of what is added to a dose told before it: "and up to 4 more puffs"."""
    ahead = (d for d in near if d.sentence == top.sentence and d.amount.span.start < top.amount.span.start)
    return any(d.role != "maximum" and d.amount.unit == top.amount.unit for d in ahead)


def ranges_above(leaflet: Leaflet, task: Task, near: Sequence[DoseStatement]) -> Iterator[Hit]:
    """The ranges of a paragraph, and the doses to be reached, that end above a maximum told just after them.

    “100 to 200 mg a day. Never exceed 150 mg a day.”
    """
    for at, top in enumerate(near):
        if top.role != "maximum" or not _is_unconditional(leaflet, task, top):
            continue
        before = [dose for dose in near[:at] if 0 < top.sentence - dose.sentence <= _BEFORE]
        if any(dose.lower for dose in (top, *before)):
            continue
        for dose in before:
            spans = dose.amount.low < dose.amount.high and dose.role in _RANGES
            raised = dose.amount.low == dose.amount.high and _is_raised(leaflet, task, dose)
            if not (spans or raised) or not _compare(dose, top) or dose.amount.base[1] <= top.amount.base[0]:
                continue
            words = leaflet.text(top.amount.span)
            yield hit_at(leaflet, task, dose.amount, "above-maximum", maximum=words, review="yes")


def _compare(dose: DoseStatement, top: DoseStatement) -> bool:
    """Whether a dose is of the kind and the people of a maximum; one intake is below that of a day, too."""
    one, most = dose.amount, top.amount
    alike = one.family == most.family and (one.family != "count" or one.unit == most.unit)
    basis = one.per == most.per or (one.per == () and most.per == ("day",))
    return alike and basis and dose.populations == top.populations and most.low == most.high


def _is_raised(leaflet: Leaflet, task: Task, dose: DoseStatement) -> bool:
    """Whether a dose is what others are raised to: "may be increased to 40 mg"."""
    span, grammar = dose.amount.span, task.lexicon.grammar
    start, stop = _sentence(leaflet, span)
    text = leaflet.folded[span.block]
    reach = grammar.dosed(text[max(start, span.start - _TO_REACH) : span.start])[-1:]
    behind = grammar.dosed(text[span.end : min(stop, span.end + _TO_REACH)])[:2]
    upto = any(token.kind in ("to", "maximum", "below") for token in (*reach, *behind))
    end = min(stop, span.end + _TO_REACH)
    upto = upto or any(grammar.cues[cue].search(text, span.end, end) for cue in _UPWARD)
    return upto and grammar.cues["change"].search(text, start, stop) is not None


def _is_unconditional(leaflet: Leaflet, task: Task, top: DoseStatement) -> bool:
    """Whether the sentence of a maximum is of everybody, and of no phase, time or illness."""
    span, grammar = top.amount.span, task.lexicon.grammar
    start, stop = _sentence(leaflet, span)
    text = leaflet.folded[span.block]
    limits = [token for token in grammar.dosed(text[start : span.start]) if token.kind in _LIMITS]
    # "no more than" is no word for another phase
    around = f"{text[start : start + limits[0].start if limits else span.start]} {text[span.end : stop]}"
    said = any(grammar.cues[cue].search(around) for cue in _CONDITIONS)
    return not (said or top.populations)


def _sentence(leaflet: Leaflet, span: Span) -> tuple[int, int]:
    """From where to where the sentence of a place goes."""
    ends = [0, *sentence_ends(leaflet.folded[span.block], leaflet.blocks[span.block].text)]
    start = max(end for end in ends if end <= span.start)
    return start, min((end for end in ends if end > span.start), default=len(leaflet.folded[span.block]))


def _is_plain(leaflet: Leaflet, task: Task, top: DoseStatement) -> bool:
    """Whether the sentence of a maximum begins with it, so that no condition stands before it."""
    span, grammar = top.amount.span, task.lexicon.grammar
    text = leaflet.folded[span.block]
    start = max(text.rfind(sign, 0, span.start) + 2 for sign in (". ", "; ", "! ", "? "))
    start = 0 if start == 1 else start
    tokens = grammar.dosed(text[start : span.start])
    said = next((at for at, token in enumerate(tokens) if token.kind in _LIMITS), None)
    if said is None or said > _LEAD or any(token.kind in (",", ":", "per") for token in tokens[:said]):
        return False
    stop = min((at for sign in ".;" if (at := text.find(sign, span.end)) >= 0), default=len(text))
    around = f"{text[start : start + tokens[said].start]} {text[span.end : stop]}"
    return not any(grammar.cues[cue].search(around) for cue in _CONDITIONS)
