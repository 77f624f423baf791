"""Which way up the text of a page stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from math import pi

from validator.readers import pdf_native as native

ASLANT = -1  # in the place of quarters

_SAMPLES = 10  # characters of a page that tell how it is turned
_SLANT = 0.1  # of a quarter: what is turned by more than that from a right angle stands aslant


@contextmanager
def upright_text(page: native.Argument) -> Iterator[native.Argument | None]:
    """The text of a page that is turned, while it is open, so that most of it is upright; None if none loads.

    pdfium puts the words of a line in the order in which they stand on the page as it is shown.
    """
    rotation = native.page_rotation(page)
    with _text(page) as text:
        quarters = _most(text) if text else ASLANT
        if quarters in (ASLANT, rotation % 4):
            yield text
            return
    native.turn_page(page, quarters)
    try:
        with _text(page) as text:
            yield text
    finally:
        native.turn_page(page, rotation)


@contextmanager
def _text(page: native.Argument) -> Iterator[native.Argument | None]:
    loaded = native.load_text(page)
    try:
        yield native.argument(loaded) if loaded else None
    finally:
        if loaded:
            native.close_text(loaded)


def _most(text: native.Argument) -> int:
    """How most of a text is turned, told by a few of its letters."""
    count = native.count_chars(text)
    places = range(0, count, count // _SAMPLES + 1)
    if not any(map(native.char_angle, repeat(text), places)):
        return 0 if count else ASLANT
    letters = [at for at in places if chr(native.unicode_of(text, at)).isalnum()]
    most = Counter(quarters_of(text, at) for at in letters).most_common(1)
    return most[0][0] if most else ASLANT


def quarters_of(text: native.Argument, index: int) -> int:
    """By how many quarters clockwise the page is to be turned to read a character."""
    angle = native.char_angle(text, index) / (pi / 2)
    quarters = round(angle)
    return -quarters % 4 if abs(angle - quarters) < _SLANT else ASLANT
