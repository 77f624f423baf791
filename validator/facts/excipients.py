"""Excipients with a known effect: named in the list of ingredients, and what section 2 states of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from validator.catalogue import ExcipientWording
from validator.document.facts import ListedExcipient, NumberedAdditive, StatedExcipient
from validator.document.leaflet import Leaflet, once
from validator.document.location import Span
from validator.document.quantities import Quantity
from validator.document.text import wording_key, words
from validator.facts.passage import Passage
from validator.lexicon import Lexicon

_APOSTROPHE = re.compile("['’]")
_LIST_BLOCKS = 25
_LISTED_IN = ("front", "what-it-is", "contents")
_LAST_PART = 0.7  # an ingredient list under a lost heading still stands in the last part
_ITEM = re.compile(r"[^,;•]+")
_E_NUMBER = re.compile(r"\be[ ‑-]?(\d{3,4})[a-z]?\b")  # E420, E 420, E-420


def excipients(leaflet: Leaflet, lexicon: Lexicon) -> tuple[ListedExcipient, ...]:
    """The known excipients in the list of ingredients, each once, with their first place."""
    return tuple(_find(leaflet, lexicon))


def _find(leaflet: Leaflet, lexicon: Lexicon) -> Iterator[ListedExcipient]:
    first = introduction(leaflet, lexicon)
    if first is None:
        return
    area = ingredients(leaflet, lexicon)
    start = word_offset(leaflet, first.block, first.start)
    _, stop = leaflet.wordtext.bounds(area.start, area.stop)
    text = leaflet.wordtext.text[start:stop]
    vocabulary = frozenset(text.split())
    for key, wording in lexicon.pack.excipients.items():
        if _openings(wording).isdisjoint(vocabulary):
            continue
        if found := _first(text, wording):
            span = leaflet.wordtext.span(start + found[0], start + found[1])
            yield ListedExcipient(key, leaflet.text(span), span)


def _openings(wording: ExcipientWording) -> frozenset[str]:
    """The words with which its names and numbers begin."""
    return _first_words((*wording.names, *wording.e_numbers)) | {n[0] for n in wording.e_numbers}


@lru_cache(maxsize=4096)
def _first_words(names: Sequence[str]) -> frozenset[str]:
    return frozenset(wording_key(name).split()[0] for name in names)


def _first(text: str, wording: ExcipientWording) -> tuple[int, int] | None:
    """The first name or E number of an excipient in word text, the longest of those that begin there."""
    others = [span for name in wording.not_in for span in _all(text, wording_key(name))]
    spaced = [f"{number[0]} {number[1:]}" for number in wording.e_numbers]
    found = (
        (start, -stop)
        for name in (*wording.names, *wording.e_numbers, *spaced)
        for start, stop in _all(text, wording_key(name))
        if not any(a <= start and stop <= b for a, b in others)
    )
    start, stop = min(found, default=(-1, 0))
    return (start, -stop) if start >= 0 else None


def _all(text: str, key: str) -> Iterator[tuple[int, int]]:
    at = text.find(key)
    while at >= 0:
        yield at, at + len(key)
        at = text.find(key, at + 1)


def ingredients(leaflet: Leaflet, lexicon: Lexicon) -> range:
    """The blocks of the list of ingredients: from its introduction to the next sub-heading."""
    first = introduction(leaflet, lexicon)
    return range(first.block, _stop(leaflet, first.block)) if first else range(0)


@once
def introduction(leaflet: Leaflet, lexicon: Lexicon) -> Span | None:
    """The words that introduce the list of the other ingredients."""
    whole = leaflet.wordtext
    for notation in lexicon.forms("excipients"):
        phrase = lexicon.phrases(notation)[0]
        start = 0
        while found := phrase.find(whole.text, start, len(whole.text)):
            span = whole.span(*found)
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


def word_offset(leaflet: Leaflet, block: int, offset: int) -> int:
    """Where in the word text the words of a block begin that stand after an offset in it."""
    start, _ = leaflet.wordtext.bounds(block, block + 1)
    return start + sum(len(word) + 1 for word in words(leaflet.blocks[block].text[:offset]))


def additives(leaflet: Leaflet, lexicon: Lexicon) -> tuple[NumberedAdditive, ...]:
    """The E numbers of the list of ingredients, each with the names in the same item of the list."""
    known = {wording_key(name): name for names in lexicon.pack.e_numbers.values() for name in names}
    found = []
    for block in ingredients(leaflet, lexicon) if known else ():
        for item in _ITEM.finditer(leaflet.folded[block]):
            for number, start, stop in _numbers(item.group()):
                inside = f" {' '.join(words(item.group()[start:stop]))} "
                names = tuple(name for key, name in known.items() if key in inside)
                span = Span(block, item.start() + start, item.start() + stop)
                found.append(NumberedAdditive(number, names, span))
    return tuple(found)


def _numbers(item: str) -> Iterator[tuple[str, int, int]]:
    """The E numbers of an item, each with the stretch that names it: up to it, of the last one to the end."""
    found = list(_E_NUMBER.finditer(item))
    left, right = len(item) - len(item.lstrip()), len(item.rstrip())
    for number in found:
        stop = right if number is found[-1] else number.end()
        yield f"E{number.group(1)}", left, stop
        left = number.end()


def stated(leaflet: Leaflet, lexicon: Lexicon, passages: Iterable[Passage]) -> tuple[StatedExcipient, ...]:
    """The amounts of excipients that section 2 states, and the shares of the daily intake beside them."""
    section = leaflet.section("before-use")
    if section is None:
        return ()
    inside = (passage for passage in passages if section.first <= passage.block < section.stop)
    key_of = _parted_key if lexicon.grammar.data.elision else wording_key
    sentences = [sentence for passage in inside for sentence in _sentences(passage, key_of)]
    found: list[StatedExcipient] = []
    for key, wording in lexicon.pack.excipients.items():
        if wording.stated:
            names, cues = map(key_of, wording.stated), map(key_of, wording.share_of)
            found += _amounts(key, tuple(names), tuple(cues), sentences)
    return tuple(found)


def _parted_key(text: str) -> str:
    """Word text in which an apostrophe parts two words: "20 mg d'aspartam"."""
    return f" {' '.join(words(_APOSTROPHE.sub(' ', text)))} "


class _Sentence(NamedTuple):
    """A sentence with figures: the block, its number in it, its word text and amounts."""

    block: int
    number: int
    words: str
    masses: Sequence[Quantity]
    shares: Sequence[Quantity]


def _sentences(passage: Passage, key_of: Callable[[str], str]) -> Iterator[_Sentence]:
    bounds = sorted({0, *passage.ends, len(passage.text)})
    for number, (start, stop) in enumerate(pairwise(bounds)):
        here = [q for q in passage.quantities if start <= q.span.start < stop]
        if here:
            masses = [q for q in here if q.family == "mass"]
            shares = [q for q in here if q.family == "share"]
            yield _Sentence(passage.block, number, key_of(passage.text[start:stop]), masses, shares)


def _amounts(
    key: str, names: Sequence[str], cues: Sequence[str], sentences: Iterable[_Sentence]
) -> Iterator[StatedExcipient]:
    last: _Sentence | None = None
    for sentence in sentences:
        if sentence.shares and any(cue in sentence.words for cue in cues):
            share = sentence.shares[0]
            before = [q for q in sentence.masses if q.span.start < share.span.start]
            amounts = before or (last.masses if last and _follows(sentence, last) else ())
            yield StatedExcipient(key, share.span, amounts[0] if len(amounts) == 1 else None, share)
        elif sentence.masses and any(name in sentence.words for name in names):
            yield StatedExcipient(key, sentence.masses[0].span, sentence.masses[0])
            last = sentence


def _follows(sentence: _Sentence, last: _Sentence) -> bool:
    if sentence.block == last.block:
        return sentence.number == last.number + 1
    return sentence.block == last.block + 1 and sentence.number == 0
