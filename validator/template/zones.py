"""Where a template's leaflet stands in the document: its list of contents, its headings, its zones.

An official document holds more than the leaflet (summary of characteristics, labelling). The leaflet is
known by its build, in any language: a numbered list of headings, and the same headings again further on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from validator.catalogue import HeadingWording, Wording
from validator.template.expected import FRONT, Expected, Outlined
from validator.template.likeness import alike, same
from validator.template.notation import Paragraph

_AGAIN = 90  # likeness of a heading to its line in the list of contents
_HEADING = 70
_TITLE = 80
_FRONT_AT_MOST = 40  # paragraphs of the front where nothing tells where it begins


@dataclass(frozen=True, slots=True)
class Zones:
    """The paragraphs (indices) of each zone, of each section's heading, and of the list of contents."""

    of: dict[str, range]
    headings: dict[str, int]
    contents: range

    @property
    def all(self) -> range:
        """From the first paragraph of the leaflet to the last."""
        return range(
            min(each.start for each in self.of.values()), max(each.stop for each in self.of.values())
        )


def zones(given: Sequence[Paragraph], law: Outlined) -> Zones | None:
    """The leaflet in a template document; None if its headings are not found."""
    sections = [entry for entry in law.entries if entry.keys[0] == "sections"]
    found = max(_with_contents(given, law), key=lambda each: _known(given, each[1], sections), default=None)
    contents, headings = found or (range(0), _by_wording(given, law, sections))
    if len(headings) < 2:
        return None
    first = min(headings.values())
    start = _start(given, law, contents.start - 1 if contents else first)
    bounds = sorted([*headings.values(), _end(given, law, max(headings.values()), start)])
    of = {FRONT: range(start, first)}
    for section, at in headings.items():
        of[section] = range(at + 1, bounds[bounds.index(at) + 1])
    return Zones(of, headings, contents)


def _with_contents(given: Sequence[Paragraph], law: Outlined) -> Iterator[tuple[range, dict[str, int]]]:
    """Lists of contents, each with the headings that repeat its lines."""
    numbers = list(law.sections.values())
    for at in range(len(given) - len(numbers)):
        stop = at + len(numbers)
        if not all(numbers) or [each.number for each in given[at:stop]] != numbers:
            continue
        headings: dict[str, int] = {}
        after = stop
        for section, line in zip(law.sections, given[at:stop], strict=True):
            again = next((i for i in range(after, len(given)) if _repeats(given[i], line)), None)
            if again is None:
                break
            headings[section], after = again, again + 1
        if len(headings) == len(numbers):
            yield range(at, stop), headings


def _repeats(heading: Paragraph, line: Paragraph) -> bool:
    return heading.number == line.number and (
        same(heading.text, line.text) or alike(heading.text, (line.text,)) >= _AGAIN
    )


def _known(given: Sequence[Paragraph], headings: dict[str, int], sections: Sequence[Expected]) -> float:
    """How well the headings agree with those of the pack; 0 in a new language."""
    return sum((alike(given[headings[e.keys[1]]].text, forms(e.old)) for e in sections if e.old), 0.0)


def _by_wording(given: Sequence[Paragraph], law: Outlined, sections: Sequence[Expected]) -> dict[str, int]:
    """Without a list of contents: the paragraphs that are most like the pack's headings, in their order."""
    headings: dict[str, int] = {}
    after = 0
    for entry in sections:
        if entry.old is None:
            continue
        wanted = law.sections[entry.keys[1]]
        scores = [
            (alike(each.text, forms(entry.old)), i)
            for i, each in enumerate(given[after:], after)
            if each.heading and each.number in (0, wanted)
        ]
        best, at = max(scores, default=(0.0, 0))  # of equals the last: a list of contents stands before
        if best >= _HEADING:
            headings[entry.keys[1]], after = at, at + 1
    return headings


def _start(given: Sequence[Paragraph], law: Outlined, before: int) -> int:
    """The title, or as far back as the front may reach."""
    best, at = max(((_title(given[i], law), i) for i in range(before)), default=(0.0, 0))
    return at if best else max(0, before - _FRONT_AT_MOST)


def _end(given: Sequence[Paragraph], law: Outlined, last: int, start: int) -> int:
    """The end of the document, or the title of the next leaflet."""
    first = given[start].text
    following = range(last + 1, len(given))
    again = (i for i in following if _title(given[i], law) or same(given[i].text, first))
    return next(again, len(given))


def _title(given: Paragraph, law: Outlined) -> float:
    """How alike a paragraph is to the title of a leaflet; 0 if it is none, or in a new language."""
    score = alike(given.text, (law.pack.title.text,)) if law.pack and given.heading else 0.0
    return score if score >= _TITLE else 0.0


def forms(wording: HeadingWording | Wording | None) -> tuple[str, ...]:
    """The template's words and the accepted ones."""
    return (wording.text, *wording.accepted) if wording else ()


def numbered_zone(given: Sequence[Paragraph], found: Zones) -> list[str]:
    """The zone of each paragraph, "" outside the leaflet and for headings and list of contents."""
    zone = [""] * len(given)
    for name, places in found.of.items():
        for i in places:
            zone[i] = name
    for i in (*found.headings.values(), *found.contents):
        zone[i] = ""
    return zone
