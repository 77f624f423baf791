"""Frequency categories of side effects: the same category, with the same figures, over the same effects."""

from __future__ import annotations

from collections.abc import Iterator

from validator.compare.pair import Pair, Side
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met
from validator.document.quantities import FrequencyDefinition, Interval

_EFFECT = 60  # characters of an item that names effects and explains nothing


def compare(pair: Pair) -> Outcome:
    """Every category of the source is the same category in the translation, and means the same."""
    hits = [*_labels(pair), *_intervals(pair)]
    if not hits and not pair.segments:
        hits = list(_effects(pair))
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


def _effects(pair: Pair) -> Iterator[Hit]:
    """Two effects known in both languages that each stand under the category of the other one.

    One alone may be another effect of the same part of the body.
    """
    ours, theirs = (_listed(pair, side) for side in ("left", "right"))
    found: dict[tuple[str, str], tuple[Span, Span]] = {}
    for term in ours.keys() & theirs.keys():
        one, other = ours[term], theirs[term]
        if len(one) == len(other) == 1 and one.keys() != other.keys():
            ((source, there),), ((target, here),) = one.items(), other.items()
            found.setdefault((source, target), (there, here))
    for (source, target), (there, here) in found.items():
        if (target, source) in found:
            yield Hit(
                "inconsistent",
                "effect",
                here,
                "side-effects",
                pair.target.text(here),
                pair.source.text(there),
                {"source": source.replace("-", " "), "target": target.replace("-", " ")},
                review=True,
                beside=there,
            )


def _listed(pair: Pair, side: Side) -> dict[str, dict[str, Span]]:
    """By term, the categories under which a list names it, and where."""
    found: dict[str, dict[str, Span]] = {}
    units = sorted(
        (unit for bead in pair.beads for unit in (bead.left if side == "left" else bead.right)),
        key=lambda unit: unit.block,
    )
    label = ""
    for unit in units:
        label = unit.label or (label if unit.kind == "item" else "")
        short = unit.kind == "item" and unit.length <= _EFFECT
        if label and unit.section == "side-effects" and short:
            for term in unit.terms:
                found.setdefault(term, {}).setdefault(label, Span(unit.block, unit.start, unit.end))
    return found


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
