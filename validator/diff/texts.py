"""Both versions with what is needed to judge a difference, and the edits of what is gone or new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from validator.diff.edit import ADDED, EXCHANGED, LOST, Edit, Kind
from validator.diff.figures import Figures, figures
from validator.diff.force import Force
from validator.diff.names import is_form, name_words
from validator.diff.topics import Topic
from validator.diff.units import Unit, span_of
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Problem
from validator.document.text import fold_wording, words
from validator.facts.contacts import without_contacts
from validator.lexicon import Lexicon


@dataclass(frozen=True)
class Texts:
    """Both versions with what is needed to judge a difference between them."""

    old: Leaflet
    new: Leaflet
    lexicon: Lexicon

    @cached_property
    def force(self) -> Force:
        """The words that bind."""
        return Force(self.lexicon)

    @cached_property
    def joining(self) -> frozenset[str]:
        """The words between the parts of a list: "and", "or"."""
        return frozenset(self.lexicon.grammar.data.dosing["and"])

    @cached_property
    def opening(self) -> frozenset[str]:
        """Words that begin a condition: "if", "unless"."""
        return frozenset(fold_wording(each) for each in self.lexicon.grammar.data.force.condition)

    @cached_property
    def harmless(self) -> frozenset[str]:
        """Words that may differ without changing what is said."""
        names = [name for side in (self.old, self.new) for name in name_words(side)]
        forms = (word for word in self.old_words | self.new_words for name in names if is_form(word, name))
        return self.lexicon.harmless.union(forms, self._units)

    @cached_property
    def _units(self) -> frozenset[str]:
        """The words of units, rhythms and ranges: where they change, the figures do."""
        data = self.lexicon.grammar.data
        known = (*data.units.values(), *data.each.values(), data.dosing["to"])
        return frozenset(word for names in known for name in names for word in words(name))

    @cached_property
    def new_words(self) -> frozenset[str]:
        """All words of the newer version."""
        return frozenset(self.new.wordtext.text.split())

    @cached_property
    def old_words(self) -> frozenset[str]:
        """All words of the older version."""
        return frozenset(self.old.wordtext.text.split())

    def figures(self, leaflet: Leaflet, found: Iterable[Unit]) -> Figures:
        """The figures of some units, without numbers of sections and of telephones."""
        return figures((_bare(leaflet, unit) for unit in found), self.lexicon.grammar)

    def removed(self, found: Sequence[Unit], place: Span | None) -> Edit:
        """The edit that left out some units of one block; `place` is where they would stand."""
        span = span_of(found)
        kind = self._gone(found)
        return Edit(kind, "missing", "missing", span, place, found[0].section, before=self.old.text(span))

    def heading(self, unit: Unit, place: Span | None) -> Edit:
        """The edit that left out a heading: what stood under it may read as something else now."""
        if unit.topic == "contraindication":
            kind: Kind = "contraindication-removed"
            return Edit(kind, "missing", "heading", unit.span, place, unit.section, before=unit.text)
        return Edit("text-removed", "altered", "heading", unit.span, place, unit.section, before=unit.text)

    def repeated(self, unit: Unit, place: Span | None) -> Edit:
        """The edit that left out what its part of the leaflet says once more."""
        return Edit("text-removed", "altered", "repeated", unit.span, place, unit.section, before=unit.text)

    def _gone(self, found: Sequence[Unit]) -> Kind:
        first = found[0]
        if first.topic == "effect":
            return "side-effect-removed" if first.kind == "item" else "warning-removed"
        if first.topic == "excipient" and first.kind != "item":
            return "text-removed"
        return self._numeric(first.topic, self.figures(self.old, self._row(found))) or LOST[first.topic]

    def _row(self, found: Sequence[Unit]) -> Sequence[Unit]:
        """Some units of a row of a table as its whole row: a band goes with the dose beside it."""
        first, block = found[0], self.old.blocks[found[0].span.block]
        if not block.cells:
            return found
        return [replace(first, text=block.text, span=Span(first.span.block, 0, len(block.text)))]

    def exchanged(self, before: Sequence[Unit], after: Sequence[Unit], case: str) -> Edit:
        """The edit that put what some units say in another order."""
        old, new = span_of(before), span_of(after)
        kind = self._numeric(before[0].topic, self.figures(self.old, before)) or EXCHANGED[before[0].topic]
        if case == "order":
            kind = "instruction-removed"
        words = " ".join(unit.text for unit in before), " ".join(unit.text for unit in after)
        return Edit(kind, "out-of-order", case, old, new, before[0].section, *words)

    def added(self, found: Sequence[Unit]) -> Edit:
        """The edit that put in some units of one block."""
        first, span = found[0], span_of(found)
        kind: Kind = ADDED.get(first.topic, "text-added")
        problem: Problem = "inconsistent"
        if first.kind != "item" and first.topic in ("effect", "excipient"):
            kind = "text-added"
        if numeric := self._numeric(first.topic, self.figures(self.new, found)):
            kind = numeric
        elif first.topic == "storage":
            problem = "altered"
        return Edit(kind, problem, "added", None, span, first.section, after=self.new.text(span))

    def _numeric(self, topic: Topic, found: Figures) -> Kind | None:
        """The rule for a text that counts by its figures."""
        if topic == "instruction" and found.of_dose():
            return "dose-changed"
        if topic == "composition" and found.of_dose():
            return "strength-changed"
        if topic == "storage" and found.of_time():
            return "shelf-life-changed"
        return None


def _bare(leaflet: Leaflet, unit: Unit) -> str:
    """The text of a unit with contacts and numbers of sections blanked out."""
    text = without_contacts(unit.text)
    for reference in leaflet.facts.references:
        span = reference.span
        if span.block == unit.span.block and unit.span.start <= span.start and span.end <= unit.span.end:
            low, high = span.start - unit.span.start, span.end - unit.span.start
            text = text[:low] + " " * (high - low) + text[high:]
    return text
