"""Whether what seems to be missing may stand in the translation all the same, where nothing was aligned.

Conversions run headings into paragraphs and items into one line, cut paragraphs in the middle of a
sentence, or put text below the wrong heading. Then a program cannot judge, and a person must look.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from validator.compare.alignment import Bead, misfit
from validator.compare.pair import Pair
from validator.compare.units import Unit

_NEARBY = 5  # beads to both sides
_BESIDES = 2  # beads to both sides in which the order of the text is another one
_COARSE = 4  # paragraphs that are one on the other side: which of them it holds cannot be told
_BESIDE, _AROUND = 1.5, 4.0  # standard deviations of length too much in the next bead, or in one nearby
_HOLDS = 0.6  # share of the missing text for which there must be room
_TITLE = 70  # characters that a heading has at most
_LONGER = 3  # times that the paragraph after a heading is longer
_TWIN = 90  # likeness of two texts that say the same
_SURPLUS = 1.25  # times the expected length from which a section holds text of another one
_ENDED = re.compile(r"[.!?:;]\W*$")
_FIRST = re.compile(r"[^\W_]")


def elsewhere(pair: Pair, bead: Bead) -> bool:
    """Whether the text of a bead without target may stand in another part of the translation."""
    if pair.segments:
        return False
    own = [each for each in _near(pair, bead) if each.section == bead.section]
    return (
        any(each.lonely and each.right for each in _near(pair, bead, 1))
        or sum(len(each.left) for each in own) <= sum(len(each.right) for each in own)
        or any(_holds(pair, bead, each, _BESIDE) for each in _next(pair, bead))
        or any(_holds(pair, bead, each, _AROUND) for each in own)
        or any(_told(bead, each) for each in own if each.right)
        or any(_coarse(each) or each.moved for each in _near(pair, bead, _BESIDES))
        or _written_out(pair, bead)
        or _shifted(pair, bead)
        or _run_in(pair, bead)
        or _goes_on(pair, bead)
        or _said_twice(pair, bead)
        or surplus(pair, bead.section) >= pair.expansion * _length(bead.left)
    )


def within(pair: Pair, bead: Bead) -> bool:
    """Whether the source next to a text without source may say it: a list that it holds in one paragraph.

    All that stands alone around it and the nearest translated text are together as long as that source.
    """
    at = pair.beads.index(bead)
    first, last = at, at
    while first > 0 and pair.beads[first - 1].right and not pair.beads[first - 1].left:
        first -= 1
    while last + 1 < len(pair.beads) and pair.beads[last + 1].right and not pair.beads[last + 1].left:
        last += 1
    run = sum(_length(each.right) for each in pair.beads[first : last + 1])
    for near in (*pair.beads[first - 1 : first], *pair.beads[last + 1 : last + 2]) if first else ():
        left, right = _length(near.left), _length(near.right)
        room = pair.expansion * left - right
        if near.left and room >= _HOLDS * run and abs(misfit(left, right + run, pair.expansion)) < _AROUND:
            return True
    return False


def surplus(pair: Pair, section: str) -> float:
    """How many characters the other sections of the target have that their sources do not let expect."""
    total = 0.0
    for each in {bead.section for bead in pair.beads} - {section, ""}:
        own = [bead for bead in pair.beads if bead.section == each and bead not in pair.contacts]
        expected = pair.expansion * sum(_length(bead.left) for bead in own)
        held = sum(_length(bead.right) for bead in own)
        if held > _SURPLUS * expected:
            total += held - expected
    return total


def _near(pair: Pair, bead: Bead, most: int = _NEARBY) -> Sequence[Bead]:
    at = pair.beads.index(bead)
    return pair.beads[max(0, at - most) : at + most + 1]


def _next(pair: Pair, bead: Bead) -> Iterator[Bead]:
    """The nearest beads with a target before and after one, in its section."""
    at = pair.beads.index(bead)
    for side in (reversed(pair.beads[:at]), iter(pair.beads[at + 1 :])):
        found = next((each for each in side if each.right), None)
        if found and found.section == bead.section:
            yield found


def _length(units: Sequence[Unit]) -> int:
    return sum(unit.length for unit in units)


def _holds(pair: Pair, bead: Bead, other: Bead, least: float) -> bool:
    """Whether the target of another bead is so long that the missing text may be in it."""
    left, right = _length(other.left), _length(other.right)
    room = right - pair.expansion * left
    needed = pair.expansion * _length(bead.left)
    return room >= _HOLDS * needed and misfit(left, right, pair.expansion) > least


def _coarse(bead: Bead) -> bool:
    """Whether a conversion ran many paragraphs into one, whose ends cannot be told apart."""
    return not bead.lonely and len(bead.left) >= _COARSE * len(bead.right)


def _written_out(pair: Pair, bead: Bead) -> bool:
    """Whether it is an item of a list whose items before it stand in the sentence that leads to them."""
    before = next((each for each in reversed(pair.beads[: pair.beads.index(bead)]) if each.left), None)
    if before is None or bead.left[0].kind != "item" or len(before.right) != 1:
        return False
    kinds = {unit.kind for unit in before.left}
    return kinds == {"text", "item"} and before.right[0].kind == "text"


def _shifted(pair: Pair, bead: Bead) -> bool:
    """Whether the next bead's target fits the text as well, and the one after has room for its source.

    One paragraph that the other file holds within its neighbour shifts all up to the next sure match.
    """
    for first, second in _two_next(pair, bead):
        fits = abs(misfit(_length(bead.left), _length(first.right), pair.expansion)) < _BESIDE
        if fits and len(first.left) == 1 and _holds(pair, first, second, _BESIDE):
            return True
    return False


def _two_next(pair: Pair, bead: Bead) -> Iterator[tuple[Bead, Bead]]:
    """The two nearest beads of its section before and after one, where both have two sides."""
    at = pair.beads.index(bead)
    for side in (pair.beads[max(0, at - 2) : at][::-1], pair.beads[at + 1 : at + 3]):
        if len(side) == 2 and all(not each.lonely and each.section == bead.section for each in side):
            yield side[0], side[1]


def _told(bead: Bead, other: Bead) -> bool:
    """Whether a target has the figures or the rare words of the missing text, and its own source has not."""
    figures = _figures(bead.left)
    if figures and not figures - (_figures(other.right) - _figures(other.left)):
        return True
    stems = _stems(bead.left)
    return bool(stems) and 2 * len(stems & (_stems(other.right) - _stems(other.left))) >= len(stems)


def _figures(units: Sequence[Unit]) -> Counter[Decimal]:
    return Counter(figure.value for unit in units for figure in unit.figures)


def _stems(units: Sequence[Unit]) -> frozenset[str]:
    return frozenset().union(*(unit.stems for unit in units))


def _run_in(pair: Pair, bead: Bead) -> bool:
    """Whether it is a heading, or leads to what follows, and may be the first words of a long paragraph."""
    text = pair.text(bead, "left")
    if bead.left[0].kind not in ("heading", "text") or re.search(r"[.!?;]\W*$", text):
        return False
    if len(text) > _TITLE and not bead.left[-1].leads:
        return False
    following = next((each for each in pair.beads[pair.beads.index(bead) + 1 :] if each.left), None)
    if following is None or following.section != bead.section:
        return False
    right = _length(following.right)
    together = misfit(len(text) + _length(following.left), right, pair.expansion)
    return right >= _LONGER * len(text) * pair.expansion and abs(together) < _BESIDE


def _goes_on(pair: Pair, bead: Bead) -> bool:
    """Whether it goes on with a sentence that the paragraph before began: the conversion cut it."""
    first = bead.left[0]
    if first.kind != "text" or first.block == 0:
        return False
    before = pair.source.blocks[first.block - 1].text
    first_letter = _FIRST.search(pair.text(bead, "left"))
    return bool(first_letter and first_letter.group().islower()) and not _ENDED.search(before)


def _said_twice(pair: Pair, bead: Bead) -> bool:
    """Whether the source says it once more, and that has its translation."""
    from rapidfuzz import fuzz

    text = pair.text(bead, "left")
    return any(
        fuzz.ratio(text, pair.text(each, "left"), score_cutoff=_TWIN)
        for each in _near(pair, bead)
        if not each.lonely
    )
