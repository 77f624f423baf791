"""What would keep pdfium busy without end is found before it opens the file: bombs and forms that draw forms.

pdfium reads a page in one go, without a limit on time or memory. A form (a drawing of its own inside a
PDF) may draw other forms and itself; a few hundred bytes so make billions of drawings.
"""

from __future__ import annotations

import re
import zlib
from base64 import a85decode
from binascii import Error
from collections.abc import Iterator, Mapping
from functools import cache

from validator.errors import UnreadableError
from validator.readers.limits import Limits

_OBJECT = re.compile(rb"(\d{1,9})\s{1,9}\d{1,5}\s{1,9}\Z")
_FORM = re.compile(rb"/Subtype\s{0,9}/Form\b")
_RESOURCES = re.compile(rb"/Resources\s{1,9}(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R\b")
_XOBJECTS = re.compile(rb"/XObject\s{0,9}(?:<<([^<>]*)>>|(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R\b)")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]{1,200})\s{1,9}(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R\b")
_DRAWS = re.compile(rb"/([^\s/<>\[\]()]{1,200})\s{1,9}Do\b")
_FILTER = re.compile(rb"/Filter\s{0,9}(\[[^\]]{0,200}\]|/\w{1,20})")
_NO_TEXT = re.compile(rb"/Image\b|/Length1\b|/FontFile|/Type1C\b|/CIDFontType0C\b|/OpenType\b")
_PACKED = re.compile(rb"/Type\s{0,9}/ObjStm\b")
_FIRST = re.compile(rb"/First\s{1,9}(\d{1,9})")
_DEEPEST = 20  # forms in forms in forms; pdfium itself goes to 40
_MOST_TIMES = 1032  # no deflated data grows more
_IMAGE_TIMES = 8
_CHUNK = 1 << 20
_HEAD = 1000  # bytes before a stream in which its dictionary stands


def guard(data: bytes, limits: Limits) -> None:
    """Raise UnreadableError for a file that only an attacker or a broken program makes."""
    for head, body in _streams(data, limits.max_unpacked // _MOST_TIMES):
        # Images and fonts are no text, and those of scanned pages are large.
        most = limits.max_unpacked * (_IMAGE_TIMES if _NO_TEXT.search(head) else 1)
        if b"Fl" in head and len(body) * _MOST_TIMES > most and _unpacks_beyond(body, most):
            size = most // 1_000_000
            raise UnreadableError(f"the PDF unpacks to more than {size} MB in one place")
    if _FORM.search(data):
        forms = (_content(head, body) for head, body in _streams(data, 0) if b"/Form" in head)
        if sum(len(_DRAWS.findall(content)) for content in forms) > 1:
            _guard_forms(data, limits)


def _unpacks_beyond(packed: bytes, most: int) -> bool:
    inflate, size = zlib.decompressobj(), 0
    try:
        while packed and size <= most:
            size += len(inflate.decompress(packed, _CHUNK))
            packed = inflate.unconsumed_tail
    except zlib.error:
        return False
    return size > most


def _streams(data: bytes, least: int) -> Iterator[tuple[bytes, bytes]]:
    """The streams of more than so many bytes, each with what stands before it."""
    at = data.find(b"stream")
    while at >= 0:
        end = data.find(b"endstream", at)
        end = len(data) if end < 0 else end
        if end - at > least:
            yield data[max(0, at - _HEAD) : at].rpartition(b" obj")[2], data[at + 6 : end].lstrip(b"\r\n")
        at = data.find(b"stream", end + 9)


def _inflated(packed: bytes, most: int = 50_000_000) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""


def _guard_forms(data: bytes, limits: Limits) -> None:
    objects = _objects(data)
    drawn = {
        number: _drawn(body, objects) for number, body in objects.items() if _FORM.search(body, 0, _HEAD)
    }

    @cache
    def size(number: int, depth: int) -> int:
        if depth > _DEEPEST:
            return limits.max_objects
        inner = (size(each, depth + 1) for each in drawn[number] if each in drawn)
        return min(1 + sum(inner), limits.max_objects)

    if any(size(number, 0) >= limits.max_objects for number in drawn):
        raise UnreadableError("a drawing in the PDF contains itself, or drawings in drawings without end")


def _objects(data: bytes) -> dict[int, bytes]:
    """The objects of a file by number, also those packed in streams of objects."""
    found = []
    for word in re.finditer(rb"\bobj\b", data):
        if match := _OBJECT.search(data[max(0, word.start() - 30) : word.start()]):
            found.append((int(match.group(1)), word.start(), word.end()))
    stops = [start for _, start, _ in found[1:]] + [len(data)]
    objects = {number: data[begin:stop] for (number, _, begin), stop in zip(found, stops, strict=True)}
    for body in list(objects.values()):
        head, _, packed = body.partition(b"stream")
        if _PACKED.search(head) and (first := _FIRST.search(head)):
            text = _inflated(packed.lstrip(b"\r\n"))
            start = int(first.group(1))
            index = [int(part) for part in text[:start].split() if part.isdigit()]
            places = sorted(zip(index[1::2], index[0::2], strict=False))
            for (place, number), (stop, _) in zip(places, [*places[1:], (len(text), 0)], strict=True):
                objects.setdefault(number, text[start + place : start + stop])
    return objects


def _drawn(body: bytes, objects: Mapping[int, bytes]) -> list[int]:
    """The numbers of the objects that a form draws, one for each time."""
    head, _, packed = body.partition(b"stream")
    content = _content(head, packed.partition(b"endstream")[0].strip(b"\r\n"))
    if b"Do" not in content:
        return []
    if match := _RESOURCES.search(head):
        head = objects.get(int(match.group(1)), b"")
    named: dict[bytes, int] = {}
    if match := _XOBJECTS.search(head):
        listed = match.group(1) or objects.get(int(match.group(2) or 0), b"")
        named = {name: int(number) for name, number in _NAMED.findall(listed)}
    return [named[name] for name in _DRAWS.findall(content) if name in named]


def _content(head: bytes, packed: bytes) -> bytes:
    filters = _FILTER.search(head)
    for name in re.findall(rb"/(\w+)", filters.group(1)) if filters else ():
        if name in (b"FlateDecode", b"Fl"):
            packed = _inflated(packed)
        elif name in (b"ASCII85Decode", b"A85"):
            try:
                packed = a85decode(packed.strip().removesuffix(b"~>"))
            except (ValueError, Error):
                return b""
    return packed
