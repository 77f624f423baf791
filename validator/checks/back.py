"""Words by which a figure takes up an earlier one again: "these 14 days", "the dose of 40 mg"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.quantities import Quantity
from validator.document.text import fold_wording
from validator.grammar import Grammar
from validator.grammarfile import Cue

_REACH = 100  # characters before a figure in which such words may stand
_BEHIND = 3  # words behind a figure that may be its own: "50 000 IU is a daily dose"
_LAST = re.compile(r"[.;:!?]\s")


def refers_back(leaflet: Leaflet, grammar: Grammar, quantity: Quantity, words: int) -> bool:
    """Whether one of so many words before a figure is an article or a word for "these", "whole", "same"."""
    cue = grammar.cues.get("same")
    return cue is not None and any(cue.fullmatch(word) for word in _before(leaflet, quantity, words))


def says_before(leaflet: Leaflet, grammar: Grammar, quantity: Quantity, cue: Cue, words: int) -> bool:
    """Whether one of so many words before a figure, in its sentence, is one of a cue."""
    pattern = grammar.cues.get(cue)
    return pattern is not None and pattern.search(" ".join(_before(leaflet, quantity, words))) is not None


def forbids(leaflet: Leaflet, grammar: Grammar, quantity: Quantity, words: int) -> bool:
    """Whether one of so many words before a figure, in its sentence, is a negation."""
    return says_before(leaflet, grammar, quantity, "not", words)


def names_dose(leaflet: Leaflet, grammar: Grammar, quantity: Quantity, words: int) -> bool:
    """Whether one of so many words before a figure, or one right behind it, is "dose"."""
    doses = {fold_wording(word) for word in grammar.data.units.get("dose", ())}
    near = (*_before(leaflet, quantity, words), *_behind(leaflet, quantity))
    return any(word in doses for word in near)


def changes(leaflet: Leaflet, grammar: Grammar, quantity: Quantity) -> bool:
    """Whether words before a figure say that a dose is made larger or smaller."""
    text = leaflet.folded[quantity.span.block][: quantity.span.start][-_REACH:]
    cue = grammar.cues.get("change")
    return cue is not None and cue.search(_LAST.split(text)[-1]) is not None


def daily_word(leaflet: Leaflet, grammar: Grammar, quantity: Quantity, words: int) -> Span | None:
    """The place of a word for "daily" among so many words before a figure, or right behind it."""
    stems = tuple(fold_wording(stem) for stem in grammar.data.daily)
    span, text = quantity.span, leaflet.folded[quantity.span.block]
    for word in (*_before(leaflet, quantity, words), *_behind(leaflet, quantity)):
        if stems and word.startswith(stems):
            at = text.rfind(word, 0, span.start) if word in text[: span.start] else text.find(word, span.end)
            return Span(span.block, at, at + len(word))
    return None


def _behind(leaflet: Leaflet, quantity: Quantity) -> Sequence[str]:
    """The first words behind a figure."""
    text = leaflet.folded[quantity.span.block][quantity.span.end :][:_REACH]
    return [word.strip(".,;:()-'") for word in text.split()[:_BEHIND]]


def _before(leaflet: Leaflet, quantity: Quantity, words: int) -> Sequence[str]:
    """The last words of the sentence before a figure."""
    text = leaflet.folded[quantity.span.block][: quantity.span.start][-_REACH:]
    return [word.strip("(,'\"-") for word in _LAST.split(text)[-1].split()[-words:]]
