"""A leaflet laid out for reading: its sections in bands, each with the findings that belong beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil
from typing import Literal

from validator.document.blocks import Block
from validator.document.layout import Layout
from validator.document.leaflet import Section
from validator.report import Document
from validator.reports.html.pieces import Piece, Stretch, pieces, stretches

Kind = Literal["heading", "sub", "paragraph", "strong", "item", "row", "image", "furniture"]
_GAP, _COLUMNS = 0.4, 80  # of a paragraph: lines, characters
_CARD_GAP, _CARD_COLUMNS = 6.5, 45  # of a finding beside it
_TITLES = {"": "The leaflet as a whole", "front": "Opening of the leaflet", "end": "End of the leaflet"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One block as it is shown: `cells` has one entry, or one a cell of a table's row; `at` is its number."""

    kind: Kind
    at: int
    cells: tuple[tuple[Piece, ...], ...]
    marker: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Units that are shown as one list or one table, or a single unit."""

    kind: Kind
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Text, and the numbers of the findings beside it."""

    groups: tuple[Group, ...]
    findings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section of the leaflet, or (`lost`) one that the template has there and the leaflet has not.

    `labelled` ones have no heading of their own, so that the title is shown over them; `missing` are
    the numbers of the findings that have no words in the text.
    """

    id: str
    title: str
    bands: tuple[Band, ...] = ()
    missing: tuple[int, ...] = ()
    lost: bool = False
    labelled: bool = True


def sections(document: Document) -> tuple[ShownSection, ...]:
    """All of a leaflet; without its text, what is known of the findings' sections."""
    layout = document.layout or Layout((), (), (), ((),) * len(document.findings))
    absent: dict[str, list[int]] = {}
    for number, (finding, spans) in enumerate(zip(document.findings, layout.marks, strict=True), 1):
        if not spans:
            absent.setdefault(finding.location.section or "", []).append(number)
    shown = [ShownSection("", _TITLES[""], missing=tuple(absent.pop("")))] if "" in absent else []
    marked = stretches(layout)
    tall = [_CARD_GAP + (len(f.message) + len(f.fix)) / _CARD_COLUMNS for f in document.findings]
    present = {section.id for section in layout.sections}
    titles = {**_TITLES, **dict(layout.template)}
    lost = [key for key in _in_order(layout, absent) if key not in present]
    for section in layout.sections:
        for key in [key for key in lost if _stands_before(layout, key, section.id)]:
            lost.remove(key)
            shown.append(_lost(key, titles, absent.pop(key)))
        shown.append(_section(layout, section, marked, tall, absent.pop(section.id, []), titles))
    known = document.layout is not None
    return (*shown, *(replace(_lost(key, titles, absent[key]), lost=known) for key in lost))


def _in_order(layout: Layout, keys: Sequence[str] | dict[str, list[int]]) -> list[str]:
    """Section ids in the order of the template: the opening first, what it does not know last."""
    order = ["front", *(key for key, _ in layout.template)]
    return sorted(keys, key=lambda key: order.index(key) if key in order else len(order))


def _stands_before(layout: Layout, lost: str, section: str) -> bool:
    order = [key for key, _ in layout.template]
    return lost in order and section in order and order.index(lost) < order.index(section)


def _lost(key: str, titles: dict[str, str], numbers: list[int]) -> ShownSection:
    title = titles.get(key) or f"Section “{key.replace('-', ' ')}”"
    return ShownSection(key, title, missing=tuple(numbers), lost=True)


def _section(
    layout: Layout,
    section: Section,
    marked: dict[int, list[Stretch]],
    tall: Sequence[float],
    absent: list[int],
    titles: dict[str, str],
) -> ShownSection:
    units = [
        unit
        for at in range(section.first, section.stop)
        if (unit := _unit(layout.blocks[at], at, section, marked.get(at, [])))
    ]
    heading = section.heading
    title = heading.text if heading else titles.get(section.id, section.id)
    headed = any(unit.kind == "heading" for unit in units)
    return ShownSection(section.id, title, tuple(_bands(units, tall)), tuple(absent), labelled=not headed)


def _unit(block: Block, at: int, section: Section, marked: list[Stretch]) -> Unit | None:
    if not block.text.strip() and not marked:
        return None
    edges = [0, *block.cells[1:], len(block.text)] if block.kind == "row" else [0, len(block.text)]
    lead = block.lead
    for heading in _headings(section):
        if heading[0] == at:
            lead = max(lead, heading[1])
    stops = edges[1:]
    cells = tuple(
        pieces(block.text, marked, start, stop, lead, last=stop == stops[-1])
        for start, stop in zip(edges, stops, strict=False)
    )
    return Unit(_kind(block, at, section), at, cells, block.marker, block.level)


def _headings(section: Section) -> Iterator[tuple[int, int]]:
    """Block and end of every heading of a section, run-in ones among them."""
    for heading in (section.heading, *(sub.heading for sub in section.subsections)):
        if heading is not None:
            yield heading.block, heading.end


def _kind(block: Block, at: int, section: Section) -> Kind:
    length = len(block.text.rstrip())
    if block.kind in ("row", "image", "furniture"):
        return block.kind
    if section.heading and section.heading.block == at and section.heading.end >= length:
        return "heading"
    if block.kind == "heading" or any(where == at and end >= length for where, end in _headings(section)):
        return "sub"
    if block.kind == "item":
        return "item"
    return "strong" if block.strong else "paragraph"


def _bands(units: Sequence[Unit], tall: Sequence[float]) -> Iterator[Band]:
    """A band begins with a unit in which a finding opens, once the text is as tall as the findings beside it.

    `tall` are the findings' heights in lines. Tables stay whole.
    """
    groups: list[Group] = []
    findings: list[int] = []
    left = 0.0  # lines that the findings reach below the text
    for group in _groups(units):
        opened = _opened(group)
        if opened and groups and left <= 0:
            yield _band(groups, findings)
            groups, findings, left = [], [], 0.0
        groups.append(group)
        findings += opened
        left = max(0.0, left + sum(tall[n - 1] for n in opened) - sum(map(_height, group.units)))
    if groups:
        yield _band(groups, findings)


def _height(unit: Unit) -> float:
    """How tall a unit is, in lines."""
    return _GAP + ceil(max(sum(len(piece.text) for piece in cell) for cell in unit.cells) / _COLUMNS)


def _band(groups: Sequence[Group], findings: Sequence[int]) -> Band:
    """Items that follow each other become one list."""
    joined: list[Group] = []
    for group in groups:
        if group.kind == "item" and joined and joined[-1].kind == "item":
            joined[-1] = replace(joined[-1], units=(*joined[-1].units, *group.units))
        else:
            joined.append(group)
    return Band(tuple(joined), tuple(findings))


def _groups(units: Sequence[Unit]) -> Iterator[Group]:
    for kind, run in groupby(units, key=lambda unit: unit.kind):
        if kind == "row":
            yield Group("row", tuple(run))
        else:
            yield from (Group(unit.kind, (unit,)) for unit in run)


def _opened(group: Group) -> list[int]:
    return [n for unit in group.units for cell in unit.cells for piece in cell for n in piece.opens]
