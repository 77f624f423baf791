"""Running heads, running feet and page numbers: what stands at the same place of pages in a row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from validator.readers.pdf_layout import Row

_DEEPEST = 4  # so many lines at each edge of a page may be furniture
_BIN = 6.0  # points: places closer than that are the same
_NUMBER = re.compile(r"(?<!\d)[0-9]{1,4}(?!\d)")
_DIGITS = re.compile(r"\d+")

# How many of the pages around must repeat a line, by how it looks: numbers that count with the
# pages are sure, words in bold may be titles that each page of a kind begins with.
_NEAR = 4
_COUNTING, _PLAIN, _BOLD = 2, 3, 5

_Key = tuple[str, int]


class _Edge(NamedTuple):
    """A row at the edge of a page: its words, the numbers in them, and its place in two roundings."""

    text: str
    numbers: tuple[int, ...]
    bold: bool
    keys: tuple[_Key, _Key]


def furniture(pages: Sequence[Sequence[Row]]) -> list[tuple[int, int]]:
    """How many rows at the top and at the bottom of each page are furniture."""
    seen: dict[_Key, dict[int, _Edge]] = defaultdict(dict)
    tops = _depths(pages, seen)
    bottoms = _depths([rows[top:][::-1] for rows, top in zip(pages, tops, strict=True)], seen)
    return list(zip(tops, bottoms, strict=True))


def _depths(pages: Sequence[Sequence[Row]], seen: dict[_Key, dict[int, _Edge]]) -> list[int]:
    """How many of the first rows of each page are furniture: one after the other, until one is not."""
    depths = [0] * len(pages)
    going = list(range(len(pages)))
    for depth in range(_DEEPEST):
        edges = {page: _edge(pages[page][depth]) for page in going if depth < len(pages[page])}
        for page, edge in edges.items():
            for key in edge.keys:
                seen[key][page] = edge
        going = [
            page for page, edge in edges.items() if any(_repeats(page, edge, seen[k]) for k in edge.keys)
        ]
        for page in going:
            depths[page] += 1
    return depths


def _edge(row: Row) -> _Edge:
    text = " ".join(piece.text for piece in row)
    numbers = tuple(int(number) for number in _NUMBER.findall(text))
    words = _DIGITS.sub("#", text) if numbers else text
    # Two roundings, so that no border of a bin parts neighbours.
    place = row[0].bottom / _BIN
    keys = (f"{words} ", int(place)), (words, int(place + 0.5))
    return _Edge(text, numbers, any(piece.bold for piece in row), keys)


def _repeats(page: int, edge: _Edge, places: dict[int, _Edge]) -> bool:
    if edge.text == str(page + 1):
        return True
    if len(places) < _COUNTING:
        return False
    near = [other for other in range(page - _NEAR, page + _NEAR + 1) if other in places and other != page]
    if edge.numbers and any(_counts(edge, places[other], other - page) for other in near):
        return True
    same = 1 + sum(places[other].text == edge.text for other in near)
    return same >= (_BOLD if edge.bold else _PLAIN)


def _counts(edge: _Edge, other: _Edge, pages: int) -> bool:
    """Whether one of the numbers in two rows grows with the pages between them."""
    return any(b - a == pages for a, b in zip(edge.numbers, other.numbers, strict=False))
