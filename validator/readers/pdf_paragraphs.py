"""Lines of a PDF to paragraphs: what belongs together is told by margins, spacing, type and list signs."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from validator.document.blocks import Block, BlockKind
from validator.document.location import Anchor
from validator.readers.builder import BlockBuilder, join_row
from validator.readers.pdf_lines import BROKEN, Piece
from validator.readers.pdf_rows import Strip, TableRow, needed
from validator.readers.text import BULLET, NEVER_FIRST, NUMBER, RULE, marker_sign, numbered_inside
from validator.readers.wrapping import SENTENCE_END, breaks_off

_CIRCLE = re.compile(r"o (?=[^\Wa-z_])")  # the sign of Word's second list level
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_OTHER_SIZE = 0.12  # share of the height by which type counts as larger or smaller
_LOOSE, _LOOSEST = 1.25, 1.6  # times the usual distance of lines: a gap, and more than any tall line makes
_INDENT = 0.5  # of the height
_NEARLY_FULL = 0.75  # of the column's width
_SHORT = 0.6  # likewise
_HYPHENATED = 0.04  # share of lines that end in a hyphen where a program broke the words
_HEADING_LINES = 2
_MEASURED = 200  # so many lines tell what is usual


class Style(NamedTuple):
    """What is usual in a document: line height of larger type, distance of lines in heights, hyphens.

    `words` are all words in lower case; among them a word is sought that a line end breaks.
    """

    large: float
    pitch: float
    words: str
    drops_hyphens: bool


def style_of(strips: Sequence[Strip]) -> Style:
    """The style of a document, measured on its lines of running text."""
    heights, pitches = _running_text(strips)
    texts = [[piece.text for piece in strip.pieces] for strip in strips]
    broken = [pair for lines in texts for pair in pairwise(lines) if pair[0][-1] == BROKEN]
    words = "\n".join(map("\n".join, texts)).lower() if broken else ""
    joined = kept = 0
    for pair in broken:
        first, second = _parts(*pair)
        joined += first + second in words
        kept += f"{first}-{second}" in words
    drops = joined > kept if joined != kept else len(broken) > _HYPHENATED * sum(map(len, texts))
    return Style(
        (1 + _OTHER_SIZE) * statistics.median(heights) if heights else inf,
        statistics.median(pitches) if pitches else 1.2,
        words,
        drops,
    )


def _running_text(strips: Sequence[Strip]) -> tuple[list[float], list[float]]:
    """The heights of lines that break off in a sentence, and in heights how far below the next one stands."""
    heights: list[float] = []
    pitches: list[float] = []
    for piece, after in (pair for strip in strips for pair in pairwise(strip.pieces)):
        if breaks_off(piece.text, after.text):
            pitch = (piece.bottom - after.bottom) / (piece.height or 1.0)
            if 0.5 < pitch < 3:
                heights.append(piece.height)
                pitches.append(pitch)
        if len(pitches) == _MEASURED:
            break
    return heights, pitches


def _parts(before: str, after: str) -> tuple[str, str]:
    """The two parts of a word that is broken at a line end, in lower case."""
    first = _TOKEN.findall(before.lower())
    second = _TOKEN.match(after.lower())
    return first[-1] if first else "", second.group() if second else ""


class Paragraphs:
    """Walks over the lines in reading order, one paragraph open at a time."""

    def __init__(self, builder: BlockBuilder, style: Style) -> None:
        self.blocks: list[Block] = []
        self.lines: list[list[Piece]] = []  # of each page, as the blocks' anchors count them
        self._builder = builder
        self._style = style
        self._first: Piece | None = None  # the first line of the open paragraph, None if none is open
        self._last = Piece("", 0, 0, 0, 0, 0)  # its last line
        self._strip = Strip((), 0, 0)
        self._lines = 0
        self._marker = ""
        self._signed = False
        self._before: list[Block] = []
        self._after: list[Block] = []
        self._images: dict[int, int] = {}
        self._end = 0  # its number on the page
        self._row: tuple[int, list[list[Block]]] = (0, [])  # where the last row of a table is, and its cells

    def page(self, number: int, images: dict[int, int]) -> None:
        """Begin a page; `images` says how many small images stand at a piece (by its id)."""
        self._builder.page = number
        self._images = images
        self.lines.append([])

    def furniture(self, pieces: Iterable[Piece]) -> None:
        """Take lines that belong to no paragraph; one that is open may go on after them."""
        builder = BlockBuilder()
        builder.page = self._builder.page
        lines = self.lines[-1]
        for piece in pieces:
            lines.append(piece)
            builder.add(piece.text, len(lines), 1)
            if block := builder.finish("furniture"):
                (self._after if self._first else self.blocks).append(block)

    def strip(self, strip: Strip) -> None:
        """Take the lines of a column."""
        for piece in strip.pieces:
            self._take(piece, strip)

    def row(self, row: TableRow) -> None:
        """Take a row of a table."""
        self.close()
        outer = self.blocks
        cells: list[list[Block]] = []
        for cell in row.cells:
            self.blocks = []
            self.strip(cell)
            self.close()
            outer.extend(block for block in self.blocks if block.kind in ("image", "furniture"))
            cells.append([block for block in self.blocks if block.kind not in ("image", "furniture")])
        self.blocks = outer
        at, before = self._row
        if row.continues:
            cells = [above + below for above, below in zip(before, cells, strict=True)]
        elif any(cells):
            at = len(outer)
        if block := join_row(cells):
            self.blocks[at : at + row.continues] = [block]
            self._row = at, cells

    def close(self) -> None:
        """Finish the open paragraph; images come before it, furniture met inside it after it."""
        if self._first is None:
            return
        if self._last.text[-1] == BROKEN:
            self._builder.add("-", self._end, len(self._last.text))
        block = self._builder.finish(self._kind(self._first), marker=self._marker)
        if self._before:
            self.blocks += self._before
            self._before = []
        if block:
            self.blocks.append(block)
        if self._after:
            self.blocks += self._after
            self._after = []
        self._first = None
        self._marker = ""

    def _kind(self, first: Piece) -> BlockKind:
        if self._marker:
            return "item"
        larger = first.height > self._style.large
        short = self._lines <= _HEADING_LINES and self._last.text[-1] not in ".;,"
        return "heading" if short and (larger or self._builder.strong) else "paragraph"

    def _take(self, piece: Piece, strip: Strip) -> None:
        lines = self.lines[-1]
        lines.append(piece)
        line = len(lines)
        text = piece.text
        plain = text[:2].isalpha()
        bullet = None if plain else BULLET.match(text) or _CIRCLE.match(text)
        number = None if plain or bullet else NUMBER.match(text)
        if self._first is not None and self._continues(piece, strip, bool(bullet), bool(number)):
            self._lines += 1
            self._add(piece, line, 0, self._joint(text))
        else:
            self.close()
            self._first, self._lines, self._signed = piece, 1, bool(bullet or number)
            if bullet:
                self._marker = marker_sign(text)
            self._add(piece, line, bullet.end() if bullet else 0, "")
        if self._images and (count := self._images.get(id(piece))):
            self._before += [Block("", "image", (Anchor(0, line, 1, self._builder.page),))] * count
        self._last, self._strip, self._end = piece, strip, line

    def _add(self, piece: Piece, line: int, start: int, joint: str) -> None:
        """Add the words of a line from this offset on, after what joins them to the line before."""
        text, bold = piece.text, piece.bold
        if text[-1] == BROKEN:
            text = text[:-1]
        column = start + 1 - len(joint)
        if bold > start:
            self._builder.add(joint + text[start:bold], line, column, strong=True)
            if bold >= len(text):
                return
            joint, start, column = "", bold, bold + 1
        self._builder.add(joint + text[start:], line, column)

    def _joint(self, text: str) -> str:
        """What belongs between the last line and this one: a blank, a hyphen or nothing."""
        last = self._last.text
        if last[-1] == BROKEN:
            return "-" if self._keeps_hyphen(last[:-1], text) else ""
        return "" if last[-1] in "-‐\u00ad" and last[-2:-1] != " " else " "

    def _keeps_hyphen(self, before: str, after: str) -> bool:
        first, second = _parts(before, after)
        if not first or not second or (after[0].isupper() and not before[-1:].isupper()):
            return True
        if first + second in self._style.words:
            return False
        return f"{first}-{second}" in self._style.words or not self._style.drops_hyphens

    def _continues(self, piece: Piece, strip: Strip, bullet: bool, number: bool) -> bool:
        """Whether a line goes on with the open paragraph."""
        last = self._last
        before, last_left, _, last_bottom, last_height, last_bold, _, _ = last
        text, left, right, bottom, height, bold, _, _ = piece
        end = before[-1]
        if end == BROKEN:
            return text[0].isalnum()
        if not before[0].isalnum() and RULE.fullmatch(before):
            return False
        if not text[0].isalnum() and RULE.fullmatch(text):
            return False
        if not bold and last_bold >= len(before):
            return False
        elsewhere = strip is not self._strip
        gap = last_bottom - bottom
        usual = self._style.pitch * (last_height if last_height > height else height)
        if not elsewhere and not 0 < gap < _LOOSEST * usual:
            return False
        reach = needed(last, piece)
        full = reach >= self._strip.right - 1.5 * (right - left) / len(
            text
        )  # no room for its first word there
        if (bullet or number) and not (full and self._is_no_sign(text, bullet)):
            return False
        if elsewhere:
            if end in SENTENCE_END or not self._is_alike(last, piece):
                return False
            return full and self._is_aligned(left - strip.left, last_left - self._strip.left, last)
        cut = breaks_off(before, text)
        if not (cut and full) and not (gap < _LOOSE * usual and self._is_alike(last, piece)):
            return False
        if not (self._is_aligned(left, last_left, last, cut) or _is_centred(last, piece)):
            return False
        if text[0] in NEVER_FIRST:
            return True
        if cut:
            return full or reach >= strip.left + _NEARLY_FULL * (strip.right - strip.left)
        if end in SENTENCE_END:
            return reach >= strip.right and not self._is_title(piece)
        return full

    def _is_no_sign(self, text: str, bullet: bool) -> bool:
        """Whether a dash or a number at the start of a line stands inside a sentence."""
        last = self._last.text
        if bullet:
            return text[0] in "-–—o" and not self._signed and last[-1] not in SENTENCE_END
        return numbered_inside(last, text) or (text[:-1].isdigit() and last[-1] not in SENTENCE_END)

    def _is_alike(self, last: Piece, piece: Piece) -> bool:
        """Whether two lines are set in the same type."""
        if abs(last.height - piece.height) > _OTHER_SIZE * last.height:
            return False
        return (last.bold >= len(last.text)) == (piece.bold > 0)

    def _is_aligned(self, left: float, before: float, last: Piece, cut: bool = False) -> bool:
        """Whether a line begins where the next line of the open paragraph may begin."""
        indent = (left - before) / (last.height or 1.0)
        if self._lines > 1:
            return abs(indent) < _INDENT
        if self._signed:
            return indent > -_INDENT
        return cut or indent < _INDENT

    def _is_title(self, piece: Piece) -> bool:
        """A short line without a full stop: not the tail of a paragraph."""
        short = piece.right < self._strip.left + _SHORT * (self._strip.right - self._strip.left)
        return short and piece.text[0].isupper() and piece.text[-1] not in ".,;!?)"


def _is_centred(last: Piece, piece: Piece) -> bool:
    return abs(last.left + last.right - piece.left - piece.right) < 4
