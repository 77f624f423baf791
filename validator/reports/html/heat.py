"""A heat map as a table: rows by columns, in each cell the worst that is known of it, with a link.

It knows nothing of leaflets: whoever has rows, columns and judgements can be shown by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import Generic, Literal, TypeVar

Tone = Literal["error", "warning", "advice", "review", "accepted", "met", "none"]
TONES: tuple[Tone, ...] = ("error", "warning", "advice", "review", "accepted", "met", "none")
# Beside the colour each tone has a sign, so that it is read in print and by eyes that see no colour.
SIGNS: dict[Tone, str] = {
    "error": "✖",
    "warning": "◆",
    "advice": "●",
    "review": "?",
    "accepted": "○",
    "met": "✓",
    "none": "–",
}
_STEPS = (1, 3, 10)  # from how many on a cell is darker
_WIDEST = 26  # columns that a sheet of paper holds; all languages of a market have room
_WIDE = 16  # columns from which on they stand closer

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Spot:
    """One judgement in a cell: its tone, how many (None: not a number), the same in words, where it leads."""

    tone: Tone
    count: int | None
    words: str
    href: str = ""

    @property
    def sign(self) -> str:
        """The sign of its tone."""
        return SIGNS[self.tone]

    @property
    def step(self) -> int:
        """How dark it is, from 1 to 3."""
        return max(1, sum((self.count or 1) >= step for step in _STEPS))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a short name for its head, the whole name, and the group of columns it stands in."""

    name: str
    words: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its title, a remark on it, and one cell a column, each with any number of spots."""

    title: str
    cells: tuple[tuple[Spot, ...], ...]
    detail: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Heat:
    """A heat map. Where it has more columns than a sheet of paper holds, it is shown in `panels`."""

    caption: str
    corner: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def panels(self) -> tuple[Heat, ...]:
        """The same in pieces of few enough columns, each about as wide as the others."""
        pieces = ceil(len(self.columns) / _WIDEST)
        width = ceil(len(self.columns) / max(pieces, 1))
        return tuple(
            Heat(
                self.caption,
                self.corner,
                self.columns[first : first + width],
                tuple(
                    Row(row.title, row.cells[first : first + width], row.detail, row.key) for row in self.rows
                ),
            )
            for first in range(0, len(self.columns), max(width, 1))
        )

    @property
    def dense(self) -> bool:
        """Whether it has many columns, which must stand close to be seen together."""
        return len(self.columns) > _WIDE

    @property
    def groups(self) -> tuple[tuple[str, int], ...]:
        """The groups of columns with the number of columns in each."""
        runs = groupby(self.columns, key=lambda column: column.group)
        return tuple((group, len(list(run))) for group, run in runs)


@dataclass(frozen=True, slots=True)
class Grid(Generic[Item]):
    """Items sorted into a table by the row and the column that each belongs to."""

    rows: tuple[str, ...]
    columns: tuple[Column, ...]
    items: dict[tuple[str, Column], list[Item]]

    def cells(self, row: str, spots: Callable[[list[Item]], Iterable[Spot]]) -> tuple[tuple[Spot, ...], ...]:
        """The cells of a row; a column without an item has none."""
        return tuple(tuple(spots(self.items.get((row, column), []))) for column in self.columns)


def grid(items: Sequence[Item], row: Callable[[Item], str], column: Callable[[Item], Column]) -> Grid[Item]:
    """Sort items into a table; rows and columns stand in the order of their names."""
    found: dict[tuple[str, Column], list[Item]] = {}
    for item in items:
        found.setdefault((row(item), column(item)), []).append(item)
    columns = sorted({key[1] for key in found}, key=lambda each: (each.group, each.name))
    return Grid(tuple(sorted({key[0] for key in found})), tuple(columns), found)
