"""Cells so close to each other that they look like words of a line: cut at rules, or where others begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from validator.readers.pdf_lines import LOOSE, Piece
from validator.readers.pdf_rows import GUTTER, SAME_LINE, Row, rows_of
from validator.readers.pdf_view import Box

_NEAR = 6  # rows above and below that tell where cells begin
_LEAST = 2  # so many of them
_ALIGNED = 2.0  # points
_THICKEST = 3.0  # points: an upright rule between cells is no thicker
_MOST_PAIRS = 1_000_000  # of pieces and rules on a page; more of them are a drawing


class Word(NamedTuple):
    """A word of a piece after its first: where in the text it begins, its left edge, the blank before it."""

    offset: int
    left: float
    blank: float


class Marks(NamedTuple):
    """What a page tells of its cells beside the places of its pieces.

    `gaps`: by the number of a piece's first character, where the file draws anew after a wide blank;
    `rules`: the boxes of upright lines.
    """

    gaps: Mapping[int, Sequence[float]]
    rules: Sequence[Box]


def has_cells(pieces: Sequence[Piece]) -> bool:
    """Whether anything stands beside anything else on a page."""
    return any(map(_are_beside, pieces, pieces[1:]))


def _are_beside(one: Piece, other: Piece) -> bool:
    return abs(one.bottom - other.bottom) < SAME_LINE * one.height and one.right < other.left


def upright_rules(boxes: Sequence[Box]) -> list[Box]:
    """The boxes of drawings that are upright lines."""
    return [box for box in boxes if box[2] - box[0] < _THICKEST < box[3] - box[1]]


def cut_cells(
    pieces: Sequence[Piece], marks: Marks, words_of: Callable[[Piece], Sequence[Word]]
) -> list[Piece]:
    """The pieces of a page, those of several cells cut."""
    rows = rows_of(pieces)
    if len(pieces) * len(marks.rules) > _MOST_PAIRS:
        marks = marks._replace(rules=())
    cut: dict[int, list[Piece]] = {}
    for at, row in enumerate(rows):
        near = [
            each
            for each in (*rows[max(at - _NEAR, 0) : at], *rows[at + 1 : at + _NEAR + 1])
            if len(each) > 1 and abs(each[0].left - row[0].left) < _ALIGNED
        ]
        for piece in row:
            starts = _starts(piece, near, marks.gaps) if len(near) >= _LEAST else []
            rules = _rules(piece, marks.rules)
            if starts or rules:
                gaps = marks.gaps.get(piece.first, ())
                places = [word for word in words_of(piece) if _begins(word, piece, starts, gaps, rules)]
                cut[id(piece)] = _cut(piece, places)
    return [part for piece in pieces for part in cut.get(id(piece), (piece,))]


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
    for gap in gaps.get(piece.first, ()):
        if _is_at(gap, lefts):
            places = zip(cells, near, strict=True)
            alike = sum(_is_at(gap, begun) or _is_at(gap, _gaps(row, gaps)) for begun, row in places)
            if alike >= _LEAST:
                found.append(gap)
    return found


def _rules(piece: Piece, rules: Sequence[Box]) -> list[float]:
    """Where upright lines go through a piece."""
    middle = piece.bottom + piece.height / 2
    return [
        left
        for left, bottom, right, top in rules
        if piece.left < left and right < piece.right and bottom < middle < top
    ]


def _is_at(place: float, others: Sequence[float]) -> bool:
    return any(abs(place - other) < _ALIGNED for other in others)


def _gaps(row: Row, gaps: Mapping[int, Sequence[float]]) -> list[float]:
    return [gap for piece in row for gap in gaps.get(piece.first, ())]


def _begins(
    word: Word, piece: Piece, starts: Sequence[float], gaps: Sequence[float], rules: Sequence[float]
) -> bool:
    """Whether a word begins a cell: after a rule; or where others do, and apart from the word before it."""
    if any(word.left - word.blank - 1 < rule < word.left + 1 for rule in rules):
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
