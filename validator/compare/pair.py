"""A source and its translation with what stands for what: all that the comparisons look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from validator.compare.alignment import Bead, beads, expansion
from validator.compare.displaced import by_text
from validator.compare.numbered import aligned
from validator.compare.units import Unit, units
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.quantities import Quantity
from validator.facts import quantities
from validator.facts.collect import MEASURED
from validator.grammar import Grammar, grammar

Side = Literal["left", "right"]
_LOST = 0.2  # share of lonely blocks from which a section is divided otherwise on the two sides
_LOST_LEAST = 4  # blocks
_COARSE = 1.6  # how many times as many blocks one side of a section may have
_CONTACTS, _HOLDER = "contents", ("holder", "manufacturer")
_ADDRESSED = ("side-effects", "end", "")  # sections in which a country has addresses of its own
_REACHED = re.compile(r"@|\+\s?\d\d|\(0\)\s?\d")  # an address of e-mail or a number of a telephone
_FEW = 3  # contacts that a sentence names at most
_MANY = 3  # sections that do not fit, from which they may stand under other headings
_LINES = 100  # characters that a line of an address does not have
_AROUND = 30  # characters around a place that are shown with it


@dataclass(frozen=True)
class Pair:
    """Two leaflets and their beads.

    `expansion` is how many characters of the target stand for one of the source; `contacts` are the
    beads with addresses; `unsure` are the sections that the two files divide in other ways. The beads of
    a bilingual file are `segments` of its own: nothing of one is looked for in another. `numbered` are the
    sections that the target has by their number alone; `displaced` tells of headings of the target of which
    section of the source the text stands under them.
    """

    source: Leaflet
    target: Leaflet
    beads: tuple[Bead, ...]
    expansion: float
    contacts: Set[Bead] = frozenset()
    unsure: Set[str] = frozenset()
    segments: bool = False
    numbered: Set[str] = frozenset()
    displaced: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def sides(self) -> dict[Bead, tuple[tuple[tuple[Unit, ...], tuple[Unit, ...]], ...]]:
        """The sentences of beads side by side, as far as a check asked for them."""
        return {}

    @property
    def source_grammar(self) -> Grammar:
        """How the source's language writes figures and units."""
        return grammar(self.source.language.value)

    @property
    def target_grammar(self) -> Grammar:
        """How the target's language writes figures and units."""
        return grammar(self.target.language.value)

    @cached_property
    def both(self) -> tuple[Bead, ...]:
        """The beads that have two sides, without those of addresses."""
        return tuple(bead for bead in self.beads if not bead.lonely and bead not in self.contacts)

    @cached_property
    def source_quantities(self) -> Mapping[int, Sequence[Quantity]]:
        """The quantities of the source by block."""
        return _quantities(self.source, self.source_grammar, (u for bead in self.both for u in bead.left))

    @cached_property
    def target_quantities(self) -> Mapping[int, Sequence[Quantity]]:
        """The quantities of the target by block."""
        return _quantities(self.target, self.target_grammar, (u for bead in self.both for u in bead.right))

    @cached_property
    def source_intakes(self) -> Mapping[int, Sequence[Quantity]]:
        """How often the source says that something is taken, as quantities by block."""
        return _intakes(self.source, self.source_grammar, (u for bead in self.both for u in bead.left))

    @cached_property
    def target_intakes(self) -> Mapping[int, Sequence[Quantity]]:
        """How often the target says that something is taken, as quantities by block."""
        return _intakes(self.target, self.target_grammar, (u for bead in self.both for u in bead.right))

    def sure(self, bead: Bead) -> bool:
        """Whether what a bead lacks is missing, and not only put elsewhere in the file."""
        return bead.section not in self.unsure

    def text(self, bead: Bead, side: Side) -> str:
        """The words of one side of a bead."""
        leaflet, own = self._side(bead, side)
        return " ".join(leaflet.blocks[unit.block].text for unit in own)

    def words(self, bead: Bead, side: Side) -> list[str]:
        """The folded words of one side of a bead."""
        leaflet, own = self._side(bead, side)
        return [word for unit in own for word in leaflet.wordtext.words(unit.block)]

    def span(self, bead: Bead, side: Side) -> Span | None:
        """The place of one side of a bead, from its first block to its last."""
        leaflet, own = self._side(bead, side)
        if not own:
            return None
        first, last = own[0].block, own[-1].block
        return Span(first, 0, len(leaflet.blocks[last].text), -1 if first == last else last)

    def _side(self, bead: Bead, side: Side) -> tuple[Leaflet, tuple[Unit, ...]]:
        return (self.source, bead.left) if side == "left" else (self.target, bead.right)

    def home(self, bead: Bead) -> Span | None:
        """Where in the target belongs what a bead lacks there: before the next block that has a source."""
        at = self.beads.index(bead)
        for following in self.beads[at + 1 :]:
            if following.right:
                return Span(following.right[0].block, 0, 0)
        for former in reversed(self.beads[:at]):
            if former.right:
                block = former.right[-1].block
                end = len(self.target.blocks[block].text)
                return Span(block, end, end)
        return None


def paired(source: Leaflet, target: Leaflet) -> Pair:
    """Two leaflets aligned by what they say."""
    target, numbered = aligned(source, target)
    left = units(source, grammar(source.language.value))
    right = units(target, grammar(target.language.value))
    found = beads(left, right)
    contacts, unsure = _judged(source, target, found)
    displaced: Mapping[str, str] = {}
    if len(unsure) >= _MANY:
        right, displaced = by_text(left, right)
        if displaced:
            found = beads(left, right)
            contacts, unsure = _judged(source, target, found)
    return Pair(
        source,
        target,
        tuple(found),
        expansion(left, right),
        contacts,
        unsure,
        numbered=numbered,
        displaced=displaced,
    )


def _judged(source: Leaflet, target: Leaflet, found: list[Bead]) -> tuple[frozenset[Bead], frozenset[str]]:
    """The beads with addresses, and the sections that the two files divide in other ways."""
    contacts = _contacts(source, target, found)
    return contacts, frozenset(_unsure([bead for bead in found if bead not in contacts]))


def given(source: Leaflet, target: Leaflet, pairs: Iterable[tuple[int, int]]) -> Pair:
    """Two leaflets whose blocks a bilingual file has aligned: the pairs are their numbers."""
    left = {unit.block: unit for unit in units(source, grammar(source.language.value))}
    right = {unit.block: unit for unit in units(target, grammar(target.language.value))}
    found = [_given(left.get(one), right.get(other)) for one, other in pairs if one in left or other in right]
    return Pair(
        source,
        target,
        tuple(found),
        expansion(list(left.values()), list(right.values())),
        _contacts(source, target, found),
        segments=True,
    )


def _given(one: Unit | None, other: Unit | None) -> Bead:
    section = one.section if one else other.section if other else ""
    return Bead(section, (one,) if one else (), (other,) if other else ())


def _contacts(source: Leaflet, target: Leaflet, found: Sequence[Bead]) -> frozenset[Bead]:
    """The addresses of the holder and of those who represent it, which differ from country to country.

    A whole sentence that names one, outside their list and the report of side effects, is compared.
    """
    told = {
        bead
        for bead in found
        for leaflet, side in ((source, bead.left), (target, bead.right))
        if any(_REACHED.search(leaflet.blocks[unit.block].text) for unit in side)
    }
    own = [bead for bead in found if bead.section == _CONTACTS]
    holder = (at for at, bead in enumerate(own) if any(u.key in _HOLDER for u in bead.left + bead.right))
    first = next(holder, len(own))
    last = max([first + 1, *(at + 1 for at, bead in enumerate(own) if bead in told)])
    while last < len(own) and not (_is_sentence(own[last].left) or _is_sentence(own[last].right)):
        last += 1
    lists = _ADDRESSED if first < len(own) else (*_ADDRESSED, _CONTACTS)
    listed = {bead for bead in told if bead.section in lists or not _names_few(source, bead.left)}
    return frozenset(listed.union(own[first:last]))


def _names_few(leaflet: Leaflet, own: Sequence[Unit]) -> bool:
    """Whether a text is a sentence that names a contact or some, and no list of them run into one block."""
    count = sum(len(_REACHED.findall(leaflet.blocks[unit.block].text)) for unit in own)
    return _is_sentence(own) and count <= _FEW


def _is_sentence(own: Sequence[Unit]) -> bool:
    """Whether a text is long enough for a sentence: what is shorter among addresses is one of their lines."""
    return sum(unit.length for unit in own) >= _LINES


def _unsure(found: Sequence[Bead]) -> Iterator[str]:
    for section in {bead.section for bead in found}:
        own = [bead for bead in found if bead.section == section]
        lonely = sum(bead.lonely for bead in own)
        left, right = sum(len(bead.left) for bead in own), sum(len(bead.right) for bead in own)
        uneven = min(left, right) and max(left, right) > _COARSE * min(left, right) + _LOST_LEAST
        if uneven or (lonely >= _LOST_LEAST and lonely > _LOST * len(own)):
            yield section


def _quantities(leaflet: Leaflet, words: Grammar, own: Iterable[Unit]) -> dict[int, list[Quantity]]:
    """Those that the facts hold, and those of the sections from which no facts are drawn."""
    found: dict[int, list[Quantity]] = {}
    for quantity in leaflet.facts.quantities:
        found.setdefault(quantity.span.block, []).append(quantity)
    read = {name for name in MEASURED if leaflet.section(name)}
    texts = ((u.block, leaflet.blocks[u.block].text) for u in own if u.figures and u.section not in read)
    for passage in quantities.read(texts, words):
        found[passage.block] = list(passage.quantities)
    return found


def _intakes(leaflet: Leaflet, words: Grammar, own: Iterable[Unit]) -> dict[int, list[Quantity]]:
    """The 12 hours of "every 12 hours"; the 3 of "3 times a day", in the family "times"."""
    found: dict[int, list[Quantity]] = {}
    for passage in quantities.read(
        ((u.block, leaflet.blocks[u.block].text) for u in own if u.figures), words
    ):
        for intake in passage.intakes:
            unit = words.units.get(intake.unit)
            if unit:
                value, family = (intake.times, "times") if intake.every == 1 else (intake.every, unit.family)
                found.setdefault(passage.block, []).append(
                    Quantity(intake.span, value, value, Decimal(1), intake.unit, family, unit.factor)
                )
    return found


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of some whole words around a place of a text."""
    first = text.rfind(" ", 0, max(0, start - _AROUND)) + 1 if start > _AROUND else 0
    last = text.find(" ", min(len(text), end + _AROUND))
    return first, len(text) if last < 0 else last
