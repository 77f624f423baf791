"""After how many days without improvement a doctor is asked: one number wherever the leaflet says it."""

from __future__ import annotations

from collections.abc import Iterator

from validator.checks.dose import hit_at
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.outcome import Outcome, met, not_applicable
from validator.document.quantities import Quantity
from validator.facts import quantities

_TOLD_IN = ("front", "what-it-is", "how-to-use")
_UNITS = ("hour", "day", "week", "month")


@kind("consistency/no-improvement")
def no_improvement(leaflet: Leaflet, task: Task) -> Outcome:
    """Two sections that say after which time to see a doctor have one such time in common.

    Each may tell several: of fever and of pain, of children and of adults.
    """
    told = {section: list(_times(leaflet, task, section)) for section in _TOLD_IN}
    first, *others = [times for times in told.values() if times] or [[]]
    if not first:
        return not_applicable("no-improvement")
    known = {time.base for time in first}
    for times in others:
        if known.isdisjoint(time.base for time in times):
            return Outcome((hit_at(leaflet, task, times[0], first=leaflet.text(first[0].span)),))
    return met("asked-after", first[0].span, time=leaflet.text(first[0].span))


def _times(leaflet: Leaflet, task: Task, section: str) -> Iterator[Quantity]:
    """The times in the sentences of a section that speak of no improvement."""
    signals = [
        phrase for each in task.lexicon.signals("no-improvement") for phrase in task.lexicon.phrases(each)
    ]
    for block, _ in leaflet.body(section):
        bounds = leaflet.wordtext.bounds(block, block + 1)
        places = [found for phrase in signals if (found := phrase.find(leaflet.wordtext.text, *bounds))]
        if not places:
            continue
        spans = [leaflet.wordtext.span(*place) for place in places]
        for passage in quantities.read([(block, leaflet.blocks[block].text)], task.lexicon.grammar):
            said = {passage.sentence(span.start) for span in spans}
            for time in passage.quantities:
                inside = passage.sentence(time.span.start) in said
                if inside and time.unit in _UNITS and time.low == time.high:
                    yield time
