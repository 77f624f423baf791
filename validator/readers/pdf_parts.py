"""The streams of a PDF as they stand in the file, found without reading it as one."""

from __future__ import annotations

import re
import zlib
from base64 import a85decode
from binascii import Error
from collections.abc import Iterable
from dataclasses import dataclass

FORM = re.compile(rb"/Subtype\s{0,9}/Form\b")
IMAGE = re.compile(rb"/Subtype\s{0,9}/Image\b")
FONT = re.compile(rb"/Length1\b|/FontFile|/Type1C\b|/CIDFontType0C\b|/OpenType\b")
PACKED_OBJECTS = re.compile(rb"/Type\s{0,9}/ObjStm\b")
MOST_TIMES = 1032  # no deflated data grows more

_NUMBER = re.compile(rb"(\d{1,9})\s{1,9}\d{1,5}\s{1,9}\Z")
_FILTER = re.compile(rb"/Filter\s{0,9}(\[[^\]]{0,200}\]|/\w{1,20})")
_NUMBERED = re.compile(rb"#([0-9A-Fa-f]{2})")
_CHUNK = 1 << 16  # bytes counted at once: so few stay in the memory that the last ones had
_MOST_OBJECTS = 200_000_000  # bytes
_LONGEST = 30  # bytes: the numbers before "obj"
_HEAD = 1000  # bytes before a stream in which its dictionary stands


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream: the number of its object (-1 if it does not show), its dictionary, what it holds, packed."""

    number: int
    head: bytes
    body: bytes


def streams(data: bytes) -> list[Stream]:
    """The streams of a file."""
    found: list[Stream] = []
    at = data.find(b"stream")
    while at >= 0:
        end = data.find(b"endstream", at)
        end = len(data) if end < 0 else end
        before, of_object, head = data[max(0, at - _HEAD) : at].rpartition(b"obj")
        number = _NUMBER.search(before[-_LONGEST:]) if of_object else None
        body = data[at + 6 : end].lstrip(b"\r\n")
        found.append(Stream(int(number.group(1)) if number else -1, head, body))
        at = data.find(b"stream", end + 9)
    return found


def packed_objects(every: Iterable[Stream]) -> list[bytes]:
    """The texts of objects that stand in streams; after the first 200 MB no more of them."""
    found: list[bytes] = []
    left = _MOST_OBJECTS
    for part in every:
        if left > 0 and PACKED_OBJECTS.search(part.head):
            found.append(content(part.head, part.body))
            left -= len(found[-1])
    return found


def unpacked_size(packed: bytes, most: int) -> int:
    """How many bytes deflated data is; counting stops soon after `most`."""
    inflate, size = zlib.decompressobj(), 0
    try:
        while packed and size <= most and not inflate.eof:
            size += len(inflate.decompress(packed, _CHUNK))
            packed = inflate.unconsumed_tail
    except zlib.error:
        return size
    return size


def inflated(packed: bytes, most: int = 50_000_000) -> bytes:
    """The first bytes of deflated data; none if it is something else."""
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""


def filters(head: bytes) -> tuple[bytes, ...]:
    """The names of the ways in which a stream is packed, the outermost first."""
    found = _FILTER.search(head)
    return tuple(re.findall(rb"/(\w+)", found.group(1))) if found else ()


def content(head: bytes, packed: bytes) -> bytes:
    """What a stream holds, with its filters undone as far as we know them."""
    for name in filters(head):
        if name in (b"FlateDecode", b"Fl"):
            packed = inflated(packed)
        elif name in (b"ASCII85Decode", b"A85"):
            try:
                packed = a85decode(packed.strip().removesuffix(b"~>"))
            except (ValueError, Error):
                return b""
    return packed


def unnumbered(text: bytes) -> bytes:
    """A text whose names hold the letters and digits that they write as numbers: `#41` is an A."""
    return _NUMBERED.sub(_letter, text)


def _letter(numbered: re.Match[bytes]) -> bytes:
    letter = bytes.fromhex(numbered.group(1).decode())
    return letter if letter.isalnum() else numbered.group().upper()
