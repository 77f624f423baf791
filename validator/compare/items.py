"""List items, table rows, paragraphs and sentences that one side has and the other lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from validator.compare.alignment import Bead, matched, misfit
from validator.compare.doubt import elsewhere, surplus, within
from validator.compare.pair import Pair, Side
from validator.compare.units import Unit, clauses, endings, sentences
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met

_WORDED = re.compile(r"[^\W\d_]{3}")
_FRAGMENT = 25  # characters; a shorter paragraph may be the caption of a picture or a piece of a table
_SENTENCE = 20  # characters; shorter ones are joined by translators to what stands beside them
_PART = 0.6  # share of the text of a section below which much of it is missing
# Standard deviations by which a text is shorter than its source where a sentence may be, and is missing.
_MAYBE_SHORT, _SHORT = -0.3, -1.8
_ALONE = 12  # characters of a sentence where all others are translated one by one
_FEW = 2  # sentences among which a short one may well be joined with the other
_FITS = 1.0  # the same, of a sentence that is translated alone


def compare(pair: Pair) -> Outcome:
    """Every item, row, paragraph and sentence of the source stands in the translation, and no other one."""
    hits = [hit for section in sorted(pair.unsure) for hit in _otherwise(pair, section)]
    own = (bead for bead in pair.beads if bead not in pair.contacts and pair.sure(bead))
    hits += [hit for bead in own for hit in _hits(pair, bead)]
    return Outcome(tuple(hits)) if hits else met("items")


def _hits(pair: Pair, bead: Bead) -> Iterator[Hit]:
    if bead.moved:
        yield _moved(pair, bead)
    elif bead.lonely:
        if _says_something(pair, bead) and not _is_heading(bead):
            yield _lonely(pair, bead)
    else:
        yield from _sentences(pair, bead)


def _otherwise(pair: Pair, section: str) -> Iterator[Hit]:
    """A section that the two files divide in other ways: how much text there is, and what is lonely."""
    there = [bead for bead in pair.beads if bead.section == section]
    own = [bead for bead in there if bead not in pair.contacts]
    # A file may hold the addresses and all that stands before them in one block.
    share = max(_share(pair, own), _share(pair, there))
    lost = share < _PART and surplus(pair, section) < (1 - share) * pair.expansion * _length(own)
    lonely = [pair.text(bead, "left") for bead in own if bead.lonely and bead.left]
    first = next((bead for bead in own if bead.right), None)
    span = pair.span(first, "right") if first else None
    if span is None or not lonely:
        return
    yield Hit(
        "missing" if lost else "altered",
        "part" if lost else "otherwise",
        Span(span.block, 0, 0),
        section,
        expected=lonely[0],
        values={"share": f"{share:.0%}", "count": str(len(lonely))},
        review=not lost,
        beside=next(pair.span(bead, "left") for bead in own if bead.lonely and bead.left),
    )


def _share(pair: Pair, own: Sequence[Bead]) -> float:
    """The share of the expected text that the target of some beads has."""
    left = _length(own)
    right = sum(unit.length for bead in own for unit in bead.right)
    return right / (left * pair.expansion) if left else 1.0


def _length(own: Sequence[Bead]) -> int:
    return sum(unit.length for bead in own for unit in bead.left)


def _says_something(pair: Pair, bead: Bead) -> bool:
    """Whether it is no number of a page or the like."""
    side: Side = "left" if bead.left else "right"
    return (
        pair.segments
        or _kind(bead.left or bead.right) == "row"
        or bool(_WORDED.search(pair.text(bead, side)))
    )


def _is_heading(bead: Bead) -> bool:
    """Whether it is a heading of the template: those are compared as sub-sections."""
    return any(unit.key for unit in (*bead.left, *bead.right))


def _kind(units: Sequence[Unit]) -> str:
    return units[0].kind if units[0].kind in ("item", "row") else "paragraph"


def _moved(pair: Pair, bead: Bead) -> Hit:
    return Hit(
        "misplaced",
        "moved",
        pair.span(bead, "right"),
        bead.section,
        pair.text(bead, "right"),
        pair.text(bead, "left"),
        beside=pair.span(bead, "left"),
    )


def _lonely(pair: Pair, bead: Bead) -> Hit:
    """A unit without counterpart; a fragment, or one in a file cut in other ways, is for a person."""
    side = bead.left or bead.right
    kind = _kind(side)
    short = kind == "paragraph" and sum(unit.length for unit in side) < _FRAGMENT
    fragment = short and not pair.segments
    if bead.left:
        return Hit(
            "missing",
            kind,
            pair.home(bead),
            bead.section,
            expected=pair.text(bead, "left"),
            review=fragment or elsewhere(pair, bead),
            beside=pair.span(bead, "left"),
        )
    return Hit(
        "altered",
        "extra",
        pair.span(bead, "right"),
        bead.section,
        pair.text(bead, "right"),
        review=fragment or (not pair.segments and within(pair, bead)),
    )


def _beside_extra(pair: Pair, bead: Bead) -> bool:
    """Whether a text without source stands next to it: what is missing may be said there."""
    at = pair.beads.index(bead)
    return not pair.segments and any(
        near.lonely and near.right for near in pair.beads[max(0, at - 1) : at + 2]
    )


def _sentences(pair: Pair, bead: Bead) -> Iterator[Hit]:
    """Sentences of a paragraph that its translation lacks: it is too short, and says where."""
    left = sum(unit.length for unit in bead.left)
    right = sum(unit.length for unit in bead.right)
    short = misfit(left, right, pair.expansion)
    if short > _MAYBE_SHORT and endings(pair.source, bead.left) - endings(pair.target, bead.right) != 1:
        return
    if _beside_extra(pair, bead):
        return
    ours = sentences(pair.source, bead.left, pair.source_grammar)
    theirs = sentences(pair.target, bead.right, pair.target_grammar)
    joined = clauses(pair.target, bead.right) - clauses(pair.source, bead.left)
    if len(ours) - len(theirs) <= max(0, joined):
        return
    found = matched(bead.section, ours, theirs, pair.expansion)
    alone = _one_left_out(pair, found)
    if short > _MAYBE_SHORT and not alone:
        return
    least = _ALONE if alone and _many(found) else _SENTENCE
    for each in found:
        if each.lonely and each.left and sum(unit.length for unit in each.left) >= least:
            first, last = each.left[0], each.left[-1]
            span = Span(first.block, first.start, last.end, -1 if first.block == last.block else last.block)
            yield Hit(
                "altered",
                "sentence",
                pair.span(bead, "right"),
                bead.section,
                pair.text(bead, "right"),
                pair.source.text(span),
                review=short > _SHORT or sum(unit.length for unit in each.left) < _SENTENCE,
                beside=span,
            )


def _one_left_out(pair: Pair, found: Sequence[Bead]) -> bool:
    """Whether all sentences but one have a translation of their own that fits: nothing was joined."""
    lonely = [each for each in found if each.lonely]
    both = [each for each in found if not each.lonely]
    lengths = ((sum(u.length for u in each.left), sum(u.length for u in each.right)) for each in both)
    single = all(len(each.left) == len(each.right) == 1 for each in both)
    fits = all(abs(misfit(one, other, pair.expansion)) < _FITS for one, other in lengths)
    return len(lonely) == 1 and bool(both) and single and fits


def _many(found: Sequence[Bead]) -> bool:
    """Whether there are enough sentences that a short one is told apart; a number of the list is none."""
    return sum(sum(unit.length for unit in each.left) >= _ALONE for each in found) > _FEW
