"""Plain text to blocks: hard-wrapped lines become whole paragraphs again, all other lines stay apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

from validator.document.blocks import Block, Reading
from validator.document.text import BULLETS
from validator.readers.builder import BlockBuilder, join_row
from validator.readers.decode import decode
from validator.readers.limits import DEFAULT_LIMITS, Limits
from validator.readers.text_furniture import Line, furniture, unquoted, without_pages
from validator.readers.wrapping import SENTENCE_END, Sorted, breaks_off, exact_width, needed_for, wrap_width

NAME = "text"

_PRIVATE_USE = "\ue000-\uf8ff"
BULLET = re.compile(
    rf"(?![\uf0b3\uf0a3\uf06d\uf0b0\uf03e\uf03c\uf0b1\uf061\uf062\uf071])[{BULLETS}{_PRIVATE_USE}]\s*"
    r"|[-–—−*](?:\s+|$)|o(?:\t\s*|\s{2,})"
)
NUMBER = re.compile(r"(?:\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]|\(?[A-Za-z]\)|[ivx]{1,4}\))(?:\s+|$)")
RULE = re.compile(r"[\W_]{4,}")  # a line across the page or under a heading, typed with hyphens or the like
_DASHED = re.compile(r"[-–][^\W\d_]")
_ENDS = re.compile("[\v\f\x85\u2028\u2029]")  # what else ends a line; editors count none of them
HYPHENS = frozenset("-‐\u00ad\ufffe")
NEVER_FIRST = frozenset("®™’,.;:)%")  # a line that begins so was cut off, as superscripts are by converters
_LABEL = re.compile(r"[^\W\d_][^.:;!?]{0,40}:")

# Shares of the wrap width, wide apart because fonts are proportional.
_FULL, _QUITE_FULL, _NEARLY_FULL, _SHORT = 0.9, 0.85, 0.75, 0.6


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read a plain-text leaflet."""
    decoded = decode(data)
    blocks = blocks_of(unquoted(lines_of(decoded.text)), BlockBuilder(limits))
    return Reading(NAME, tuple(blocks), notes=decoded.notes)


def lines_of(text: str, first: int = 1, column: int = 1) -> list[Line]:
    """The lines of a text that begins at this line and column of its file."""
    lines = []
    for number, whole in enumerate(text.split("\n"), first):
        for raw in _ENDS.split(whole) if _ENDS.search(whole) else (whole,):
            stripped = raw.strip()
            indent = raw.find(stripped[0]) if stripped else 0
            lines.append(Line(stripped, number, indent + column))
            column += len(raw) + 1
        column = 1
    return lines


def blocks_of(lines: Iterable[Line], builder: BlockBuilder) -> list[Block]:
    """Group lines into blocks, in the order of the file."""
    sorted_lines = sort(list(lines))
    return _Grouping(builder, wrap_width(sorted_lines), exact_width(sorted_lines)).run(sorted_lines)


def sort(lines: list[Line]) -> list[Sorted]:
    """The lines, told what each looks like; page numbers and running heads are furniture."""
    pages = furniture(lines)
    found = [
        Sorted(line, "furniture") if line.number in pages else _classify(line)
        for line in without_pages(lines)
    ]
    tails = [at for at in range(1, len(found)) if _is_tail(found[at - 1], found[at], found[at + 1 : at + 2])]
    for at in tails:
        found[at] = found[at]._replace(kind="plain")
    return found


def _is_tail(before: Sorted, item: Sorted, after: list[Sorted]) -> bool:
    """A number alone in its line that ends a sentence ("see section | 4."): it numbers nothing below it."""
    if item.kind != "number" or not NUMBER.fullmatch(item.line.text) or (after and after[0].kind == "plain"):
        return False
    return before.kind in ("plain", "bullet", "number") and before.line.text[-1] not in SENTENCE_END


def _classify(line: Line) -> Sorted:
    text = line.text
    if not text:
        return Sorted(line, "blank")
    first = text[0]
    if first.isalpha() and text[1:2].isalpha():
        return Sorted(line, "row" if "\t" in text else "plain")
    if first == "o" and text[1:2] == " " and text[2:3].isupper():
        return Sorted(line, "bullet", 2)  # the circle of Word's second list level
    if match := BULLET.match(text):
        return Sorted(line, "bullet", match.end())
    number = NUMBER.match(text)
    if "\t" in (text[number.end() :] if number else text):
        return Sorted(line, "row")
    return Sorted(line, "number" if number else "plain")


class Flow:
    """Tells of each line whether it continues the paragraph that is open; `width`: see `wrap_width`."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.open: Sorted | None = None  # the line that began the open paragraph
        self.last = ""  # the line that was added to it last
        self.gap = False  # whether blank lines came since
        self.pages: list[Line] = []  # page numbers that came since

    def continues(self, item: Sorted) -> bool:
        """Whether a line belongs to the paragraph that is open."""
        text, last = item.line.text, self.last
        if not last or (self.open and NUMBER.fullmatch(last) and last == self.open.line.text):
            return item.kind == "plain" or (not last and item.kind == "number")
        if item.kind == "number":
            return not self.gap and self.is_full(_FULL, text) and numbered_inside(last, text)
        if item.kind != "plain" or _DASHED.match(text) or RULE.fullmatch(text) or RULE.fullmatch(last):
            return False
        if self.gap or not self.width:
            return breaks_off(last, text) and (bool(self.pages) or self.is_full(_NEARLY_FULL, text))
        return text[0] in NEVER_FIRST or self.joins(last, text)

    def is_full(self, share: float, text: str) -> bool:
        """Whether the first word of this text would not have fitted on the line before."""
        return bool(self.width) and needed_for(self.last, text) >= share * self.width

    def joins(self, last: str, text: str) -> bool:
        """Whether two lines of a hard-wrapped file belong to one paragraph."""
        if breaks_off(last, text):
            return last[-1] in "®™" or self.is_full(_NEARLY_FULL, text)
        if last[-1] not in SENTENCE_END:
            return self.is_full(_QUITE_FULL, text)
        if last[-1] == ":" and not text[0].islower():
            return False
        return self.is_full(_FULL, text) and not self.is_title(text)

    def is_title(self, text: str) -> bool:
        """A label, or a short line without a full stop, after a sentence: not the tail of a paragraph."""
        if not text[0].isupper():
            return False
        short = len(text) < _SHORT * self.width and text[-1] not in ".,;!?)"
        return short or _LABEL.match(text) is not None


class _Grouping(Flow):
    """Walks over the lines once, one paragraph open at a time."""

    def __init__(self, builder: BlockBuilder, width: int, exact: int = 0) -> None:
        super().__init__(width)
        self.builder = builder
        self.exact = exact
        self.lines: list[Line] = []  # those of the open paragraph
        self.titles: set[tuple[str, ...]] = set()  # numbered paragraphs before, by their lines
        self.blocks: list[Block] = []
        self.marker = ""

    def run(self, lines: list[Sorted]) -> list[Block]:
        for item in lines:
            if item.kind == "blank":
                self.gap = True
            elif item.kind == "furniture":
                self.pages.append(item.line)
            elif self.open and self.continues(item):
                self.extend(item.line)
                self.gap = False
            else:
                self.close()
                self.start(item)
                self.gap = False
        self.close()
        return self.blocks

    def continues(self, item: Sorted) -> bool:
        """The same; a numbered paragraph that stood before already, in a list of contents, is whole."""
        if not self.gap and self.lines and self.open:
            last, text = self.lines[-1], item.line.text
            needed = last.column - 1 + needed_for(last.text, text)
            known = tuple(line.text for line in self.lines) in self.titles
            if item.kind == "plain" and (needed <= self.exact or known):
                return text[0] in NEVER_FIRST
            if item.kind == "number" and self.exact and self.open.kind != "number":
                # "if you are over | 65. Fever may be": no item of a list, which is no heading's last word.
                inside = last.text[-1] not in SENTENCE_END and needed > self.exact
                return inside and re.match(r"\(?1\D", text) is None
        return super().continues(item)

    def extend(self, line: Line) -> None:
        if line.text[0] in NEVER_FIRST:
            last = self.last
            self.add(line.text, line)
            self.last = last + line.text  # on paper the two were one line
            return
        if self.last and self.last[-1] not in HYPHENS:
            self.builder.blank(*self.end)
        self.add(line.text, line)

    def add(self, text: str, line: Line) -> None:
        column = line.column + len(line.text) - len(text)
        self.end = (line.number, column + len(text))
        self.builder.add(text, line.number, column)
        self.last = text
        self.lines.append(line)

    def start(self, item: Sorted) -> None:
        line = item.line
        self.open = item
        self.marker = marker_sign(line.text) if item.kind == "bullet" else ""
        if item.kind == "row":
            self.row(line)
        else:
            self.add(line.text[item.marker :], line)

    def row(self, line: Line) -> None:
        column, cells = line.column, []
        for text in line.text.split("\t"):
            self.builder.add(text, line.number, column)
            cell = self.builder.finish()
            cells.append([cell] if cell else [])
            column += len(text) + 1
        if row := join_row(cells):
            self.blocks.append(row)
        self.open = None

    def close(self) -> None:
        """Finish the open paragraph; the page numbers met inside it follow it."""
        if block := self.builder.finish("item" if self.marker else "paragraph", marker=self.marker):
            self.blocks.append(block)
        if self.open and self.open.kind == "number":
            self.titles.add(tuple(line.text for line in self.lines))
        self.open, self.marker, self.lines = None, "", []
        for line in self.pages:
            self.builder.add(line.text, line.number, line.column)
            if page := self.builder.finish("furniture"):
                self.blocks.append(page)
        self.pages = []


def marker_sign(text: str) -> str:
    """The list sign at the start of a text, those of symbol fonts as a bullet."""
    return "•" if "\ue000" <= text[0] <= "\uf8ff" else text[0]


def numbered_inside(last: str, text: str) -> bool:
    """A number at the start of a line that is an ordinal in a sentence ("in the | 3. month")."""
    match = NUMBER.match(text)
    return match is not None and last[-1] not in SENTENCE_END and text[match.end() :][:1].islower()
