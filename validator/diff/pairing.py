"""Which unit of the older version is which of the newer one: the same, moved, joined, split or reworded.

Moved text is not removed text: equal words are looked for in the whole leaflet, near ones in their section.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from rapidfuzz import fuzz

from validator.diff.cuts import across
from validator.diff.runs import content, missing
from validator.diff.units import Unit

_TOLD = ("sentence", "item")
_OWN = 20  # letters from which equal words are the same text wherever they stand
_RUN = 12  # letters from which a unit of few words is looked for in a longer one
_NEAR = 62.0  # likeness from which a unit of the same section is taken for the same with other words
_NEAR_ELSEWHERE = 86.0
_CLAUSES = 78.0  # the same of words in the order of the alphabet
_ITEM = 82.0  # single effects and excipients: other words are another effect
_WITHIN = 90.0  # likeness with a part of a longer unit from which it was joined with another
_SAME_PART = 6.0  # what standing under the same sub-heading is worth
_FEW = 4  # words; shorter units are not looked for in longer ones
_PAIRS_AT_MOST = 200_000  # comparisons; a leaflet that was written anew needs some 100,000
_ALIKE_AT_MOST = 50  # units of equal words that are looked at for one that has the same context


@dataclass(slots=True)
class Group:
    """Units of the older version and those of the newer one that say the same in other words."""

    old: list[Unit]
    new: list[Unit]


@dataclass(slots=True)
class Pairing:
    """How the units of two versions belong together; `places` gives the newer unit of an older one.

    `headings` are those of the older version whose words the newer one has nowhere, `retitled` those
    that have other words. `repeated` were said more often in their place, and are still said there.
    """

    same: list[tuple[Unit, Unit]] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    removed: list[Unit] = field(default_factory=list)
    added: list[Unit] = field(default_factory=list)
    headings: list[Unit] = field(default_factory=list)
    repeated: list[Unit] = field(default_factory=list)
    retitled: list[Group] = field(default_factory=list)
    places: dict[int, Unit] = field(default_factory=dict)


def pair(old: Sequence[Unit], new: Sequence[Unit]) -> Pairing:
    """The pairing of all units of two versions; headings and labels are paired, but told apart."""
    left, right = ([unit for unit in side if unit.kind != "date"] for side in (old, new))
    found = Pairing()
    left, right = _equal(left, right, found)
    left, right = across(left, right)
    left, right = _near(left, right, found)
    left, right = _in_place(left, right, found)
    rest, right = _repeated(left, right, old, new)
    kept = {unit.number for unit in rest}
    found.repeated = [u for u in left if u.number not in kept and u.kind in _TOLD and len(u.key) >= _RUN]
    left = rest
    left = _joined(left, right, found, of_old=True)
    taken = {unit.number for group in found.groups for unit in group.new}
    right = [unit for unit in right if unit.number not in taken]
    right = _joined(right, left, found, of_old=False)
    taken = {unit.number for group in found.groups for unit in group.old}
    found.removed = [unit for unit in left if unit.number not in taken and unit.kind in _TOLD]
    said = {unit.key for unit in new}
    found.headings = [
        unit for unit in left if unit.number not in taken and unit.kind == "heading" and unit.key not in said
    ]
    found.added = [unit for unit in right if unit.kind in _TOLD]
    found.retitled = [group for group in found.groups if all(u.kind == "heading" for u in group.old)]
    found.groups = [group for group in found.groups if any(unit.kind in _TOLD for unit in group.old)]
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
        lambda a, b: a.section == b.section,
        lambda a, b: len(a.key) >= _OWN,
    )
    for fit in fits:
        rest = []
        for unit in left:
            same = islice(by_key.get(unit.key, ()), _ALIKE_AT_MOST)
            other = next((each for each in same if fit(unit, each)), None)
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
    long = {(unit.key, unit.section, unit.topic) for unit in other if len(unit.key) >= _OWN}
    return [u for u in rest if (u.key, u.context) not in said and (u.key, u.section, u.topic) not in long]


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


def _in_place(left: list[Unit], right: list[Unit], found: Pairing) -> tuple[list[Unit], list[Unit]]:
    """Pairs of sentences that stand between the same neighbours and share a good part of their words.

    A sentence written anew is compared with what it was, and not told as one lost and another added.
    """
    places = {unit.number: other.number for unit, other in found.same}
    places |= {group.old[0].number: group.new[0].number for group in found.groups}
    free = {unit.number: unit for unit in right if unit.kind == "sentence"}
    taken: set[int] = set()
    for unit in left:
        before, after = places.get(unit.number - 1), places.get(unit.number + 1)
        here = [*([] if before is None else [before + 1]), *([] if after is None else [after - 1])]
        other = next((free[number] for number in here if number in free), None)
        if unit.kind == "sentence" and other and unit.context == other.context and _share(unit, other):
            found.groups.append(Group([unit], [other]))
            del free[other.number]
            taken.add(unit.number)
    gone = {group.new[0].number for group in found.groups}
    return (
        [unit for unit in left if unit.number not in taken],
        [unit for unit in right if unit.number not in gone],
    )


def _share(unit: Unit, other: Unit) -> bool:
    """Whether two sentences have two fifths of the longer words of the shorter one in common."""
    own, theirs = content(unit.words, ()), content(other.words, ())
    shared = len(own) - len(missing(own, theirs))
    return shared > 1 and shared * 5 >= 2 * min(len(own), len(theirs))


def _scores(left: Sequence[Unit], right: Sequence[Unit]) -> Iterator[tuple[float, Unit, Unit]]:
    texts = {id(unit): " ".join(unit.words) for side in (left, right) for unit in side}
    in_order = {id(unit): " ".join(sorted(unit.words)) for side in (left, right) for unit in side}
    for unit, other in _candidates(left, right):
        if unit.kind == other.kind:
            least = _least(unit, other)
            score = fuzz.ratio(texts[id(unit)], texts[id(other)], score_cutoff=least)
            if not score and unit.kind == "sentence" and unit.section == other.section:
                # Clauses in another order: "if X, do Y", "do Y if X".
                score = fuzz.ratio(in_order[id(unit)], in_order[id(other)], score_cutoff=_CLAUSES)
            if score:
                yield score + _SAME_PART * (unit.part == other.part), unit, other


def _candidates(left: Sequence[Unit], right: Sequence[Unit]) -> Iterator[tuple[Unit, Unit]]:
    """The pairs to look at: all, or where they are too many those at about the same place."""
    reach = max(1, _PAIRS_AT_MOST // (2 * max(1, len(left))))
    for at, unit in enumerate(left):
        middle = at * len(right) // len(left)
        for other in right[max(0, middle - reach) : middle + reach]:
            yield unit, other


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
        near = islice(by_section[unit.section], _PAIRS_AT_MOST // len(rest))
        longer = next((each for each in near if _within(unit, each)), None)
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


def together(found: Iterable[Unit]) -> list[list[Unit]]:
    """Units that follow one another in one block and are about the same: they came or went as one."""
    groups: list[list[Unit]] = []
    for unit in sorted(found, key=lambda each: each.number):
        last = groups[-1][-1] if groups else None
        follows = last is not None and last.number + 1 == unit.number and last.span.block == unit.span.block
        if last and follows and (last.context, last.kind) == (unit.context, unit.kind):
            groups[-1].append(unit)
        else:
            groups.append([unit])
    return groups
