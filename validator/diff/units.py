"""A leaflet taken apart into what can be matched: sentences, list items, single effects and excipients."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from validator.checks.locate import find_any
from validator.diff.names import unnamed
from validator.diff.topics import Topic, topic
from validator.document.leaflet import Leaflet, Section
from validator.document.location import Span
from validator.document.text import BULLETS, WORD
from validator.facts.excipients import ingredients, introduction
from validator.grammar import sentence_ends
from validator.lexicon import Lexicon

UnitKind = Literal["sentence", "item", "heading", "label", "date"]
_LISTED = 5  # words that the parts of a list have on average; sentences between commas have more
_FEW_FIGURES = 2  # figures alone: a number of a list or a page, not of a telephone
_BULLET_WORDS = 8  # words of a list item that names a side effect outside any category
_TAIL = 60  # characters between the figures of a frequency label and its closing bracket
_MOST_PARTS = 400  # parts of one block; real lists of ingredients have fewer than 60
# "1." or "b)" before the text: a number of the list, not of the text.
_ENUMERATOR = re.compile(rf"\s*(?:[{BULLETS}\-–*]\s*)?(?:\(?(?:\d{{1,2}}|[a-z])[.)]\s+)?")
_LIST = re.compile(r"\s*\{[^{}]*\}[.:]?$")  # the slot of a wording that the list fills
_BULLET = re.compile(f"[{BULLETS}]")
_SEPARATOR = r",(?!\d)|(?<!\d),|[;()\[\]:]|/(?!\d)|\s[-–]\s"  # no decimal comma


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of text that is compared as a whole.

    `words` are folded; `key` is the same without blanks, so that broken and joined words meet.
    `bounds` are the offsets in the key at which a part of a list or a clause begins or ends; `bare`
    is the key without the words that join parts.
    `part` is the sub-heading over it, `label` the frequency category. An `item` is a single side
    effect or excipient; headings, labels and dates are known, but their own edits are not told.
    """

    number: int
    span: Span
    text: str
    words: tuple[str, ...]
    key: str
    section: str
    part: str
    topic: Topic
    kind: UnitKind
    label: str = ""
    bounds: tuple[int, ...] = ()
    bare: str = ""

    @property
    def context(self) -> tuple[str, str, str]:
        """Where it stands as far as its meaning depends on it."""
        return self.section, self.topic, self.label


def glued(found: Iterable[str]) -> str:
    """Words without the blanks between them, save between two figures."""
    made = ""
    for word in found:
        made += f" {word}" if made[-1:].isdigit() and word[0].isdigit() else word
    return made


def units(leaflet: Leaflet, lexicon: Lexicon, name: tuple[str, ...] = ()) -> list[Unit]:
    """The units of a leaflet in reading order; furniture and the list of contents are left out.

    `name` are words that make no difference where they stand: those of a trade name that changed.
    """
    return list(_Cutter(leaflet, lexicon, name).run())


def _closed(text: str, start: int, end: int) -> int:
    """The end of a frequency label with the bracket that it opens: "(may affect up to 1 in 10 people)"."""
    opened = text.count("(", start, end) > text.count(")", start, end)
    close = text.find(")", end, end + _TAIL) if opened else -1
    return end if close < 0 else close + 1


def _introduced(leaflet: Leaflet, lexicon: Lexicon) -> Span | None:
    """The words that introduce the list of the other ingredients, without the first of them."""
    whole = introduction(leaflet, lexicon)
    if whole is None:
        return None
    bounds = leaflet.wordtext.bounds(whole.block, whole.last_block + 1)
    for notation in lexicon.forms("excipients"):
        phrase = lexicon.phrases(_LIST.sub("", notation))[0]
        if found := phrase.find(leaflet.wordtext.text, *bounds):
            span = leaflet.wordtext.span(*found)
            if span.start == whole.start:
                return span
    return whole


class _Cutter:
    """Walks over the blocks once; what is known of places is looked up by block."""

    def __init__(self, leaflet: Leaflet, lexicon: Lexicon, name: tuple[str, ...]) -> None:
        self.leaflet = leaflet
        self.name = name
        self.number = 0
        self.effects = lexicon.profile.reporting_section
        self.ingredients = ingredients(leaflet, lexicon)
        self.introduction = _introduced(leaflet, lexicon)
        joining = "|".join(map(re.escape, lexicon.grammar.data.dosing["and"])) or "(?!)"
        self.separator = re.compile(rf"{_SEPARATOR}|(?<!\w)(?:{joining})(?!\w)")
        self.composition = {quantity.span.block for quantity in leaflet.facts.composition}
        everything = leaflet.wordtext.bounds(0, len(leaflet.blocks))
        self.date = find_any(leaflet, lexicon, lexicon.forms("last-revised"), everything)
        self.labels: dict[int, list[tuple[Span, str]]] = {}
        for use in leaflet.facts.frequency_uses:
            self.labels.setdefault(use.span.block, []).append((use.span, use.label if use.listed else ""))

    def run(self) -> Iterator[Unit]:
        """All units."""
        contents = self.leaflet.contents_list
        listed = range(contents.first, contents.stop) if contents else range(0)
        for section in self.leaflet.sections:
            part, label = "", ""
            headings = {sub.heading.block: sub for sub in section.subsections}
            for index in range(section.first, section.stop):
                block = self.leaflet.blocks[index]
                if block.kind in ("furniture", "image") or not block.text or index in listed:
                    continue
                start = 0
                if section.heading and index == section.heading.block:
                    start = section.heading.end
                if sub := headings.get(index):
                    # A sub-heading that the template does not know may be a warning in bold type.
                    part, start = (sub.id, sub.heading.end) if sub.id else (part, start)
                    label = "" if sub.id else label
                if start:
                    yield from self._units(section, part, Span(index, 0, start), "heading", label)
                for low, high, kind, over in self._cut(index, start, label):
                    label = over
                    yield from self._units(section, part, Span(index, low, high), kind, label)

    def _cut(self, index: int, start: int, label: str) -> Iterator[tuple[int, int, UnitKind, str]]:
        """The stretches of a block between what is known: frequency labels, the introduction of a list."""
        text = self.leaflet.blocks[index].text
        known: list[tuple[int, int, UnitKind, str]] = []
        for span, name in self.labels.get(index, ()):
            known.append((span.start, _closed(text, span.start, span.end), "label", name))
        intro = self.introduction
        if intro and intro.block == index and intro.last < 0:
            known.append((intro.start, intro.end, "label", label))
        for low, high, kind, name in sorted(known):
            if low > start:
                yield start, low, "sentence", label
            label = name
            yield max(low, start), high, kind, label
            start = max(start, high)
        if start < len(text):
            yield start, len(text), "sentence", label

    def _units(self, section: Section, part: str, span: Span, kind: UnitKind, label: str) -> Iterator[Unit]:
        listing = self._in_ingredients(span)
        about = topic(section.id, part, self.effects, listing)
        if about == "text" and span.block in self.composition:
            about = "composition"
        pieces: Iterable[tuple[int, int]] = [(span.start, span.end)]
        if kind == "sentence":
            pieces = self._sentences(span)
        for low, high in pieces:
            for first, last, own in self._parts(span.block, low, high, kind, about, label, listing):
                if made := self._unit(section.id, part, Span(span.block, first, last), own, about, label):
                    yield made

    def _in_ingredients(self, span: Span) -> bool:
        if self.introduction is None or span.block not in self.ingredients:
            return False
        return span.block > self.introduction.block or span.start >= self.introduction.start

    def _sentences(self, span: Span) -> Iterator[tuple[int, int]]:
        block = self.leaflet.blocks[span.block]
        text = block.text[span.start : span.end]
        folded = self.leaflet.folded[span.block][span.start : span.end]
        cuts = set(sentence_ends(folded, text))
        if (begin := _ENUMERATOR.match(folded)) and begin.end() > 0:
            cuts -= set(range(begin.end() + 1))  # "1." before the text ends no sentence
        cuts |= {match.start() for match in _BULLET.finditer(text)}
        cuts |= {cell - span.start for cell in block.cells if span.start < cell < span.end}
        low = 0
        for high in sorted(cuts | {len(text)}):
            if high > low:
                yield span.start + low, span.start + high
            low = high

    def _parts(
        self, block: int, low: int, high: int, kind: UnitKind, about: Topic, label: str, listing: bool
    ) -> Iterator[tuple[int, int, UnitKind]]:
        """The single effects or excipients of a list; a sentence stays whole."""
        folded = self.leaflet.folded[block]
        if kind != "sentence" or not (listing or (about == "effect" and label)):
            bullet = about == "effect" and self.leaflet.blocks[block].kind == "item"
            short = kind == "sentence" and len(folded[low:high].split()) <= _BULLET_WORDS
            yield low, high, "item" if bullet and short else kind
            return
        if begin := _ENUMERATOR.match(folded, low, high):
            low = begin.end()
        bounds = [low]
        for match in self.separator.finditer(folded, low, high):
            bounds += match.span()
        bounds.append(high)
        parts = [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if folded[a:b].strip(" .")]
        words = sum(len(folded[a:b].split()) for a, b in parts)
        if not parts or words > _LISTED * len(parts) or len(parts) > _MOST_PARTS:
            yield low, high, kind
            return
        for first, last in parts:
            yield first, last, "item"

    def _unit(
        self, section: str, part: str, span: Span, kind: UnitKind, about: Topic, label: str
    ) -> Unit | None:
        text = self.leaflet.blocks[span.block].text
        folded = self.leaflet.folded[span.block]
        begin = _ENUMERATOR.match(folded, span.start, span.end)
        start = begin.end() if begin else span.start
        found = tuple(WORD.findall(folded[start : span.end]))
        lettered = any(char.isalpha() for word in found for char in word)
        loose = about == "excipient" or (about == "text" and len(found) <= _FEW_FIGURES)
        if not found or (loose and not lettered):
            return None
        end = start + len(text[start : span.end].rstrip())
        if self.date and self.date.block <= span.block <= self.date.last_block:
            kind = "date"
        self.number += 1
        place = Span(span.block, start, end)
        return Unit(
            self.number - 1,
            place,
            text[start:end],
            found,
            glued(unnamed(found, self.name)),
            section,
            part,
            about,
            kind,
            label,
            tuple(self._bounds(folded, start, span.end)),
            glued(word for word in found if not self.separator.fullmatch(word)),
        )

    def _bounds(self, folded: str, start: int, stop: int) -> Iterator[int]:
        """Where in the key of folded[start:stop] its clauses and the parts of its lists meet."""
        made = ""
        end = start
        for match in WORD.finditer(folded, start, stop):
            word = match.group()
            joins = self.separator.fullmatch(word) is not None
            apart = end > start and self.separator.search(folded, end, match.start()) is not None
            if apart or joins:
                yield len(made)
            made += f" {word}" if made[-1:].isdigit() and word[0].isdigit() else word
            if joins:
                yield len(made)
            end = match.end()


def span_of(found: Sequence[Unit]) -> Span:
    """The place of units that follow one another."""
    first, last = found[0].span, found[-1].span
    if first.block == last.block:
        return Span(first.block, first.start, last.end)
    return Span(first.block, first.start, last.end, last.block)
