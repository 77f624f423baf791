"""One contradiction is told once: where two requirements on doses speak of one figure, by the more telling.

“2 tablets of 100 mg three times a day (300 mg)” is neither what the tablets hold nor what the day comes to;
one finding says so. The other requirement points to it and is left for review.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from validator.breaks import Answered
from validator.document.location import Span
from validator.document.outcome import Hit

# The more telling first: the more figures a requirement ties together, the more its finding says.
_ORDER = ("dose/worked-example", "dose/volume", "dose/daily-total", "dose/strength-multiple", "dose/unit")
_STRAY = "stray"  # the case of an amount alone in its unit
_WEIGHED = "weighed"  # the case of a dose by weight or time that was multiplied and kept its unit
_STEPS = tuple(Decimal(10) ** power for power in (-6, -3, 3, 6))
_FIGURE = re.compile(r"\d[\d., ]*")
_MULTIPLE, _UNIT = "dose/strength-multiple", "dose/unit"


def told_once(answered: Mapping[str, Answered]) -> dict[str, Answered]:
    """The answers, with one hit alone at each figure of which several requirements tell."""
    at: dict[Span, dict[str, Hit]] = {}
    for rule in _ORDER:
        for hit in answered[rule].outcome.hits if rule in answered else ():
            if hit.span and not hit.advice:
                at.setdefault(hit.span, {})[rule] = hit
    kept = {span: _telling(hits) for span, hits in at.items() if len(hits) > 1}
    return (
        {rule: _left(rule, answer, at, kept) for rule, answer in answered.items()} if kept else {**answered}
    )


def _telling(hits: Mapping[str, Hit]) -> str:
    """The rule whose hit says most: a slip of the unit, else what is not the same sum as another's."""
    computed = [hit for rule, hit in hits.items() if rule != _UNIT]
    unit = hits.get(_UNIT)
    # An amount that is only far from the others says less than one that is sure to be computed.
    plain = unit is not None and (unit.case != _STRAY or all(hit.review for hit in computed))
    if unit and (unit.case == _WEIGHED or (plain and any(_is_slip(hit) for hit in computed))):
        return _UNIT
    first = next(rule for rule in _ORDER if rule in hits)
    multiple = hits.get(_MULTIPLE)
    return _MULTIPLE if multiple and multiple.expected == hits[first].expected else first


def _is_slip(hit: Hit) -> bool:
    """Whether what is computed is the stated figure in a unit 1,000 times apart."""
    computed, stated = (_FIGURE.match(words) for words in (hit.expected, hit.evidence))
    if not computed or not stated:
        return False
    figure = stated[0].strip(" .,")
    readings = (figure.replace(" ", "").replace(",", "."), re.sub(r"[ .,]", "", figure))
    values = [Decimal(reading) for reading in readings if reading.count(".") < 2]
    return any(value * step == Decimal(computed[0].strip()) for value in values for step in _STEPS)


def _left(
    rule: str, answer: Answered, at: Mapping[Span, Mapping[str, Hit]], kept: Mapping[Span, str]
) -> Answered:
    """What a requirement still tells; what one of several is sure of is no question for review."""
    outcome, hits, told = answer.outcome, [], ""
    for hit in outcome.hits:
        span = hit.span
        if span is None or span not in kept or rule not in at[span]:
            hits.append(hit)
        elif kept[span] == rule:
            hits.append(replace(hit, review=all(other.review for other in at[span].values())))
        else:
            told = kept[span]
    if hits or not told:
        return replace(answer, outcome=replace(outcome, hits=tuple(hits)))
    beside = replace(outcome, verdict="review", note="told-by", values={"rule": told}, hits=())
    return replace(answer, outcome=beside)
