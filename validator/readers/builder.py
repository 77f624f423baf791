"""Builds blocks out of raw pieces of a file and keeps the place of every character true."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from validator.document.blocks import Block, BlockKind
from validator.document.location import Anchor
from validator.document.text import BULLETS, HAS_LIGATURE, stretches
from validator.errors import UnreadableError
from validator.readers.limits import DEFAULT_LIMITS, Limits

_LIST_SIGNS = frozenset(BULLETS + "-–—−*")
_NUMBER = re.compile(r"\(?\d{1,2}[.)]")
_NUMBERED = re.compile(r"\d{1,2}[.)]?\s+[^\W\d]+\s+[^\W\d]")
_PROSE = 60  # characters; what is shorter may be a cell of figures
_ROW_CELL_BLOCKS = 8  # a cell with more paragraphs is part of a page layout, not of a table


class BlockBuilder:
    """Collects the pieces of one block after the other; `finish` hands out the block and starts anew."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self.page = 0  # of the pieces to come, where the format has pages
        self._limits = limits
        self._made = 0
        self._reset()

    def _reset(self) -> None:
        self._texts: list[str] = []
        self._anchors: list[Anchor] = []
        self._length = 0
        self._ends_blank = True  # blanks at the start of a block are dropped like repeated ones
        self._next = (0, 0, 0)  # the place that would continue the last anchor
        self._strong_until = -1  # where the first plain word began, -1 while there is none

    @property
    def empty(self) -> bool:
        """Whether nothing visible was added since the last block."""
        return not self._texts

    @property
    def strong(self) -> bool:
        """Whether all visible words since the last block are emphasised."""
        return self._strong_until < 0

    def add(self, raw: str, line: int, column: int, *, strong: bool = False) -> None:
        """Append a piece of the file that begins at this place; it may hold line ends."""
        if not raw:
            return
        if not strong and self._strong_until < 0 and not raw.isspace():
            self._strong_until = self._length
        if is_plain(raw):
            self._put(raw, line, column)
            return
        *whole, last = raw.split("\n")
        for text in whole:
            self._add_line(text, line, column)
            self._put(" ", line, column + len(text))
            line, column = line + 1, 1
        self._add_line(last, line, column)

    def _add_line(self, raw: str, line: int, column: int) -> None:
        text = raw.strip()
        if not text:
            if raw:
                self._put(" ", line, column)
            return
        indent = 0
        if len(text) < len(raw):
            indent = len(raw) - len(raw.lstrip())
            if indent:
                self._put(" ", line, column + indent - 1)
        if is_plain(text):
            self._put(text, line, column + indent)
        else:
            for offset, piece in stretches(text):
                self._put(piece, line, column + indent + offset)
        if indent + len(text) < len(raw):
            self._put(" ", line, column + indent + len(text))

    def add_sign(self, text: str, line: int, column: int, *, strong: bool = False) -> None:
        """Append what the file writes differently, such as an entity: all of it stands at this place."""
        self.add(text, line, column, strong=strong)
        self._next = (0, 0, 0)

    def blank(self, line: int, column: int) -> None:
        """Keep the words before and after apart, whatever the file has between them."""
        self._put(" ", line, column)

    def _put(self, text: str, line: int, column: int) -> None:
        if self._ends_blank and text[0] == " ":
            text = text[1:]
            column += 1
            if not text:
                return
        page = self.page
        if self._next != (page, line, column):
            self._anchors.append(Anchor(self._length, line, column, page))
        self._texts.append(text)
        length = len(text)
        self._length += length
        self._next = page, line, column + length
        self._ends_blank = text[-1] == " "

    def finish(self, kind: BlockKind = "paragraph", *, level: int = 0, marker: str = "") -> Block | None:
        """The block made of all pieces so far, or None if they hold no visible character."""
        if not self._texts:
            return None
        text = "".join(self._texts).rstrip()
        anchors, strong_until = tuple(self._anchors), self._strong_until
        self._reset()
        if not text:
            return None
        self._count(text)
        strong = strong_until < 0 or strong_until >= len(text)
        lead = 0 if strong else len(text[:strong_until].rstrip())
        return Block(text, kind, anchors, level, strong, lead, marker)

    def _count(self, text: str) -> None:
        self._made += 1
        if self._made > self._limits.max_blocks:
            raise UnreadableError(f"the file has more than {self._limits.max_blocks} paragraphs")
        self._limits.check_paragraph(len(text))


def is_plain(raw: str) -> bool:
    """Whether normalising would change nothing: the common case, decided without looking at each sign."""
    if not raw.isprintable() or "  " in raw:
        return False
    return raw.isascii() or (unicodedata.is_normalized("NFC", raw) and not HAS_LIGATURE.search(raw))


def cut_front(block: Block, length: int) -> Block:
    """The block without its first characters and the blanks after them; places stay true."""
    text = block.text[length:].lstrip()
    cut = len(block.text) - len(text)
    anchors = [anchor._replace(offset=anchor.offset - cut) for anchor in block.anchors if anchor.offset > cut]
    if text:
        place = block.place(cut, cut + 1)
        anchors.insert(0, Anchor(0, place.line or 0, place.column or 0, place.page or 0))
    lead = max(block.lead - cut, 0)
    return block._replace(text=text, anchors=tuple(anchors), lead=lead)


def as_item(block: Block, level: int = 1) -> Block:
    """A paragraph that begins with a list sign as a list item, with the sign in `marker`."""
    text = block.text
    sign = text[0]
    circle = sign == "o" and text[1:2] == " " and text[2:3].isupper()  # of Word's second list level
    if not (sign in _LIST_SIGNS or circle) or len(text) == 1:
        return block
    if sign not in BULLETS and text[1] != " ":
        return block
    # LibreOffice writes the sign of an item twice into its XHTML.
    signs = len(text) - len(text.lstrip(sign)) if sign in BULLETS else 1
    if signs == len(text):
        return block
    return cut_front(block, signs)._replace(kind="item", level=block.level or level, marker=sign)


def joined(pieces: Sequence[tuple[str, Block]]) -> Block:
    """Blocks as one that is like the first; with each what stands between it and the words before."""
    texts: list[str] = []
    anchors: list[Anchor] = []
    length = lead = 0
    strong = True
    for between, block in pieces:
        length += len(between)
        anchors.extend(anchor._replace(offset=anchor.offset + length) for anchor in block.anchors)
        texts += (between, block.text)
        if strong:
            strong, lead = block.strong, 0 if block.strong else length + block.lead
        length += len(block.text)
    lead = len("".join(texts)[:lead].rstrip())
    return pieces[0][1]._replace(text="".join(texts), anchors=tuple(anchors), strong=strong, lead=lead)


def join_row(cells: list[list[Block]]) -> Block | None:
    """The blocks of each cell as one row: cells in order, a blank between, empty cells counted."""
    texts: list[str] = []
    anchors: list[Anchor] = []
    starts: list[int] = []
    length = 0
    for cell in cells:
        starts.append(length)
        for block in cell:
            anchors += [Anchor(offset + length, *place) for offset, *place in block.anchors]
            texts.append(block.text)
            length += len(block.text) + 1
    if not texts:
        return None
    text = " ".join(texts)
    blocks = [block for cell in cells for block in cell]
    first = blocks[0]
    return Block(
        text,
        "row",
        tuple(anchors),
        strong=all(block.strong for block in blocks),
        cells=tuple(min(start, len(text)) for start in starts),
        paragraph=first.paragraph,
        xpath=first.xpath,
        claims=first.claims,
    )


class Row:
    """An open table row: the blocks of each cell."""

    def __init__(self) -> None:
        self.cells: list[list[Block]] = []

    def blocks(self) -> list[Block]:
        """One row block, or the blocks as they are where the table only lays out a page."""
        cells = [[block for block in cell if block.kind != "image"] for cell in self.cells]
        filled = [cell for cell in cells if cell]
        everything = [block for cell in self.cells for block in cell]
        if len(filled) == 2 and len(filled[0]) == 1 and is_sign(filled[0][0].text):
            images = [block for block in everything if block.kind == "image"]
            return [*images, marked(filled[1][0], filled[0][0].text), *filled[1][1:]]
        if len(filled) < 2 or any(_is_layout(cell) for cell in filled) or _is_headed(filled):
            return everything
        row = join_row(cells)
        return [block for block in everything if block.kind == "image"] + ([row] if row else [])


def _is_layout(cell: list[Block]) -> bool:
    return len(cell) > _ROW_CELL_BLOCKS or any(block.kind in ("heading", "row") for block in cell)


def _is_headed(filled: list[list[Block]]) -> bool:
    """Whether the first of two cells holds the numbered heading of the text in the second."""
    if len(filled) != 2 or len(filled[0]) > 1:
        return False
    head, text = filled[0][0].text, filled[1]
    prose = len(text) > 1 or len(text[0].text) >= _PROSE
    return prose and _NUMBERED.match(head) is not None and head[-1] not in ".,;:"


def is_sign(text: str) -> bool:
    """Whether a text is nothing but a list sign or the number of an item or heading."""
    return text in _LIST_SIGNS or is_number(text)


def is_number(text: str) -> bool:
    """Whether a text is nothing but the number of an item or heading."""
    return _NUMBER.fullmatch(text) is not None


def marked(block: Block, marker: str) -> Block:
    """A block with its list sign or number, which the file has in a cell or line of its own."""
    if block.kind != "paragraph":
        return block._replace(marker=marker)
    return block._replace(kind="item", level=1, marker=marker)
