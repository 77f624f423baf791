"""Sections and sub-sections, known by their meaning: missing, extra, or in another order."""

from __future__ import annotations

from collections.abc import Iterator

from validator.compare.pair import Pair
from validator.document.leaflet import Leaflet, Section
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met
from validator.document.text import words
from validator.grammar import sentence_ends
from validator.lexicon import lexicon

_TELLING = 3  # words of a sub-heading that stand together by no chance
_HEADING = 200  # characters in which the words of a heading end


def compare(pair: Pair) -> Outcome:
    """The translation has the sections and sub-sections of its source, in their order."""
    if not pair.source.sections or not pair.target.sections:
        return Outcome(verdict="not-applicable", note="no-sections")
    hits = [*_displaced(pair), *_sections(pair), *_order(pair), *_subsections(pair)]
    return Outcome(tuple(hits)) if hits else met("sections")


def _headed(leaflet: Leaflet) -> dict[str, Section]:
    return {section.id: section for section in leaflet.sections if section.heading}


def _sections(pair: Pair) -> Iterator[Hit]:
    source, target = _headed(pair.source), _headed(pair.target)
    for name, section in source.items():
        if name not in target and section.heading:
            title = section.heading.text
            yield Hit("missing", "", None, name, expected=title, beside=section.heading.span)
    for name, section in target.items():
        if name not in source and section.heading:
            yield Hit("altered", "extra", section.heading.span, name, section.heading.text)


def _displaced(pair: Pair) -> Iterator[Hit]:
    """The first heading that stands over the text of another section, as do others after it."""
    ours = _headed(pair.source)
    for name, section in _headed(pair.target).items():
        own = ours.get(pair.displaced.get(name, ""))
        if own and own.heading and section.heading:
            here, there = section.heading, own.heading
            yield Hit("misplaced", "", here.span, name, here.text, there.text, beside=there.span)
            return


def _order(pair: Pair) -> Iterator[Hit]:
    source, target = _headed(pair.source), _headed(pair.target)
    theirs = [name for name in target if name in source]
    ours = [name for name in source if name in target]
    moved = [name for name, other in zip(theirs, ours, strict=True) if name != other]
    if moved and (heading := target[moved[0]].heading) and (own := source[moved[0]].heading):
        yield Hit("out-of-order", "", heading.span, moved[0], heading.text, own.text, beside=own.span)


def _subsections(pair: Pair) -> Iterator[Hit]:
    """Headings of the template's sub-sections that stand alone; one cut in other ways is for a person."""
    for bead in pair.beads:
        if not bead.lonely or bead in pair.contacts:
            continue
        key = next((unit.key for unit in bead.left + bead.right if unit.key), "")
        if not key:
            continue
        review = not pair.sure(bead)
        if bead.left and not _has(pair.target, key):
            review = review or _worded(pair.target, bead.section, key) or _run_in(pair.target, key)
            text = pair.text(bead, "left")
            place = pair.home(bead)
            yield Hit(
                "missing",
                "subsection",
                place,
                bead.section,
                expected=text,
                review=review,
                beside=pair.span(bead, "left"),
            )
        elif bead.right and not _has(pair.source, key):
            block = bead.right[0].block
            span = Span(block, 0, len(pair.target.blocks[block].text))
            yield Hit(
                "altered", "extra-subsection", span, bead.section, pair.text(bead, "right"), review=review
            )


def _worded(leaflet: Leaflet, section: str, key: str) -> bool:
    """Whether a sentence of a section begins with the words of a sub-heading: it was run into a paragraph."""
    headings = lexicon(leaflet.market.value, leaflet.language.value).subheadings(section)
    own = leaflet.section(section)
    for index in range(own.first, own.stop) if own and headings else ():
        text, folded = leaflet.blocks[index].text, leaflet.folded[index]
        for start in (0, *sentence_ends(folded, text)):
            found = (
                headings.match(f" {' '.join(words(folded[start : start + _HEADING]))} ") if headings else None
            )
            if found and found.id == key:
                return True
    return False


def _run_in(leaflet: Leaflet, key: str) -> bool:
    """Whether the words of a sub-heading stand anywhere: it was run into a line, or into another section."""
    known = lexicon(leaflet.market.value, leaflet.language.value)
    entry, text = known.pack.subheadings.get(key), leaflet.wordtext.text
    wordings = (entry.text, *entry.accepted) if entry else ()
    return any(
        phrase.find(text, 0, len(text))
        for wording in wordings
        for phrase in known.phrases(wording)
        if len(phrase.plain.split()) >= _TELLING
    )


def _has(leaflet: Leaflet, key: str) -> bool:
    return any(sub.id == key for section in leaflet.sections for sub in section.subsections)
