"""Which unit of the older version is which of the newer one: the same, moved, joined, split or reworded.

Moved text is not removed text: equal words are looked for in the whole leaflet, near ones in their section.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from validator.diff.units import Unit

_OWN = 20  # letters from which equal words are the same text wherever they stand
_RUN = 12  # letters from which a unit is looked for over the bounds of others
_NEAR = 62.0  # likeness from which a unit of the same section is taken for the same with other words
_NEAR_ELSEWHERE = 86.0
_ITEM = 82.0  # single effects and excipients: other words are another effect
_WITHIN = 90.0  # likeness with a part of a longer unit from which it was joined with another
_SAME_PART = 6.0  # what standing under the same sub-heading is worth
_FEW = 4  # words; shorter units are not looked for in longer ones
_PAIRS_AT_MOST = 40_000  # comparisons of one section; more are made within sub-headings alone


@dataclass(slots=True)
class Group:
    """Units of the older version and those of the newer one that say the same in other words."""

    old: list[Unit]
    new: list[Unit]


@dataclass(slots=True)
class Pairing:
    """How the units of two versions belong together; `places` gives the newer unit of an older one."""

    same: list[tuple[Unit, Unit]] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    removed: list[Unit] = field(default_factory=list)
    added: list[Unit] = field(default_factory=list)
    places: dict[int, Unit] = field(default_factory=dict)


def pair(old: Sequence[Unit], new: Sequence[Unit]) -> Pairing:
    """The pairing of all units of two versions, headings and frequency labels left out."""
    left, right = ([unit for unit in side if unit.kind in ("sentence", "item")] for side in (old, new))
    found = Pairing()
    left, right = _equal(left, right, found)
    left, right = _repeated(left, right, old, new)
    left, right = _across(left, right, old, new)
    left, right = _near(left, right, found)
    left = _joined(left, right, found, of_old=True)
    taken = {unit.number for group in found.groups for unit in group.new}
    right = [unit for unit in right if unit.number not in taken]
    right = _joined(right, left, found, of_old=False)
    taken = {unit.number for group in found.groups for unit in group.old}
    found.removed = [unit for unit in left if unit.number not in taken]
    found.added = right
    for group in found.groups:
        found.places.update({unit.number: group.new[0] for unit in group.old})
    return found


def _equal(left: list[Unit], right: list[Unit], found: Pairing) -> tuple[list[Unit], list[Unit]]:
    """Pairs of equal words, those of the same context first."""
    by_key: dict[str, list[Unit]] = defaultdict(list)
    for unit in right:
        by_key[unit.key].append(unit)
    fits: Iterable[Callable[[Unit, Unit], bool]] = (
        lambda a, b: a.context == b.context and a.part == b.part,
        lambda a, b: a.context == b.context,
        lambda a, b: a.topic == b.topic,
        lambda a, b: len(a.key) >= _OWN,
    )
    for fit in fits:
        rest = []
        for unit in left:
            other = next((each for each in by_key.get(unit.key, ()) if fit(unit, each)), None)
            if other is None:
                rest.append(unit)
                continue
            by_key[unit.key].remove(other)
            found.same.append((unit, other))
            found.places[unit.number] = other
        left = rest
    taken = {other.number for _, other in found.same}
    return left, [unit for unit in right if unit.number not in taken]


def _repeated(
    left: list[Unit], right: list[Unit], old: Sequence[Unit], new: Sequence[Unit]
) -> tuple[list[Unit], list[Unit]]:
    """What was said twice in its place and is said once now, or the other way round, is still said."""
    return _unless_said(left, new), _unless_said(right, old)


def _unless_said(rest: Iterable[Unit], other: Iterable[Unit]) -> list[Unit]:
    said = {(unit.key, unit.context) for unit in other}
    long = {(unit.key, unit.section) for unit in other if len(unit.key) >= _OWN}
    return [u for u in rest if (u.key, u.context) not in said and (u.key, u.section) not in long]


def _across(
    left: list[Unit], right: list[Unit], old: Sequence[Unit], new: Sequence[Unit]
) -> tuple[list[Unit], list[Unit]]:
    """Units that the other version cuts otherwise: their words stand there from one bound to another."""
    joined_new, joined_old = _Joined(new), _Joined(old)
    lost = {unit.number for unit in left if not joined_new.holds(unit)}
    come = {unit.number for unit in right if not joined_old.holds(unit)}
    covered_new = {n for unit in left if unit.number not in lost for n in joined_new.covered(unit)}
    covered_old = {n for unit in right if unit.number not in come for n in joined_old.covered(unit)}
    return (
        [unit for unit in left if unit.number in lost and unit.number not in covered_old],
        [unit for unit in right if unit.number in come and unit.number not in covered_new],
    )


class _Joined:
    """All units of a version as one text without blanks, with the bounds between them."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self.bounds = [0]
        pieces: list[str] = []
        last = ""
        for unit in units:
            key = f" {unit.key}" if last[-1:].isdigit() and unit.key[:1].isdigit() else unit.key
            pieces.append(key)
            last = key
            self.bounds.append(self.bounds[-1] + len(key))
        self.text = "".join(pieces)
        self._known = set(self.bounds)

    def _find(self, unit: Unit) -> tuple[int, int] | None:
        if len(unit.key) < _RUN:
            return None
        at = self.text.find(unit.key)
        while at >= 0:
            if at in self._known and at + len(unit.key) in self._known:
                return at, at + len(unit.key)
            at = self.text.find(unit.key, at + 1)
        return None

    def holds(self, unit: Unit) -> bool:
        """Whether the words of a unit stand here between two bounds."""
        return self._find(unit) is not None

    def covered(self, unit: Unit) -> Iterator[int]:
        """The numbers of the units that the words of another one take up."""
        found = self._find(unit)
        if found:
            first, stop = (bisect_left(self.bounds, at) for at in found)
            yield from (each.number for each in self.units[first:stop])


def _near(left: list[Unit], right: list[Unit], found: Pairing) -> tuple[list[Unit], list[Unit]]:
    """Pairs of like words, the most alike first."""
    scored = sorted(_scores(left, right), key=lambda entry: (-entry[0], entry[1].number, entry[2].number))
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _, unit, other in scored:
        if unit.number not in taken_old and other.number not in taken_new:
            taken_old.add(unit.number)
            taken_new.add(other.number)
            found.groups.append(Group([unit], [other]))
    return (
        [unit for unit in left if unit.number not in taken_old],
        [unit for unit in right if unit.number not in taken_new],
    )


def _scores(left: Sequence[Unit], right: Sequence[Unit]) -> Iterator[tuple[float, Unit, Unit]]:
    many = len(left) * len(right) > _PAIRS_AT_MOST
    texts = {id(unit): " ".join(unit.words) for side in (left, right) for unit in side}
    for unit in left:
        for other in right:
            if unit.kind != other.kind or (many and unit.part != other.part):
                continue
            least = _least(unit, other)
            if score := fuzz.ratio(texts[id(unit)], texts[id(other)], score_cutoff=least):
                yield score + _SAME_PART * (unit.part == other.part), unit, other


def _least(unit: Unit, other: Unit) -> float:
    """The likeness that two units need to be taken for the same."""
    if unit.kind == "item":
        return _ITEM if unit.topic == other.topic else 101
    return _NEAR if unit.section == other.section else _NEAR_ELSEWHERE


def _joined(rest: list[Unit], others: list[Unit], found: Pairing, *, of_old: bool) -> list[Unit]:
    """Units that are a part of a longer one on the other side: two sentences were made one, or one two."""
    by_section: dict[str, list[Unit]] = defaultdict(list)
    for unit in others:
        by_section[unit.section].append(unit)
    groups = {unit.number: group for group in found.groups for unit in (group.new if of_old else group.old)}
    for group in found.groups:
        for unit in group.new if of_old else group.old:
            by_section[unit.section].append(unit)
    left = []
    for unit in rest:
        longer = next((each for each in by_section[unit.section] if _within(unit, each)), None)
        if longer is None:
            left.append(unit)
            continue
        if longer.number not in groups:
            groups[longer.number] = Group([], [longer]) if of_old else Group([longer], [])
            found.groups.append(groups[longer.number])
        side = groups[longer.number].old if of_old else groups[longer.number].new
        side.append(unit)
        side.sort(key=lambda each: each.number)
    return left


def _within(unit: Unit, longer: Unit) -> bool:
    if len(longer.key) <= len(unit.key) or unit.kind == "item":
        return False
    if len(unit.words) < _FEW and (len(unit.key) < _RUN or unit.part != longer.part):
        return False
    score = fuzz.partial_ratio(" ".join(unit.words), " ".join(longer.words), score_cutoff=_WITHIN)
    return bool(score)
