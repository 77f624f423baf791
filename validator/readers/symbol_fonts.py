"""Fonts that show other signs than the characters they are given, in Word files and web pages."""

from __future__ import annotations

import re
from collections.abc import Mapping

# The Symbol font from 0x20 on; the gap 0x7F-0x9F is left out.
_SYMBOL = (
    " !∀#∃%&∍()*+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}~"
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
# Of the pictorial fonts the signs that texts use, by code; arrows and shapes in their plain form.
_PICTORIAL = {
    "wingdings": "20  28☎ 2A✉ 46☞ 4A☺ 6C● 6D○ 6E■ 6F□ 70□ 71□ 72□ 73◆ 74◆ 75◆ 76◆ 77◆ 9E· 9F• A0▪ A1○ "
    "A6▫ A7▪ A8□ AB★ D5⌫ D8➢ DF← E0→ E1↑ E2↓ E7← E8→ E9↑ EA↓ EF⇦ F0⇨ F1⇧ F2⇩ FB✗ FC✓ FD☒ FE☑",
    "wingdings 2": "20  4F✗ 50✓ 51☒ 52☑ 53☒ 54☒ 95· 96• 97● 98● 99○ 9A○ 9F• A0■ A1■ A2■ A3□ A4□ AE◆ AF◇",
    "wingdings 3": "20  21← 22→ 23↑ 24↓ 70▲ 71▼ 72△ 73▽ 74◀ 75▶ 76◁ 77▷ 7C◀ 7D▶ 7E▲ 80▼",
    "webdings": "20  33◀ 34▶ 35▲ 36▼ 3C■ 3D● 61✓ 63□ 67■ 69ℹ 6E● 72✗",
}
WITH_LINE = {">": "≥", "<": "≤"}  # what a sign becomes that is underlined by itself
_UNKNOWN = "□"  # a pictogram; left in the private-use area it would be taken for another font's sign


def _signs() -> dict[str, dict[int, str]]:
    codes = (*range(0x20, 0x7F), *range(0xA0, 0xFF))
    fonts = {
        font: {int(sign[:2], 16): sign[2:] or " " for sign in re.split(r"(?<=\S) ", listed)}
        for font, listed in _PICTORIAL.items()
    }
    return {**fonts, "symbol": dict(zip(codes, _SYMBOL, strict=True))}


_SIGNS = _signs()
SYMBOL_FONTS = frozenset(_SIGNS)


def in_unicode(text: str, font: str | None) -> str:
    """A text in the signs that its font shows; the length stays the same."""
    signs = _SIGNS.get(font.lower()) if font else None
    return "".join(_sign(ord(char), signs) for char in text) if signs else text


def _sign(code: int, signs: Mapping[int, str]) -> str:
    if 0xF000 <= code <= 0xF0FF:  # where symbol fonts repeat their signs
        code -= 0xF000
    if code > 0xFF or code == 0xA0:
        return chr(code)
    return signs.get(code, _UNKNOWN)
