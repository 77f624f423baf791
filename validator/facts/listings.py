"""Which texts stand under which frequency category: by column, by row, and after lines that name one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from validator.document.blocks import Block
from validator.document.location import Anchor
from validator.facts import frequencies
from validator.facts.categories import Categories, Head
from validator.facts.tables import cells
from validator.grammar import Grammar

PROSE = 12  # words; a longer paragraph is running text
_ROWS = 2  # cells that make a row of a table


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text under a category: characters `start` to `end` of a block."""

    label: str
    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands under categories, and the numbers of the blocks of which that cannot be told."""

    under: tuple[Stretch, ...]
    rest: tuple[int, ...]


def listing(blocks: Mapping[int, Block], grammar: Grammar) -> Listing:
    """Read a section on adverse reactions; page numbers and running heads are passed over."""
    shown = {i: block for i, block in blocks.items() if block.kind != "furniture" and block.text.strip()}
    lines = [(i, block.text) for i, block in shown.items() if not _is_row(block)]
    strong = {i for i, block in shown.items() if block.kind == "heading" or block.strong}
    definitions, _ = frequencies.read(lines, grammar, strong)
    reader = _Reader(shown, Categories(grammar, definitions))
    order = list(shown)
    for position, index in enumerate(order):
        if _is_row(shown[index]):
            following = order[position + 1] if position + 1 < len(order) else None
            reader.row(index, following)
        else:
            reader.line(index)
    return Listing(tuple(reader.under), tuple(reader.rest))


def _is_row(block: Block) -> bool:
    return block.kind == "row" and len(block.cells) >= _ROWS


@dataclass(slots=True)
class _Reader:
    """Goes through the blocks and keeps which category is in force.

    `region` is the category of a line whose effects follow in blocks of their own; `bare` says that none has
    yet: another such line then shows that columns were `lost`. `items`: some were items of a list.
    `firm`: the line is marked as a heading, and a table may follow it. `columns` are the categories of a
    table's head.
    """

    blocks: Mapping[int, Block]
    names: Categories
    under: list[Stretch] = field(default_factory=list)
    rest: list[int] = field(default_factory=list)
    region: str = ""
    bare: bool = False
    items: bool = False
    lost: bool = False
    firm: bool = False
    columns: Mapping[int, str] = field(default_factory=dict)
    width: int = 0

    def line(self, index: int) -> None:
        """Read a paragraph, heading or item."""
        block = self.blocks[index]
        if index in self.names.explained:
            return
        heads = self.names.heads(index, block)
        if heads:
            self._headed(index, heads)
            return
        self.lost = False
        if self.region and block.kind == "paragraph" and self.names.remark(block.text):
            self.rest.append(index)
        elif self.region and not self._closes(block):
            self._add(self.region, index, 0, len(block.text))
            self.bare, self.items = False, self.items or block.kind == "item"
        else:
            self.region = ""
            self.rest.append(index)
            if _is_prose(block):
                self.columns = {}

    def row(self, index: int, following: int | None) -> None:
        """Read a row of a table."""
        block = self.blocks[index]
        found = cells(block)
        named = {
            column: labels
            for column, start, end in found
            if (labels := self.names.alone(block.text[start:end]))
        }
        single = {column: labels[0] for column, labels in named.items() if len(labels) == 1}
        if len(single) >= _ROWS and len(single) == len(named):
            self.region = ""
            if len({*single.values()}) == len(single) and not self._has_labels(following):
                self.columns, self.width = single, len(found)
                self.rest.append(index)  # for the case that it is the last row of a table by population
            elif 0 not in single:  # a category by population: the same effect under several
                for label in single.values():
                    self._add(label, index, *found[0][1:])
            return
        if len(named) == 1:
            self._beside(index, found, *next(iter(named.items())))
        else:
            self.lost = False
            if named or not self._in_cells(index, found):
                self.rest.append(index)

    def _beside(
        self, index: int, found: Sequence[tuple[int, int, int]], column: int, labels: list[str]
    ) -> None:
        """The effects in the cell after that of a category, or before it if it is the last."""
        last = column == len(found) - 1
        _, start, end = found[column - 1 if last else column + 1]
        alone = not any(s < e for c, s, e in found if c != column)
        lost, self.region = self._lost(), ""
        if alone or (last and self.blocks[index].text.rstrip().endswith(":")):
            self.region, self.bare, self.firm = labels[0] if len(labels) == 1 else "", True, True
            return
        starts = [start, *breaks(self.blocks[index], start, end)]
        if lost:
            self.rest.append(index)
        elif len(labels) == 1:
            self._add(labels[0], index, start, end)
        elif len(starts) == len(labels):
            for label, first, stop in zip(labels, starts, [*starts[1:], end], strict=True):
                self._add(label, index, first, stop)
        else:
            self.rest.append(index)

    def _in_cells(self, index: int, found: Sequence[tuple[int, int, int]]) -> bool:
        """Whether the cells say to which category they belong, or the head of their columns does."""
        text = self.blocks[index].text
        inner = {
            column: heads for column, start, end in found if (heads := self.names.within(text, start, end))
        }
        if inner:
            for column, heads in inner.items():
                self._spread(index, heads, found[column][2])
            self.region = ""
        elif self.columns and len(found) == self.width:
            for column, start, end in found:
                if column in self.columns:
                    self._add(self.columns[column], index, start, end)
        elif self.region and not (self.bare and not self.firm):
            for _, start, end in found[1:]:
                self._add(self.region, index, start, end)
            self.bare = False
        else:
            self.region = ""
            return False
        return True

    def _headed(self, index: int, heads: Sequence[Head]) -> None:
        """A line with categories: their effects follow in it, or in the blocks after it."""
        text = self.blocks[index].text
        self.columns = {}
        last, lost = heads[-1], self._lost()
        if any(char.isalpha() for char in text[last.end :]):
            self.region, self.bare = "", False
            if lost:
                self.rest.append(index)
            else:
                self._spread(index, heads, len(text))
            return
        self._spread(index, heads[:-1], last.start)
        self.region, self.bare = "" if lost or len(heads) > 1 else last.label, True
        block = self.blocks[index]
        self.items = False
        self.firm = block.kind == "heading" or block.strong or not text.rstrip()[-1:].isalpha()

    def _lost(self) -> bool:
        """Whether a category is named while the one before it has no effects: columns were read in turn."""
        self.lost = self.lost or (self.bare and bool(self.region))
        return self.lost

    def _spread(self, index: int, heads: Sequence[Head], end: int) -> None:
        for position, head in enumerate(heads):
            stop = heads[position + 1].start if position + 1 < len(heads) else end
            if head.label:
                self._add(head.label, index, head.end, stop)

    def _add(self, label: str, index: int, start: int, end: int) -> None:
        if any(char.isalpha() for char in self.blocks[index].text[start:end]):
            self.under.append(Stretch(label, index, start, end))

    def _closes(self, block: Block) -> bool:
        """Whether a block ends the list under a category: a heading, or a paragraph of another list."""
        if block.kind == "item":
            return False
        if block.kind == "heading" or block.strong:
            return True
        opens = block.text.rstrip().endswith(":") or (self.items and block.text[0].isupper())
        return not self.bare and (opens or _is_prose(block))

    def _has_labels(self, index: int | None) -> bool:
        if index is None or not _is_row(self.blocks[index]):
            return False
        block = self.blocks[index]
        return any(self.names.alone(block.text[start:end]) for _, start, end in cells(block))


def _is_prose(block: Block) -> bool:
    return block.kind == "paragraph" and len(block.text.split()) > PROSE


def breaks(block: Block, start: int, end: int) -> Iterator[int]:
    """Where a new stretch of the file begins within characters of a block: a line or a paragraph of it."""
    anchors = block.anchors
    for at in range(bisect_right(anchors, start, key=_offset), bisect_left(anchors, end, key=_offset)):
        yield anchors[at].offset


def _offset(anchor: Anchor) -> int:
    return anchor.offset
