"""The text of a leaflet cut into pieces: what each finding marks, where its number stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from validator.document.layout import Layout


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end` of a block that finding `number` marks.

    `opens` if a place of the finding begins here, `first` if it is the first one.
    """

    start: int
    end: int
    number: int
    opens: bool = True
    first: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """Text with the same marks throughout: `numbers` of the findings on it.

    `opens` are those whose first place begins here, `again` those with a further place from here on.
    """

    text: str
    numbers: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    again: tuple[int, ...] = ()
    strong: bool = False


def stretches(layout: Layout) -> dict[int, list[Stretch]]:
    """The marked characters of each block; findings are numbered from 1."""
    found: dict[int, list[Stretch]] = {}
    for number, spans in enumerate(layout.marks, 1):
        for which, span in enumerate(spans):
            for block in range(span.block, span.last_block + 1):
                length = len(layout.blocks[block].text)
                opens = block == span.block
                start = min(span.start, length) if opens else 0
                end = min(span.end, length) if block == span.last_block else length
                found.setdefault(block, []).append(Stretch(start, end, number, opens, which == 0))
    return found


def pieces(
    text: str, marked: Sequence[Stretch], start: int, stop: int, lead: int = 0, *, last: bool = True
) -> tuple[Piece, ...]:
    """Characters `start` to `stop` of a block's text, cut where marks begin and end and after its `lead`.

    A place without length at the very end belongs to the `last` part of the text.
    """
    opening: dict[int, list[Stretch]] = {}
    closing: dict[int, list[int]] = {}
    over: Counter[int] = Counter()
    for each in marked:
        if each.start < each.end:
            closing.setdefault(each.end, []).append(each.number)
        opening.setdefault(each.start, []).append(each)
        if each.start < start < each.end:
            over[each.number] += 1
    cuts = sorted({start, stop, *(at for at in (lead, *opening, *closing) if start < at < stop)})
    made = []
    for at, end in pairwise([*cuts, stop] if last else cuts):
        here = opening.get(at, ())
        if at > start:
            over -= Counter(closing.get(at, ()))  # what is on no more is forgotten
        over.update(each.number for each in here if each.start < each.end)
        if at < end or here:
            numbers = tuple(sorted(over)) if at < end else ()
            made.append(Piece(text[at:end], numbers, *_opened(here), at < end <= lead))
    return tuple(made)


def _opened(here: Iterable[Stretch]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    opened = {(each.first, each.number) for each in here if each.opens}
    return (
        tuple(sorted(number for first, number in opened if first)),
        tuple(sorted(number for first, number in opened if not first)),
    )
