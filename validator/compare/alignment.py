"""Which blocks of a translation stand for which blocks of its source.

Section by section, by place, length, figures, shared beginnings of words and what the outline knows
(sub-headings, frequency categories). A block that stands alone at first joins its neighbour where the
length says that the other side put both into one paragraph.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from validator.align import align
from validator.compare.units import Unit

_GAP = -0.45
_SLACK = 12  # blocks by which the two sides of a section may drift apart beside their difference
_SPREAD = 6.8  # variance of the length of a translation, by character (Gale and Church, 1993)
_SHORT = 40.0  # variance that short texts have anyhow
_SEPARATE = 0.25  # by how much better two blocks must fit together than one, to be joined
_FITS = 2.5  # standard deviations within which two texts may be the same
_CROSSWISE = 0.8  # by how much better neighbours must fit crosswise
_CROSSED = 0.5  # by how much if only crosswise they have words in common
_SAME = 0.3  # worth from which two units say the same wherever they stand
_OTHER = 0.4  # what it costs two units that each names terms, and none in common
_RATIO = (0.6, 1.8)  # bounds for the length of a translation by that of its source


@dataclass(frozen=True, slots=True)
class Bead:
    """Units of the source and of the target that say the same; one side is empty at a gap.

    `moved` units stand in another order in the target: there the bead is where the source has it.
    """

    section: str
    left: tuple[Unit, ...]
    right: tuple[Unit, ...]
    moved: bool = False

    @property
    def lonely(self) -> bool:
        """Whether it has one side alone."""
        return not (self.left and self.right)


def beads(left: Sequence[Unit], right: Sequence[Unit]) -> list[Bead]:
    """The units of both sides in groups that say the same, in the order of the source's sections."""
    ratio = expansion(left, right)
    sections = list(dict.fromkeys([*(unit.section for unit in left), *(unit.section for unit in right)]))
    found: list[Bead] = []
    for section in sections:
        ours = [unit for unit in left if unit.section == section]
        theirs = [unit for unit in right if unit.section == section]
        found += _exchanged(_moved(matched(section, ours, theirs, ratio), ratio), ratio)
    return found


def matched(section: str, left: Sequence[Unit], right: Sequence[Unit], ratio: float) -> list[Bead]:
    """The units of one stretch of text in groups that say the same."""
    return _regrouped(_joined(_aligned(section, left, right, ratio), ratio), ratio)


def expansion(left: Sequence[Unit], right: Sequence[Unit]) -> float:
    """How many characters of the target stand for one of the source, by sections of comparable size."""
    shares = []
    for section in {unit.section for unit in left}:
        ours = sum(unit.length for unit in left if unit.section == section)
        theirs = sum(unit.length for unit in right if unit.section == section)
        if ours and theirs:
            shares.append(theirs / ours)
    return min(max(median(shares), _RATIO[0]), _RATIO[1]) if shares else 1.0


def misfit(source: float, target: float, ratio: float) -> float:
    """By how many standard deviations the length of a target is off what its source lets expect."""
    expected = source * ratio
    return (target - expected) / math.sqrt(_SPREAD * (expected + target) / 2 + _SHORT)


def _aligned(section: str, ours: Sequence[Unit], theirs: Sequence[Unit], ratio: float) -> list[Bead]:
    if not ours or not theirs:
        return [Bead(section, (unit,), ()) for unit in ours] + [Bead(section, (), (unit,)) for unit in theirs]
    width = abs(len(ours) - len(theirs)) + _SLACK
    pairs = align(ours, theirs, likeness(ratio), gap=_GAP, cells=2 * width * len(ours))
    return [
        Bead(
            section,
            () if pair.left is None else (ours[pair.left],),
            () if pair.right is None else (theirs[pair.right],),
        )
        for pair in pairs
    ]


def likeness(ratio: float) -> Callable[[Unit, Unit], float]:
    """A function that says how much alike two units are, for texts that grow by `ratio`."""

    def score(one: Unit, other: Unit) -> float:
        """What pairing two units is worth: above twice the gap if they may say the same."""
        worth = 0.6 - 0.16 * math.pow(abs(misfit(one.length, other.length, ratio)), 1.3)
        if worth < -2.0:
            worth = -2.0
        if one.key or other.key:
            worth += 3.0 if one.key == other.key else -3.0 if one.key and other.key else -0.2
        if one.label or other.label:
            worth += 1.5 if one.label == other.label else -0.6
        if one.values or other.values:
            shared = len(one.values & other.values)
            either = len(one.values | other.values)
            worth += 1.4 * shared / either - 0.4 * (either - shared) / either
        if one.stems and other.stems:
            shared = len(one.stems & other.stems)
            if shared:
                worth += min(2.0, 0.5 * shared) * (shared / min(len(one.stems), len(other.stems))) + 0.25
            elif one.terms and other.terms:
                worth -= _OTHER
        if one.kind != other.kind:
            worth -= 0.25
        if one.leads != other.leads:
            worth -= 0.15
        return worth

    return score


def _joined(found: list[Bead], ratio: float) -> list[Bead]:
    """The beads with every lonely unit joined to a neighbour that has room for it."""
    changed = True
    while changed:
        changed = False
        for at, bead in enumerate(found):
            if not bead.lonely:
                continue
            best, place = 0.0, -1
            for near in (at - 1, at + 1):
                if 0 <= near < len(found) and not found[near].lonely:
                    gain = _gain(found[near], bead, ratio)
                    if gain > best:
                        best, place = gain, near
            if place >= 0:
                first, second = sorted((at, place))
                found[first : second + 1] = [_union(found[first], found[second])]
                changed = True
                break
    return found


def _regrouped(found: list[Bead], ratio: float) -> list[Bead]:
    """Runs of gaps on both sides whose lengths agree are one text, cut into paragraphs in other ways."""
    grouped: list[Bead] = []
    run: list[Bead] = []
    for bead in [*found, None]:
        if bead is not None and bead.lonely:
            run.append(bead)
            continue
        whole = Bead(run[0].section, (), ()) if run else None
        for each in run:
            whole = _union(whole, each) if whole else each
        fits = whole is not None and not whole.lonely and _off(whole, ratio) < _FITS
        grouped += [whole] if fits and whole else run
        run = []
        if bead is not None:
            grouped.append(bead)
    return grouped


def _moved(found: list[Bead], ratio: float) -> list[Bead]:
    """Lonely units of both sides that say the same in another place become one bead, marked as moved."""
    score = likeness(ratio)
    lonely = [bead for bead in found if bead.lonely and bead.right]
    settled: dict[int, Bead] = {}
    taken: set[int] = set()
    for at, bead in enumerate(found):
        if not (bead.lonely and bead.left):
            continue
        worths = [
            (score(bead.left[0], other.right[0]), place)
            for place, other in enumerate(lonely)
            if place not in taken
        ]
        best, place = max(worths, default=(0.0, -1))
        if best >= _SAME:
            taken.add(place)
            settled[at] = Bead(bead.section, bead.left, lonely[place].right, moved=True)
    gone = {id(lonely[place]) for place in taken}
    return [settled.get(at, bead) for at, bead in enumerate(found) if id(bead) not in gone]


def _exchanged(found: list[Bead], ratio: float) -> list[Bead]:
    """Neighbours that fit far better crosswise have changed places."""
    score = likeness(ratio)
    single = [len(bead.left) == len(bead.right) == 1 and not bead.moved for bead in found]
    for at in range(len(found) - 1):
        if not (single[at] and single[at + 1]):
            continue
        (one,), (other,) = found[at].left, found[at + 1].left
        (first,), (second,) = found[at].right, found[at + 1].right
        straight = score(one, first) + score(other, second)
        crossed = one.stems & second.stems or other.stems & first.stems
        told = crossed and not (one.stems & first.stems or other.stems & second.stems)
        least = _CROSSED if told else _CROSSWISE
        if score(one, second) + score(other, first) - straight >= least:
            section = found[at].section
            found[at] = Bead(section, (one,), (second,), moved=True)
            found[at + 1] = Bead(section, (other,), (first,), moved=True)
            single[at + 1] = False
    return found


def _union(one: Bead, other: Bead) -> Bead:
    return Bead(one.section, one.left + other.left, one.right + other.right)


def _gain(bead: Bead, lonely: Bead, ratio: float) -> float:
    """How much better a bead fits with a lonely unit in it; negative if worse.

    Nothing joins two explanations of a frequency: each language explains it at its own length.
    """
    if all(unit.defines for unit in bead.left + bead.right):
        return -1.0
    together = _union(bead, lonely)
    before, after = _off(bead, ratio), _off(together, ratio)
    side, other = (lonely.left, bead.right) if lonely.left else (lonely.right, bead.left)
    values = frozenset().union(*(unit.values for unit in side))
    own = bead.left if lonely.left else bead.right
    known = frozenset().union(*(unit.values for unit in other))
    told = frozenset().union(*(unit.values for unit in own))
    stems = frozenset().union(*(unit.stems for unit in side))
    alike = stems & frozenset().union(*(unit.stems for unit in other))
    shared = alike - frozenset().union(*(unit.stems for unit in own))
    evidence = 0.8 * len((values & known) - told) - 0.8 * len(values - known)
    evidence += 2.0 * len(shared) / len(stems) if stems else 0.0
    if any(unit.terms for unit in side) and not alike:
        evidence -= 1.0 if any(unit.terms for unit in other) else 0.5  # it says something else
    if any(unit.label for unit in own) and not any(unit.label for unit in side):
        evidence -= 1.0  # an effect is no part of the heading of its category
    if any(unit.key for unit in side) and all(unit.kind == "heading" for unit in side):
        evidence -= 1.0
    return before - after - _SEPARATE + evidence if before - after > -0.6 else -1.0


def _off(bead: Bead, ratio: float) -> float:
    left = sum(unit.length for unit in bead.left)
    right = sum(unit.length for unit in bead.right)
    return abs(misfit(left, right, ratio))
