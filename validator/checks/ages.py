"""Ages: what section 2 forbids below an age, section 3 must not give from a lower one."""

from __future__ import annotations

from collections.abc import Iterator

from validator.checks.locate import subsection
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.quantities import Band
from validator.document.text import fold, words
from validator.facts import bands, quantities
from validator.grammar import grammar, sentence_ends
from validator.grammarfile import grammar_file

_UNITS = ("month", "year")
_CHILDREN = "children"
_BESIDE = 30  # characters around a figure in which the word for children makes it an age, and no time
_HOME, _DOSES = "before-use", "how-to-use"


@kind("consistency/age")
def age(leaflet: Leaflet, task: Task) -> Outcome:
    """No dose is given to children "from 2 years" whom a sentence forbids the medicine "under 6 years".

    For review: another strength, form or illness may have another limit.
    """
    given = [
        (band, span)
        for band, span in _of_children(leaflet, leaflet.facts.bands)
        if band.low is not None and band.high is None and not _forbids(leaflet, task, span)
    ]
    if not given:
        return not_applicable("no-ages")
    read = quantities.read(_texts(leaflet), grammar(leaflet.language.value), sparse=True)
    forbidden = [
        (band, span)
        for band, span in _of_children(leaflet, (*bands.bands(read), *leaflet.facts.bands))
        if band.low is None and band.high is not None and _forbids(leaflet, task, span)
    ]
    if not forbidden:
        return not_applicable("no-ages")
    least, where = min(given, key=lambda each: each[0].low or 0)
    bound, other = min(forbidden, key=lambda each: each[0].high or 0)
    if (least.low or 0) >= (bound.high or 0):
        return met("ages", least.extent.span)
    values = {"other": leaflet.text(other)}
    hit = Hit("inconsistent", "", where, _DOSES, leaflet.text(where), "", values, review=True)
    return Outcome((hit,))


def _texts(leaflet: Leaflet) -> Iterator[tuple[int, str]]:
    return ((index, block.text) for index, block in leaflet.body(_HOME) if block.kind != "furniture")


def _of_children(leaflet: Leaflet, found: tuple[Band, ...]) -> Iterator[tuple[Band, Span]]:
    """The bands of age beside the word for children, with their sentences."""
    read = grammar(leaflet.language.value)
    for band in found:
        at = band.extent.span
        if band.extent.unit in _UNITS:
            span = _sentence(leaflet, at)
            near = slice(max(span.start, at.start - _BESIDE), min(span.end, at.end + _BESIDE))
            if _CHILDREN in read.populations(leaflet.folded[span.block][near]):
                yield band, span


def _sentence(leaflet: Leaflet, at: Span) -> Span:
    text, folded = leaflet.blocks[at.block].text, leaflet.folded[at.block]
    ends = sentence_ends(folded, text)
    start = max((end for end in ends if end <= at.start), default=0)
    stop = min((end for end in ends if end > at.start), default=len(text))
    start += len(text[start:stop]) - len(text[start:stop].lstrip())
    return Span(at.block, start, start + len(text[start:stop].rstrip()))


def _forbids(leaflet: Leaflet, task: Task, span: Span) -> bool:
    """Whether a sentence holds a "not" without a condition, or stands under “Do not take”."""
    sub = subsection(leaflet, "do-not-use")
    if sub is not None and sub.heading.block < span.block < sub.stop:
        return True
    force = grammar_file(leaflet.language.value).force
    said = words(leaflet.text(span))
    nots = {word for entry in task.lexicon.pack.modality.get("not", ()) for word in words(entry)}
    nots.update(fold(word) for word in force.negation)
    if {fold(word) for word in force.condition}.intersection(said):
        return False
    endings = tuple(force.negative_endings)
    return any(word in nots or (endings and word.endswith(endings)) for word in said)
