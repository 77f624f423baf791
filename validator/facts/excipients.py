"""Excipients with a known effect that the list of ingredients names."""

from __future__ import annotations

from collections.abc import Iterator

from validator.document.facts import ListedExcipient
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.text import fold_wording
from validator.lexicon import Lexicon

_LIST_BLOCKS = 25
_LISTED_IN = ("front", "what-it-is", "contents")
_LAST_PART = 0.7  # an ingredient list under a lost heading still stands in the last part


def excipients(leaflet: Leaflet, lexicon: Lexicon) -> tuple[ListedExcipient, ...]:
    """The known excipients in the list of ingredients, each once, with their first place."""
    return tuple(_find(leaflet, lexicon))


def _find(leaflet: Leaflet, lexicon: Lexicon) -> Iterator[ListedExcipient]:
    area = list(ingredients(leaflet, lexicon))
    for key, wording in lexicon.pack.excipients.items():
        names = [*wording.names, *wording.e_numbers]
        hits = (
            (index, name, at)
            for index in area
            for name in names
            if (at := _at(leaflet, index, name, wording.not_in)) >= 0
        )
        if first := next(hits, None):
            index, name, at = first
            text = leaflet.blocks[index].text[at : at + len(name)]
            yield ListedExcipient(key, text, Span(index, at, at + len(name)))


def ingredients(leaflet: Leaflet, lexicon: Lexicon) -> range:
    """The blocks of the list of ingredients: from its introduction to the next sub-heading."""
    first = introduction(leaflet, lexicon)
    return range(first.block, _stop(leaflet, first.block)) if first else range(0)


def introduction(leaflet: Leaflet, lexicon: Lexicon) -> Span | None:
    """The words that introduce the list of the other ingredients."""
    words = leaflet.wordtext
    for notation in lexicon.forms("excipients"):
        phrase = lexicon.phrases(notation)[0]
        start = 0
        while found := phrase.find(words.text, start, len(words.text)):
            span = words.span(*found)
            section = leaflet.section_at(span.block)
            at_its_place = section is not None and section.id in _LISTED_IN
            if at_its_place or span.block >= len(leaflet.blocks) * _LAST_PART:
                return span
            start = found[1]
    return None


def _stop(leaflet: Leaflet, block: int) -> int:
    section = leaflet.section_at(block)
    limit = min(block + _LIST_BLOCKS, section.stop if section else len(leaflet.blocks))
    later = (
        sub.heading.block for sub in (section.subsections if section else ()) if sub.heading.block > block
    )
    return min(limit, next(later, limit))


def _at(leaflet: Leaflet, index: int, name: str, not_in: tuple[str, ...]) -> int:
    folded = leaflet.folded[index]
    wanted = fold_wording(name)
    at = folded.find(wanted)
    if at < 0 and wanted[:1] == "e" and wanted[1:].isdigit():
        at = folded.find(f"e {wanted[1:]}")
    if at > 0 and folded[at - 1].isalnum():
        return -1
    after = at + len(wanted)
    if (
        at < 0
        or folded[after : after + 1].isalpha()
        or any(fold_wording(other) in folded for other in not_in)
    ):
        return -1
    return at
