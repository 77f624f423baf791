"""What says the same words in another order that matters: cells of two rows, steps of a procedure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from validator.diff.edit import Edit
from validator.diff.pairing import Pairing
from validator.diff.texts import Texts
from validator.diff.units import Unit
from validator.document.leaflet import Leaflet

_STEP = re.compile(r"\s*\(?\d{1,2}[.)]")
_LEAST = 2  # cells of a row that can be exchanged

Row = tuple[str, ...]


def exchanged(texts: Texts, pairing: Pairing, ours: Sequence[Unit], theirs: Sequence[Unit]) -> Iterator[Edit]:
    """Rows whose cells are others than before, and steps that stand in another order.

    Each word by itself is still said, so that nothing else tells of it.
    """
    told = {unit.number for unit in pairing.removed}
    told |= {unit.number for group in pairing.groups for unit in group.old}
    yield from _rows(texts, told, ours, theirs)
    yield from _steps(texts, pairing)


def _rows(texts: Texts, told: Set[int], ours: Sequence[Unit], theirs: Sequence[Unit]) -> Iterator[Edit]:
    old, new = _by_row(texts.old, ours), _by_row(texts.new, theirs)
    before, after = ({_key(row) for row in side} for side in (old, new))
    heads: dict[tuple[str, str, int], list[list[Unit]]] = defaultdict(list)
    for row in new:
        if _key(row) not in before:
            heads[row[0].section, row[0].key, len(row)].append(row)
    for row in old:
        if _key(row) in after or any(unit.number in told for unit in row):
            continue
        now = heads.get((row[0].section, row[0].key, len(row)), [])
        if len(now) == 1:
            yield texts.exchanged(row, now[0], "cells")


def _by_row(leaflet: Leaflet, units: Sequence[Unit]) -> list[list[Unit]]:
    """The units of every row of a table, in order; effects are told by their category."""
    found: dict[int, list[Unit]] = defaultdict(list)
    for unit in units:
        if leaflet.blocks[unit.span.block].cells and unit.topic != "effect":
            found[unit.span.block].append(unit)
    return [row for row in found.values() if len(row) >= _LEAST]


def _key(row: Sequence[Unit]) -> Row:
    return (row[0].section, *(unit.key for unit in row))


def _steps(texts: Texts, pairing: Pairing) -> Iterator[Edit]:
    """Neighbouring steps with numbers that changed places; the first of those in a row of them."""
    places = {old.number: (old, new) for old, new in pairing.same}
    places |= {group.old[0].number: (group.old[0], group.new[0]) for group in pairing.groups if group.old}
    steps = [
        (old, new)
        for _, (old, new) in sorted(places.items())
        if old.topic == "instruction" and _numbered(texts.old, old) and _numbered(texts.new, new)
    ]
    open_run = False
    for (one, here), (other, there) in pairwise(steps):
        near = other.span.block - one.span.block == 1 and one.section == here.section == there.section
        if near and there.span.block < here.span.block and not open_run:
            yield texts.exchanged([one, other], [there, here], "order")
        open_run = near and (open_run or there.span.block < here.span.block)


def _numbered(leaflet: Leaflet, unit: Unit) -> bool:
    """Whether a unit begins a paragraph with a number of its list."""
    block = leaflet.blocks[unit.span.block]
    words, before = unit.words, block.text[: unit.span.start]
    begins = any(map(str.isalpha, words)) and not any(map(str.isalpha, before)) and unit.kind != "heading"
    return begins and _STEP.match(block.marker or block.text) is not None
