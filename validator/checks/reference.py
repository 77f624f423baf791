"""References to sections arrive at a section that exists."""

from __future__ import annotations

import re
from collections import Counter

from validator.checks.pointers import narrow, pointed, pointers, stems
from validator.checks.registry import Task, kind
from validator.document.facts import Reference
from validator.document.leaflet import Leaflet, once
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.text import words

# Pointers into other documents, not into this leaflet.
_OTHER_DOCUMENT = ("smpc", "summary of product characteristics", "directive", "regulation", "kub", "küb")
_BEFORE, _AFTER = 60, 60
_NUMBERED = re.compile(r"\s*(\d{1,2})\s*[.)]?\s+[^\W\d_]")
_HEADING_WORDS = 12
_DENSER = 2  # times as often as elsewhere a section's own words stand in its paragraphs
_NEAR = 300  # characters on each side of a reference that say what it is about
_QUOTED = r"[“\"„«‘‚]\s?([^“”\"„«»‘’\n]{5,90}?)\s?[”\"»“’‘]"
_TITLE_AFTER = re.compile(rf"[\s,:;(–-]{{0,3}}{_QUOTED}")
_TITLE_BEFORE = re.compile(rf"{_QUOTED}[\s,(]{{0,3}}(?:[^\W\d_]{{1,5}}\s){{0,2}}$")


@kind("reference/section")
def section(leaflet: Leaflet, task: Task) -> Outcome:
    """Every "see section n" names a section of the template that this leaflet has."""
    references = [found for found in leaflet.facts.references if _judged(leaflet, found)]
    if not references:
        return not_applicable("no-references")
    plans = {str(plan.number): plan.id for plan in task.lexicon.profile.sections if plan.number}
    hits = []
    for found in references:
        target = plans.get(found.number)
        if target is None and _added(leaflet, found.number):
            continue
        if target is None or leaflet.section(target) is None:
            values = {"number": found.number}
            cause = f"section/{target}" if target else ""
            stands = leaflet.section_at(found.span.block)
            where = stands.id if stands else ""
            # A file that says that parts of it are not available may have lost the section.
            unsure = target is None and "unavailable" in leaflet.lossy
            evidence = leaflet.text(found.span)
            hits.append(
                Hit("unresolved", "", found.span, where, evidence, "", values, cause=cause, review=unsure)
            )
        elif other := _meant(leaflet, task, found):
            hits.append(_astray(leaflet, task, found, target, other))
        elif _off_topic(leaflet, task, found, target):
            hits.append(_doubtful(leaflet, found, target))
    return Outcome(tuple(hits)) if hits else met("references", count=str(len(references)))


def _meant(leaflet: Leaflet, task: Task, found: Reference) -> str:
    """The id of the section that the words beside the number mean, where that is another one.

    They are a title of this leaflet in quotes, or the words of the template.
    """
    plans = {str(plan.number): plan.id for plan in task.lexicon.profile.sections if plan.number}
    told_by = tuple((section, tuple(keys)) for section, keys in task.params.get("told_by", {}).items())
    folded = leaflet.folded[found.span.block]
    before = folded[max(0, found.span.start - _NEAR) : found.span.start]
    after = folded[found.span.end : found.span.end + _NEAR]
    if titled := _titled(leaflet, before, after):
        meant = None if plans.get(found.number) in titled else leaflet.section(titled[0])
    else:
        meant = leaflet.section(plans.get(pointed(before, after, pointers(task.lexicon, told_by)), ""))
    if meant is None or meant.heading is None or found.number == meant.heading.number:
        return ""
    return "" if plans.get(found.number) == meant.id else meant.id


def _off_topic(leaflet: Leaflet, task: Task, found: Reference, target: str) -> bool:
    """Whether nothing beside a reference is about the narrow subject of the section that it names."""
    keys = task.params.get("narrow", {}).get(target)
    stands = leaflet.section_at(found.span.block)
    if not keys or stands is None or stands.id == target:
        return False
    folded, start, end = leaflet.folded[found.span.block], found.span.start, found.span.end
    before = " ".join(leaflet.folded[max(0, found.span.block - 1) : found.span.block])[-_NEAR:]
    near = f"{before} {folded[max(0, start - _NEAR) : start]}"[-_NEAR:] + folded[end : end + _NEAR]
    told = narrow(task.lexicon, target, tuple(keys)).intersection(stems(near))
    return not any(_at_home(leaflet, target, stem) for stem in told)


def _at_home(leaflet: Leaflet, section: str, stem: str) -> bool:
    """Whether the words of a stem belong to a section: they are denser there, by far, than elsewhere."""
    own, other, paragraphs = _shares(leaflet, section)
    return own[stem] * (len(leaflet.blocks) - paragraphs) > _DENSER * other[stem] * paragraphs


@once
def _shares(leaflet: Leaflet, section: str) -> tuple[Counter[str], Counter[str], int]:
    """In how many paragraphs of a section, and outside it, each stem stands; and how many it has."""
    home = leaflet.section(section)
    inside = range(home.first, home.stop) if home else range(0)
    own: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for index in range(len(leaflet.blocks)):
        (own if index in inside else other).update({*stems(leaflet.folded[index])})
    return own, other, len(inside)


def _doubtful(leaflet: Leaflet, found: Reference, target: str) -> Hit:
    stands, there = leaflet.section_at(found.span.block), leaflet.section(target)
    values = {"number": found.number, "target": there.heading.text if there and there.heading else target}
    section = stands.id if stands else ""
    evidence = leaflet.text(found.span)
    return Hit("unresolved", "off-topic", found.span, section, evidence, "", values, review=True)


def _titled(leaflet: Leaflet, before: str, after: str) -> list[str]:
    """The sections of this leaflet that have the title in quotes beside a number as a heading."""
    quoted = _TITLE_AFTER.match(after) or _TITLE_BEFORE.search(before)
    title = words(quoted[1]) if quoted else []
    found = []
    for section in leaflet.sections if title else ():
        headings = [section.heading, *(sub.heading for sub in section.subsections)]
        if any(heading and words(heading.text)[: len(title)] == title for heading in headings):
            found.append(section.id)
    return found


def _astray(leaflet: Leaflet, task: Task, found: Reference, target: str, meant: str) -> Hit:
    stands = leaflet.section_at(found.span.block)
    numbers = {plan.id: str(plan.number) for plan in task.lexicon.profile.sections}
    there, right = leaflet.section(target), leaflet.section(meant)
    expected = (right.heading.number if right and right.heading else "") or numbers[meant]
    values = {"number": found.number, "target": there.heading.text if there and there.heading else target}
    evidence = leaflet.text(found.span)
    return Hit("unresolved", "shifted", found.span, stands.id if stands else "", evidence, expected, values)


def _added(leaflet: Leaflet, number: str) -> bool:
    """Whether a numbered heading stands after the template's sections: "7. Instructions for use".

    The last of these themselves may have the number, in a leaflet that numbers otherwise than the template.
    """
    if any(each.heading and each.heading.number == number for each in leaflet.sections):
        return True
    for block in leaflet.blocks[leaflet.sections[-1].first + 1 :]:
        written = _NUMBERED.match(f"{block.marker} {block.text}")
        if written and written[1] == number and len(block.text.split()) <= _HEADING_WORDS:
            return True
    return False


def _judged(leaflet: Leaflet, found: Reference) -> bool:
    """Not the pointer of the additional-monitoring notice (it has its own rule), nor other documents."""
    notice = leaflet.facts.black_triangle.statement
    if notice and notice.block <= found.span.block <= notice.block + 1:
        return False
    around = leaflet.folded[found.span.block][max(0, found.span.start - _BEFORE) : found.span.end + _AFTER]
    return "." not in found.number and not any(word in around for word in _OTHER_DOCUMENT)
