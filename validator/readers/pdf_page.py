"""A page of a PDF as pieces of text with their boxes, in the order in which the file draws them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import repeat, starmap
from typing import NamedTuple

import pypdfium2

from validator.errors import UnreadableError
from validator.readers import pdf_native as native
from validator.readers.limits import Limits
from validator.readers.pdf_annotations import has_words_beside
from validator.readers.pdf_cells import Marks, Word, cut_cells, has_cells
from validator.readers.pdf_images import Drawings
from validator.readers.pdf_lines import BROKEN, LineReader, Piece
from validator.readers.pdf_signs import whole_signs
from validator.readers.pdf_upright import upright_text
from validator.readers.pdf_view import Box, View

_SAMPLES = 10  # characters of a page that are looked up in their font


class Page(NamedTuple):
    """What a page shows; `characters` of its text, of which `unknown` ones have no meaning in Unicode.

    `images` are pictures, and triangles as small as a sign. What is turned against the page stands in
    `turned`, for each direction by itself, as if the page were turned like that; `aslant` are words
    across it. `beside` says that there are words which are no part of its text: in fields or comments.
    """

    box: Box = (0.0, 0.0, 0.0, 0.0)
    pieces: Sequence[Piece] = ()
    images: Sequence[Box] = ()
    characters: int = 0
    unknown: int = 0
    turned: Sequence[Sequence[Piece]] = ()
    aslant: Sequence[Piece] = ()
    beside: bool = False


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document of a file's bytes; UnreadableError says why there is none."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # Where pdfium gives no reason, the code is still that of an earlier file.
        locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD and b"/Encrypt" in data
        reason = (
            "is protected by a password; save it without one"
            if locked
            else "is damaged, cut short or without pages"
        )
        raise UnreadableError(f"the PDF {reason}") from None
    try:
        yield document
    finally:
        document.close()


def read_pages(data: bytes, limits: Limits) -> list[Page | None]:
    """What each page of a file shows, None for one that cannot be loaded. Not made for threads."""
    with _opened(data) as document:
        count = len(document)
        if count > limits.max_pages:
            raise UnreadableError(f"the PDF has more than {limits.max_pages} pages")
        reader = PageReader(document, limits)
        return [reader.read(index) for index in range(count)]


class PageReader:
    """Reads the pages of a document one by one."""

    def __init__(self, document: pypdfium2.PdfDocument, limits: Limits) -> None:
        self._document = native.handle_of(document.raw)
        self._limits = limits
        self._left = limits.max_characters
        self._room = native.Room()

    def read(self, index: int) -> Page | None:
        """What page number `index` (from 0) shows; None if it cannot be loaded."""
        loaded = native.load_page(self._document, index)
        if not loaded:
            return None
        page = native.argument(loaded)
        try:
            with upright_text(page) as text:
                return self._read(page, text) if text else None
        finally:
            native.close_page(page)

    def _read(self, page: native.Argument, text: native.Argument) -> Page:
        words = self._words(text)
        left, top, right, bottom = self._room.page_box(page)
        box = left, bottom, right, top
        view = View(box, native.page_rotation(page) % 4)
        unknown = words.count("\ufffd") + _unmapped(text, words)
        drawings = Drawings(self._room, page, view, self._limits)
        words = whole_signs(self._room, text, words, drawings, view)
        reader = LineReader(self._room, text, words, view)
        pieces, turned, aslant = reader.read()
        if has_cells(pieces):
            marks = Marks(reader.gaps, drawings.paths)
            pieces = cut_cells(pieces, marks, lambda piece: list(starmap(Word, reader.words_of(piece))))
        shown, beside = drawings.images(), has_words_beside(page)
        return Page(view.box(*box), pieces, shown, len(words), unknown, turned, aslant, beside)

    def _words(self, text: native.Argument) -> str:
        """The text of the page, one character for each of pdfium's: an offset is its index."""
        count = native.count_chars(text)
        self._left -= count
        if self._left < 0:
            limit = self._limits.max_characters
            raise UnreadableError(f"the PDF has more than {limit} characters of text")
        words = self._room.text(text, count)
        if len(words) == count:
            return words
        codes = (native.unicode_of(text, index) for index in range(count))
        return "".join(BROKEN if code == 2 else _sign(code) for code in codes)


def _unmapped(text: native.Argument, words: str) -> int:
    """About how many characters pdfium knows by their number in the font alone."""
    step = len(words) // _SAMPLES + 1
    found: list[int] = list(map(native.is_unmapped, repeat(text), range(0, len(words), step)))
    return step * sum(found)


def _sign(code: int) -> str:
    return chr(code) if code and not 0xD800 <= code < 0xE000 else "\ufffd"
