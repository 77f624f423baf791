"""The pictures on a page, and drawings that may be a black triangle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import repeat

from validator.errors import UnreadableError
from validator.readers import pdf_native as native
from validator.readers.limits import Limits
from validator.readers.pdf_view import Box, View

_IMAGE, _PATH = (re.compile(b"%c" % kind) for kind in (native.IMAGE, native.PATH))
_CORNERS = 4  # a triangle's, the first one perhaps twice
_SMALLEST, _TALLEST, _WIDEST = 4.0, 40.0, 60.0  # points: no sign that belongs to a line is smaller or larger


def drawn(page: native.Argument, limits: Limits) -> tuple[list[int], list[int]]:
    """The pictures and the paths of a page."""
    count = native.count_objects(page)
    if count > limits.max_objects:
        raise UnreadableError(f"a page of the PDF has more than {limits.max_objects} drawn objects")
    kinds = bytes(map(native.object_type, map(native.page_object, repeat(page), range(count))))
    pictures, paths = (
        [native.page_object(page, at.start()) for at in kind.finditer(kinds)] for kind in (_IMAGE, _PATH)
    )
    return pictures, paths


def images(room: native.Room, pictures: Sequence[int], paths: Sequence[int], view: View) -> list[Box]:
    """The boxes of pictures, and of triangles as small as a sign."""
    corners = map(native.count_segments, paths)
    few = [path for path, count in zip(paths, corners, strict=True) if 3 <= count <= _CORNERS]
    # The size is asked first: nearly all paths are rules of tables and lines under words.
    sized = zip(few, view.boxes(room.bounds(few)), strict=True)
    signs = [box for path, box in sized if is_sign(box) and _is_triangle(room, path)]
    return view.boxes(room.bounds(pictures)) + signs


def _is_triangle(room: native.Room, path: int) -> bool:
    """Whether a drawing has three corners, as a black triangle has that is no letter and no picture."""
    points = (room.point(path, number) for number in range(native.count_segments(path)))
    return len({(round(across, 2), round(up, 2)) for across, up in points}) == 3


def is_sign(box: Box) -> bool:
    """Whether an image or a drawing is as small as a sign that belongs to a line of text."""
    left, bottom, right, top = box
    return _SMALLEST < top - bottom < _TALLEST and _SMALLEST < right - left < _WIDEST
