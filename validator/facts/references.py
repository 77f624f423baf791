"""Pointers to sections ("see section 4") as the language pack's patterns describe them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from validator.document.facts import Reference
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.text import fold
from validator.lexicon import Lexicon


def references(leaflet: Leaflet, lexicon: Lexicon) -> tuple[Reference, ...]:
    """All numbered references to sections, headings left out."""
    headings = {s.heading.block for s in leaflet.sections if s.heading}
    return tuple(_find(leaflet, lexicon.pack.references, headings))


def _find(leaflet: Leaflet, notations: tuple[str, ...], headings: set[int]) -> Iterator[Reference]:
    first_words = {fold(notation).replace("{n}", "").split()[0].strip(".") for notation in notations}
    for index in sorted(leaflet.wordtext.figured - headings):
        folded = leaflet.folded[index]
        if not any(word in folded for word in first_words):
            continue
        for notation in notations:
            for match in pattern(notation).finditer(folded):
                yield Reference(Span(index, match.start(), match.end()), match.group(1))


@lru_cache
def pattern(notation: str) -> re.Pattern[str]:
    """How a notation ("section {n}") reads in folded text; its group is the number."""
    body = r"\s+".join(re.escape(word) for word in fold(notation).split())
    return re.compile(
        r"\b" + body.replace(re.escape("{n}"), r"(\d{1,2}(?:\.\d{1,2})?)") + r"\b(?!\s*(?:mg|%|ml))"
    )
