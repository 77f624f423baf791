"""Findings as comments of a Word file, each anchored on its words; nothing else in the file changes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from validator.annotate.remarks import AUTHOR, INITIALS, Remark
from validator.document.blocks import Block, Revisions
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.editing.wordfile import WordFile, appended
from validator.editing.wordtext import Cut, Point, WordText, declaration, xml_text
from validator.errors import UnreadableError
from validator.readers.docx_trace import trace

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_OFFICE_STRICT = "http://purl.oclc.org/ooxml/officeDocument"
_RELATION = re.compile(rb"<[^<>]*/relationships/comments[\"'][^<>]*>")
_TARGET = re.compile(rb"""\bTarget\s*=\s*["']([^"']*)["']""")
_IDS = re.compile(
    rb"""<(?:\w+:)?comment(?:RangeStart|RangeEnd|Reference)?\s[^<>]*?\bid\s*=\s*["'](\d{1,9})["']"""
)
_AFTER_ENDS = 1_000_000_000  # where one comment ends and another begins, the end comes first
_ROOT = re.compile(rb"<w:comments[\s>/]")


def annotated(
    data: bytes, told: Sequence[tuple[Leaflet, Iterable[Remark]]], revisions: Revisions, now: datetime
) -> bytes:
    """The Word file with a comment for each remark on its leaflets."""
    traced = trace(data, revisions)
    text, file = WordText(traced), WordFile(data)
    name = _comments_part(file, traced.part)
    own = file.read(name) if name else None
    if name and own is None:
        raise UnreadableError(f"the file lacks the part {name}, which it refers to: save it with Word first")
    first = max((int(found) for found in _IDS.findall(traced.data + (own or b""))), default=-1) + 1
    unbound = own is not None and not _ROOT.search(own)
    declared = declaration(text.strict) if unbound else ""
    comments: list[str] = []
    for leaflet, remarks in told:
        for remark in remarks:
            number = first + len(comments)
            where = _mark(text, leaflet, remark.span, number)
            lines = (*remark.lines, where) if where else remark.lines
            comments.append(_comment(number, lines, now, declared))
    inner = "".join(comments).encode()
    beside = (
        {name: appended(own, inner)} if own is not None else _new_part(file, traced.part, text.strict, inner)
    )
    return file.with_parts({traced.part: text.finish(), **beside})


def _mark(text: WordText, leaflet: Leaflet, span: Span, number: int) -> str:
    """Put the marks of a comment around its words; of those in another part the answer tells."""
    start, end = _points(leaflet.blocks, span)
    block = leaflet.blocks[span.block]
    told = ""
    if block.xpath is not None:
        part = posixpath.basename(block.xpath)
        told = f"The words stand in {part}, where no comment can be put: “{block.text[:80]}”"
    cuts = None if told else _cuts(text, start, end)
    opened, closed = cuts or _anywhere(text)
    declared = text.declared
    start_mark = f'<w:commentRangeStart{declared} w:id="{number}"/>'
    end_mark = f'<w:commentRangeEnd{declared} w:id="{number}"/>'
    reference = f'<w:r{declared}><w:commentReference w:id="{number}"/></w:r>'
    if opened.offset == closed.offset:  # no words: an image, or nothing at all
        text.insert(opened, start_mark + end_mark + reference, order=_AFTER_ENDS + number)
        return told
    text.insert(opened, start_mark, order=_AFTER_ENDS + number)
    text.insert(closed, end_mark + reference, order=number)
    return told


def _cuts(text: WordText, start: Point, end: Point) -> tuple[Cut, Cut] | None:
    opened, closed = text.cut(start, closing=False), text.cut(end, closing=True)
    if opened is None or closed is None or closed.offset < opened.offset:
        return None
    return opened, closed


def _anywhere(text: WordText) -> tuple[Cut, Cut]:
    """The first paragraph that has characters, as a whole."""
    number = next(spot.paragraph for spot in text.trace.spots if spot.length)
    whole = _cuts(text, Point(number, 1), Point(number, text.length(number) + 1))
    assert whole  # a paragraph with characters has two ends
    return whole


def _points(blocks: Sequence[Block], span: Span) -> tuple[Point, Point]:
    """A span as places in the file; where it is empty its whole paragraph stands for it."""
    start, end = span.start, span.end
    if span.last < 0 and start >= end:
        start, end = 0, len(blocks[span.block].text)
    first = blocks[span.block].place(start, start + 1)
    last = blocks[span.last_block].place(max(end - 1, 0), end)
    begin = Point(first.paragraph or 1, first.column or 1)
    return begin, Point(last.paragraph or 1, (last.column or 0) + 1)


def _comment(number: int, lines: Iterable[str], now: datetime, declared: str) -> str:
    stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{xml_text(line)}</w:t></w:r></w:p>'
        for told in lines
        for line in told.split("\n")
    )
    head = (
        f'<w:comment{declared} w:id="{number}" w:author="{AUTHOR}" w:date="{stamp}" w:initials="{INITIALS}">'
    )
    return f"{head}{paragraphs}</w:comment>"


def _comments_part(file: WordFile, main: str) -> str:
    """The name of the part that holds the comments, "" if the file has none."""
    folder, base = posixpath.split(main)
    relations = file.read(posixpath.join(folder, "_rels", f"{base}.rels")) or b""
    for entry in _RELATION.findall(relations):
        if target := _TARGET.search(entry):
            return posixpath.normpath(posixpath.join("/", folder, target.group(1).decode())).lstrip("/")
    return ""


def _new_part(file: WordFile, main: str, strict: bool, comments: bytes) -> dict[str, bytes]:
    """A part for comments, and the parts that name it."""
    folder = posixpath.dirname(main)
    names = ("comments.xml", *(f"comments{n}.xml" for n in range(2, 99)))
    base = next(name for name in names if file.read(posixpath.join(folder, name)) is None)
    name = posixpath.join(folder, base)
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments{declaration(strict)}>'
    office = _OFFICE_STRICT if strict else _OFFICE
    relations = file.related(main, f"{office}/relationships/comments", base)
    return {name: head.encode() + comments + b"</w:comments>", **relations, **file.typed(name, _TYPE)}
