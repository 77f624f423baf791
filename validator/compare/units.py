"""What is aligned: the blocks of a leaflet, each with the features by which its translation is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from validator.compare.figures import Figure, figures
from validator.compare.terms import MARK, terms
from validator.compare.words import stem
from validator.document.blocks import Block
from validator.document.leaflet import Leaflet
from validator.document.text import words as words_of
from validator.grammar import Grammar, sentence_ends

_COMMON = 0.1  # share of the units in which a beginning of words tells nothing about the place
_COMMON_LEAST = 5  # units
_ELIDED = re.compile("['-]")
_JOINS = re.compile(r"[;?!]\s+[^\W\d_]")
_AFTER = 20  # characters beside the figures of a frequency that name no effect


@dataclass(frozen=True, slots=True)
class Unit:
    """A block of a leaflet as it is aligned, or a sentence of one: from `start` to `end`.

    `kind` is "heading", "item", "row" or "text"; `key` the sub-section of the template whose heading it
    holds; `label` the frequency category that it names, and `defines` whether it explains that one and says
    nothing else; `stems` are its terms and the beginnings of its rarer words; `terms` are among
    them.
    """

    block: int
    section: str
    kind: str
    key: str
    label: str
    figures: tuple[Figure, ...]
    values: frozenset[Decimal]
    stems: frozenset[str]
    terms: frozenset[str]
    length: int
    leads: bool
    start: int = 0
    end: int = 0
    defines: bool = False


def units(leaflet: Leaflet, grammar: Grammar) -> list[Unit]:
    """The blocks that hold text, in order; the list of contents is left out: it repeats the headings."""
    keys = {
        sub.heading.block: sub.id for section in leaflet.sections for sub in section.subsections if sub.id
    }
    labels, alone = _labels(leaflet), _alone(leaflet)
    listed = leaflet.contents_list
    skipped = range(listed.first, listed.stop) if listed else range(0)
    headings = {section.heading.block for section in leaflet.sections if section.heading}
    sections = _sections(leaflet)
    chosen = [
        index
        for index, block in enumerate(leaflet.blocks)
        if block.kind not in ("furniture", "image")
        and index not in skipped
        and index not in headings
        and any(char.isalnum() for char in block.text)
    ]
    language = leaflet.language.value
    stems = _telling([features(language, leaflet.wordtext.words(index)) for index in chosen])
    found = []
    for index, own in zip(chosen, stems, strict=True):
        block = leaflet.blocks[index]
        numbers = (
            figures(block.text, grammar)
            if any(char.isdigit() or char in "½¼¾" for char in block.text)
            else ()
        )
        found.append(
            Unit(
                index,
                sections[index],
                _kind(block),
                keys.get(index, ""),
                labels.get(index, ""),
                numbers,
                frozenset(number.value for number in numbers),
                own,
                _terms(own),
                len(block.text),
                block.text.rstrip().endswith(":"),
                0,
                len(block.text),
                index in alone,
            )
        )
    return found


def sentences(leaflet: Leaflet, own: Sequence[Unit], words: Grammar) -> list[Unit]:
    """The sentences of some units."""
    found = []
    for unit in own:
        text = leaflet.blocks[unit.block].text
        ends = sentence_ends(leaflet.folded[unit.block], text)
        bounds = [unit.start, *(end for end in ends if unit.start < end < unit.end), unit.end]
        for start, end in pairwise(bounds):
            start += len(text[start:end]) - len(text[start:end].lstrip())
            part = text[start:end]
            if any(char.isalnum() for char in part):
                numbers = figures(part, words)
                stems = unit.stems & features(leaflet.language.value, words_of(part))
                found.append(
                    replace(
                        unit,
                        figures=numbers,
                        values=frozenset(number.value for number in numbers),
                        stems=stems,
                        terms=_terms(stems),
                        length=end - start,
                        leads=part.rstrip().endswith(":"),
                        start=start,
                        end=end,
                    )
                )
    return found


def endings(leaflet: Leaflet, own: Sequence[Unit]) -> int:
    """How many sentences some units have, by their ends alone."""
    found = 0
    for unit in own:
        ends = sentence_ends(leaflet.folded[unit.block], leaflet.blocks[unit.block].text)
        found += 1 + sum(unit.start < end < unit.end for end in ends)
    return found


def clauses(leaflet: Leaflet, own: Sequence[Unit]) -> int:
    """How many signs in some units join what could be two sentences."""
    texts = (leaflet.blocks[unit.block].text[unit.start : unit.end] for unit in own)
    return sum(match.group()[-1].islower() for text in texts for match in _JOINS.finditer(text))


def _sections(leaflet: Leaflet) -> list[str]:
    found = [""] * len(leaflet.blocks)
    for section in leaflet.sections:
        found[section.first : section.stop] = [section.id] * (section.stop - section.first)
    return found


def _kind(block: Block) -> str:
    return block.kind if block.kind in ("heading", "item", "row") else "text"


def _labels(leaflet: Leaflet) -> dict[int, str]:
    """The frequency category of each block that names one alone."""
    told: dict[int, set[str]] = {}
    facts = leaflet.facts
    for definition in facts.definitions:
        told.setdefault(definition.span.block, set()).add(definition.label)
    for use in facts.frequency_uses:
        told.setdefault(use.span.block, set()).add(use.label)
    return {block: next(iter(labels)) for block, labels in told.items() if len(labels) == 1}


def _alone(leaflet: Leaflet) -> frozenset[int]:
    """The blocks that explain a frequency category and go on with no more than a word ("people)")."""
    return frozenset(
        each.span.block
        for each in leaflet.facts.definitions
        if each.interval
        and len(leaflet.blocks[each.span.block].text) - (each.span.end - each.span.start) <= _AFTER
    )


def features(language: str, own: Iterable[str]) -> frozenset[str]:
    """What some words have in common with those of another language: terms, or else how they begin."""
    return frozenset().union(*(_features(language, word) for word in own))


@lru_cache(maxsize=40_000)
def _features(language: str, word: str) -> frozenset[str]:
    plain = max(_ELIDED.split(word), key=len)  # "l'asthme"
    return terms(language, plain) or frozenset((stem(plain),)) - {""}


def _terms(stems: Iterable[str]) -> frozenset[str]:
    return frozenset(each for each in stems if each.startswith(MARK))


def _telling(stems: Sequence[frozenset[str]]) -> Iterable[frozenset[str]]:
    """The stems of each unit without those that stand in a great part of all units."""
    counts = Counter(each for own in stems for each in own)
    most = max(_COMMON_LEAST, _COMMON * len(stems))
    common = {each for each, count in counts.items() if count > most}
    return (own - common for own in stems)
