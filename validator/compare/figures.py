"""The figures of a text by value, as its language writes them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from validator.grammar import Grammar

_FIGURE = re.compile(
    r"(?<![\d/.,])(?P<part>[1-3]/[24])(?![\d/.,])"  # "1/2 tablet"
    r"|\d+(?:[.,'’]\d+)*(?:[ \u202f\u00a0]\d{3}(?![\d.,]\d|\d))*|[½¼¾]"
)
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[ \u202f\u00a0]\d{3})+")
_PARTS = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "1/2": Decimal("0.5"),
    "1/4": Decimal("0.25"),
    "3/4": Decimal("0.75"),
}
_LONGEST = 20  # characters; longer runs of digits are codes
MOST = 2000  # figures of one text


class Figure(NamedTuple):
    """A figure of a text: its value and where it stands."""

    value: Decimal
    start: int
    end: int


def figures(text: str, grammar: Grammar) -> tuple[Figure, ...]:
    """All figures in order, also those in names and codes ("E 421", "B12")."""
    found: list[Figure] = []
    for match in _FIGURE.finditer(text):
        if len(found) >= MOST:
            break
        start = match.start()
        for piece, at in _pieces(match.group()):
            value = _PARTS.get(piece)
            if value is None:
                value = (
                    grammar.number(piece.replace("’", "'")).value if len(piece) <= _LONGEST else Decimal(-1)
                )
            found.append(Figure(value.normalize(), start + at, start + at + len(piece)))
    return tuple(found)


def _pieces(written: str) -> list[tuple[str, int]]:
    """One figure, or the figures that only stand side by side ("20 100" is one, "2,5 100" are two)."""
    if " " not in written and "\u202f" not in written and "\u00a0" not in written:
        return [(written, 0)]
    if _GROUPED.fullmatch(written):
        return [(written.replace("\u00a0", " "), 0)]
    return [(match.group(), match.start()) for match in re.finditer(r"\S+", written)]
