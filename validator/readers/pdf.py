"""PDF to blocks: text in reading order, furniture apart, small images at the text they stand by."""

from __future__ import annotations

import statistics
import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise

from validator.document.blocks import Reading
from validator.errors import UnreadableError
from validator.readers.builder import BlockBuilder
from validator.readers.limits import DEFAULT_LIMITS, Limits
from validator.readers.pdf_breaks import over_page_ends
from validator.readers.pdf_digits import has_doubtful_digits
from validator.readers.pdf_doubt import is_doubtful
from validator.readers.pdf_furniture import furniture
from validator.readers.pdf_guard import guard
from validator.readers.pdf_images import is_sign
from validator.readers.pdf_layout import layout
from validator.readers.pdf_lines import FIRST, GAP, Piece
from validator.readers.pdf_page import Page, read_pages
from validator.readers.pdf_paragraphs import Paragraphs, style_of
from validator.readers.pdf_parts import Stream, packed_objects, streams
from validator.readers.pdf_rows import Row, Strip, TableRow, joined, needed, rows_of
from validator.readers.pdf_view import Box
from validator.readers.pdf_zone import Gaps
from validator.readers.wrapping import breaks_off

NAME = "pdf"

_ONE_AT_A_TIME = threading.Lock()  # pdfium is not made for threads
_SCAN = 0.5  # share of a page under one image
_SCAN_WORDS = 20  # so few words beside such an image are a stamp, not the text
_UNKNOWN, _UNREADABLE = 0.002, 0.2  # share of characters without meaning: said, refused
_MARGIN = 0.97  # share of the lines that end left of the margin: one overlong line is no margin
_NEAR = 2.5  # line heights: how far from its words such a sign may stand
_NOTE = 3  # lines
_MOST_SIGNS = 100  # on a page; more of them make up a drawing


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read a PDF that holds text."""
    parts = streams(data)
    guard(data, parts, limits)
    objects = packed_objects(parts)
    pages = _pages(data, parts, objects, limits)
    notes = _notes(pages, data)
    if has_doubtful_digits([data, *objects], parts):
        notes.append(
            "lost, perhaps: a font of the file takes one digit for another, so that figures may be wrong"
        )
    blocks = _paragraphs([page or Page() for page in pages], limits).blocks
    return Reading(NAME, tuple(blocks), notes=tuple(notes))


def lines(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Mapping[tuple[int, int], Piece]:
    """What stands on each line, by the page and line that the places of blocks name."""
    parts = streams(data)
    guard(data, parts, limits)
    pages = _pages(data, parts, packed_objects(parts), limits)
    lines = _paragraphs([page or Page() for page in pages], limits).lines
    return {
        (number, line): piece for number, page in enumerate(lines, 1) for line, piece in enumerate(page, 1)
    }


def _pages(
    data: bytes, parts: Sequence[Stream], objects: Sequence[bytes], limits: Limits
) -> list[Page | None]:
    if is_doubtful(data, parts, objects):
        from validator.readers import pdf_worker  # what it imports costs time, and hardly any file needs it

        return list(pdf_worker.pages(data, limits))
    with _ONE_AT_A_TIME:
        return list(read_pages(data, limits))


def _notes(pages: Sequence[Page | None], data: bytes) -> list[str]:
    """What was lost; UnreadableError if that is all of it."""
    scans = [number for number, page in enumerate(pages, 1) if page and _is_scan(page)]
    broken = [number for number, page in enumerate(pages, 1) if page is None]
    read = [page for page in pages if page]
    characters = sum(page.characters for page in read)
    if not any(page.pieces or page.turned or page.aslant for page in read) or len(scans) == len(pages):
        if scans:
            images = f"{len(scans)} page{'s' if len(scans) > 1 else ''} of images"
            raise UnreadableError(
                f"the PDF has no text layer ({images}); run text recognition (OCR) on it first"
            )
        raise UnreadableError("the PDF holds no text that can be read; export it again with its text")
    unknown = sum(page.unknown for page in read)
    if unknown > _UNREADABLE * characters:
        raise UnreadableError(
            "the PDF does not say which letters its fonts show; export it again or run text recognition on it"
        )
    notes = []
    if scans:
        notes.append(f"lost: {_listed(scans)} without text layer (images)")
    if broken:
        notes.append(f"lost: {_listed(broken)} damaged and not readable")
    beside = [number for number, page in enumerate(pages, 1) if page and page.beside]
    if beside:
        notes.append(f"lost: what form fields, typed notes or comments say on {_listed(beside)} was not read")
    if unknown > _UNKNOWN * characters:
        notes.append(f"lost: {unknown} characters whose font does not say which letters they are")
    if b"%%EOF" not in data[-2048:]:
        notes.append("lost, perhaps: the file has no end mark and may be cut short")
    return notes


def _is_scan(page: Page) -> bool:
    left, bottom, right, top = page.box
    least = _SCAN * (right - left) * (top - bottom)
    if not any((box[2] - box[0]) * (box[3] - box[1]) > least for box in page.images):
        return False
    return sum(piece.text.count(" ") + 1 for piece in page.pieces) < _SCAN_WORDS


def _listed(numbers: Sequence[int]) -> str:
    """Page numbers as "pages 2-4, 7"."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], number]
        else:
            spans.append([number])
    return f"page{'s' if len(numbers) > 1 else ''} " + ", ".join("-".join(map(str, span)) for span in spans)


def _paragraphs(pages: Sequence[Page], limits: Limits) -> Paragraphs:
    rows = [rows_of(page.pieces) for page in pages]
    edges = furniture(rows)
    bodies = [page[top : len(page) - bottom] for page, (top, bottom) in zip(rows, edges, strict=True)]
    margins = [_margin(body) for body in bodies]
    usual = statistics.median_high(margins)
    known: list[Gaps] = []
    laid = [
        layout(body, page.pieces, _wrap(body, margin, min(usual, page.box[2])), known)
        for page, body, margin in zip(pages, bodies, margins, strict=True)
    ]
    paragraphs = Paragraphs(BlockBuilder(limits), style_of(list(_strips(laid))))
    for number, (page, whole, parts, (top, bottom)) in enumerate(
        zip(pages, rows, over_page_ends(laid), edges, strict=True), 1
    ):
        notes, texts = _turned(page)
        paragraphs.page(number, _signs(page))
        paragraphs.furniture(piece for row in whole[:top] for piece in row)
        for part in chain(parts, texts):
            if isinstance(part, Strip):
                paragraphs.strip(part)
            elif isinstance(part, TableRow):
                paragraphs.row(part)
            else:
                paragraphs.furniture(part.pieces)
        paragraphs.furniture(piece for row in whole[len(whole) - bottom :] for piece in row)
        paragraphs.furniture(notes)
    paragraphs.close()
    return paragraphs


def _turned(page: Page) -> tuple[list[Piece], list[Strip | TableRow]]:
    """What is turned against a page: notes such as a printer's, and text such as a wide table."""
    notes, texts = list(page.aslant), []
    for pieces in page.turned:
        rows = list(map(_closed, rows_of(pieces)))
        if len(rows) <= _NOTE:
            notes += chain.from_iterable(rows)
        else:
            texts += layout(rows, sorted(chain.from_iterable(rows), key=FIRST), _margin(rows))
    return notes, texts


def _closed(row: Row) -> Row:
    """The pieces of a line, joined where no more than a blank is between them: pdfium breaks turned lines."""
    found: Row = []
    for piece in row:
        if found and piece.left - found[-1].right < GAP * piece.height:
            found[-1] = joined([found[-1], piece])
        else:
            found.append(piece)
    return found


def _margin(rows: Sequence[Row]) -> float:
    """Where the text of these rows wraps."""
    ends = sorted(row[-1].right for row in rows)
    return ends[min(int(_MARGIN * len(ends)), len(ends) - 1)] if ends else 0.0


def _wrap(rows: Sequence[Row], margin: float, usual: float) -> float:
    """The margin of a page: the usual one unless its own lines break off before it."""
    if margin >= usual:
        return margin
    pairs = [(row[-1], after[0]) for row, after in pairwise(rows)]
    cut = [needed(*pair) < usual for pair in pairs if breaks_off(pair[0].text, pair[1].text)]
    return margin if len(cut) > 1 and 2 * sum(cut) > len(cut) else usual


def _strips(laid: Sequence[Sequence[Strip | TableRow]]) -> Iterator[Strip]:
    for parts in laid:
        for part in parts:
            if isinstance(part, Strip):
                yield part


def _signs(page: Page) -> dict[int, int]:
    """How many images, by the piece's id, stand in the text or left of it like a sign."""
    found: dict[int, int] = {}
    signs = [box for box in page.images if is_sign(box)]
    if len(signs) > _MOST_SIGNS:
        return found
    for image in signs:
        if piece := min(page.pieces, key=lambda piece: _distance(image, piece), default=None):
            if sum(_distance(image, piece)) < _NEAR * piece.height:
                found[id(piece)] = found.get(id(piece), 0) + 1
    return found


def _distance(image: Box, piece: Piece) -> tuple[float, float]:
    """How far a piece is from an image: above or below, and aside."""
    left, bottom, right, top = image
    above = max(0.0, piece.bottom - top, bottom - piece.bottom - piece.height)
    return above, max(0.0, piece.left - right, left - piece.right)
