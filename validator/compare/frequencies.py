"""Frequency categories of side effects: the same category, with the same figures, over the same effects."""

from __future__ import annotations

from collections.abc import Iterator

from validator.compare.pair import Pair
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met
from validator.document.quantities import FrequencyDefinition, Interval


def compare(pair: Pair) -> Outcome:
    """Every category of the source is the same category in the translation, and means the same."""
    hits = [*_labels(pair), *_intervals(pair)]
    return Outcome(tuple(hits)) if hits else met("frequencies")


def _places(leaflet: Leaflet) -> dict[int, dict[str, Span]]:
    """By block, the categories that it names as a heading or defines, and where."""
    found: dict[int, dict[str, Span]] = {}
    facts = leaflet.facts
    named = [(each.label, each.span) for each in facts.definitions]
    named += [(each.label, each.span) for each in facts.frequency_uses]
    for label, span in named:
        found.setdefault(span.block, {}).setdefault(label, span)
    return found


def _labels(pair: Pair) -> Iterator[Hit]:
    source, target = _places(pair.source), _places(pair.target)
    for bead in pair.both:
        ours = {label: span for unit in bead.left for label, span in source.get(unit.block, {}).items()}
        theirs = {label: span for unit in bead.right for label, span in target.get(unit.block, {}).items()}
        lost, gained = ours.keys() - theirs.keys(), theirs.keys() - ours.keys()
        if not lost or not gained:
            continue
        one = min(lost, key=lambda label: ours[label])
        other = min(gained, key=lambda label: theirs[label])
        yield Hit(
            "inconsistent",
            "category",
            theirs[other],
            bead.section,
            pair.target.text(theirs[other]),
            pair.source.text(ours[one]),
            {"source": one.replace("-", " "), "target": other.replace("-", " ")},
            review=not pair.sure(bead),
            beside=ours[one],
        )


def _intervals(pair: Pair) -> Iterator[Hit]:
    """A category that the two leaflets define by other figures."""
    ours, theirs = _defined(pair.source), _defined(pair.target)
    for label in ours.keys() & theirs.keys():
        one, other = ours[label], theirs[label]
        if one.interval and other.interval and not _same(one.interval, other.interval):
            yield Hit(
                "inconsistent",
                "interval",
                other.span,
                "side-effects",
                pair.target.text(other.span),
                pair.source.text(one.span),
                {"source": label.replace("-", " ")},
                beside=one.span,
            )


def _defined(leaflet: Leaflet) -> dict[str, FrequencyDefinition]:
    found: dict[str, FrequencyDefinition] = {}
    for each in leaflet.facts.definitions:
        if each.interval and not each.broken:
            found.setdefault(each.label, each)
    return found


def _same(one: Interval, other: Interval) -> bool:
    """Whether two intervals have the same figures; one may leave an end out ("up to 1 in 10")."""
    ends = ((one.low, other.low), (one.high, other.high))
    shared = any(a is not None and b is not None for a, b in ends)
    return shared and all(a is None or b is None or a == b for a, b in ends)
