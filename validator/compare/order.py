"""Two figures of a text that have changed places: each stands by the words of the other one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from itertools import combinations

from validator.compare.alignment import Bead
from validator.compare.pair import Pair, around
from validator.compare.units import Unit, features
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit
from validator.document.text import WORD

_NEAR = 120  # characters between a figure and the word that tells what it is of
_MOST = 12  # figures of a text beyond which it is a table in one block


def exchanged(pair: Pair) -> Iterator[Hit]:
    """Where two figures of the source stand in the translation by the words that the other one had there."""
    for bead in pair.both:
        left, right = _figures(bead.left), _figures(bead.right)
        shared = [value for value in left if value in right]
        if not 1 < len(shared) <= _MOST or not pair.sure(bead):
            continue
        ours, theirs = _words(pair.source, bead.left), _words(pair.target, bead.right)
        known = ours.keys() & theirs.keys()
        for one, other in combinations(shared, 2):
            first, second = _teller(left[one], ours, known), _teller(left[other], ours, known)
            if not first or not second or first == second:
                continue
            if _teller(right[one], theirs, known) == second and _teller(right[other], theirs, known) == first:
                yield _hit(pair, bead, left[one], right[other])
                break


def _figures(own: Sequence[Unit]) -> Mapping[Decimal, Span]:
    """The figures that a text has once, with their places."""
    counts = Counter(figure.value for unit in own for figure in unit.figures)
    return {
        figure.value: Span(unit.block, figure.start, figure.end)
        for unit in own
        for figure in unit.figures
        if counts[figure.value] == 1
    }


def _words(leaflet: Leaflet, own: Sequence[Unit]) -> Mapping[str, Span]:
    """What a text has in common with another language, of each what stands in it once, and where."""
    found: dict[str, list[Span]] = {}
    for unit in own:
        for match in WORD.finditer(leaflet.folded[unit.block]):
            for feature in features(leaflet.language.value, [match.group()]):
                found.setdefault(feature, []).append(Span(unit.block, *match.span()))
    return {feature: spans[0] for feature, spans in found.items() if len(spans) == 1}


def _teller(figure: Span, words: Mapping[str, Span], known: Set[str]) -> str:
    """The last word before a figure, or else the first after it; "" if none is near."""
    own = [(words[each], each) for each in known if words[each].block == figure.block]
    before = max(((span.end, each) for span, each in own if span.end <= figure.start), default=(-_NEAR, ""))
    if figure.start - before[0] < _NEAR:
        return before[1]
    after = min(((span.start, each) for span, each in own if span.start >= figure.end), default=(0, ""))
    return after[1] if after[0] - figure.end < _NEAR else ""


def _hit(pair: Pair, bead: Bead, source: Span, target: Span) -> Hit:
    there, here = (
        leaflet.blocks[span.block].text for leaflet, span in ((pair.source, source), (pair.target, target))
    )
    first, last = around(there, source.start, source.end)
    start, end = around(here, target.start, target.end)
    return Hit(
        "altered",
        "exchanged",
        target,
        bead.section,
        here[start:end],
        there[first:last],
        {"source": there[first:last], "target": here[start:end]},
        review=True,
        beside=source,
    )
