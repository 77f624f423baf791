"""Words that lie on a page but are no part of its text: filled form fields, notes typed on it, comments."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

import pypdfium2.raw as pdfium

from validator.readers import pdf_native as native

_COMMENTS = frozenset(
    (
        pdfium.FPDF_ANNOT_TEXT,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_SQUIGGLY,
        pdfium.FPDF_ANNOT_STRIKEOUT,
        pdfium.FPDF_ANNOT_CARET,
    )
)
_TYPED = frozenset((pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP))
_NO_WORDS = frozenset(("Btn", "Sig"))  # kinds of form fields: buttons, signatures
_MOST = 1000  # on a page
_LONGEST = 200  # characters that are looked at


def has_words_beside(page: native.Argument) -> bool:
    """Whether a page has filled form fields, typed notes or comments."""
    count = min(native.count_annotations(page), _MOST)
    return any(_on(page, number, _has_words) for number in range(count))


def _on(page: native.Argument, number: int, ask: Callable[[int], bool]) -> bool:
    annotation = native.annotation(page, number)
    if not annotation:
        return False
    try:
        return ask(annotation)
    finally:
        native.close_annotation(annotation)


def _has_words(annotation: int) -> bool:
    kind = native.annotation_kind(annotation)
    if kind in _COMMENTS:
        return bool(_value(annotation, b"Contents"))
    if kind in _TYPED:
        return bool(_value(annotation, b"Contents")) or _shows_text(annotation)
    if kind == pdfium.FPDF_ANNOT_WIDGET and _value(annotation, b"FT") not in _NO_WORDS:
        return bool(_value(annotation, b"V")) or _shows_text(annotation)
    return False


def _value(annotation: int, key: bytes) -> str:
    """The words of an entry, without blanks around; empty if there is none."""
    room = (ctypes.c_char * (2 * _LONGEST))()
    units = native.annotation_value(annotation, key, room, len(room))
    if units > len(room):
        return "…"  # longer than what is looked at
    return room.raw[: max(units - 2, 0)].decode("utf-16-le", "replace").strip()


def _shows_text(annotation: int) -> bool:
    count = min(native.count_annotation_objects(annotation), _MOST)
    drawn = (native.annotation_object(annotation, number) for number in range(count))
    return any(each and native.object_type(each) == native.TEXT for each in drawn)
