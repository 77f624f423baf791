"""Which paragraph of a template says which entry of a wording file, and what is doubtful about it.

Within a zone, headings and statements each keep their order. Where the language has a pack, likeness of
wording decides; in a new language the build of the sentences does (see `likeness.built_alike`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from validator.statements import phrases
from validator.template.expected import ANYWHERE, Expected, Keys, Outlined
from validator.template.likeness import SLOT, alike, built_alike, holds, same
from validator.template.notation import Paragraph
from validator.template.zones import Zones, forms, numbered_zone

_LEAST, _SURE, _ALIKE = 55, 80, 3  # likeness of wording; a rival that comes so near makes it doubtful
_BUILT_LEAST, _BUILT_SURE, _BUILT_ALIKE = 50, 80, 10
_UNDER = 20  # what standing below its own sub-heading counts
_MOVED, _SAME = 85, 95  # likeness from which wording is known in another place, and from which for sure


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry with the paragraph (index) that says it; any doubt keeps it from being written."""

    entry: Expected
    at: int
    score: float
    doubts: tuple[str, ...] = ()
    remark: str = ""


def placements(given: Sequence[Paragraph], law: Outlined, found: Zones) -> list[Placed]:
    """Every entry that was found, in the order of the wording file."""
    placer = _Placer(given, law, found)
    placed = [*placer.fixed(), *placer.aligned(heading=True)]
    placer.take(placed)
    placed += placer.aligned(heading=False)
    placer.take(placed)
    placed += placer.moved(placed)
    order = {entry.keys: number for number, entry in enumerate(law.entries)}
    return sorted(placed, key=lambda each: order[each.entry.keys])


class _Placer:
    """The paragraphs of one template, and which of them are taken."""

    def __init__(self, given: Sequence[Paragraph], law: Outlined, found: Zones) -> None:
        self._given, self._law, self._found = given, law, found
        self._zone = numbered_zone(given, found)
        self._taken: dict[int, Expected] = {}

    def take(self, placed: Sequence[Placed]) -> None:
        """Mark the paragraphs that are spoken for."""
        self._taken.update({each.at: each.entry for each in placed})

    def fixed(self) -> list[Placed]:
        """What the build of the leaflet alone places: section headings and the title of their list."""
        places: dict[Keys, int] = {("sections", name): at for name, at in self._found.headings.items()}
        if self._found.contents:
            places[("contents_title",)] = self._found.contents.start - 1
        found = [
            Placed(e, places[e.keys], self._score(places[e.keys], e))
            for e in self._law.entries
            if e.keys in places
        ]
        self.take(found)
        return [self._judged(each, []) for each in found]

    def aligned(self, heading: bool) -> list[Placed]:
        """The headings or the statements of every zone, each zone in the order of the template."""
        return [each for zone in self._found.of for each in self._in_zone(zone, heading)]

    def _in_zone(self, zone: str, heading: bool) -> Iterator[Placed]:
        known = {entry.keys for entry in self._taken.values()}
        entries = [e for e in self._law.of(zone, heading) if e.keys not in known]
        free = [i for i in self._found.of[zone] if self._zone[i] and i not in self._taken]
        pairs = best_order(len(free), len(entries), lambda i, e: self._worth(free[i], entries[e]))
        counted = self._law.pack is None and self._count(free, heading) == len(entries) == len(pairs)
        for i, e in pairs:
            placed = Placed(entries[e], free[i], self._score(free[i], entries[e]))
            # As many as expected: none of the others is a rival.
            yield self._judged(placed, [] if counted else [at for at in free if at != free[i]])

    def _count(self, places: Sequence[int], heading: bool) -> int:
        return sum(self._given[at].heading == heading for at in places)

    def _score(self, at: int, entry: Expected) -> float:
        text = self._given[at].text
        if entry.old:
            return alike(text, forms(entry.old))
        if self._given[at].heading != entry.heading:
            return 0.0
        return min(100.0, built_alike(text, entry.reference.text) + _UNDER * self._below(at, entry))

    def _below(self, at: int, entry: Expected) -> bool:
        """Whether the sub-heading before a paragraph is the one that the entry belongs under."""
        above = (self._taken[i].keys for i in range(at - 1, -1, -1) if i in self._taken)
        return bool(entry.under) and next(above, ()) == ("subheadings", entry.under)

    def _worth(self, at: int, entry: Expected) -> float:
        return self._score(at, entry) - (_LEAST if entry.old else _BUILT_LEAST)

    def _judged(self, placed: Placed, others: Sequence[int]) -> Placed:
        paragraph, entry = self._given[placed.at], placed.entry
        sure, near = (_SURE, _ALIKE) if entry.old else (_BUILT_SURE, _BUILT_ALIKE)
        doubts = []
        if entry.keys[0] in ("sections", "contents_title"):  # placed by number or place, whatever their words
            sure = _LEAST if entry.old else 0
        # Where a sentence stands helps to find it, but does not make it sure.
        score = placed.score if entry.old else built_alike(paragraph.text, entry.reference.text)
        if score < sure:
            how = "like the wording known" if entry.old else "built like the reference"
            doubts.append(f"only {score:.0f} of 100 {how}")
        rivals = [at for at in others if self._score(at, entry) >= placed.score - near]
        if placed.score < 100 and any(not same(self._given[at].text, paragraph.text) for at in rivals):
            doubts.append("another paragraph is as much like it")
        return Placed(entry, placed.at, placed.score, (*doubts, *_losses(paragraph, entry)))

    def moved(self, placed: Sequence[Placed]) -> Iterator[Placed]:
        """Known wording that stands outside the order of the template, or in another zone."""
        done = {each.entry.keys for each in placed}
        for entry in self._law.entries:
            if entry.keys in done or not entry.fixed or not entry.old:
                continue
            free = [i for i, zone in enumerate(self._zone) if zone and i not in self._taken]
            at = max(free, key=lambda i: self._score(i, entry), default=None)
            if at is None or (score := self._score(at, entry)) < _MOVED:
                continue
            self._taken[at] = entry
            yield self._out_of_order(Placed(entry, at, score))

    def _out_of_order(self, placed: Placed) -> Placed:
        entry, losses = placed.entry, _losses(self._given[placed.at], placed.entry)
        zone = self._zone[placed.at]
        if entry.zone == ANYWHERE:
            return Placed(entry, placed.at, placed.score, losses)
        if zone != entry.zone:
            losses = (f"stands in {zone}, not in {entry.zone}", *losses)
        elif placed.score < _SAME:
            losses = ("stands in another order, in other words", *losses)
        return Placed(entry, placed.at, placed.score, losses, "stands in another order")


def _losses(paragraph: Paragraph, entry: Expected) -> tuple[str, ...]:
    """What taking over changed words would lose or add."""
    if entry.old and same(paragraph.text, entry.old.text):
        return ()
    wanted = (entry.old or entry.reference).text
    doubts = list(paragraph.doubts)
    if len(_slots(paragraph.text)) < len(_slots(wanted)):
        doubts.append("the template has fewer slots than the wording known")
    more = len(phrases(paragraph.text)) - len(phrases(wanted))
    if more > 0 and (not entry.old or holds(paragraph.text, wanted)):
        doubts.append("the paragraph says more than this entry")
    if more < 0:
        doubts.append("the paragraph has fewer sentences than this entry")
    return tuple(doubts)


def _slots(notation: str) -> list[str]:
    return SLOT.findall(notation)


def best_order(rows: int, columns: int, worth: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """Pairs of rows and columns, both rising, whose worths add up to the most; worths below 0 never pair."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    values = [[worth(i, j) for j in range(columns)] for i in range(rows)]
    for i in range(rows):
        for j in range(columns):
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + values[i][j])
    pairs = []
    i, j = rows, columns
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]
