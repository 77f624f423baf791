"""Lengths and degrees, which no dose is told in: the figure of the source with another unit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from validator.compare.pair import Pair
from validator.compare.units import Unit
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit

_UNIT = re.compile(r"\s?(cm|mm|km|°\s?C|°\s?F|см|мм|εκ)(?![^\W\d_])")
_SAME = {"см": "cm", "мм": "mm", "εκ": "cm"}


def other_units(pair: Pair) -> Iterator[Hit]:
    """Where a length of the source has the same figure and another unit in the translation."""
    for bead in pair.both:
        left, right = _measured(pair.source, bead.left), _measured(pair.target, bead.right)
        for value in {figure for figure, _ in left} & {figure for figure, _ in right}:
            ours = Counter(unit for figure, unit in left if figure == value)
            theirs = Counter(unit for figure, unit in right if figure == value)
            lost, gained = ours - theirs, theirs - ours
            if ours.total() != theirs.total() or not lost:
                continue
            source, target = left[value, next(iter(lost))], right[value, next(iter(gained))]
            yield Hit(
                "inconsistent",
                "unit",
                target,
                bead.section,
                pair.target.text(target),
                pair.source.text(source),
                {"source": pair.source.text(source), "target": pair.target.text(target)},
                review=not pair.sure(bead),
                beside=source,
            )


def _measured(leaflet: Leaflet, own: Sequence[Unit]) -> dict[tuple[object, str], Span]:
    """The figures with a unit of length or of heat, and the place of each."""
    found: dict[tuple[object, str], Span] = {}
    for unit in own:
        text = leaflet.blocks[unit.block].text
        for figure in unit.figures:
            if match := _UNIT.match(text, figure.end):
                name = match[1].replace(" ", "")
                found[figure.value, _SAME.get(name, name)] = Span(unit.block, figure.start, match.end())
    return found
