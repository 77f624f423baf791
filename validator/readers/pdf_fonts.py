"""The fonts of a page: which are bold, and which do not say how high their letters stand."""

from __future__ import annotations

import re

from validator.readers import pdf_native as native

_BOLD_NAME = re.compile(rb"bold|black|heavy|demi(?!light)|[-,]bd\b", re.IGNORECASE)
_PLAIN_NAME = re.compile(rb"regular|roman|book|light|medium|italic|oblique|psmt$|mt$", re.IGNORECASE)
_HEAVY, _HEAVIEST = 700, 900
_LOWEST = 0.95  # of the type size: a font that says how high it is is higher; a guess by one letter is lower


class Fonts(dict[int | None, bool]):
    """Whether fonts are bold, asked once each; `flat` are those whose height pdfium has to guess."""

    def __init__(self, room: native.Room) -> None:
        self._room = room
        self.flat: set[int] = set()

    def __missing__(self, font: int | None) -> bool:
        self[font] = font is not None and _is_bold(font, self._room.font_name(font))
        if font is not None and self._room.font_height(font) < _LOWEST:
            self.flat.add(font)
        return self[font]


def _is_bold(font: int, name: bytes) -> bool:
    if _BOLD_NAME.search(name):
        return True
    if _PLAIN_NAME.search(name):
        return False
    return (
        bool(native.font_flags(font) & native.FORCE_BOLD) or _HEAVY <= native.font_weight(font) <= _HEAVIEST
    )
