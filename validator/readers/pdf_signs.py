"""Signs that a file draws in two strokes: a `>` with a short line under it is a `≥`, a `<` a `≤`.

Word does so with an underlined sign, typesetters with an underscore over it. Taken for what the letters
alone say, "from 12 years" would be "over 12 years".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from validator.readers import pdf_native as native
from validator.readers.pdf_view import Box, View
from validator.readers.symbol_fonts import WITH_LINE

_SIGN = re.compile("[<>]")
_UNDERSCORE = re.compile(r"(?<!_)_(?!_)")
_MOST = 500  # of each on a page; more of them are a drawing
_THIN = 0.15  # of the sign's height
_NARROW, _WIDE = 0.6, 1.6  # of the sign's width
_LOWEST, _HIGHEST = (
    -0.1,
    0.3,
)  # of its height, from its lowest point: where such a line is; higher it strikes it out
_TOUCH = 1.0  # points: what is as near goes on, and underlines more than the sign
_DASH = 0.1  # of its height: where in its box an underscore is


class _Line(NamedTuple):
    left: float
    right: float
    level: float
    typed: int = -1  # where in the words, if it is an underscore


def whole_signs(
    room: native.Room, text: native.Argument, words: str, paths: Sequence[int], view: View
) -> str:
    """The words of a page with such signs as one each; an underscore that is part of one becomes a blank."""
    signs = [match.start() for match in _SIGN.finditer(words)]
    if not signs or len(signs) > _MOST:
        return words
    boxes = _boxes(room, text, signs, view)
    tallest = max(top - bottom for _, bottom, _, top in boxes)
    lines = _lines(room.bounds(paths), view, _THIN * tallest) + _underscores(room, text, words, view)
    levels: dict[int, list[_Line]] = defaultdict(list)
    for line in lines:
        levels[round(line.level)].append(line)
    found = list(words)
    for at, box in zip(signs, boxes, strict=True):
        if under := _below(box, levels):
            found[at] = WITH_LINE[words[at]]
            if under.typed >= 0:
                found[under.typed] = " "
    return "".join(found)


def _boxes(room: native.Room, text: native.Argument, indexes: Sequence[int], view: View) -> list[Box]:
    loose = room.loose_boxes(text, indexes)
    return view.boxes([(left, bottom, right, top) for left, top, right, bottom in loose])


def _lines(boxes: list[Box], view: View, thinnest: float) -> list[_Line]:
    return [
        _Line(left, right, (bottom + top) / 2)
        for left, bottom, right, top in view.boxes(boxes)
        if top - bottom < thinnest < right - left
    ]


def _underscores(room: native.Room, text: native.Argument, words: str, view: View) -> list[_Line]:
    indexes = [match.start() for match in _UNDERSCORE.finditer(words)][:_MOST]
    boxes = _boxes(room, text, indexes, view)
    return [
        _Line(left, right, bottom + _DASH * (top - bottom), index)
        for (left, bottom, right, top), index in zip(boxes, indexes, strict=True)
    ]


def _below(box: Box, levels: dict[int, list[_Line]]) -> _Line | None:
    """The line under a sign, if it underlines nothing else."""
    left, bottom, right, top = box
    height, width = top - bottom, right - left
    low, high = bottom + _LOWEST * height, bottom + _HIGHEST * height
    near = [line for level in range(round(low), round(high) + 1) for line in levels.get(level, ())]
    near = [line for line in near if line.left < right + _TOUCH and line.right > left - _TOUCH]
    own = [line for line in near if low <= line.level <= high and line.left < right and line.right > left]
    if not own or not _NARROW * width < own[0].right - own[0].left < _WIDE * width:
        return None
    return own[0] if all(_is_same(own[0], line) for line in near) else None


def _is_same(one: _Line, other: _Line) -> bool:
    """Whether two lines cover each other, as the two edges of a thin box do."""
    return abs(one.left - other.left) < _TOUCH and abs(one.right - other.right) < _TOUCH
