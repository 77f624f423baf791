"""The doses of a paragraph that compare with one another; see `dose_range`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from validator.checks.registry import Task
from validator.document.leaflet import Leaflet
from validator.document.quantities import DoseStatement

_DAY_REACH = 40  # characters behind a maximum in which it is said to be that of a day


def near_by(leaflet: Leaflet, task: Task, doses: Sequence[DoseStatement]) -> Iterator[list[DoseStatement]]:
    """The doses of each paragraph, as those of a day where all of it is taken once a day.

    In a paragraph that names no other number of intakes "not more than 80 mg" and "100 mg a day" compare.
    """
    for near in paragraphs(doses):
        told = [_of_day(leaflet, task, *pair) for pair in zip(near, (*near[1:], None), strict=True)]
        often = {dose.intake.per_day for dose in told if dose.intake}
        tops = [dose for dose in told if dose.role == "maximum"]
        single = any(dose.amount.per for dose in tops) and not all(dose.amount.per for dose in tops)
        shared = bool(tops) and _divides(leaflet, task, tops[0])
        daily = any(dose.amount.per == ("day",) for dose in told)
        once = often <= {Decimal(1)} and daily and not single and not shared
        yield [_as_daily(dose) if once and (dose.role or dose.intake) else dose for dose in told]


def _divides(leaflet: Leaflet, task: Task, dose: DoseStatement) -> bool:
    """Whether the paragraph of a dose speaks of the parts of a day's dose, or of one intake."""
    text, grammar = leaflet.folded[dose.amount.span.block], task.lexicon.grammar
    parts = any(token.kind == "divided" for token in grammar.dosed(text))
    return parts or grammar.cues["each-time"].search(text) is not None


def _of_day(
    leaflet: Leaflet, task: Task, dose: DoseStatement, following: DoseStatement | None
) -> DoseStatement:
    """A maximum behind which words say that it is that of a day: "4 tablets in any 24-hour period".

    Words behind the dose that follows are about that: "6 puffs in one attack or 12 puffs a day".
    """
    if dose.role != "maximum" or dose.intake:
        return dose
    span, cue = dose.amount.span, task.lexicon.grammar.cues["of-a-day"]
    stop = following.amount.span.start if following else None
    behind = leaflet.folded[span.block][span.end : stop][:_DAY_REACH]
    behind = re.split(r"[.;:,()]\s", behind, maxsplit=1)[0]
    return _as_daily(dose) if cue.search(behind) else dose


def _as_daily(dose: DoseStatement) -> DoseStatement:
    if dose.amount.per:
        return dose
    return replace(dose, amount=replace(dose.amount, per=("day",)), intake=None)


def paragraphs(doses: Sequence[DoseStatement]) -> Iterator[list[DoseStatement]]:
    """The doses of each block, in reading order."""
    for _, group in groupby(doses, key=lambda dose: dose.amount.span.block):
        yield list(group)
