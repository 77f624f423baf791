"""Running heads, running feet and page numbers: what stands at the same place of pages in a row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from validator.readers.pdf_rows import Row, needed
from validator.readers.wrapping import SENTENCE_END, breaks_off

_DEEPEST = 4  # so many lines at each edge of a page may be furniture
_BIN = 6.0  # points: places closer than that are the same
_NUMBER = re.compile(r"(?<!\d)[0-9]{1,4}(?!\d)")
_DIGITS = re.compile(r"\d+")

# How many of the pages around must repeat a line, by how it looks: numbers that count with the
# pages are sure, words in bold may be titles that each page of a kind begins with.
_NEAR = 4
_COUNTING, _PLAIN, _BOLD = 2, 3, 5
_APART = 1.5  # heights: a running head is so far above the text
_FACING = 2  # pages: as far is a left page from the next left one

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
    edges = list(zip(tops, bottoms, strict=True))
    for page in _in_sentences(pages, edges):
        edges[page] = edges[page][0] + 1, edges[page][1]
    return edges


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
    counting = sum(_counts(edge, places[other], other - page) for other in near) if edge.numbers else 0
    # Two sentences that name two tables count like pages, too.
    if counting and (counting > 1 or edge.text[-1] not in SENTENCE_END or page + 1 in edge.numbers):
        return True
    same = 1 + sum(places[other].text == edge.text for other in near)
    return same >= (_BOLD if edge.bold else _PLAIN)


def _counts(edge: _Edge, other: _Edge, pages: int) -> bool:
    """Whether one of the numbers in two rows grows with the pages between them."""
    return any(b - a == pages for a, b in zip(edge.numbers, other.numbers, strict=False))


def _in_sentences(pages: Sequence[Sequence[Row]], edges: Sequence[tuple[int, int]]) -> set[int]:
    """The pages that begin with a running head: one like it stands in the middle of a sentence.

    No title does. Left and right pages may have heads of their own; the first of each kind may be a title.
    """
    begins = {
        page: rows[: top + 1]
        for page, (rows, (top, bottom)) in enumerate(zip(pages, edges, strict=True))
        if top < _DEEPEST and len(rows) - top - bottom > 0
    }
    kinds = _kinds(begins)
    cut = {page for kind in kinds for page in kind if page and _is_cut(pages, edges, page)}
    heads = [kind for kind in kinds if not cut.isdisjoint(kind)]
    places = {page + side: row for kind in heads for page, row in kind.items() for side in (-1, 1)}
    facing = [
        kind for kind in kinds if any(p in places and _is_level(row, places[p]) for p, row in kind.items())
    ]
    others = (page for kind in heads + facing for page in list(kind)[1:] if kind[page] is begins[page][-1])
    return cut.union(others)


def _kinds(begins: Mapping[int, Sequence[Row]]) -> list[dict[int, Row]]:
    """Pages in a row, or left or right ones in a row, that begin with the same words at the same height."""
    kinds: dict[str, list[dict[int, Row]]] = defaultdict(list)
    for page, rows in begins.items():
        for row in rows:
            same = kinds[" ".join(piece.text for piece in row)]
            last = max(same[-1]) if same else -_FACING
            if page - last <= _FACING and same and _is_level(row, same[-1][last]):
                same[-1][page] = row
            else:
                same.append({page: row})
    return [kind for same in kinds.values() for kind in same if len(kind) > 1]


def _is_level(row: Row, other: Row) -> bool:
    return abs(row[0].bottom - other[0].bottom) < _BIN


def _is_cut(pages: Sequence[Sequence[Row]], edges: Sequence[tuple[int, int]], page: int) -> bool:
    """Whether a sentence that ends the page before on a full line goes on below what this one begins with."""
    (top, bottom), rows = edges[page - 1], pages[page - 1]
    before = rows[top : len(rows) - bottom]
    begin = pages[page][edges[page][0] : len(pages[page]) - edges[page][1]]
    if not before or len(begin) < 2:
        return False
    last, head, after = before[-1][-1], begin[0][0], begin[1][0]
    if breaks_off(last.text, head.text) or head.bottom - after.bottom < _APART * head.height:
        return False
    return breaks_off(last.text, after.text) and needed(last, after) > max(row[-1].right for row in before)
