"""pdfium's functions, bound so that a call costs a third of what it costs through the usual bindings.

pdfium answers one question about one character at a time, so the price of a call is what counts.
Handles are `c_void_p`; boxes are written into buffers whose address is passed.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import c_int, c_size_t, c_void_p
from typing import Any

import pypdfium2.raw as pdfium

IMAGE, FORM, TEXT = pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_TEXT
PATH = pdfium.FPDF_PAGEOBJ_PATH
FILL_AND_STROKE = pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
FORCE_BOLD = 1 << 18  # a flag of font descriptors


def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function by name. Without argument types it takes a handle and numbers, and is faster still."""
    address = ctypes.cast(getattr(pdfium, name), c_void_p).value
    assert address is not None
    bound = ctypes.PYFUNCTYPE(result)(address)
    if arguments:
        bound.argtypes = arguments
    return bound


def handle_of(raw: Any) -> c_void_p:
    """The handle behind one of the usual bindings."""
    return ctypes.cast(raw, c_void_p)


_FOUR = (c_void_p,) * 4

load_page = _bind("FPDF_LoadPage", c_void_p)
close_page = _bind("FPDF_ClosePage", None, c_void_p)
load_text = _bind("FPDFText_LoadPage", c_void_p, c_void_p)
close_text = _bind("FPDFText_ClosePage", None, c_void_p)
page_box = _bind("FPDF_GetPageBoundingBox", c_int, c_void_p, c_void_p)
page_rotation = _bind("FPDFPage_GetRotation", c_int, c_void_p)
count_objects = _bind("FPDFPage_CountObjects", c_int, c_void_p)
page_object = _bind("FPDFPage_GetObject", c_void_p)
object_type = _bind("FPDFPageObj_GetType", c_int, c_void_p)
object_bounds = _bind("FPDFPageObj_GetBounds", c_int, c_void_p, *_FOUR)
object_matrix = _bind("FPDFPageObj_GetMatrix", c_int, c_void_p, c_void_p)
count_segments = _bind("FPDFPath_CountSegments", c_int, c_void_p)
path_segment = _bind("FPDFPath_GetPathSegment", c_void_p, c_void_p, c_int)
segment_point = _bind("FPDFPathSegment_GetPoint", c_int, c_void_p, c_void_p, c_void_p)
count_form_objects = _bind("FPDFFormObj_CountObjects", c_int, c_void_p)
form_object = _bind("FPDFFormObj_GetObject", c_void_p, c_void_p, c_size_t)

count_chars = _bind("FPDFText_CountChars", c_int, c_void_p)
get_text = _bind("FPDFText_GetText", c_int, c_void_p, c_int, c_int, c_void_p)
unicode_of = _bind("FPDFText_GetUnicode", c_int)
is_unmapped = _bind("FPDFText_HasUnicodeMapError", c_int)
loose_box = _bind("FPDFText_GetLooseCharBox", c_int, c_void_p, c_int, c_void_p)
count_rects = _bind("FPDFText_CountRects", c_int)
text_rect = _bind("FPDFText_GetRect", c_int, c_void_p, c_int, *_FOUR)

text_object = _bind("FPDFText_GetTextObject", c_void_p)
font_of = _bind("FPDFTextObj_GetFont", c_void_p, c_void_p)
render_mode = _bind("FPDFTextObj_GetTextRenderMode", c_int, c_void_p)
font_name = _bind("FPDFFont_GetBaseFontName", c_size_t, c_void_p, c_void_p, c_size_t)
font_weight = _bind("FPDFFont_GetWeight", c_int, c_void_p)
font_flags = _bind("FPDFFont_GetFlags", c_int, c_void_p)
