"""Whether a PDF is as plain as leaflets are, so that it may be read without a guard beside it.

pdfium reads a page in one go and cannot be stopped. What that costs is told by how much there is to read: how
large each part unpacks, how often pages read it, how often a drawing is drawn. A file that hides any of that,
or has much of it, is in doubt; nothing is refused for it (see `pdf_worker`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from validator.readers.pdf_parts import (
    FONT,
    FORM,
    IMAGE,
    MOST_TIMES,
    PACKED_OBJECTS,
    Stream,
    content,
    filters,
    unnumbered,
    unpacked_size,
)

_PART = 4_000_000  # bytes unpacked: pdfium takes less than a second and 300 MB for fewer, whatever they are
_WHOLE = 50_000_000  # bytes that all pages, or all drawings of a form, come to
_FONTS = 500_000_000  # bytes that all fonts together come to at most
_PICTURES = frozenset((b"DCTDecode", b"DCT", b"JPXDecode", b"CCITTFaxDecode", b"CCF", b"JBIG2Decode"))
_PLAIN = ((), (b"FlateDecode",), (b"Fl",), (b"ASCII85Decode", b"FlateDecode"), (b"A85", b"Fl"))
_DRAWS = re.compile(rb"\bDo\b")
_READ = re.compile(
    rb"/(?:Contents|(Kids))\s{0,9}(?:(\d{1,9})\s{1,9}\d{1,9}\s{1,9}R\b|\[([\d\sR]{0,1000000})\]|(?=[(<]))"
)
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+R")
# What makes a file doubtful: a font whose letters are drawings, encryption; and what `_READ` tells about.
# One search for all, because it goes through the whole file.
_TELLING = re.compile(rb"/(?:Type3\b|Encrypt|Contents|Kids)")
_NUMBERED = re.compile(rb"#[3-7]")  # a letter written as its number
_BEFORE = re.compile(rb"/[A-Za-z]{0,9}\Z")
_NAME = re.compile(rb"/[^\s\0/<>\[\](){}%]{0,60}")


def is_doubtful(data: bytes, every: Sequence[Stream], objects: Sequence[bytes]) -> bool:
    """Whether reading this PDF might take more time or memory than any leaflet's.

    `every` are its streams, `objects` what those hold that have objects in them.
    """
    if any(map(_is_hidden, every)):
        return True
    # No image is unpacked for the text of a page, unless the page names it as its text.
    parts = [part for part in every if FORM.search(part.head) or not IMAGE.search(part.head)]
    texts = [part for part in parts if not PACKED_OBJECTS.search(part.head) and not _is_font(part)]
    fonts = [part for part in parts if _is_font(part)]
    if sum(len(part.body) for part in fonts) * MOST_TIMES > _FONTS:  # else they are small all together
        texts += fonts
    lengths = [_size(part) for part in texts]
    sizes: dict[int, int] = defaultdict(int)
    for part, length in zip(texts, lengths, strict=True):
        sizes[part.number] = max(sizes[part.number], length)
    if max([*sizes.values(), *map(len, objects)], default=0) > _PART:
        return True
    forms = max((sizes[part.number] for part in parts if FORM.search(part.head)), default=0)
    # Of the bytes of a text every third one at most ends the word that draws.
    if forms * (sum(lengths) + sum(map(len, objects))) > 3 * _WHOLE and forms * _drawings(parts) > _WHOLE:
        return True
    return _pages_are_large([data, *objects], sizes)


def _is_font(part: Stream) -> bool:
    """Whether a part is a font and claims to be nothing else."""
    head = part.head
    return bool(FONT.search(head)) and not FORM.search(head) and not PACKED_OBJECTS.search(head)


def _is_hidden(part: Stream) -> bool:
    """Whether the dictionary of a part does not tell how to unpack it, or in a way that leaflets never do."""
    if part.number < 0 or b"#" in part.head:
        return True
    named = filters(part.head)
    if b"/F" in part.head and not named and re.search(rb"/F(?:ilter)?(?![A-Za-z])", part.head):
        return True
    return named not in _PLAIN and not _PICTURES.issuperset(named)


def _size(part: Stream) -> int:
    """How many bytes a part is when unpacked; counting stops soon after what is much."""
    if b"85" in part.head:
        return len(content(part.head, part.body))
    return unpacked_size(part.body, _PART) if b"/Fl" in part.head else len(part.body)


def _drawings(parts: Sequence[Stream]) -> int:
    """How many drawings the texts of a file draw, each read once."""
    texts = (content(part.head, part.body) for part in parts if not _is_font(part))
    return sum(len(_DRAWS.findall(text)) for text in texts)


def _pages_are_large(texts: Iterable[bytes], sizes: Mapping[int, int]) -> bool:
    """Whether all that pages read, each part as often as they name it, is much or cannot be told."""
    total = 0
    kids: list[int] = []
    for text in texts:
        if _tells_in_numbers(text):
            return True
        for telling in _TELLING.finditer(text):
            match = _READ.match(text, telling.start())
            if match is None:
                return True
            of_kids, one, several = match.groups()
            numbers = [int(number) for number in ([one] if one else _REFERENCE.findall(several or b""))]
            if of_kids:
                kids += numbers
            elif not all(number in sizes for number in numbers):
                return True
            else:
                total += sum(sizes[number] for number in numbers)
    return total > _WHOLE or len(set(kids)) < len(kids)


def _tells_in_numbers(text: bytes) -> bool:
    """Whether a telling name has letters written as numbers. Packed data looks like other names by chance."""
    for numbered in _NUMBERED.finditer(text):
        before = _BEFORE.search(text[max(0, numbered.start() - 10) : numbered.start()])
        if before:
            name = _NAME.match(text, numbered.start() - len(before.group()))
            if name and _TELLING.match(unnumbered(name.group())):
                return True
    return False
