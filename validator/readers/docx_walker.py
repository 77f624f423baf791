"""Walks over the XML of a Word text once and makes blocks of it, in one view of its tracked changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from validator.document.blocks import Block, BlockKind
from validator.document.text import clean
from validator.errors import UnreadableError
from validator.readers.builder import BlockBuilder, Row, as_item
from validator.readers.docx_changes import REVISIONS, Changes, Point, words_in
from validator.readers.docx_formatting import (
    PPR,
    RPR,
    VAL,
    VANISH,
    Element,
    Look,
    Numbered,
    Numbering,
    Style,
    Styles,
    W,
    is_on,
    look_of,
    number_of,
    numbered_of,
    outline_of,
    shown_text,
)
from validator.readers.limits import Limits
from validator.readers.symbol_fonts import in_unicode
from validator.readers.text import NUMBER

_P, _T, _TAB, _TEXT_BOX = f"{W}p", f"{W}t", f"{W}tab", f"{W}txbxContent"
_DELETED_TEXT = f"{W}delText"
_COMMENT = f"{W}commentReference"
_RUN_STYLE, _RUN_CHANGE = f"{W}rStyle", f"{W}rPrChange"
_NS = "http://schemas.openxmlformats.org"
_DRAWING = f"{{{_NS}/drawingml/2006/wordprocessingDrawing}}"
_PICTURE = f"{{{_NS}/drawingml/2006/picture}}pic"
_SHAPE = f"{{{_NS}/drawingml/2006/main}}prstGeom"
_DIAGRAM = f"{{{_NS}/drawingml/2006/diagram}}relIds"  # SmartArt: its text stands in a part of its own
_MATH_TEXT = f"{{{_NS}/officeDocument/2006/math}}t"
_VML_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_VML_TITLE = "{urn:schemas-microsoft-com:office:office}title"
_LINES = ("line", "straightConnector1")  # rules between paragraphs, not pictures
_COLUMNS = 63  # Word's own limit for a table


class Piece(NamedTuple):
    """Where an element's characters stand: part (None: the main one), paragraph, column and length."""

    part: str | None
    paragraph: int
    column: int
    length: int
    element: Element


class _Open:
    """The paragraph that is being read; where its mark is deleted or hidden the next one continues it."""

    def __init__(self, builder: BlockBuilder) -> None:
        self.builder = builder
        self.number = 0
        self.column = 1
        self.style_id = ""
        self.outline = 0
        self.broken = False  # a line break stands before what comes next
        self.numbered: Numbered | None = None
        self.after: list[Block] = []  # images and text boxes that interrupt it


class Walker:
    """Makes blocks of the parts of a file; lists go on counting from part to part."""

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        changes: Changes,
        limits: Limits,
        trace: list[Piece] | None = None,
    ) -> None:
        """`trace`: where to write down each piece of text with its element, for those who edit the file."""
        self._trace = trace
        self.references: list[tuple[str, str]] = []  # notes referred to: kind and id
        self.embeds = self.diagrams = False
        self._styles = styles
        self._numbering = numbering
        self._changes = changes
        self._limits = limits
        self._idle: list[BlockBuilder] = []
        self._part: str | None = None
        self._number = self._paragraphs = self._depth = 0
        self._into: list[Block] = []
        self._row: Row | None = None
        self._open: _Open | None = None
        self._look = Look()
        self._fields: list[Literal["instruction", "shown", "page"]] = []  # what is being read of open fields

    def walk(self, root: Element, part: str | None = None, before: int = 0) -> list[Block]:
        """The blocks of a part, or of a note in it; `before` is how many paragraphs stand before the note."""
        self._part, self._number = part, before
        self._into, self._fields = [], []
        self._children(root)
        self._close()
        return self._into

    def _children(self, element: Element) -> None:
        self._depth += 1
        if self._depth > self._limits.max_depth:
            raise self._too_deep()
        for child in element:
            handler = _HANDLERS.get(child.tag, Walker._children)
            if handler is not None:
                handler(self, child)
        self._depth -= 1

    def _too_deep(self) -> UnreadableError:
        return UnreadableError(f"the text is nested deeper than {self._limits.max_depth} levels")

    # Paragraphs

    def _paragraph(self, element: Element) -> None:
        self._count(1)
        if self._open is None:
            self._open = _Open(self._idle.pop() if self._idle else BlockBuilder(self._limits))
        here = self._open
        here.number, here.column = self._number, 1
        self._note_down(0, element)
        properties = element.find(PPR)
        mark = None if properties is None else properties.find(RPR)
        self._set(here, self._settled(properties, f"{W}pPrChange"))
        self._fields = []  # an instruction ends with its paragraph: a field left open must hide no text
        self._children(element)
        if properties is not None and (changed := properties.find(f"{W}pPrChange")) is not None:
            start = self._here._replace(column=1)
            self._changes.add("formatting", changed, "", start, self._here)
        if not self._runs_on(properties, mark):
            self._close()

    def _set(self, here: _Open, properties: Element) -> None:
        """Take over what the paragraph's properties and style say."""
        named = None if properties is None else properties.find(f"{W}pStyle")
        here.style_id = "" if named is None else named.get(VAL, "")
        style = self._styles.paragraph(here.style_id)
        outline = outline_of(properties)
        here.outline = (style.outline or 0) if outline is None else outline
        here.numbered = _numbered(numbered_of(properties), style) or here.numbered
        self._look = self._styles.look(here.style_id, "")

    def _settled(self, properties: Element, change: str) -> Element:
        """The properties that hold in this view."""
        changed = properties.find(change) if self._changes.original and properties is not None else None
        return properties if changed is None else next(iter(changed), None)

    def _runs_on(self, properties: Element, mark: Element) -> bool:
        """Whether the next paragraph goes on in the same line: the paragraph mark is gone or hidden."""
        gone = False
        for child in mark if mark is not None else ():
            if child.tag in REVISIONS:
                self._changes.add(REVISIONS[child.tag], child, "¶", self._here, self._here)
                gone = gone or child.tag in self._changes.dropped
            elif child.tag == VANISH:
                gone = gone or is_on(child)
        frame = None if properties is None else properties.find(f"{W}framePr")
        return gone or (frame is not None and frame.get(f"{W}dropCap", "none") != "none")

    def _close(self) -> None:
        here, self._open = self._open, None
        if here is not None:
            self._finish(here)
            self._idle.append(here.builder)

    def _finish(self, here: _Open) -> None:
        """Make a block of what was read of a paragraph; its number stands before its first line alone."""
        marker, level = self._numbering.marker(here.numbered) if here.numbered else ("", 0)
        kind: BlockKind = "heading" if here.outline else "item" if marker else "paragraph"
        block = here.builder.finish(kind, level=here.outline or (level if marker else 0), marker=marker)
        if block is not None:
            if kind == "paragraph":
                block = as_item(block)  # a list sign typed by hand
            self._into.append(block._replace(paragraph=block.anchors[0].line, xpath=self._part))
        self._into.extend(here.after)
        here.after, here.numbered, here.broken = [], None, False

    def _count(self, paragraphs: int) -> None:
        self._number += paragraphs
        self._paragraphs += paragraphs
        if self._paragraphs > self._limits.max_blocks:
            raise UnreadableError(f"the file has more than {self._limits.max_blocks} paragraphs")

    def _pass_over(self, element: Element) -> None:
        """Leave an element out; its paragraphs count, its changes and comments are open all the same."""
        for each in element.iter(_P, _COMMENT, *REVISIONS):
            if each.tag == _P:
                self._count(1)
            elif each.tag == _COMMENT:
                self._comment(each)
            elif each is not element and (words := words_in(each)):
                self._changes.add(REVISIONS[each.tag], each, words, self._here, self._here)

    # Runs

    def _run(self, element: Element) -> None:
        here, before, start = self._open, self._look, self._here
        properties = element.find(RPR)
        if here is not None and properties is not None:
            self._look = self._looks(here, self._settled(properties, _RUN_CHANGE))
        if self._look.hidden:
            self._pass_over(element)
        else:
            self._children(element)
        self._look = before
        if properties is not None and (changed := properties.find(_RUN_CHANGE)) is not None:
            self._changes.add("formatting", changed, words_in(element), start, self._here)

    def _looks(self, here: _Open, properties: Element) -> Look:
        named = None if properties is None else properties.find(_RUN_STYLE)
        styled = self._styles.look(here.style_id, "" if named is None else named.get(VAL, ""))
        return look_of(properties).over(styled)

    def _text(self, element: Element) -> None:
        self._add(shown_text(element, self._look.font), element)

    def _deleted_text(self, element: Element) -> None:
        if self._changes.original:
            self._text(element)

    def _symbol(self, element: Element) -> None:
        code = element.get(f"{W}char", "")
        if re.fullmatch("[0-9A-Fa-f]{2,4}", code):
            sign = in_unicode(chr(int(code, 16)), element.get(f"{W}font"))
            if sign.isprintable() or "\ue000" <= sign <= "\uf8ff":
                self._add(sign, element)

    def _blank(self, element: Element) -> None:
        self._add(" ", element)

    def _hyphen(self, element: Element) -> None:
        self._add("\u2011", element)

    def _add(self, text: str, element: Element) -> None:
        here = self._open
        if here is None or any(field != "shown" for field in self._fields):
            return
        self._note_down(len(text), element)
        if here.broken and not text.isspace():
            self._break(here, text)
        # Only elements break a line in Word: a line feed inside a text is a blank.
        here.builder.add(text.replace("\n", " "), here.number, here.column, strong=bool(self._look.bold))
        here.column += len(text)

    def _line_break(self, element: Element) -> None:
        self._add(" ", element)
        if self._open is not None and self._row is None:  # the lines of a cell are one text
            self._open.broken = element.get(f"{W}type", "textWrapping") == "textWrapping"

    def _break(self, here: _Open, text: str) -> None:
        """After a line break a new line begins, unless it goes on with a sentence or a heading."""
        same = here.builder.strong and bool(self._look.bold) and not NUMBER.match(text)
        if here.builder.empty or here.outline or same or text.lstrip()[:1].islower():
            here.broken = False
        else:
            self._finish(here)

    def _note_down(self, length: int, element: Element) -> None:
        if self._trace is not None and self._open is not None:
            here = self._open
            self._trace.append(Piece(self._part, here.number, here.column, length, element))

    def _field(self, element: Element) -> None:
        """Of a field its result is shown, not its instruction."""
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append("instruction")
            if len(self._fields) > self._limits.max_depth:
                raise self._too_deep()
        elif self._fields and kind == "separate" and self._fields[-1] == "instruction":
            self._fields[-1] = "shown"
        elif self._fields and kind == "end":
            self._fields.pop()

    def _instruction(self, element: Element) -> None:
        """The page numbers of a contents list are no part of its entries."""
        if self._fields and "PAGEREF" in (element.text or ""):
            self._fields[-1] = "page"

    def _note(self, element: Element) -> None:
        kind = element.tag.removeprefix(W).removesuffix("Reference")
        self.references.append((kind, element.get(f"{W}id", "")))

    # Pictures and text boxes

    def _drawing(self, element: Element) -> None:
        boxed = next(element.iter(_TEXT_BOX), None) is not None
        pictured = next(element.iter(_PICTURE), None) is not None
        self.diagrams = self.diagrams or next(element.iter(_DIAGRAM), None) is not None
        shape = next(element.iter(_SHAPE), None)
        ruled = shape is not None and shape.get("prst") in _LINES
        if pictured or not (boxed or ruled):
            about = element.find(f"{_DRAWING}docPr")
            self._image("" if about is None else about.get("descr") or about.get("title") or "")
        if boxed:
            self._children(element)

    def _vml_image(self, element: Element) -> None:
        shape = element.getparent()
        self._image((shape.get("alt") if shape is not None else "") or element.get(_VML_TITLE) or "")

    def _image(self, text: str) -> None:
        self._aside([Block(clean(text), "image", paragraph=self._here.paragraph, xpath=self._part)])

    def _text_box(self, element: Element) -> None:
        outer = (self._open, self._into, self._row, self._look, self._fields)
        self._open, self._into, self._row, self._fields = None, [], None, []
        self._children(element)
        self._close()
        found = self._into
        self._open, self._into, self._row, self._look, self._fields = outer
        self._aside(found)

    def _aside(self, blocks: list[Block]) -> None:
        """Put blocks before the paragraph that they open and after the one that they interrupt."""
        here = self._open
        (self._into if here is None or here.builder.empty else here.after).extend(blocks)

    # Tables

    def _table(self, element: Element) -> None:
        self._close()
        self._children(element)

    def _table_row(self, element: Element) -> None:
        if self._is_gone(element, f"{W}trPr"):
            self._pass_over(element)
            return
        outer, into = self._row, self._into
        row = self._row = Row()
        self._children(element)
        self._row, self._into = outer, into
        self._into.extend(row.blocks())

    def _cell(self, element: Element) -> None:
        if self._is_gone(element, f"{W}tcPr"):
            self._pass_over(element)
            return
        if self._row is not None:
            self._into = []
            self._row.cells.append(self._into)
            span = element.find(f"{W}tcPr/{W}gridSpan")
            more = min(number_of(span, 1) - 1, _COLUMNS - len(self._row.cells))
            self._row.cells.extend([] for _ in range(more))
        self._children(element)
        self._close()

    def _is_gone(self, element: Element, properties: str) -> bool:
        """Whether a row or cell is dropped in this view; the change is marked."""
        gone = False
        for child in element.iterfind(f"{properties}/*"):
            if child.tag in REVISIONS:
                self._changes.add(REVISIONS[child.tag], child, words_in(element), self._here, self._here)
                gone = gone or child.tag in self._changes.dropped
        return gone

    # Tracked changes and comments

    @property
    def _here(self) -> Point:
        """The place reached; between paragraphs the last one stands for it."""
        here = self._open
        if here is None:
            return Point(self._part, max(self._number, 1), 1)
        return Point(self._part, here.number, here.column)

    def _revision(self, element: Element) -> None:
        start = self._here
        if element.tag in self._changes.dropped:
            self._pass_over(element)
        else:
            self._children(element)
        if words := words_in(element):
            self._changes.add(REVISIONS[element.tag], element, words, start, self._here)

    def _format_change(self, element: Element) -> None:
        self._changes.add("formatting", element, "", self._here, self._here)

    def _comment_start(self, element: Element) -> None:
        self._changes.begin_comment(element, self._here)

    def _comment(self, element: Element) -> None:
        self._changes.add_comment(element, self._here)

    def _embedded(self, element: Element) -> None:
        self.embeds = True


def _numbered(own: Numbered | None, style: Style) -> Numbered | None:
    """The list of a paragraph: its own properties may name only the level, or take it out of the list."""
    if own is None:
        return style.numbered
    if own.num_id or style.numbered is None:
        return own
    return style.numbered._replace(level=own.level)


_Handler = Callable[[Walker, Element], None] | None
# What is not listed is walked through: content controls, links, smart tags, shapes, unknown wrappers.
_HANDLERS: dict[str, _Handler] = {
    _P: Walker._paragraph,
    f"{W}r": Walker._run,
    _T: Walker._text,
    _MATH_TEXT: Walker._text,
    _DELETED_TEXT: Walker._deleted_text,
    **dict.fromkeys((_TAB, f"{W}ptab"), Walker._blank),
    f"{W}br": Walker._line_break,
    f"{W}cr": Walker._blank,
    f"{W}noBreakHyphen": Walker._hyphen,
    f"{W}sym": Walker._symbol,
    f"{W}fldChar": Walker._field,
    f"{W}instrText": Walker._instruction,
    f"{W}footnoteReference": Walker._note,
    f"{W}endnoteReference": Walker._note,
    f"{_DRAWING}inline": Walker._drawing,
    f"{_DRAWING}anchor": Walker._drawing,
    _VML_IMAGE: Walker._vml_image,
    _TEXT_BOX: Walker._text_box,
    f"{W}tbl": Walker._table,
    f"{W}tr": Walker._table_row,
    f"{W}tc": Walker._cell,
    f"{W}ins": Walker._revision,
    f"{W}del": Walker._revision,
    f"{W}moveFrom": Walker._revision,
    f"{W}moveTo": Walker._revision,
    f"{W}commentRangeStart": Walker._comment_start,
    _COMMENT: Walker._comment,
    f"{W}altChunk": Walker._embedded,
    f"{W}subDoc": Walker._embedded,
    f"{W}sectPrChange": Walker._format_change,
    **{f"{W}{name}": None for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "rt")},
    **{
        f"{W}{name}": Walker._format_change
        for name in ("tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange", "tcPrChange")
    },
}
