"""The national system to which side effects are reported: that of the target's country."""

from __future__ import annotations

from collections.abc import Iterator

from validator.compare.pair import Pair
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met
from validator.reporting import countries, named


def compare(pair: Pair) -> Outcome:
    """No address in the translation is that of another country's reporting system."""
    hits = list(_hits(pair))
    return Outcome(tuple(hits)) if hits else met("own-system")


def _hits(pair: Pair) -> Iterator[Hit]:
    language = pair.target.language.value
    for index, block in enumerate(pair.target.blocks):
        for start, end, system in named(block.text):
            if language not in system.languages:
                stands = pair.target.section_at(index)
                section = stands.id if stands else ""
                values = {"country": system.country, "own": countries(language)}
                span = Span(index, start, end)
                yield Hit("leftover", "", span, section, block.text[start:end], values=values)
