"""Cells so close to each other that they look like words of a line: cut at rules, or where others begin."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter, sub
from typing import NamedTuple

from validator.readers.pdf_lines import LOOSE, Piece
from validator.readers.pdf_rows import BOTTOM, GUTTER, Row, rows_of
from validator.readers.pdf_view import Box

_MOST_CELLS, _MOST_PAIRS = 100, 1_000_000  # in a row; of pieces and rules on a page: more is a drawing
_NEAR = 6  # rows above and below that tell where cells begin
_LEAST = 2  # so many of them
_ALIGNED = 2.0  # points
_LEVEL = 4.0  # points: what stands beside something is no farther below it
_BOTTOM = itemgetter(1)  # of a box
_THICKEST = 3.0  # points: an upright rule between cells is no thicker


class Word(NamedTuple):
    """A word of a piece after its first: where in the text it begins, its left edge, the blank before it."""

    offset: int
    left: float
    blank: float


class Marks:
    """What a page tells of its cells beside the places of its pieces.

    `gaps`: by the number of a piece's first character, where the file draws anew after a wide blank;
    `boxes`: of the drawings on the page, among which are upright lines.
    """

    def __init__(self, gaps: Mapping[int, Sequence[float]], boxes: Sequence[Box]) -> None:
        self.gaps = gaps
        self._rules: dict[float, list[tuple[float, float]]] = defaultdict(list)  # their heights, by place
        upright = [box for box in boxes if box[2] - box[0] < _THICKEST < box[3] - box[1]]
        for left, bottom, _, top in sorted(upright, key=_BOTTOM):
            rules = self._rules[round(left)]
            if rules and bottom - rules[-1][1] < _THICKEST:  # a rule of its own for each row
                rules[-1] = rules[-1][0], max(top, rules[-1][1])
            else:
                rules.append((bottom, top))
        self._places = sorted(self._rules)
        self.places = len(self._places)

    def rules(self, piece: Piece) -> list[float]:
        """Where upright lines go through a piece."""
        first, stop = bisect_right(self._places, piece.left), bisect_left(self._places, piece.right)
        if first >= stop:
            return []
        middle = piece.bottom + piece.height / 2
        return [
            place
            for place in self._places[first:stop]
            if any(bottom < middle < top for bottom, top in self._rules[place])
        ]


def has_cells(pieces: Sequence[Piece]) -> bool:
    """Whether anything may stand beside anything else on a page."""
    bottoms = list(map(BOTTOM, pieces))
    return any(-_LEVEL < step < _LEVEL for step in map(sub, bottoms, bottoms[1:]))


def cut_cells(
    pieces: Sequence[Piece], marks: Marks, words_of: Callable[[Piece], Sequence[Word]]
) -> list[Piece]:
    """The pieces of a page, those of several cells cut."""
    rows = rows_of(pieces)
    if max(map(len, rows)) > _MOST_CELLS or len(pieces) * marks.places > _MOST_PAIRS:
        return list(pieces)
    several = [at for at, row in enumerate(rows) if len(row) > 1]
    cut: dict[int, list[Piece]] = {}
    for at, row in enumerate(rows):
        near = _near(rows, at, several)
        for piece in row:
            rules = marks.rules(piece)
            starts = _starts(piece, near, marks.gaps) if near else []
            if starts or rules:
                gaps = marks.gaps.get(piece.first, ())
                places = [word for word in words_of(piece) if _begins(word, piece, starts, gaps, rules)]
                cut[id(piece)] = _cut(piece, places)
    return [part for piece in pieces for part in cut.get(id(piece), (piece,))] if cut else list(pieces)


def _near(rows: Sequence[Row], at: int, several: Sequence[int]) -> list[Row]:
    """The rows around that have several pieces and begin where a row does, if they are enough."""
    numbers = several[bisect_left(several, at - _NEAR) : bisect_right(several, at + _NEAR)]
    if len(numbers) < _LEAST:
        return []
    left = rows[at][0].left
    near = [rows[each] for each in numbers if each != at and abs(rows[each][0].left - left) < _ALIGNED]
    return near if len(near) >= _LEAST else []


def _starts(piece: Piece, near: Sequence[Row], gaps: Mapping[int, Sequence[float]]) -> list[float]:
    """Where in a piece, between its edges, a few of the rows around begin a cell.

    One cell that begins there is enough where the file draws anew at this place in a few rows.
    """
    low, high = piece.left + piece.height, piece.right - piece.height
    cells = [[other.left for other in row[1:] if low < other.left < high] for row in near]
    if not any(cells):
        return []
    lefts = sorted(left for row in cells for left in row)
    found = [one for one, other in pairwise(lefts) if other - one < _ALIGNED]
    for gap in gaps.get(piece.first, ())[:_MOST_CELLS]:
        if _is_at(gap, lefts):
            places = zip(cells, near, strict=True)
            alike = sum(_is_at(gap, begun) or _is_at(gap, _gaps(row, gaps)) for begun, row in places)
            if alike >= _LEAST:
                found.append(gap)
    return found


def _is_at(place: float, others: Sequence[float]) -> bool:
    return any(abs(place - other) < _ALIGNED for other in others)


def _gaps(row: Row, gaps: Mapping[int, Sequence[float]]) -> list[float]:
    return [gap for piece in row for gap in gaps.get(piece.first, ())[:_MOST_CELLS]]


def _begins(
    word: Word, piece: Piece, starts: Sequence[float], gaps: Sequence[float], rules: Sequence[float]
) -> bool:
    """Whether a word begins a cell: after a rule; or where others do, and apart from the word before it."""
    if any(word.left - word.blank - 1 <= rule <= word.left + 1 for rule in rules):
        return True
    return _is_at(word.left, starts) and (word.blank > LOOSE * piece.height or _is_at(word.left, gaps))


def _cut(piece: Piece, places: Sequence[Word]) -> list[Piece]:
    """The parts of a piece that begin with these words."""
    found = [piece]
    for word in places:
        last = found.pop()
        at = word.offset - (last.first - piece.first)
        text, rest = last.text[:at].rstrip(), last.text[at:]
        # A cell ends before the gutter, even if its last letter stands nearer to the next one.
        right = word.left - max(word.blank, GUTTER + _ALIGNED)
        found += [
            last._replace(text=text, right=right, bold=min(last.bold, len(text))),
            last._replace(
                text=rest,
                left=word.left,
                bold=min(max(last.bold - at, 0), len(rest)),
                first=last.first + at,
            ),
        ]
    return found
