"""pdfium's functions, bound so that a call costs a third of what it costs through the usual bindings.

pdfium answers one question about one character at a time, so the price of a call is what counts.
What pdfium writes goes into the memory of a `Room`.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from ctypes import byref, c_char, c_char_p, c_double, c_float, c_int, c_size_t, c_ulong, c_void_p, string_at
from itertools import repeat
from struct import Struct
from typing import Any

import pypdfium2.raw as pdfium

from validator.readers.pdf_view import Box

IMAGE, TEXT, PATH = pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH
FILL_AND_STROKE = pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
FORCE_BOLD = 1 << 18  # a flag of font descriptors

Argument = Any  # of a call, ready made


def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function by name. Without argument types it takes a handle, numbers and `byref`, and is faster."""
    address = ctypes.cast(getattr(pdfium, name), c_void_p).value
    assert address is not None
    bound = ctypes.PYFUNCTYPE(result)(address)
    if arguments:
        bound.argtypes = arguments
    return bound


def handle_of(raw: Any) -> Argument:
    """The handle behind one of the usual bindings."""
    return ctypes.cast(raw, c_void_p)


def argument(handle: int) -> Argument:
    """A handle as it goes into any call, converted once for hundreds of calls."""
    return c_void_p.from_param(handle)


load_page = _bind("FPDF_LoadPage", c_void_p)
close_page = _bind("FPDF_ClosePage", None, c_void_p)
load_text = _bind("FPDFText_LoadPage", c_void_p, c_void_p)
close_text = _bind("FPDFText_ClosePage", None, c_void_p)
page_box = _bind("FPDF_GetPageBoundingBox", c_int)
page_rotation = _bind("FPDFPage_GetRotation", c_int)
turn_page = _bind("FPDFPage_SetRotation", None)
count_objects = _bind("FPDFPage_CountObjects", c_int)
page_object = _bind("FPDFPage_GetObject", c_void_p)
object_type = _bind("FPDFPageObj_GetType", c_int, c_void_p)
object_bounds = _bind("FPDFPageObj_GetBounds", c_int, *(c_void_p,) * 5)
count_segments = _bind("FPDFPath_CountSegments", c_int, c_void_p)
path_segment = _bind("FPDFPath_GetPathSegment", c_void_p, c_void_p, c_int)
segment_point = _bind("FPDFPathSegment_GetPoint", c_int, *(c_void_p,) * 3)

count_annotations = _bind("FPDFPage_GetAnnotCount", c_int)
annotation = _bind("FPDFPage_GetAnnot", c_void_p)
close_annotation = _bind("FPDFPage_CloseAnnot", None, c_void_p)
annotation_kind = _bind("FPDFAnnot_GetSubtype", c_int, c_void_p)
annotation_value = _bind("FPDFAnnot_GetStringValue", c_ulong, c_void_p, c_char_p, c_void_p, c_ulong)
count_annotation_objects = _bind("FPDFAnnot_GetObjectCount", c_int, c_void_p)
annotation_object = _bind("FPDFAnnot_GetObject", c_void_p, c_void_p, c_int)

count_chars = _bind("FPDFText_CountChars", c_int)
get_text = _bind("FPDFText_GetText", c_int)
unicode_of = _bind("FPDFText_GetUnicode", c_int)
is_unmapped = _bind("FPDFText_HasUnicodeMapError", c_int)
loose_box = _bind("FPDFText_GetLooseCharBox", c_int)
count_rects = _bind("FPDFText_CountRects", c_int)
char_angle = _bind("FPDFText_GetCharAngle", c_float)
char_origin = _bind("FPDFText_GetCharOrigin", c_int)
char_matrix = _bind("FPDFText_GetMatrix", c_int)
font_size = _bind("FPDFText_GetFontSize", c_double)
text_rect = _bind("FPDFText_GetRect", c_int)

text_object = _bind("FPDFText_GetTextObject", c_void_p)
font_of = _bind("FPDFTextObj_GetFont", c_void_p, c_void_p)
render_mode = _bind("FPDFTextObj_GetTextRenderMode", c_int, c_void_p)
font_name = _bind("FPDFFont_GetBaseFontName", c_size_t, c_void_p, c_void_p, c_size_t)
font_weight = _bind("FPDFFont_GetWeight", c_int, c_void_p)
font_ascent = _bind("FPDFFont_GetAscent", c_int, c_void_p, c_float, c_void_p)
font_descent = _bind("FPDFFont_GetDescent", c_int, c_void_p, c_float, c_void_p)
font_flags = _bind("FPDFFont_GetFlags", c_int, c_void_p)

_LONGEST_NAME = 200  # bytes; pdfium leaves a longer name out
_AT_ONCE = 400  # boxes; few pages ask for more
_RECT, _LOOSE, _BOUNDS = Struct("4d"), Struct("4f16x"), Struct("f4xf4xf4xf4x")  # each as long as the others
_STEP = _RECT.size


class Room:
    """Memory that pdfium writes into, with the arguments that say where.

    All is made once: to make an array or an argument takes longer than the call that it is for.
    """

    def __init__(self) -> None:
        self._units = 0
        self._need(8_000)
        self._name = (c_char * _LONGEST_NAME)()
        self._box = (c_float * 4)()
        self._matrix = (c_float * 6)()
        self._point = (c_double * 2)()
        self._boxes = (c_char * (_STEP * _AT_ONCE))()
        self._places = [
            [byref(self._boxes, at) for at in range(first, _STEP * _AT_ONCE, _STEP)]
            for first in range(0, _STEP, _STEP // 4)
        ]

    def _need(self, units: int) -> None:
        if units > self._units:
            self._units = units
            self._text = (c_char * (2 * units))()

    def _filled(self, shape: Struct, count: int) -> Iterator[Box]:
        return shape.iter_unpack(string_at(self._boxes, _STEP * count))

    def text(self, text: Argument, count: int) -> str:
        """The text of a page that has so many characters by pdfium's count."""
        self._need(2 * count + 2)  # a character may take two units
        units = get_text(text, 0, count, self._text) - 1
        return string_at(self._text, 2 * max(units, 0)).decode("utf-16-le", "replace")

    def rects(self, text: Argument, count: int) -> list[Box]:
        """The boxes that pdfium has ready since it counted them: left, bottom, right, top."""
        left, bottom, right, top = self._places
        found: list[Box] = []
        for first in range(0, count, _AT_ONCE):
            numbers = range(first, min(first + _AT_ONCE, count))
            deque(map(text_rect, repeat(text), numbers, left, top, right, bottom), 0)
            found += self._filled(_RECT, len(numbers))
        return found

    def loose_boxes(self, text: Argument, indexes: Sequence[int]) -> list[Box]:
        """The boxes of characters, wide as they advance, high as their type: left, top, right, bottom."""
        found: list[Box] = []
        for first in range(0, len(indexes), _AT_ONCE):
            some = indexes[first : first + _AT_ONCE]
            deque(map(loose_box, repeat(text), some, self._places[0]), 0)
            found += self._filled(_LOOSE, len(some))
        return found

    def loose_box(self, text: Argument, index: int) -> list[float]:
        """The same for one character."""
        loose_box(text, index, self._box)
        return self._box[:]

    def baseline(self, text: Argument, index: int) -> tuple[float, float, float, float]:
        """Where a character stands, and a step as long as its type size from there to what is above it."""
        char_origin(text, index, self._point, byref(self._point, 8))
        char_matrix(text, index, self._matrix)
        size = font_size(text, index)
        x, y = self._point
        return x, y, size * self._matrix[2], size * self._matrix[3]

    def font_height(self, font: int) -> float:
        """How high a font says that its letters are, from the lowest to the highest, at a type size of 1."""
        font_ascent(font, 1.0, self._box)
        font_descent(font, 1.0, byref(self._box, 4))
        return self._box[0] - self._box[1]

    def bounds(self, drawn: Sequence[int]) -> list[Box]:
        """The boxes of drawn objects: left, bottom, right, top."""
        found: list[Box] = []
        for first in range(0, len(drawn), _AT_ONCE):
            some = drawn[first : first + _AT_ONCE]
            deque(map(object_bounds, some, *self._places), 0)
            found += self._filled(_BOUNDS, len(some))
        return found

    def page_box(self, page: Argument) -> list[float]:
        """The box of a page: left, top, right, bottom."""
        page_box(page, self._box)
        return self._box[:]

    def point(self, path: int, number: int) -> list[float]:
        """Where a corner of a path is, across and up, in the path's own space."""
        segment_point(path_segment(path, number), byref(self._box), byref(self._box, 4))
        return self._box[:2]

    def font_name(self, font: int) -> bytes:
        """The name of a font, empty if it is long."""
        self._name[0] = b"\0"
        font_name(font, self._name, _LONGEST_NAME)
        return self._name.value
