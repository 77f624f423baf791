"""Digits of which a font says one thing and its table of meanings another: shown is not what is read.

A PDF tells by a table (ToUnicode) which letters the codes of a font mean. Where that table is wrong, all text
is read without a complaint, and a dose of 30 mg may come out as 80 mg. For codes that say by themselves which
digit they are, the two can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from validator.readers.pdf_parts import Stream, content

_TABLE = re.compile(rb"/ToUnicode\s{1,9}(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R\b")
_AROUND = 500  # bytes of a font's dictionary on either side
_FIXED = re.compile(rb"/Encoding\s{0,9}/(?:WinAnsi|MacRoman|Standard)Encoding\b")
_GLYPHS = re.compile(rb"/Encoding\s{0,9}/Identity-[HV]\b")
_CODE = rb"<\s{0,9}([0-9A-Fa-f]{2,8})\s{0,9}>\s{0,9}"
_CHAR = re.compile(_CODE + _CODE)
_RANGE = re.compile(_CODE + _CODE + rb"(?:<\s*([0-9A-Fa-f]{4})\s*>|\[([^\]]{0,5000})\])")
_LONGEST_RANGE = 256
_MOST_FONTS = 50
_LARGEST, _LONGEST = 10_000, 100_000  # bytes of a table, packed and unpacked
_LETTERS = 8  # so many small letters in their order show that the glyphs of a font have their own numbers

_ZERO, _NINE = 0x30, 0x39
_A, _Z = 0x61, 0x7A


def has_doubtful_digits(texts: Iterable[bytes], parts: Sequence[Stream]) -> bool:
    """Whether a font of the file takes one digit for another; `texts` are where its objects stand."""
    streams = {part.number: part for part in parts}
    fonts = {(match.group(1), kind) for text in texts for match, kind in _fonts(text)}
    for number, fixed in sorted(fonts)[:_MOST_FONTS]:
        table = streams.get(int(number))
        if table is None or len(table.body) > _LARGEST:
            continue
        if _is_doubtful(_meanings(content(table.head, table.body)[:_LONGEST]), fixed):
            return True
    return False


def _fonts(text: bytes) -> Iterable[tuple[re.Match[bytes], bool]]:
    """The tables that fonts name, and whether the codes of the font are those of letters, not of glyphs."""
    for match in _TABLE.finditer(text):
        before = text[max(0, match.start() - _AROUND) : match.start()].rpartition(b">>")[2]
        after = text[match.end() : match.end() + _AROUND].partition(b">>")[0]
        font = before.rpartition(b"endobj")[2] + b" " + after
        if b"/Differences" not in font:
            fixed = _FIXED.search(font) is not None
            if fixed or _GLYPHS.search(font):
                yield match, fixed


def _meanings(table: bytes) -> dict[int, int]:
    """What the codes of a font mean, as far as they mean one character each."""
    found: dict[int, int] = {}
    for section in table.split(b"beginbf")[1:]:
        pairs = section.partition(b"endbf")[0]
        if pairs.startswith(b"char"):
            found |= {int(code, 16): int(sign, 16) for code, sign in _CHAR.findall(pairs)}
            continue
        for low, high, first, listed in _RANGE.findall(pairs):
            codes = range(int(low, 16), min(int(high, 16), int(low, 16) + _LONGEST_RANGE) + 1)
            signs = re.findall(_CODE, listed) if listed else None
            if signs is None:
                found |= {code: int(first, 16) + at for at, code in enumerate(codes)}
            else:
                found |= {code: int(sign, 16) for code, sign in zip(codes, signs, strict=False)}
    return found


def _is_doubtful(meanings: Mapping[int, int], fixed: bool) -> bool:
    if fixed:
        return any(meanings.get(code, code) != code for code in range(_ZERO, _NINE + 1))
    letters = _steps(meanings, _A, _Z)
    return (
        len(letters) >= _LETTERS and len(set(letters)) == 1 and len(set(_steps(meanings, _ZERO, _NINE))) > 1
    )


def _steps(meanings: Mapping[int, int], low: int, high: int) -> list[int]:
    """How far the codes of these characters are from them: always as far, where glyphs stand in order."""
    return [code - sign for code, sign in meanings.items() if low <= sign <= high]
