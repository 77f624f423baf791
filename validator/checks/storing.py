"""Temperatures that hold for a limited time only: "may be kept below 30 °C for 4 days"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from validator.catalogue import Wording
from validator.checks.locate import find_any, scope
from validator.checks.registry import Task
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit
from validator.document.text import wording_key
from validator.grammar import grammar, sentence_ends

DEGREES = re.compile(r"\d\s?(?:(?:[°º˚o]\s?)?[CF]\b|℃|℉)")  # the sign may be lost: "below 25 C"
_FIGURE = re.compile("[0-9]")
_TIMES = ("hour", "day", "week", "month")


def degrees(leaflet: Leaflet, section: str) -> Span | None:
    """Where a section gives a temperature."""
    home = leaflet.section(section)
    for index in range(home.first, home.stop) if home else ():
        if match := DEGREES.search(leaflet.blocks[index].text):
            return Span(index, match.start(), match.end())
    return None


def limited(leaflet: Leaflet, task: Task, wording: Wording) -> Hit | None:
    """A hit where each temperature or place to keep it of a section holds for a stated time.

    Light, moisture and the pack, which the `mentions` of the wording name, say nothing about that.
    """
    plain = (wording.text, *wording.accepted)
    if find_any(leaflet, task.lexicon, plain, scope(leaflet, task.section)):
        return None
    telling = [
        phrase
        for signal in wording.signals
        if signal not in wording.mentions
        for phrase in task.lexicon.phrases(signal)
    ]
    first: Span | None = None
    for span, short, after_short in _sentences(leaflet, task.section):
        warm = DEGREES.search(leaflet.text(span))
        if warm and not short:
            return None
        text = "" if warm else f" {wording_key(leaflet.text(span)).strip()} "
        told = warm or any(phrase.find(text, 0, len(text)) for phrase in telling)
        if told and not after_short:
            return None
        first = span if first is None and told else first
    if first is None:
        return None
    return Hit("missing", "limited", first, task.section, leaflet.text(first), wording.text, review=True)


def _sentences(leaflet: Leaflet, section: str) -> Iterator[tuple[Span, bool, bool]]:
    """The sentences of a section: whether each has a stated time, and whether it or one before has."""
    home, read = leaflet.section(section), grammar(leaflet.language.value)
    for index in range(home.first + 1, home.stop) if home else ():
        text, folded = leaflet.blocks[index].text, leaflet.folded[index]
        timed = start = 0
        for end in (*sentence_ends(folded, text), len(text)):
            short = bool(_FIGURE.search(DEGREES.sub(" ", folded[start:end]))) and any(
                one.kind == "num" and other.kind == "unit" and other.value in _TIMES
                for one, other in pairwise(read.dosed(folded[start:end]))
            )
            timed |= short
            if text[start:end].strip():
                yield Span(index, start, end), short, bool(timed)
            start = end
