"""Units that the other version cuts otherwise: two paragraphs made one, a list that became a sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from validator.diff.units import Unit

_OWN = 20  # letters from which equal words are the same text wherever they stand
_RUN = 12  # letters from which a unit is looked for over the bounds of others
_ITEM_RUN = 4  # the same for a single effect or excipient, within the parts of other lists


def across(left: list[Unit], right: list[Unit]) -> tuple[list[Unit], list[Unit]]:
    """Units that the other version cuts otherwise: their words stand there from one bound to another."""
    joined_new, joined_old = _Joined(right), _Joined(left)
    covered_new = {unit.number: list(joined_new.covered(unit)) for unit in left}
    covered_old = {unit.number: list(joined_old.covered(unit)) for unit in right}
    said_new = {piece for pieces in covered_new.values() for piece in pieces}
    said_old = {piece for pieces in covered_old.values() for piece in pieces}
    return (
        [unit for unit in left if not covered_new[unit.number] and not said_old.issuperset(_letters(unit))],
        [unit for unit in right if not covered_old[unit.number] and not said_new.issuperset(_letters(unit))],
    )


Letter = tuple[int, int]
"""A letter of a unit: the number of the unit and the offset in its key."""


def _letters(unit: Unit) -> Iterator[Letter]:
    return ((unit.number, at) for at in range(len(unit.key)))


class _Joined:
    """Units as one text without blanks, with the bounds between them and between the parts of their lists.

    Units that do not follow one another are kept apart.
    """

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._starts: list[int] = []
        self._bounds: set[int] = {0}
        self._inner: set[int] = set()
        pieces: list[str] = []
        length, last = 0, None
        for unit in units:
            if last is not None:
                apart = unit.number != last.number + 1
                gap = "\n" if apart else " " if last.key[-1].isdigit() and unit.key[0].isdigit() else ""
                pieces.append(gap)
                length += len(gap)
            self._starts.append(length)
            pieces.append(unit.key)
            self._inner.update(length + at for at in unit.bounds)
            self._bounds.update((length, length + len(unit.key)))
            length += len(unit.key)
            last = unit
        self._text = "".join(pieces)
        self._inner |= self._bounds

    def covered(self, unit: Unit) -> Iterator[Letter]:
        """The letters of the units here that say the words of another one, none if they do not stand here.

        The parts of a list have lost the words that join them.
        """
        item = unit.kind == "item"
        bounds = self._inner if item else self._bounds
        found = self._find(unit, unit.key, bounds, _ITEM_RUN if item else _RUN)
        if found is None and not item and unit.bare != unit.key:
            found = self._find(unit, unit.bare, bounds, _RUN)
            found = found if found and self._listed(*found) else None
        if found:
            yield from self._taken(*found)

    def _find(self, unit: Unit, key: str, bounds: Collection[int], least: int) -> tuple[int, int] | None:
        if len(key) < least:
            return None
        at = self._text.find(key)
        while at >= 0:
            if at in bounds and at + len(key) in bounds and self._fits(unit, at):
                return at, at + len(key)
            at = self._text.find(key, at + 1)
        return None

    def _listed(self, start: int, stop: int) -> bool:
        """Whether only parts of lists stand there."""
        inside = self._units[self._index(start) : self._index(stop - 1) + 1]
        return all(unit.kind != "sentence" for unit in inside)

    def _fits(self, unit: Unit, at: int) -> bool:
        return len(unit.key) >= _OWN or self._units[self._index(at)].section == unit.section

    def _index(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _taken(self, start: int, stop: int) -> Iterator[Letter]:
        for index in range(self._index(start), self._index(stop - 1) + 1):
            first = self._starts[index]
            unit = self._units[index]
            for at in range(max(start - first, 0), min(stop - first, len(unit.key))):
                yield unit.number, at
