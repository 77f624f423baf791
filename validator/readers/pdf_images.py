"""The pictures on a page, and drawings that may be a black triangle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import repeat

from validator.errors import UnreadableError
from validator.readers import pdf_native as native
from validator.readers.limits import Limits
from validator.readers.pdf_view import Box, View

_IMAGE, _PATH = (re.compile(b"%c" % kind) for kind in (native.IMAGE, native.PATH))
_CORNERS = 4  # a triangle's, the first one perhaps twice
_SMALLEST, _TALLEST, _WIDEST = 4.0, 40.0, 60.0  # points: no sign that belongs to a line is smaller or larger


class Drawings:
    """The pictures and the paths of a page; where a path is costs time, and few pages need it of all."""

    def __init__(self, room: native.Room, page: native.Argument, view: View, limits: Limits) -> None:
        count = native.count_objects(page)
        if count > limits.max_objects:
            raise UnreadableError(f"a page of the PDF has more than {limits.max_objects} drawn objects")
        self._room, self._view = room, view
        kinds = bytes(map(native.object_type, map(native.page_object, repeat(page), range(count))))
        self._pictures, self._paths = (
            [native.page_object(page, at.start()) for at in kind.finditer(kinds)] for kind in (_IMAGE, _PATH)
        )

    @cached_property
    def paths(self) -> list[Box]:
        """The boxes of all paths."""
        return self._boxes(self._paths)

    def _boxes(self, drawn: Sequence[int]) -> list[Box]:
        return self._view.boxes(self._room.bounds(drawn))

    def images(self) -> list[Box]:
        """The boxes of pictures, and of triangles as small as a sign."""
        corners = map(native.count_segments, self._paths)
        few = [path for path, count in zip(self._paths, corners, strict=True) if 3 <= count <= _CORNERS]
        # The size is asked first: nearly all paths are rules of tables and lines under words.
        sized = zip(few, self._boxes(few), strict=True)
        signs = [box for path, box in sized if is_sign(box) and _is_triangle(self._room, path)]
        return self._boxes(self._pictures) + signs


def _is_triangle(room: native.Room, path: int) -> bool:
    """Whether a drawing has three corners, as a black triangle has that is no letter and no picture."""
    points = (room.point(path, number) for number in range(native.count_segments(path)))
    return len({(round(across, 2), round(up, 2)) for across, up in points}) == 3


def is_sign(box: Box) -> bool:
    """Whether an image or a drawing is as small as a sign that belongs to a line of text."""
    left, bottom, right, top = box
    return _SMALLEST < top - bottom < _TALLEST and _SMALLEST < right - left < _WIDEST
