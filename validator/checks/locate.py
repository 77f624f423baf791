"""Where a wording stands in a leaflet: exactly, nearly, in part, in other words, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from validator.document.leaflet import Leaflet, SubSection
from validator.document.location import Span
from validator.document.text import words
from validator.lexicon import Lexicon
from validator.nearest import Change, Near, changes, nearest
from validator.statements import Phrase

Tier = Literal["exact", "accepted", "outdated", "near", "incomplete", "paraphrase", "absent"]
_NEAR = 84  # likeness from which a sentence is the required one with differing words
_NEAR_SIBLING = 66  # the same where other sentences of the statement already stand there
_STEM = 4  # letters of a word that its other forms share
_LONE = re.compile(r"<([^<>{}]{20,})>[.!?]?")  # an option that is a whole sentence
_SIBLING_REACH = 500  # characters of word text around it in which these are looked for
_ADDRESS = re.compile(r"(?<=[a-z0-9])(?:[./@][a-z0-9][\w-]*)+")  # what follows its first word
_SENTENCE_ENDS = (".", "!", "?")
_END_BEFORE = re.compile(r"\w+(?:\s\w+)?[.!?]\s+(?=\w)")  # at most two words that end a sentence
_TRIES = 3  # times that a text is parted where a paragraph ends inside what is alike
_CANDIDATE = 62  # likeness from which a text is worth showing as the nearest candidate


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: how a wording stands, where, and what differs.

    `changes` are the words that differ; `absent` the sentences that are not there.
    """

    tier: Tier
    span: Span | None = None
    changes: tuple[Change, ...] = ()
    absent: tuple[str, ...] = ()


def scope(leaflet: Leaflet, section: str) -> tuple[int, int]:
    """The slice of word text that holds a section without its heading; the whole if there is none."""
    found = leaflet.section(section)
    if found is None:
        return leaflet.wordtext.bounds(0, len(leaflet.blocks))
    first, stop = found.first + (found.heading is not None), found.stop
    return leaflet.wordtext.bounds(first, stop)


def subsection(leaflet: Leaflet, key: str) -> SubSection | None:
    """The first sub-section of that id, in whatever section it stands; one with text is preferred."""
    found = [sub for section in leaflet.sections for sub in section.subsections if sub.id == key]
    return next((sub for sub in found if not sub.empty), found[0] if found else None)


def find_any(
    leaflet: Leaflet, lexicon: Lexicon, notations: Iterable[str], bounds: tuple[int, int]
) -> Span | None:
    """The first place of any of some patterns of one sentence each."""
    text = leaflet.wordtext.text
    for notation in notations:
        for phrase in lexicon.phrases(notation):
            if found := phrase.find(text, *bounds):
                return leaflet.wordtext.span(*found)
    return None


def locate(
    leaflet: Leaflet,
    lexicon: Lexicon,
    text: str,
    *,
    accepted: Sequence[str] = (),
    outdated: Sequence[str] = (),
    signals: Sequence[str] = (),
    decisive: Sequence[str] = (),
    bounds: tuple[int, int],
) -> Found:
    """How a wording stands within a slice of word text: the best of all its forms."""
    found = _located(leaflet, lexicon, text, accepted, outdated, signals, bounds)
    found = _otherwise(leaflet, lexicon, found, text, decisive, bounds)
    return found if found.span is None else replace(found, span=_to_its_end(leaflet, found.span))


def _to_its_end(leaflet: Leaflet, span: Span) -> Span:
    """The span with all of an address whose first part is its last word: "at www" of "at www.example.org"."""
    rest = _ADDRESS.match(leaflet.blocks[span.last_block].text, span.end)
    return span._replace(end=rest.end()) if rest else span


def _located(
    leaflet: Leaflet,
    lexicon: Lexicon,
    text: str,
    accepted: Sequence[str],
    outdated: Sequence[str],
    signals: Sequence[str],
    bounds: tuple[int, int],
) -> Found:
    partial: tuple[int, list[Phrase], Span | None, str] = (0, [], None, text)
    forms: Sequence[tuple[Tier, Sequence[str]]]
    forms = (("exact", (text,)), ("accepted", accepted), ("outdated", outdated))
    for tier, notations in forms:
        for notation in notations:
            there, lacking, span = _sentences(leaflet, lexicon.phrases(notation), bounds)
            if there and not lacking:
                return Found(tier, span)
            if there > partial[0] and tier != "outdated":
                partial = (there, lacking, span, notation)
    if partial[0]:
        found = _partly(leaflet, lexicon, partial[1], partial[2], bounds)
        return replace(found, absent=_as_written(lexicon, found.absent, partial[3], text))
    return _alike(leaflet, lexicon, text, signals, bounds)


def _otherwise(
    leaflet: Leaflet,
    lexicon: Lexicon,
    found: Found,
    text: str,
    decisive: Sequence[str],
    bounds: tuple[int, int],
) -> Found:
    """What was found, unless a sentence beside it, which may be left out, has another decisive word.

    “The expiry date refers to the last day of that month” need not stand there, but must not say the first.
    """
    if not decisive or found.tier not in ("exact", "accepted") or found.span is None:
        return found
    around = _around(leaflet, found.span, bounds)
    for phrase in lexicon.phrases(text):
        lone = _LONE.fullmatch(phrase.source)
        near = _nearest(leaflet, Phrase(lone[1]) if lone else phrase, around, _NEAR_SIBLING)
        if near and (changes := tuple(each for each in near.changes if _decides(each, decisive))):
            return Found("near", join(found.span, leaflet.wordtext.span(near.start, near.end)), changes)
    return found


def _decides(change: Change, decisive: Sequence[str]) -> bool:
    """Whether another word stands for a decisive one, and no other form of it."""
    known = {word for each in decisive for word in words(each)}
    stems = tuple(word[:_STEM] for word in known)
    given = change.given.split()
    return (
        bool(given)
        and not known.isdisjoint(change.wanted.split())
        and not any(word.startswith(stems) for word in given)
    )


def _as_written(lexicon: Lexicon, absent: Sequence[str], notation: str, text: str) -> tuple[str, ...]:
    """Sentences of an accepted form in the words of the template, where it has as many sentences."""
    own, official = (
        [phrase.source for phrase in lexicon.phrases(form) if not phrase.optional]
        for form in (notation, text)
    )
    names = dict(zip(own, official, strict=True)) if len(own) == len(official) else {}
    return tuple(names.get(sentence, sentence) for sentence in absent)


def _sentences(
    leaflet: Leaflet, sentences: Sequence[Phrase], bounds: tuple[int, int]
) -> tuple[int, list[Phrase], Span | None]:
    """How many sentences stand there, those that do not, and the extent of the others."""
    text = leaflet.wordtext.text
    looked = [(phrase, phrase.find(text, *bounds)) for phrase in sentences if not phrase.optional]
    there = [(phrase, found) for phrase, found in looked if found]
    lacking = [phrase for phrase, found in looked if not found]
    if not there:
        return 0, lacking, None
    main, place = max(there, key=lambda pair: len(pair[0].plain))
    extent = leaflet.wordtext.span(*place)
    around = _around(leaflet, extent, bounds)
    for phrase, found in there:
        # The same words may stand far away as well; a statement is one text.
        near = found if around[0] <= found[0] < around[1] else phrase.find(text, *around)
        if phrase is not main and near:
            extent = join(extent, leaflet.wordtext.span(*near))
    return len(there), lacking, extent


def join(one: Span | None, other: Span) -> Span:
    """The span from the first to the last character of two."""
    if one is None:
        return other
    start = min((one.block, one.start), (other.block, other.start))
    end = max((one.last_block, one.end), (other.last_block, other.end))
    return Span(start[0], start[1], end[1], -1 if start[0] == end[0] else end[0])


def _partly(
    leaflet: Leaflet, lexicon: Lexicon, lacking: Sequence[Phrase], span: Span | None, bounds: tuple[int, int]
) -> Found:
    """Some sentences stand there: the others may differ in words, or be missing."""
    telling: list[Change] = []
    absent = []
    around = _around(leaflet, span, bounds)
    for phrase in lacking:
        near = _nearest(leaflet, phrase, around, _NEAR_SIBLING) or _nearest(
            leaflet, phrase, bounds, _NEAR_SIBLING
        )
        if near is None:
            absent.append(phrase.source)
            continue
        stands = leaflet.wordtext.span(near.start, near.end)
        if span is None or around[0] <= near.start < around[1]:
            span = join(span, stands)
        telling.extend(_telling(leaflet, lexicon, near))
    if absent:
        return Found("incomplete", span, tuple(telling), tuple(absent))
    return Found("near" if telling else "accepted", span, tuple(telling))


def _around(leaflet: Leaflet, span: Span | None, bounds: tuple[int, int]) -> tuple[int, int]:
    """The part of a slice where the other sentences of a statement stand of which one was found."""
    if span is None:
        return bounds
    text, starts = leaflet.wordtext.text, leaflet.wordtext.starts
    first = text.rfind(" ", bounds[0], max(bounds[0], starts[span.block] - _SIBLING_REACH) + 1)
    last = text.find(" ", starts[span.last_block + 1] + _SIBLING_REACH, bounds[1])
    return max(bounds[0], first), last + 1 if last >= 0 else bounds[1]


def _alike(
    leaflet: Leaflet, lexicon: Lexicon, text: str, signals: Sequence[str], bounds: tuple[int, int]
) -> Found:
    sentences = [phrase for phrase in lexicon.phrases(text) if not phrase.optional]
    main = max(sentences, key=lambda phrase: len(phrase.plain), default=None)
    near = _nearest(leaflet, main, bounds, _CANDIDATE) if main else None
    if near and near.score >= _NEAR:
        telling = _telling(leaflet, lexicon, near)
        rest = tuple(p.source for p in sentences if p is not main)
        tier: Tier = "incomplete" if rest else "near" if telling else "accepted"
        return Found(tier, leaflet.wordtext.span(near.start, near.end), telling, rest)
    if span := find_any(leaflet, lexicon, signals, bounds):
        return Found("paraphrase", span)
    return Found("absent", leaflet.wordtext.span(near.start, near.end) if near else None)


def _nearest(
    leaflet: Leaflet, phrase: Phrase, bounds: tuple[int, int], cutoff: float, tries: int = _TRIES
) -> Near | None:
    """The nearest text to a sentence that does not go on after the end of another one in a new paragraph."""
    near = nearest(phrase, leaflet.wordtext.text, *bounds, cutoff=cutoff)
    near = _from_its_start(leaflet, phrase, near) if near else None
    if near is None or (end := _sentence_end(leaflet, near)) is None:
        return near
    if tries == 0:
        return None
    parts = ((bounds[0], end + 1), (end, bounds[1]))
    found = (_nearest(leaflet, phrase, part, cutoff, tries - 1) for part in parts)
    return max(filter(None, found), key=lambda each: each.score, default=None)


def _from_its_start(leaflet: Leaflet, phrase: Phrase, near: Near) -> Near:
    """A near text without the last words of the sentence before it."""
    span, text = leaflet.wordtext.span(near.start, near.end), leaflet.wordtext.text
    before = _END_BEFORE.match(leaflet.blocks[span.block].text, span.start)
    if before is None or (before.end() >= span.end and span.last_block == span.block):
        return near
    start = near.start
    for _ in words(before.group()):
        start = text.find(" ", start + 1, near.end)
    if start < 0:
        return near
    return replace(near, start=start, changes=changes(phrase, text[start : near.end]))


def _sentence_end(leaflet: Leaflet, near: Near) -> int | None:
    """Where in the word text a paragraph ends with a full stop or is a heading, inside a near text."""
    span = leaflet.wordtext.span(near.start, near.end)
    for index in range(span.block, span.last_block):
        block = leaflet.blocks[index]
        if block.kind == "heading" or block.text.rstrip().endswith(_SENTENCE_ENDS):
            return leaflet.wordtext.starts[index + 1]
    return None


def _telling(leaflet: Leaflet, lexicon: Lexicon, near: Near) -> tuple[Change, ...]:
    """The changes that may alter the meaning: not of harmless words or of the product's name alone."""
    negations = (word for entry in lexicon.pack.modality.get("not", ()) for word in words(entry))
    ignored = lexicon.harmless.union(words(leaflet.facts.product.name)).difference(negations)
    return tuple(
        change for change in near.changes if not ignored.issuperset(f"{change.wanted} {change.given}".split())
    )
