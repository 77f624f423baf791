"""Examples after bands of weight or age: the dose of the band in which the person is; see `dose_bands`.

“11 to 20 kg: 2 sachets; 21 to 30 kg: 3 sachets. So a child of 25 kg is given 2 sachets.”
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from validator.checks.dose import hit_at
from validator.checks.registry import Task
from validator.document.leaflet import Leaflet
from validator.document.outcome import Hit
from validator.document.quantities import Band, Quantity
from validator.grammarfile import Cue

_NEAR = 2  # blocks between the bands and an example
_LEAD = 60  # characters before a person's weight in which an example is announced
_BEHIND = 80  # characters between a person's weight and the dose
_ANNOUNCED: tuple[Cue, ...] = ("thus",)
_KG = Decimal(1_000_000)


def examples(leaflet: Leaflet, task: Task, run: Sequence[Band]) -> Iterator[Hit]:
    """The doses of examples after some bands that are those of another band; for review."""
    told = [band for band in run if band.doses]
    last = max(band.extent.span for band in run)
    family = run[0].extent.family
    for measure, dose in pairwise(leaflet.facts.quantities):
        near = measure.span > last and measure.span.block - last.block <= _NEAR
        plain = measure.family == family and measure.exact and not measure.per and dose.exact and dose.sure
        if not near or not plain or not _is_example(leaflet, task, measure, dose):
            continue
        value = measure.base[0] / (_KG if family == "mass" else 1)
        own = [band.doses[0] for band in told if _holds(band, value)]
        alike = [d for d in own if (d.unit, d.per) == (dose.unit, dose.per) and d.exact]
        if len(own) == len(alike) == 1 and alike[0].base != dose.base:
            words = {"before": leaflet.text(measure.span), "rate": leaflet.text(alike[0].span)}
            yield hit_at(leaflet, task, dose, "example", review="yes", **words)


def _holds(band: Band, value: Decimal) -> bool:
    return band.low is not None and band.high is not None and band.low <= value <= band.high


def _is_example(leaflet: Leaflet, task: Task, measure: Quantity, dose: Quantity) -> bool:
    """Whether a dose follows a weight in its sentence, which words announce as what follows."""
    if measure.span.block != dose.span.block or dose.span.start - measure.span.end > _BEHIND:
        return False
    text, grammar = leaflet.folded[measure.span.block], task.lexicon.grammar
    start = max(0, measure.span.start - _LEAD, text.rfind(". ", 0, measure.span.start) + 1)
    between = text[measure.span.end : dose.span.start]
    said = any(grammar.cues[cue].search(text, start, dose.span.start) for cue in _ANNOUNCED)
    said = said or any(token.kind == "example" for token in grammar.dosed(text[start : measure.span.start]))
    return said and not any(sign in between for sign in ".;:")
