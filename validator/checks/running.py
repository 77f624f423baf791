"""Running text: what style is judged by, and hits that tell many places of one slip as one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from validator.checks.registry import Task
from validator.document.leaflet import Heading, Leaflet, once
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met

_PROFESSIONALS = "professionals"  # the sub-heading from which on a leaflet no longer speaks to patients


def running(leaflet: Leaflet, task: Task, rows: bool = False) -> Sequence[int]:
    """The blocks of the patient's text without headings, and without tables unless `rows`.

    The sections in the setting `not_in` are left out.
    """
    return _running(leaflet, tuple(task.params["not_in"]), rows)


@once
def _running(leaflet: Leaflet, not_in: tuple[str, ...], rows: bool) -> tuple[int, ...]:
    kinds = ("paragraph", "item", "row") if rows else ("paragraph", "item")
    found: list[int] = []
    for section in leaflet.sections:
        if section.id in not_in:
            continue
        ends = [sub.heading.block for sub in section.subsections if sub.id == _PROFESSIONALS]
        headings = {sub.heading.block for sub in section.subsections if not _runs_in(leaflet, sub.heading)}
        if section.heading:
            headings.add(section.heading.block)
        blocks = range(section.first, min([section.stop, *ends]))
        found += [i for i in blocks if leaflet.blocks[i].kind in kinds and i not in headings]
        if ends:
            break
    return tuple(found)


def _runs_in(leaflet: Leaflet, heading: Heading) -> bool:
    """Whether text follows a heading in its own block."""
    return heading.end < len(leaflet.blocks[heading.block].text)


def spans(leaflet: Leaflet, blocks: Sequence[int], *patterns: re.Pattern[str]) -> list[Span]:
    """Where patterns match in the folded text of some blocks; they are read as one text, for speed."""
    text = joined(leaflet, tuple(blocks))
    matches = sorted(
        (match for pattern in patterns for match in pattern.finditer(text)), key=lambda match: match.start()
    )
    if not matches:
        return []
    starts = [0, *accumulate(len(leaflet.folded[index]) + 1 for index in blocks)]
    found = []
    for match in matches:
        at = bisect_right(starts, match.start()) - 1
        found.append(Span(blocks[at], match.start() - starts[at], match.end() - starts[at]))
    return found


def figured(leaflet: Leaflet, task: Task) -> Sequence[int]:
    """The blocks of the patient's text, rows of tables too, that hold a figure."""
    return _figured(leaflet, tuple(running(leaflet, task, rows=True)))


@once
def _figured(leaflet: Leaflet, blocks: tuple[int, ...]) -> tuple[int, ...]:
    known = leaflet.wordtext.figured
    return tuple([index for index in blocks if index in known])


@once
def joined(leaflet: Leaflet, blocks: tuple[int, ...]) -> str:
    """The folded text of some blocks, a line for each."""
    return "\n".join([leaflet.folded[index] for index in blocks])


def slips(leaflet: Leaflet, places: Iterable[Span], expected: str = "", **values: str) -> Outcome:
    """One hit for all places of a slip, at the first of them; what is said stands, so the text is altered."""
    found = list(places)
    if not found:
        return met("nothing-left")
    first = found[0]
    stands = leaflet.section_at(first.block)
    section = stands.id if stands else ""
    evidence = leaflet.text(first)
    return Outcome((Hit("altered", "", first, section, evidence, expected, values, others=tuple(found[1:])),))


def count_words(leaflet: Leaflet, block: int) -> int:
    """How many words a block has."""
    starts = leaflet.wordtext.starts
    return leaflet.wordtext.text.count(" ", starts[block], starts[block + 1])
