"""A page of a PDF as pieces of text with their boxes, in the order in which the file draws them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate, pairwise, repeat
from operator import or_
from typing import NamedTuple

import pypdfium2

from validator.errors import UnreadableError
from validator.readers import pdf_native as native
from validator.readers.limits import Limits

BROKEN = "\ufffe"  # what pdfium puts in the place of a hyphen at a line end

_LINE = re.compile(
    f"(?=(?:o\\s)?[^\\r\\n{BROKEN}]*?([^\\W\\d_]))?\\S(?:[^\\r\\n{BROKEN}]*[^\\s{BROKEN}])?{BROKEN}?"
)
_SIGN = re.compile(r"(?:[^\w\s(]|\(?\w{1,2}[.)]|\d{1,2}(?:\.\d{1,2})*\.?|o)\s")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"\S+")
_BOLD_NAME = re.compile(rb"bold|black|heavy|demi(?!light)|[-,]bd\b", re.IGNORECASE)
_PLAIN_NAME = re.compile(rb"regular|roman|book|light|medium|italic|oblique|psmt$|mt$", re.IGNORECASE)
_HEAVY, _HEAVIEST = 700, 900

_GAP = 0.8  # of a line's height: no blank between two words is as wide
_SIGN_WIDTH, _SIGN_GAP = 3.0, 5.0  # such gaps: how wide a list sign or number is, and the blank after it
_CORNERS = 4  # a triangle's, the first one perhaps twice
_IMAGE, _PATH = (re.compile(b"%c" % kind) for kind in (native.IMAGE, native.PATH))
_SAMPLES = 10  # characters of a page that are looked up in their font

_SMALLEST, _TALLEST, _WIDEST = 4.0, 40.0, 60.0  # points: no sign that belongs to a line is smaller or larger

Box = native.Box  # left, bottom, right, top from the page's bottom left corner


class Piece(NamedTuple):
    """Words on one line of one column, without blanks around; `bold` characters at its start are bold.

    `drawn` says for offsets in the text which of the page's characters stand there and after them.
    """

    text: str
    left: float
    right: float
    bottom: float
    height: float
    bold: int
    drawn: tuple[tuple[int, int], ...] = ()


class Page(NamedTuple):
    """What a page shows; `characters` of its text, of which `unknown` ones have no meaning in Unicode.

    `images` are pictures, and triangles as small as a sign.
    """

    box: Box = (0.0, 0.0, 0.0, 0.0)
    pieces: Sequence[Piece] = ()
    images: Sequence[Box] = ()
    characters: int = 0
    unknown: int = 0


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


class _BoldFonts(dict[int | None, bool]):
    """Whether fonts are bold, asked once each."""

    def __init__(self, room: native.Room) -> None:
        self._room = room

    def __missing__(self, font: int | None) -> bool:
        self[font] = font is not None and _is_bold_font(font, self._room.font_name(font))
        return self[font]


class PageReader:
    """Reads the pages of a document one by one."""

    def __init__(self, document: pypdfium2.PdfDocument, limits: Limits) -> None:
        self._document = native.handle_of(document.raw)
        self._limits = limits
        self._left = limits.max_characters
        self._room = native.Room()
        self._fonts = _BoldFonts(self._room)
        self._text = native.argument(0)
        self._turned = 0

    def read(self, index: int) -> Page | None:
        """What page number `index` (from 0) shows; None if it cannot be loaded."""
        loaded = native.load_page(self._document, index)
        if not loaded:
            return None
        page = native.argument(loaded)
        text = native.load_text(page)
        try:
            return self._read(page, native.argument(text)) if text else None
        finally:
            if text:
                native.close_text(text)
            native.close_page(page)

    def _read(self, page: native.Argument, text: native.Argument) -> Page:
        self._text = text
        self._fonts.clear()  # a font lives as long as its page
        left, top, right, bottom = self._room.page_box(page)
        self._turned, self._box = 0, (left, bottom, right, top)
        self._turned = native.page_rotation(page) % 4
        words = self._words()
        unknown = words.count("\ufffd") + self._unmapped(words)
        return Page(self._turn(*self._box), self._pieces(words), self._images(page), len(words), unknown)

    def _unmapped(self, words: str) -> int:
        """About how many characters pdfium knows by their number in the font alone."""
        step = len(words) // _SAMPLES + 1
        places = range(0, len(words), step)
        found: list[int] = list(map(native.is_unmapped, repeat(self._text), places))
        return step * sum(found)

    def _words(self) -> str:
        """The text of the page, one character for each of pdfium's: an offset is its index."""
        count = native.count_chars(self._text)
        self._left -= count
        if self._left < 0:
            limit = self._limits.max_characters
            raise UnreadableError(f"the PDF has more than {limit} characters of text")
        words = self._room.text(self._text, count)
        if len(words) == count:
            return words
        codes = (native.unicode_of(self._text, index) for index in range(count))
        return "".join(BROKEN if code == 2 else _sign(code) for code in codes)

    def _pieces(self, words: str) -> list[Piece]:
        """The pieces of all lines; what each line needs is asked for all lines at once."""
        lines = list(_LINE.finditer(words))
        spans = [line.span() for line in lines]
        # The first letter of a line stands for its type: list signs often come from another font.
        letters = [line.start(1) for line in lines]
        marks = [start if letter < 0 else letter for (start, _), letter in zip(spans, letters, strict=True)]
        pieces: list[Piece] = []
        for (start, end), mark, box, bold, runs in zip(
            spans,
            marks,
            self._boxes(marks),
            self._are_bold(marks),
            self._runs(len(words), spans),
            strict=True,
        ):
            if len(runs) == 1:
                left, _, right, _ = runs[0]
                cuts = [(start, end, left, right)]
            else:
                cuts = self._cut(words, start, end, box, runs) if runs else []
            for first, stop, left, right in cuts:
                text = words[first:stop]
                if not first <= mark < stop:
                    letter = _LETTER.search(text)
                    mark = first + letter.start() if letter else first
                    box, bold = self._box_of(mark), self._is_bold(mark)
                _, bottom, _, top = box
                length = self._bold_length(text, first) if bold else 0
                pieces.append(Piece(text.rstrip(), left, right, bottom, top - bottom, length, ((0, first),)))
        return pieces

    def _cut(
        self, words: str, start: int, end: int, box: Box, runs: Sequence[Box]
    ) -> list[tuple[int, int, float, float]]:
        """What pdfium takes for a line, cut at wide gaps and wherever it steps to another line."""
        cuts = []
        left, bottom, right, top = runs[0]
        low, high, widest = _band(box)
        if not low < bottom + top < high:  # the first letter is already on another line
            low, high, widest = _band(runs[0])
        sign: bool | None = None
        for near, bottom, far, top in runs[1:]:
            if near - right < widest and near >= left and low < bottom + top < high:
                if far > right:
                    right = far
                continue
            if sign is None:
                sign = _SIGN.match(words, start, end) is not None
            if sign and right - left < _SIGN_WIDTH * widest and 0 < near - right < _SIGN_GAP * widest:
                right, sign = far, False
            elif cut := self._find(words, start, end, near, (bottom + top) / 2):
                cuts.append((start, cut, left, right))
                start, left, right = cut, near, far
                sign = None
                low, high, widest = _band(self._box_of(start))
        return [*cuts, (start, end, left, right)]

    def _runs(self, count: int, spans: Sequence[tuple[int, int]]) -> Iterator[Sequence[Box]]:
        """The boxes of the runs in which each line is drawn."""
        text = self._text
        lengths = [end - start for start, end in spans]
        counts = list(map(native.count_rects, repeat(text), [start for start, _ in spans], lengths))
        total = native.count_rects(text, 0, count)
        if total == sum(counts):  # no run goes over a line end
            runs = self._rects(total)
            stops = list(accumulate(counts, initial=0))
            return (runs[start:stop] for start, stop in pairwise(stops))
        return (self._rects(native.count_rects(text, start, end - start)) for start, end in spans)

    def _rects(self, count: int) -> list[Box]:
        """The boxes that pdfium has ready since they were counted."""
        return self._shown(self._room.rects(self._text, count))

    def _boxes(self, indexes: Sequence[int]) -> list[Box]:
        """The boxes of characters: as wide as they advance, as high as their line of type."""
        loose = self._room.loose_boxes(self._text, indexes)
        return self._shown([(left, bottom, right, top) for left, top, right, bottom in loose])

    def _box_of(self, index: int) -> Box:
        """The box of one character."""
        left, top, right, bottom = self._room.loose_box(self._text, index)
        return self._turn(left, bottom, right, top)

    def _shown(self, boxes: list[Box]) -> list[Box]:
        return [self._turn(*box) for box in boxes] if self._turned else boxes

    def _find(self, words: str, start: int, end: int, left: float, middle: float) -> int:
        """The offset of the word that is drawn at this place, 0 if there is none."""
        for match in _WORD.finditer(words, start + 1, end):
            box = self._box_of(match.start())
            if box[0] - 1 <= left <= box[2] + 1 and box[1] <= middle <= box[3]:
                return match.start()
        return 0

    def _are_bold(self, indexes: Sequence[int]) -> list[bool]:
        """Whether characters are set in a bold font or made bold by a stroke around them."""
        drawn = list(map(native.text_object, repeat(self._text), indexes))
        fonts = map(self._fonts.__getitem__, map(native.font_of, drawn))
        strokes = map(native.FILL_AND_STROKE.__eq__, map(native.render_mode, drawn))
        return list(map(or_, fonts, strokes))

    def _bold_length(self, text: str, start: int) -> int:
        """How much of a text whose first letter is bold is bold."""
        last = _LETTER.search(text, text.rstrip().rfind(" ") + 1)
        if last is None or self._is_bold(start + last.start()):
            return len(text)
        for word in _WORD.finditer(text):
            letter = _LETTER.search(text, *word.span())
            if letter and not self._is_bold(start + letter.start()):
                return word.start()
        return len(text)

    def _is_bold(self, index: int) -> bool:
        drawn = native.text_object(self._text, index)
        return self._fonts[native.font_of(drawn)] or native.render_mode(drawn) == native.FILL_AND_STROKE

    def _images(self, page: native.Argument) -> list[Box]:
        count = native.count_objects(page)
        if count > self._limits.max_objects:
            limit = self._limits.max_objects
            raise UnreadableError(f"a page of the PDF has more than {limit} drawn objects")
        drawn = list(map(native.page_object, repeat(page), range(count)))
        kinds = bytes(map(native.object_type, drawn))
        images = [drawn[at.start()] for at in _IMAGE.finditer(kinds)]
        paths = [drawn[at.start()] for at in _PATH.finditer(kinds)]
        corners = map(native.count_segments, paths)
        few = [path for path, count in zip(paths, corners, strict=True) if 3 <= count <= _CORNERS]
        # The size is asked first: nearly all paths are rules of tables and lines under words.
        sized = zip(few, self._shown(self._room.bounds(few)), strict=True)
        signs = [box for path, box in sized if is_sign(box) and self._is_triangle(path)]
        return self._shown(self._room.bounds(images)) + signs

    def _is_triangle(self, path: int) -> bool:
        """Whether a drawing has three corners, as a black triangle has that is no letter and no picture."""
        points = (self._room.point(path, number) for number in range(native.count_segments(path)))
        return len({(round(across, 2), round(up, 2)) for across, up in points}) == 3

    def _turn(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page's own space as the page is shown: turned by so many quarters clockwise."""
        page_left, page_bottom, page_right, page_top = self._box
        if self._turned == 1:
            return bottom - page_bottom, page_right - right, top - page_bottom, page_right - left
        if self._turned == 2:
            return page_right - right, page_top - top, page_right - left, page_top - bottom
        if self._turned == 3:
            return page_top - top, left - page_left, page_top - bottom, right - page_left
        return left, bottom, right, top


def is_sign(box: Box) -> bool:
    """Whether an image or a drawing is as small as a sign that belongs to a line of text."""
    left, bottom, right, top = box
    return _SMALLEST < top - bottom < _TALLEST and _SMALLEST < right - left < _WIDEST


def _sign(code: int) -> str:
    return chr(code) if code and not 0xD800 <= code < 0xE000 else "\ufffd"


def _band(box: Box) -> tuple[float, float, float]:
    """Twice the lowest and highest middle of what stands on a line, and the widest gap between its words."""
    _, bottom, _, top = box
    height = top - bottom or 1.0
    return 2 * (bottom - 0.3 * height), 2 * (top + 0.3 * height), _GAP * height


def _is_bold_font(font: int, name: bytes) -> bool:
    if _BOLD_NAME.search(name):
        return True
    if _PLAIN_NAME.search(name):
        return False
    return (
        bool(native.font_flags(font) & native.FORCE_BOLD) or _HEAVY <= native.font_weight(font) <= _HEAVIEST
    )
