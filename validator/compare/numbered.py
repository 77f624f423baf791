"""Sections of a translation that its market's template does not have: known by number, place and words.

A Turkish leaflet may be laid out like the European template, whose section 6 that of its own market lacks.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import replace

from validator.document.leaflet import ContentsList, Heading, Leaflet, Section
from validator.document.text import words

_NUMBERED = re.compile(r"\s*(\d{1,2})[.)]?\s+(?=[^\W\d_])")
_LONGEST = 100  # characters of a heading


def aligned(source: Leaflet, target: Leaflet) -> tuple[Leaflet, Set[str]]:
    """The target with the sections that it has by their number alone, and which ones those are.

    The heading bears the number of a section of the source that the target lacks, stands between the headings
    of the numbers around it, and is one by its format or because the list of contents says the same.
    """
    found: set[str] = set()
    for section in source.sections:
        if section.heading and section.heading.number and target.section(section.id) is None:
            if block := _heading(target, int(section.heading.number)):
                target = _parted(target, section.id, block)
                found.add(section.id)
    return target, frozenset(found)


def _number(text: str) -> int:
    match = _NUMBERED.match(text) if len(text) <= _LONGEST else None
    return int(match[1]) if match else 0


def _heading(leaflet: Leaflet, number: int) -> int | None:
    """The one block that is the heading of an unknown section of a number."""
    known = {
        int(section.heading.number): section
        for section in leaflet.sections
        if section.heading and section.heading.number
    }
    before = known.get(number - 1)
    if before is None or number in known:
        return None
    inside = range(before.first + 1, before.stop)
    found = [at for at in inside if _number(leaflet.blocks[at].text) == number]
    told = [at for at in found if leaflet.blocks[at].kind == "heading" or _listed(leaflet, at) is not None]
    return told[0] if len(told) == 1 else None


def _listed(leaflet: Leaflet, block: int) -> int | None:
    """Where the list of contents names a heading: in it, or in the line after what is known of it."""
    listed = leaflet.contents_list
    if listed is None:
        return None
    wanted = words(leaflet.folded[block])
    lines = range(listed.first, min(listed.stop + 1, block))
    return next((at for at in lines if words(leaflet.folded[at]) == wanted), None)


def _parted(leaflet: Leaflet, key: str, block: int) -> Leaflet:
    """The leaflet with the section that a block heads."""
    text = leaflet.blocks[block].text
    match = _NUMBERED.match(text)
    start = match.end() if match else 0
    heading = Heading(block, 0, len(text), text[start:], str(_number(text)), ())
    found: list[Section] = []
    for section in leaflet.sections:
        if not section.first < block < section.stop:
            found.append(section)
            continue
        inner = section.subsections
        own, other = (
            tuple(sub for sub in inner if (sub.heading.block < block) is first) for first in (True, False)
        )
        found.append(replace(section, stop=block, subsections=own))
        found.append(Section(key, block, section.stop, heading, other))
    return replace(leaflet, sections=tuple(found), contents_list=_longer(leaflet, block))


def _longer(leaflet: Leaflet, block: int) -> ContentsList | None:
    listed, at = leaflet.contents_list, _listed(leaflet, block)
    return replace(listed, stop=max(listed.stop, at + 1)) if listed and at is not None else listed
