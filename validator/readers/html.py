"""HTML to blocks: the leaflet's paragraphs, headings, items and rows; not the site around it."""

from __future__ import annotations

from typing import NamedTuple

from validator.document.blocks import Block, BlockKind, Reading
from validator.document.location import Anchor
from validator.document.text import clean
from validator.readers import html_parts as parts
from validator.readers.builder import BlockBuilder, Row, as_item
from validator.readers.decode import decode
from validator.readers.html_events import Events
from validator.readers.html_parts import Attributes, OpenList, Region
from validator.readers.limits import DEFAULT_LIMITS, Limits
from validator.readers.rejoin import Place, place_of, rejoined, sentences

NAME = "html"

_HIDDEN_SHARE = 0.2  # if more of the text than this is hidden, it is what the page folds away: the leaflet
_FEW_BLOCKS, _MANY_LINES = 2, 20
_KEPT_SHARE = 0.3  # if less of the text than this would remain, what was dropped was the leaflet


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read an HTML leaflet."""
    decoded = decode(data)
    walker = _walked(decoded.text, Walker(limits))
    notes = decoded.notes
    if walker.hidden > _HIDDEN_SHARE * (walker.kept + walker.hidden):
        walker = _walked(decoded.text, Walker(limits, keep_hidden=True))
        notes = (*notes, "the page folds much of its text away; hidden text was read")
    if walker.dropped and walker.kept < _KEPT_SHARE * (walker.kept + walker.dropped):
        walker = _walked(decoded.text, Walker(limits, keep_hidden=True, keep_all=True))
    if _has_no_paragraphs(walker.blocks):
        walker = _walked(decoded.text, Walker(limits, keep_lines=True))
        notes = (*notes, "the page has no paragraphs; its lines were read as such")
    notes = (*notes, *walker.notes)
    lossy = frozenset({"unavailable"} if walker.unavailable else ())
    return Reading(NAME, tuple(rejoined(walker.blocks, limits, walker.broken)), walker.language, notes, lossy)


def _has_no_paragraphs(blocks: list[Block]) -> bool:
    """Whether plain text was given the name of a page: one block, or two, of many lines."""
    if not 0 < len(blocks) <= _FEW_BLOCKS:
        return False
    return any(block.anchors[-1].line - block.anchors[0].line >= _MANY_LINES for block in blocks)


def _walked(text: str, walker: Walker) -> Walker:
    walker.fonts = parts.class_fonts(text)
    walker.run(text)
    return walker


def blocks_of(fragment: str, line: int, limits: Limits = DEFAULT_LIMITS) -> list[Block]:
    """The blocks of a piece of HTML that begins at this line of its file."""
    walker = Walker(limits)
    walker.run(fragment, line)
    return sentences(walker.blocks, walker.broken)


class _Context(NamedTuple):
    """What a text stands in: the kind of block it makes, and how it is set."""

    kind: BlockKind = "paragraph"
    level: int = 0
    bold: int = 0  # 1: a class name says so, for this block alone; 2: an element or style does
    font: str = ""  # one that shows other signs than its characters
    lines: bool = False  # line feeds are kept


class _Drop(NamedTuple):
    """Whether an element is dropped, and whether it is only because it is hidden."""

    dropped: bool = False
    hidden: bool = False


_KEPT, _NOT_LEAFLET, _HIDDEN = _Drop(), _Drop(True), _Drop(True, True)


class _Open(NamedTuple):
    """An open element and what held before it."""

    tag: str
    before: _Context
    drops: _Drop


class Walker(Events):
    """Turns the parser's events into blocks; its stack is a list, so depth costs nothing."""

    def __init__(
        self,
        limits: Limits,
        *,
        keep_hidden: bool = False,
        keep_all: bool = False,
        keep_lines: bool = False,
    ) -> None:
        super().__init__(limits)
        self.builder = BlockBuilder(limits)
        self.keep_hidden, self.keep_all = keep_hidden, keep_all
        self.blocks: list[Block] = []
        self.into = self.blocks  # where finished blocks go: the document or a table cell
        self.broken: set[Place] = set()  # where the lines begin that stand after a line break
        self.after_break = False
        self.fonts = parts.NO_FONTS  # of classes
        self.language = ""
        self.unavailable = False
        self.kept = self.dropped = self.hidden = 0  # characters
        self.stack: list[_Open] = []
        self.counts: dict[str, int] = {}
        self.context = _Context(lines=keep_lines)
        self.dropping = self.hiding = 0  # how many open elements are dropped, and hidden
        self.lists: list[OpenList] = []
        self.rows: list[Row] = []
        self.regions: list[Region] = []
        self.links = 0
        self.images: list[Block] = []
        self.marker = ""

    def run(self, text: str, line: int = 1) -> None:
        """Walk over a text that begins at this line of its file."""
        self.parse(text, line)
        while self.stack:
            self._pop()
        self._flush()

    def text(self, data: str) -> None:
        """Text of the leaflet, or of what is dropped."""
        if self.dropping:
            self._count_dropped(data)
            return
        builder = self.builder
        if builder.empty and data.isspace():
            return
        self.kept += len(data)
        if self.links and self.regions:
            self.regions[-1].linked += len(data)
        if self.context.font:
            data = parts.in_font(data, self.context.font, first=builder.empty)
        if "\n" in data and (self.context.lines or self.counts.get("pre")):
            self._preformatted(data)
        else:
            builder.add(data, self.lineno, self.offset + 1, strong=self.context.bold > 0)

    def sign(self, text: str) -> None:
        """A character reference."""
        if not self.dropping:
            self.kept += 1
            if self.context.font:
                text = parts.in_font(text, self.context.font, first=self.builder.empty)
            self.builder.add_sign(text, self.lineno, self.offset + 1, strong=self.context.bold > 0)

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if tag in parts.VOID:
            self._void(tag, attributes)
            return
        block = tag in parts.BLOCKS
        if block:
            self._close_implied(tag)
        # What FHIR calls emptyReason: the converter says itself that content is missing here.
        self.unavailable = self.unavailable or "data-empty-reason" in attributes
        drops = self._drops(tag, attributes)
        self.stack.append(_Open(tag, self.context, drops))
        self.counts[tag] = self.counts.get(tag, 0) + 1
        if drops.dropped or self.dropping:
            self.dropping += drops.dropped
            self.hiding += drops.hidden
            return
        if block:
            self._begin_block(tag, attributes)
        elif tag == "a":
            self._begin_link(attributes.get("href") or "")
        elif tag == "button" and self.context.kind != "heading":
            self._flush()
        if attributes or tag in parts.BOLD:
            self._set_look(tag, attributes)

    def empty(self, tag: str, attributes: Attributes) -> None:
        """In HTML "<p/>" opens a p, in XHTML it is an empty one; neither holds text."""
        if tag in parts.VOID:
            self._void(tag, attributes)
        elif tag in parts.BLOCKS and not self.dropping:
            self._flush()

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and those in it that were left open."""
        if self.counts.get(tag):
            while self._pop() != tag:
                pass
        elif tag in ("br", "p"):  # browsers make a line break or an empty paragraph of it
            self._break()

    def _void(self, tag: str, attributes: Attributes) -> None:
        if tag == "meta" and (attributes.get("http-equiv") or "").lower() == "content-language":
            self.language = self.language or (attributes.get("content") or "").strip()
        if self.dropping:
            return
        if tag == "br":
            self._break()
        elif tag == "img" and not parts.is_hidden(attributes):
            self._image(clean(attributes.get("alt") or ""))
        elif tag == "hr":
            self._flush()

    def _image(self, text: str) -> None:
        """An image stands before the paragraph it opens and after the one it interrupts."""
        self.images.append(Block(text, "image", (Anchor(0, self.lineno, self.offset + 1),)))
        if self.builder.empty:
            self._place_images()
        else:
            self.builder.blank(self.lineno, self.offset + 1)

    def _place_images(self) -> None:
        self.into.extend(self.images)
        self.images.clear()

    def _drops(self, tag: str, attributes: Attributes) -> _Drop:
        if tag in parts.NOT_TEXT:
            return _NOT_LEAFLET
        if self.keep_all or tag in parts.NEVER_DROPPED:
            return _KEPT
        if tag in parts.CONTROLS:
            unfolds = tag == "button" and (self.context.kind == "heading" or parts.unfolds(attributes))
            return _KEPT if unfolds else _NOT_LEAFLET
        if attributes and parts.is_chrome(tag, attributes):
            return _NOT_LEAFLET
        hidden = attributes and not self.keep_hidden and parts.is_hidden(attributes)
        return _HIDDEN if hidden else _KEPT

    def _count_dropped(self, data: str) -> None:
        if any(map(self.counts.get, parts.NOT_TEXT)):
            return
        size = len(data) - data.count(" ")
        if self.hiding == self.dropping:
            self.hidden += size
        self.dropped += size

    def _close_implied(self, tag: str) -> None:
        """Close the elements whose end tag may be left out before this one."""
        closed = parts.CLOSED_BY.get(tag, parts.PARAGRAPH)
        while self.stack and self.stack[-1].tag in closed:
            self._pop()

    def _begin_block(self, tag: str, attributes: Attributes) -> None:
        self._flush()
        if self.context.bold == 1:
            self.context = self.context._replace(bold=0)
        if not self.keep_all and (region := parts.region(tag, attributes)):
            role = (attributes.get("role") or "").lower()
            self.regions.append(Region(region, role, self.into, self.kept, len(self.stack)))
        if tag in parts.PLAIN_BLOCKS:
            return
        if tag in parts.HEADINGS:
            self.context = self.context._replace(kind="heading", level=parts.HEADINGS[tag])
        elif tag == "li":
            self._begin_item(attributes.get("value") or "")
        elif tag in parts.LISTS:
            self.lists.append(OpenList(tag, attributes.get("start") or ""))
        elif tag == "tr":
            self.rows.append(Row())
        elif tag in ("td", "th") and self.rows:
            self.into = []
            self.rows[-1].cells.append(self.into)
        elif tag in ("html", "body"):
            self.language = (
                self.language or (attributes.get("lang") or attributes.get("xml:lang") or "").strip()
            )

    def _begin_item(self, value: str) -> None:
        self.marker = self.lists[-1].marker(value) if self.lists else "•"
        self.context = self.context._replace(kind="item", level=max(len(self.lists), 1))

    def _begin_link(self, target: str) -> None:
        self.links += 1
        if self.regions and target:
            if target.startswith("#") and len(target) > 1:
                self.regions[-1].inner_links += 1
            else:
                self.regions[-1].outer_links += 1

    def _set_look(self, tag: str, attributes: Attributes) -> None:
        bold = 2 if tag in parts.BOLD else self.context.bold
        if attributes and tag not in parts.NEVER_DROPPED:
            bold = parts.boldness(attributes, bold)
        font = parts.font(attributes, self.context.font, self.fonts) if attributes else self.context.font
        lines = parts.keeps_lines(attributes, self.context.lines)
        if (bold, font, lines) != (self.context.bold, self.context.font, self.context.lines):
            self.context = self.context._replace(bold=bold, font=font, lines=lines)

    def _pop(self) -> str:
        """Close the innermost element and return its name."""
        tag, before, drops = self.stack.pop()
        self.counts[tag] -= 1
        if self.dropping:
            self.dropping -= drops.dropped
            self.hiding -= drops.hidden
        elif tag in parts.BLOCKS:
            self._end_block(tag)
        elif tag == "a":
            self.links -= 1
        elif tag == "button" and self.context.kind != "heading":
            self._flush()
        self.context = before
        return tag

    def _end_block(self, tag: str) -> None:
        self._flush()
        if tag == "li":
            self.marker = ""
        elif tag in parts.LISTS:
            self.lists.pop()
        elif tag in ("td", "th") and self.rows:
            self._leave_row(len(self.rows) - 1)
        elif tag == "tr":
            row = self.rows.pop()
            self._leave_row(len(self.rows))
            self.into.extend(row.blocks())
        if self.regions and self.regions[-1].depth > len(self.stack):
            self._end_region(self.regions.pop())

    def _leave_row(self, depth: int) -> None:
        """Send blocks to the cell of the row around this one, or to the document."""
        outer = self.rows[depth - 1].cells if depth else []
        self.into = outer[-1] if outer else self.blocks

    def _end_region(self, region: Region) -> None:
        size = self.kept - region.kept
        if region.into is self.into and region.is_chrome(size):
            del self.into[region.begin :]
            self.kept -= size
            self.dropped += size

    def _preformatted(self, data: str) -> None:
        strong = self.context.bold > 0
        first, *others = data.split("\n")
        self.builder.add(first, self.lineno, self.offset + 1, strong=strong)
        for line, text in enumerate(others, self.lineno + 1):
            self._flush()
            self.builder.add(text, line, 1, strong=strong)

    def _break(self) -> None:
        if self.dropping:
            return
        if self.context.kind == "heading":
            self.builder.blank(self.lineno, self.offset + 1)
        else:
            after = not self.builder.empty  # of two line breaks in a row the second ends the paragraph
            self._flush()
            self.after_break = after

    def _flush(self) -> None:
        if not self.builder.empty:
            self._finish()
        if self.images:
            self._place_images()
        self.after_break = False

    def _finish(self) -> None:
        kind, level = self.context.kind, self.context.level
        if kind == "item" and not self.marker:
            kind, level = "paragraph", 0
        block = self.builder.finish(kind, level=level, marker=self.marker)
        if block is None:
            return
        if kind == "paragraph" or self.marker == "•":
            block = as_item(block)  # a list sign that stands in the text is the marker
        if self.after_break:
            self.broken.add(place_of(block))
        self.into.append(block)
        self.marker = ""
