"""Rows of a table whose cells have changed places: figures within one row, or the first cells of two rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from validator.compare.alignment import Bead
from validator.compare.pair import Pair
from validator.compare.units import Unit, features
from validator.document.leaflet import Leaflet
from validator.document.outcome import Hit
from validator.document.text import words
from validator.facts.tables import cells

_LEAST = 2  # cells with figures that can change places
_MOST = 40  # rows of a table beyond which its first cells are not compared with one another


class _Row(NamedTuple):
    """A row beside its translation: the figures by cell, and what its first cells tell in any language."""

    bead: Bead
    ours: Sequence[tuple[Decimal, ...]]
    theirs: Sequence[tuple[Decimal, ...]]
    first: tuple[frozenset[str], frozenset[str]]

    @property
    def moved(self) -> tuple[int, ...]:
        """The cells whose figures stand in another cell of the translation; none where others are added."""
        if sorted(self.ours) != sorted(self.theirs):
            return ()
        return tuple(
            at for at, (one, other) in enumerate(zip(self.ours, self.theirs, strict=True)) if one != other
        )


def exchanged_cells(pair: Pair) -> Iterator[Hit]:
    """Where the figures of a row stand in other cells, or two rows have each the first cell of the other.

    Where all rows of a table have moved in the same way, its columns stand in another order.
    """
    for table in _tables(pair):
        moved = [row for row in table if len(row.moved) >= _LEAST]
        told = [row for row in table if len({*row.ours} - {()}) >= _LEAST]
        columns = len(moved) >= _LEAST and len(moved) == len(told) and len({row.moved for row in moved}) == 1
        if not columns:
            for row in moved:
                yield _hit(pair, row.bead, "cells")
        for one, other in combinations(table[:_MOST], 2):
            if _crossed(one, other):
                yield _hit(pair, other.bead, "first-cells")


def _tables(pair: Pair) -> Iterator[list[_Row]]:
    """Rows one after another that have the same number of cells on both sides."""
    table: list[_Row] = []
    for bead in pair.beads:
        row = _row(pair, bead) if pair.sure(bead) else None
        if row is None or (table and len(row.ours) != len(table[0].ours)):
            yield table
            table = []
        table += [row] if row else []
    yield table


def _row(pair: Pair, bead: Bead) -> _Row | None:
    """A row and its translation, if they have the same number of cells."""
    if len(bead.left) != 1 or len(bead.right) != 1 or bead.moved:
        return None
    (left,), (right,) = bead.left, bead.right
    ours, theirs = _figures(pair.source, left), _figures(pair.target, right)
    if len(ours) < _LEAST or len(ours) != len(theirs):
        return None
    return _Row(bead, ours, theirs, (_first(pair.source, left), _first(pair.target, right)))


def _figures(leaflet: Leaflet, unit: Unit) -> list[tuple[Decimal, ...]]:
    return [
        tuple(sorted(figure.value for figure in unit.figures if start <= figure.start < end))
        for _, start, end in cells(leaflet.blocks[unit.block])
    ]


def _first(leaflet: Leaflet, unit: Unit) -> frozenset[str]:
    _, start, end = cells(leaflet.blocks[unit.block])[0]
    return features(leaflet.language.value, words(leaflet.folded[unit.block][start:end]))


def _crossed(one: _Row, other: _Row) -> bool:
    """Whether the first cell of each row has a word of the other row's in the source, and it alone."""
    (ours, theirs), (their_ours, their_theirs) = one.first, other.first
    return bool((ours & their_theirs) - their_ours - theirs and (their_ours & theirs) - ours - their_theirs)


def _hit(pair: Pair, bead: Bead, case: str) -> Hit:
    return Hit(
        "altered",
        case,
        pair.span(bead, "right"),
        bead.section,
        pair.text(bead, "right"),
        pair.text(bead, "left"),
        {"source": pair.text(bead, "left"), "target": pair.text(bead, "right")},
        review=True,
        beside=pair.span(bead, "left"),
    )
