"""Tables of doses: the head names the unit of a column, the cells below hold bare figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from validator.document.blocks import Block
from validator.document.text import fold
from validator.grammar import Grammar

Cells = Sequence[tuple[int, int, str]]
"""Cells of a row that hold a bare figure or range: where they begin and end, and their unit."""

_BARE = re.compile(r"(?:\d[\d.,' ]*)?[½¼¾]?(?:\s*(?:[-–]|\s[^\W\d_]+\s)\s*\d[\d.,' ]*[½¼¾]?)?")
_FAMILIES = frozenset(("mass", "volume", "amount", "activity", "units", "count", "months", "surface"))
_HEAD = 80  # characters; a longer cell is text


def column_units(blocks: Iterable[tuple[int, Block]], grammar: Grammar) -> dict[int, Cells]:
    """By block number, the bare cells of the rows whose table has a head that names units."""
    found: dict[int, Cells] = {}
    head: Mapping[int, str] = {}
    last, width = -2, 0
    for index, block in blocks:
        if block.kind != "row":
            continue
        if index != last + 1 or len(block.cells) != width:
            head = {}
        last, width = index, len(block.cells)
        bare = [cell for cell in cells(block) if _BARE.fullmatch(block.text, cell[1], cell[2])]
        if not bare:
            head = _units(block, grammar) or head
        elif head:
            found[index] = tuple((start, end, head[column]) for column, start, end in bare if column in head)
    return found


def cells(block: Block) -> list[tuple[int, int, int]]:
    """Column, start and end of each cell, blanks at its ends left out."""
    bounds = [*block.cells, len(block.text)]
    found = []
    for column, (start, stop) in enumerate(pairwise(bounds)):
        text = block.text[start:stop]
        found.append((column, start + len(text) - len(text.lstrip()), start + len(text.rstrip())))
    return found


def _units(block: Block, grammar: Grammar) -> dict[int, str]:
    """The one unit that the head of each column names."""
    found = {}
    for column, start, end in cells(block):
        if end - start > _HEAD:
            continue
        tokens = grammar.dosed(fold(block.text[start:end]))
        units = {token.value for token in tokens if token.kind == "unit"}
        known = [key for key in units if grammar.units[key].family in _FAMILIES]
        plain = {*known} - {"dose", "day"}
        counted = {key for key in plain if grammar.units[key].family == "count"}
        if len(counted) == 1 and any(token.kind in ("num", "number-word") for token in tokens):
            plain = counted  # "number of tablets of 30 mg"
        if len(plain) == 1 and not any(token.kind == "/" for token in tokens):
            found[column] = plain.pop()
    return found
