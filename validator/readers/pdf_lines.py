"""The words of a page as pieces of lines with their boxes, in the order in which the file draws them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise, repeat
from operator import itemgetter, or_
from typing import NamedTuple

from validator.readers import pdf_native as native
from validator.readers.pdf_fonts import Fonts
from validator.readers.pdf_upright import ASLANT, quarters_of
from validator.readers.pdf_view import Box, View

BROKEN = "\ufffe"  # what pdfium puts in the place of a hyphen at a line end

_LINE = re.compile(r"\S(?:.*\S)?")
_CIRCLE = re.compile(r"o\s")  # a list sign
_SIGN = re.compile(r"(?:[^\w\s(]|\(?\w{1,2}[.)]|\d{1,2}(?:\.\d{1,2})*(?:\.|(?=\s([^\W_])))|o)\s")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"\S+")

GAP = 0.8  # of a line's height: no blank between two words is as wide
LOOSE = 0.3  # likewise: hardly any is, unless the lines are justified
_LOOSEST = LOOSE / GAP
_SIGN_WIDTH, _SIGN_GAP = 3.0, 5.0  # such gaps: how wide a list sign or number is, and the blank after it
_ASCENT, _DESCENT = 0.89, 0.22  # of the type size: usual ones
_WIDE = 0.9  # of its height: so wide is hardly any letter that is not turned


_Span = tuple[int, int]


class Piece(NamedTuple):
    """Words on one line of one column, without blanks around; `bold` characters at its start are bold.

    `first` is the number of its first character in the page's text; where several pieces are joined, `more`
    says for offsets in the text which character stands there.
    """

    text: str
    left: float
    right: float
    bottom: float
    height: float
    bold: int
    first: int = 0
    more: tuple[tuple[int, int], ...] = ()

    @property
    def drawn(self) -> tuple[tuple[int, int], ...]:
        """For offsets in the text the characters of the page's text that stand there and after them."""
        return (0, self.first), *self.more


FIRST = itemgetter(Piece._fields.index("first"))  # which puts pieces in the order of the file


class Text(NamedTuple):
    """The pieces of a page that are read together; those turned otherwise apart, each kind in its own view.

    `aslant` are words across the page.
    """

    pieces: Sequence[Piece]
    turned: Sequence[Sequence[Piece]]
    aslant: Sequence[Piece]


class LineReader:
    """Reads the lines of a page: of its text, whose words have one character for each of pdfium's."""

    def __init__(self, room: native.Room, text: native.Argument, words: str, view: View) -> None:
        self._room = room
        self._fonts = Fonts(room)  # a font lives as long as its page
        self._text, self._words = text, words
        self._view = view
        self._elsewhere: dict[int, list[_Span]] = defaultdict(list)
        self.gaps: dict[int, list[float]] = defaultdict(list)  # by a piece's first character: see `pdf_cells`

    def read(self) -> Text:
        """What stands on the page, most of it turned as the page is."""
        words = self._words
        spans = _spans(words)
        # The first letter of a line stands for its type: list signs often come from another font.
        marks = [
            start if words[start : start + 2].isalpha() else self._mark(start, end) for start, end in spans
        ]
        main = self._view.quarters
        found: dict[int, list[Piece]] = defaultdict(list)
        found[main] = self._pieces(main, spans, marks, whole=True)
        while self._elsewhere:  # a line that turns on its way is taken apart
            quarters, spans = self._elsewhere.popitem()
            marks = [self._mark(*span) for span in spans]
            found[quarters] = sorted(found[quarters] + self._pieces(quarters, spans, marks), key=FIRST)
        aslant = found.pop(ASLANT, [])
        return Text(found.pop(main), list(found.values()), aslant)

    def _mark(self, start: int, end: int) -> int:
        first = start + 2 if _CIRCLE.match(self._words, start) else start
        letter = _LETTER.search(self._words, first, end)
        return letter.start() if letter else start

    def _pieces(
        self, quarters: int, spans: Sequence[_Span], marks: Sequence[int], whole: bool = False
    ) -> list[Piece]:
        """The pieces of lines that are turned like this; what each needs is asked for all at once."""
        words = self._words
        if quarters != ASLANT:
            self._view = self._view._replace(quarters=quarters)
        pieces: list[Piece] = []
        are_bold = self._are_bold(marks)  # which makes the fonts known
        for (start, end), mark, box, bold, runs in zip(
            spans, marks, self._boxes(marks), are_bold, self._runs(spans, whole), strict=True
        ):
            if not runs:
                continue
            near, bottom, far, top = box
            one = len(runs) == 1
            parts = (
                [(start, end, runs[0][0], runs[0][2])] if one else self._cut(start, end, bottom, top, runs)
            )
            for first, stop, left, right in parts:
                if not first <= mark < stop:
                    mark = self._mark(first, stop)
                    near, bottom, far, top = self._box_of(mark)
                    bold = self._is_bold(mark)
                height = top - bottom
                if far - near > _WIDE * height and (turned := quarters_of(self._text, mark)) != quarters:
                    self._elsewhere[turned].append((first, stop))
                    continue
                text = words[first:stop]
                length = self._bold_length(text, first) if bold else 0
                pieces.append(Piece(text.rstrip(), left, right, bottom, height, length, first))
        return pieces

    def _cut(
        self, start: int, end: int, lower: float, upper: float, runs: Sequence[Box]
    ) -> list[tuple[int, int, float, float]]:
        """What pdfium takes for a line of several runs, cut at wide gaps and where it steps to another line.

        The first letter of the line stands between `lower` and `upper`.
        """
        left, bottom, right, top = runs[0]
        cuts = []
        low, high, widest = _band(lower, upper)
        if not low < bottom + top < high:  # the first letter is already on another line
            low, high, widest = _band(bottom, top)
        sign: bool | None = None
        for near, bottom, far, top in runs[1:]:
            if -widest < near - right < widest and near >= left and low < bottom + top < high:
                if near - right > _LOOSEST * widest:
                    self.gaps[start].append(near)
                if far > right:
                    right = far
                continue
            if sign is None:
                sign = self._is_sign(start, end)
            if sign and right - left < _SIGN_WIDTH * widest and 0 < near - right < _SIGN_GAP * widest:
                right, sign = far, False
            elif cut := self._find(start, end, near, bottom, top):
                cuts.append((start, cut, left, right))
                start, left, right = cut, near, far
                sign = None
                _, lower, _, upper = self._box_of(start)
                low, high, widest = _band(lower, upper)
        return [*cuts, (start, end, left, right)]

    def _is_sign(self, start: int, end: int) -> bool:
        """Whether a line begins with a list sign or number; "1 30 mg" are cells, "30 mg" is a quantity."""
        match = _SIGN.match(self._words, start, end)
        if match is None:
            return False
        after = match.group(1)  # a number without a dot
        return after is None or not (after.islower() or after.isdigit())

    def _runs(self, spans: Sequence[_Span], whole: bool) -> Iterator[Sequence[Box]]:
        """The boxes of the runs in which each line is drawn."""
        text = self._text
        lengths = [end - start for start, end in spans]
        counts = list(map(native.count_rects, repeat(text), [start for start, _ in spans], lengths))
        total = native.count_rects(text, 0, len(self._words)) if whole else 0
        if total == sum(counts):  # no run goes over a line end
            runs = self._view.boxes(self._room.rects(text, total))
            stops = list(accumulate(counts, initial=0))
            return (runs[start:stop] for start, stop in pairwise(stops))
        numbers = (native.count_rects(text, start, end - start) for start, end in spans)
        return (self._view.boxes(self._room.rects(text, number)) for number in numbers)

    def _boxes(self, indexes: Sequence[int]) -> list[Box]:
        """The boxes of characters: as wide as they advance, as high as their line of type."""
        if self._fonts.flat:
            return list(map(self._box_of, indexes))
        loose = self._room.loose_boxes(self._text, indexes)
        return self._view.boxes([(left, bottom, right, top) for left, top, right, bottom in loose])

    def _box_of(self, index: int) -> Box:
        """The box of one character."""
        left, top, right, bottom = self._room.loose_box(self._text, index)
        if self._fonts.flat and native.font_of(native.text_object(self._text, index)) in self._fonts.flat:
            x, y, aside, up = self._room.baseline(self._text, index)
            if abs(up) > abs(aside):
                bottom, top = sorted((y - _DESCENT * up, y + _ASCENT * up))
            else:
                left, right = sorted((x - _DESCENT * aside, x + _ASCENT * aside))
        return self._view.box(left, bottom, right, top)

    def _find(self, start: int, end: int, left: float, low: float, high: float) -> int:
        """The offset of the word that a run with this box begins with, 0 if there is none."""
        middle = (low + high) / 2
        for match in _WORD.finditer(self._words, start + 1, end):
            near, bottom, far, top = self._box_of(match.start())
            # A run that is turned is higher than its first character.
            inside = high - low > top - bottom and low <= (bottom + top) / 2 <= high
            if near - 1 <= left <= far + 1 and (inside or bottom <= middle <= top):
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

    def words_of(self, piece: Piece) -> list[tuple[int, float, float]]:
        """The words of a piece after its first: where they begin, their left edge, the blank before them."""
        start = piece.first
        places = [match.span() for match in _WORD.finditer(self._words, start, start + len(piece.text))]
        lefts = [box[0] for box in self._boxes([first for first, _ in places])]
        rights = [box[2] for box in self._boxes([end - 1 for _, end in places])]
        found = zip(places[1:], lefts[1:], rights, strict=False)
        return [(first - start, left, left - right) for (first, _), left, right in found]

    def _is_bold(self, index: int) -> bool:
        drawn = native.text_object(self._text, index)
        return self._fonts[native.font_of(drawn)] or native.render_mode(drawn) == native.FILL_AND_STROKE


def _spans(words: str) -> list[_Span]:
    """Where the lines of a text begin and end; a broken word parts two of them."""
    lines = words.replace("\r", "\n").replace(BROKEN, "\n")  # a dot is found faster than a set of signs
    spans = [line.span() for line in _LINE.finditer(lines)]
    return (
        [(start, end + (words[end : end + 1] == BROKEN)) for start, end in spans]
        if BROKEN in words
        else spans
    )


def _band(bottom: float, top: float) -> tuple[float, float, float]:
    """Twice the lowest and highest middle of what stands on a line, and the widest gap between its words."""
    height = top - bottom or 1.0
    return 2 * (bottom - 0.3 * height), 2 * (top + 0.3 * height), GAP * height
