"""Bands of weight, age or surface with the doses beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from validator.document.location import Span
from validator.document.quantities import Band, Quantity
from validator.document.text import fold_wording
from validator.facts.doses import is_dose
from validator.facts.passage import Passage
from validator.grammarfile import Cue

_BODY = frozenset(("kg", "lb", "m2"))
_AGES = frozenset(("month", "year"))
_KG = Decimal(1_000_000)  # the base unit of masses is the mg
_SIGNS = {"<": "<", "≤": "<=", ">": ">", "≥": ">"}
_AFTER: tuple[Cue, Cue] = ("band-over", "band-under")
_TO_END = 3  # tokens between a figure and the words that make it the end of a band
_LINKING = ("word", "filler", "unit", "weight", "per")  # the kinds of those tokens ("of age and over")
_BETWEEN_ENDS = 5  # tokens between the two ends of one band
_APART = (".", ";", ":", "(", ")", "num")


def bands(passages: Sequence[Passage]) -> tuple[Band, ...]:
    """The bands of each block, with the amounts that follow them, in reading order."""
    return tuple(band for passage in passages for band in _bands(passage))


def _bands(passage: Passage) -> Iterator[Band]:
    for units in (_BODY, _AGES):
        ends = [q for q in passage.quantities if q.unit in units and not q.per and q.sure]
        again = [q for one, q in pairwise(ends) if _is_said_again(passage, one, q)]
        found = _joined(passage, [q for q in ends if q not in again])
        starts = [0, *(end.extent.span.start for end in found[1:]), len(passage.text)]
        for band, (start, stop) in zip(found, pairwise(starts), strict=False):
            near = (q for q in passage.quantities if start <= q.span.start < stop)
            yield replace(band, doses=tuple(q for q in near if is_dose(q) and q.unit != "dose"))


def _joined(passage: Passage, extents: Sequence[Quantity]) -> list[Band]:
    """The bands of some weights or ages, two ends that stand together as one: "over 10 and up to 20 kg"."""
    found: list[Band] = []
    for before, extent, after in zip((None, *extents), extents, (*extents[1:], None), strict=False):
        band = _band(passage, extent, before, after)
        if band and found and band.low is None and (last := found[-1]).high is None and last.extent is before:
            between = passage.tokens[passage.token_at(before.span.end) : passage.token_at(extent.span.start)]
            if len(between) <= _BETWEEN_ENDS and not any(token.kind in _APART for token in between):
                span = Span(passage.block, before.span.start, extent.span.end)
                is_open = band.open or _ends_below(passage, before.span.end, extent.span.start)
                found[-1] = Band(replace(extent, span=span), last.low, band.high, (), is_open)
                continue
        if before and _spans(passage, before, extent) and not (band and band.low is not None):
            low, high = (end.base[0] / (_KG if end.family == "mass" else 1) for end in (before, extent))
            span = Span(passage.block, before.span.start, extent.span.end)
            is_open = _ends_below(passage, before.span.end, extent.span.start)
            band = Band(replace(extent, span=span), low, high, (), is_open)
        if band:
            found.append(band)
    return found


def _is_said_again(passage: Passage, one: Quantity, other: Quantity) -> bool:
    """Whether a figure in a bracket is the one before it in another unit: "1 year (12 months)"."""
    between, after = passage.text[one.span.end : other.span.start], passage.text[other.span.end :]
    alike = one.family == other.family and one.base == other.base
    return alike and between.strip() == "(" and after.lstrip()[:1] == ")"


def _spans(passage: Passage, low: Quantity, high: Quantity) -> bool:
    """Whether two figures are the ends of a band whose lower one is told twice: "1 year (12 months) to"."""
    text = passage.text[low.span.end : high.span.start].lstrip()
    if text[:1] != "(" or not (low.exact and high.low == high.high and low.base < high.base):
        return False
    behind = passage.tokens[passage.token_at(passage.text.find(")", low.span.end)) + 1 :][:_BETWEEN_ENDS]
    near = [token for token in behind if token.end <= high.span.start]
    joins = bool(near) and near[0].kind in ("to", "-", "–", "maximum", "below", "per")
    return joins and near[-1].end <= high.span.start and not any(token.kind in _APART for token in near)


def _band(passage: Passage, extent: Quantity, before: Quantity | None, after: Quantity | None) -> Band | None:
    """The band of a range, or of a figure that the words beside it make one of its ends."""
    unit = _KG if extent.family == "mass" else Decimal(1)
    low, high = (end / unit for end in extent.base)
    if low < high:
        return Band(extent, low, high, (), _is_open(passage, extent), _is_closed(passage, extent))
    start = max(before.span.end if before else 0, passage.sentence_start(extent.span.start))
    sentence = passage.sentence(extent.span.start)
    end = passage.ends[sentence] if sentence < len(passage.ends) else len(passage.text)
    side = _said_after(passage, extent, min(after.span.start if after else end, end)) or _said_before(
        passage, extent, start
    )
    if side == ">":
        return Band(extent, low, None)
    if side:
        return Band(extent, None, low, (), side == "<")
    return Band(extent, None, low) if extent.bound == "maximum" else None


def is_end(passage: Passage, extent: Quantity) -> bool:
    """Whether the words after a figure make it an end of a band: "50 kg or less"."""
    number = passage.sentence(extent.span.start)
    stop = passage.ends[number] if number < len(passage.ends) else len(passage.text)
    return bool(_said_after(passage, extent, stop))


def _said_before(passage: Passage, extent: Quantity, start: int) -> str:
    """Which end of a band the words or the sign before a figure make it, "" for none."""
    offset = extent.span.start
    if sign := _SIGNS.get(passage.text[:offset].rstrip()[-1:]):
        return sign
    ends = (
        (passage.last_said("band-to", start, offset), "<="),
        (passage.last_said("band-from", start, offset), ">"),
    )
    # Of words that end together, the longer hold the shorter: "λιγότερο από", "από".
    last = max(((said[1], -said[0], side) for said, side in ends if said), default=None)
    return last[2] if last and _are_linked(passage, last[0], offset) else ""


def _said_after(passage: Passage, extent: Quantity, stop: int) -> str:
    """Which end of a band the words after a figure make it, "" for none."""
    offset = extent.span.end
    lower, upper = (passage.first_said(cue, offset, stop) for cue in _AFTER)
    for said, side in ((lower, ">"), (upper, "<=")):
        if said and _are_linked(passage, offset, said[0]):
            return side
    return ""


def _are_linked(passage: Passage, start: int, end: int) -> bool:
    """Whether two offsets have no more than a few plain words between them."""
    between = passage.tokens[passage.token_at(start) : passage.token_at(end)]
    return len(between) <= _TO_END and all(token.kind in _LINKING for token in between)


def _ends_below(passage: Passage, start: int, end: int) -> bool:
    """Whether words between the two ends of a band say "under", and not "up to"."""
    dosing = passage.grammar.data.dosing
    below = {fold_wording(word) for word in dosing["below"]}
    upto = {fold_wording(word) for kind in ("to", "maximum") for word in dosing[kind]}
    said = f" {' '.join(fold_wording(passage.text[start:end]).split())} "
    return any(f" {word} " in said for word in below - upto)


def _is_closed(passage: Passage, extent: Quantity) -> bool:
    """Whether the words of a range, or those right after it, say that its upper end belongs to it."""
    after = passage.tokens[passage.token_at(extent.span.end) :][:_TO_END]
    stop = next((token.start for token in after if token.kind in _APART), after[-1].end if after else 0)
    return passage.says("inclusive", extent.span.start, max(stop, extent.span.end))


def _is_open(passage: Passage, extent: Quantity) -> bool:
    """Whether a range says that it ends below its upper end."""
    start, stop = (passage.token_at(offset) for offset in (extent.span.start, extent.span.end))
    return any(token.kind in ("below", "<") for token in passage.tokens[start:stop])
