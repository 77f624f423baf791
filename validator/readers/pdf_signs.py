"""Signs that a file draws in two strokes: a `>` with a short line under it is a `≥`, a `<` a `≤`.

Word does so with an underlined sign, typesetters with an underscore over it. Taken for what the letters
alone say, "from 12 years" would be "over 12 years".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from validator.readers import pdf_native as native
from validator.readers.pdf_images import Drawings
from validator.readers.pdf_view import Box, View
from validator.readers.symbol_fonts import WITH_LINE

_SIGN = re.compile("[<>]")
_UNDERSCORE = re.compile(r"(?<!_)_(?!_)")
_MOST, _MOST_PAIRS = 500, 1_000_000  # on a page: more signs, or signs with lines, are a drawing
_THIN = 0.15  # of the sign's height
_NARROW, _WIDE = 0.6, 1.6  # of the sign's width
_LOWEST, _HIGHEST = (
    -0.1,
    0.3,
)  # of its height, from its lowest point: where such a line is; higher it strikes it out
_TOUCH = 1.0  # points: what is as near goes on, and underlines more than the sign
_DASH = 0.1  # of its height: where in its box an underscore is


def whole_signs(room: native.Room, text: native.Argument, words: str, drawings: Drawings, view: View) -> str:
    """The words of a page with such signs as one each; an underscore that is part of one becomes a blank."""
    signs = [match.start() for match in _SIGN.finditer(words)]
    if not signs or len(signs) > _MOST:
        return words
    boxes = _boxes(room, text, signs, view)
    thin = _THIN * max(box[3] - box[1] for box in boxes)
    lines = [box for box in drawings.paths if box[3] - box[1] < thin < box[2] - box[0]]
    typed = [match.start() for match in _UNDERSCORE.finditer(words)][:_MOST]
    lines += map(_dash, _boxes(room, text, typed, view))
    if len(signs) * len(lines) > _MOST_PAIRS:
        return words
    for at, box in zip(signs, boxes, strict=True):
        line = _below(box, lines)
        if line is not None:
            words = f"{words[:at]}{WITH_LINE[words[at]]}{words[at + 1 :]}"
            if line >= len(lines) - len(typed):
                at = typed[line - len(lines)]
                words = f"{words[:at]} {words[at + 1 :]}"
    return words


def _boxes(room: native.Room, text: native.Argument, indexes: Sequence[int], view: View) -> list[Box]:
    loose = room.loose_boxes(text, indexes)
    return view.boxes([(left, bottom, right, top) for left, top, right, bottom in loose])


def _dash(box: Box) -> Box:
    """The line that an underscore draws in its box."""
    left, bottom, right, top = box
    level = bottom + _DASH * (top - bottom)
    return left, level, right, level


def _below(sign: Box, lines: Sequence[Box]) -> int | None:
    """The number of the line under a sign, if it underlines nothing else."""
    left, bottom, right, top = sign
    height, width = top - bottom, right - left
    low, high = bottom + _LOWEST * height, bottom + _HIGHEST * height
    near = [
        number
        for number, (start, level, stop, _) in enumerate(lines)
        if low <= level <= high and start < right + _TOUCH and stop > left - _TOUCH
    ]
    own = [number for number in near if lines[number][0] < right and lines[number][2] > left]
    if not own or not _NARROW * width < lines[own[0]][2] - lines[own[0]][0] < _WIDE * width:
        return None
    return own[0] if all(_is_same(lines[own[0]], lines[number]) for number in near) else None


def _is_same(one: Box, other: Box) -> bool:
    """Whether two lines cover each other, as the two edges of a thin box do."""
    return abs(one[0] - other[0]) < _TOUCH and abs(one[2] - other[2]) < _TOUCH
