"""Findings as highlights with notes in a PDF file, put after its own bytes, which stay as they are."""

from __future__ import annotations

import ctypes
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO

import pypdfium2
import pypdfium2.raw as pdfium

from validator.annotate.remarks import AUTHOR, Remark
from validator.document.blocks import Block
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.errors import UnreadableError
from validator.readers import pdf_native as native
from validator.readers.pdf import lines
from validator.readers.pdf_doubt import is_doubtful
from validator.readers.pdf_lines import Piece
from validator.readers.pdf_parts import packed_objects, streams
from validator.readers.pdf_upright import upright_text

# Red, green and blue of the mark: by severity, and for what is told where it belongs.
_COLOURS = {"error": (255, 150, 150), "warning": (255, 214, 102), "advice": (190, 225, 160)}
_MISSING, _WHOLE = (150, 190, 255), (150, 190, 255)
_ORDER = tuple(_COLOURS)
_PRINTED = 4  # the flag of annotations that are printed too
_ICON = 20.0  # points
_PARAGRAPH = "\n\n"
_ID = re.compile(rb"/ID\s*\[\s*<[0-9A-Fa-f]*>\s*<([0-9A-Fa-f]{32})>\s*\]")

_Box = tuple[float, float, float, float]  # left, bottom, right, top


def annotated(data: bytes, told: Sequence[tuple[Leaflet, Iterable[Remark]]], now: datetime) -> bytes:
    """The PDF file with a mark and a note for each remark on its leaflets.

    Remarks on the same words share one mark: highlights over each other would hide the words.
    """
    every = streams(data)
    # The reader looks at such a file from another process, which can be ended.
    if is_doubtful(data, every, packed_objects(every)):
        raise UnreadableError(
            "a PDF that is encrypted, or may keep a program busy, is not annotated: export it"
        )
    known = lines(data)
    document = pypdfium2.PdfDocument(data)
    try:
        marks = _Marks(document, known, now.strftime("D:%Y%m%d%H%M%SZ"))
        for leaflet, remarks in told:
            for span, together in _by_words(remarks).items():
                marks.put(leaflet, span, together)
        out = BytesIO()
        document.save(out, flags=pdfium.FPDF_INCREMENTAL)
    finally:
        document.close()
    return _named(out.getvalue(), len(data))


def _named(made: bytes, old: int) -> bytes:
    """The file with a name of its version that follows from its bytes: PDFium makes one by chance.

    The second part of the trailer's /ID names the version (ISO 32000-1, 14.4); what is of the original,
    the first `old` bytes, stays.
    """
    found = list(_ID.finditer(made, old))
    if not found:
        return made
    start, end = found[-1].span(1)
    name = hashlib.sha256(made[:start] + made[end:]).hexdigest().upper()
    return made[:start] + name[: end - start].encode() + made[end:]


def _by_words(remarks: Iterable[Remark]) -> Mapping[Span, list[Remark]]:
    found: dict[Span, list[Remark]] = {}
    for remark in remarks:
        if remark.severity:
            found.setdefault(remark.span, []).append(remark)
        else:
            found[remark.span._replace(end=remark.span.start)] = [remark]  # the whole has no words
    return found


class _Marks:
    """Puts marks on the pages of a document."""

    def __init__(
        self, document: pypdfium2.PdfDocument, known: Mapping[tuple[int, int], Piece], stamp: str
    ) -> None:
        self._document = document
        self._known = known
        self._stamp = stamp
        self._count = 0
        self._icons: Counter[int] = Counter()  # on each page

    def put(self, leaflet: Leaflet, span: Span, remarks: Sequence[Remark]) -> None:
        """Mark some words; a mark that goes over several pages has its note on the first.

        What has no words to mark, such as an image, is told by a note at the line where it stands.
        """
        if span.start == span.end and span.last < 0 and remarks[0].severity:  # a sign without words
            span = Span(span.block, 0, len(leaflet.blocks[span.block].text))
        note = _PARAGRAPH.join("\n".join(remark.lines) for remark in remarks)
        block = leaflet.blocks[span.block]
        if not remarks[0].severity:
            self._icon(block, _WHOLE, note)
            return
        marked = False
        for page, drawn in _drawn(leaflet.blocks, span, self._known).items():
            told = "(see the page before)" if marked else note
            marked = self._highlight(page, drawn, _colour(remarks), told) or marked
        if not marked:
            self._icon(block, _colour(remarks), note, beside=True)

    def _highlight(self, number: int, drawn: Sequence[Sequence[int]], colour: _Colour, note: str) -> bool:
        """Mark characters of a page; the answer is whether they were found on it."""
        page = self._document[number - 1]
        try:
            boxes = _around(page, drawn)
            if boxes:
                annotation = self._annotation(page, pdfium.FPDF_ANNOT_HIGHLIGHT, _union(boxes), colour, note)
                for left, bottom, right, top in boxes:
                    corners = (left, top, right, top, left, bottom, right, bottom)
                    quad = pdfium.FS_QUADPOINTSF(*corners)
                    pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, ctypes.byref(quad))
                pdfium.FPDFPage_CloseAnnot(annotation)
            return bool(boxes)
        finally:
            page.close()

    def _icon(self, block: Block, colour: _Colour, note: str, *, beside: bool = False) -> None:
        """A note without words: in the upper left corner of the page where a block stands, or at its line."""
        place = block.place(0, 1)
        number = place.page or 1
        page = self._document[number - 1]
        try:
            left, _, _, top = page.get_cropbox()
            x, y = left + _ICON / 2, top - _ICON / 2 - self._icons[number] * _ICON
            line = self._known.get((number, place.line or 1)) if beside else None
            if line and (boxes := _around(page, [list(_index(line, 0))])):
                y = boxes[0][3]
            else:
                self._icons[number] += 1
            box = (x, y - _ICON, x + _ICON, y)
            pdfium.FPDFPage_CloseAnnot(self._annotation(page, pdfium.FPDF_ANNOT_TEXT, box, colour, note))
        finally:
            page.close()

    def _annotation(
        self, page: pypdfium2.PdfPage, kind: int, box: _Box, colour: _Colour, note: str
    ) -> pdfium.FPDF_ANNOTATION:
        annotation = pdfium.FPDFPage_CreateAnnot(page, kind)
        if not annotation:
            raise UnreadableError("the PDF does not take annotations")
        self._count += 1
        left, bottom, right, top = box
        pdfium.FPDFAnnot_SetRect(annotation, ctypes.byref(pdfium.FS_RECTF(left, top, right, bottom)))
        pdfium.FPDFAnnot_SetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, *colour, 255)
        pdfium.FPDFAnnot_SetFlags(annotation, _PRINTED)
        texts = {"T": AUTHOR, "Contents": note, "M": self._stamp, "NM": f"{AUTHOR}-{self._count}"}
        for key, text in texts.items():
            pdfium.FPDFAnnot_SetStringValue(annotation, key.encode(), _wide(text))
        return annotation


_Colour = tuple[int, int, int]


def _colour(remarks: Sequence[Remark]) -> _Colour:
    """That of the most severe remark on words, or of what is missing there."""
    gravest = min(remarks, key=lambda remark: (_ORDER.index(remark.severity), remark.missing))
    return _MISSING if gravest.missing else _COLOURS[gravest.severity]


def _drawn(
    blocks: Sequence[Block], span: Span, known: Mapping[tuple[int, int], Piece]
) -> Mapping[int, list[list[int]]]:
    """The characters of a span as pdfium counts them, line by line, for each page."""
    by_line: dict[tuple[int, int], list[int]] = {}
    for number in range(span.block, span.last_block + 1):
        block = blocks[number]
        start = span.start if number == span.block else 0
        stop = span.end if number == span.last_block else len(block.text)
        if block.kind != "furniture" or number == span.block:
            for page, line, column in _places(block, start, stop):
                if piece := known.get((page, line)):
                    by_line.setdefault((page, line), []).extend(_index(piece, column - 1))
    pages: dict[int, list[list[int]]] = {}
    for (page, _), drawn in by_line.items():
        pages.setdefault(page, []).append(drawn)
    return pages


def _places(block: Block, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """Page, line and column of each visible character."""
    for offset in range(start, stop):
        if block.text[offset] != " ":
            place = block.place(offset, offset + 1)
            yield place.page or 1, place.line or 1, place.column or 1


def _index(piece: Piece, offset: int) -> Iterator[int]:
    """The number on its page of a character of a line."""
    at = next(((o, index) for o, index in reversed(piece.drawn) if o <= offset), None)
    if at is not None:
        yield at[1] + offset - at[0]


def _around(page: pypdfium2.PdfPage, drawn: Sequence[Sequence[int]]) -> list[_Box]:
    """The boxes around some characters, one for each line."""
    with upright_text(native.handle_of(page.raw)) as text:
        lines = [[box for index in line if (box := _box_of(text, index))] for line in drawn] if text else []
    return [_union(boxes) for boxes in lines if boxes]


def _box_of(text: native.Argument, index: int) -> _Box | None:
    box = pdfium.FS_RECTF()
    if not native.loose_box(text, index, ctypes.byref(box)):
        return None
    return box.left, box.bottom, box.right, box.top


def _union(boxes: Sequence[_Box]) -> _Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _wide(text: str) -> ctypes.Array[ctypes.c_ushort]:
    """A text as pdfium takes it: UTF-16 with a zero at its end."""
    data = text.encode("utf-16-le", "replace") + b"\0\0"
    return (ctypes.c_ushort * (len(data) // 2)).from_buffer_copy(data)
