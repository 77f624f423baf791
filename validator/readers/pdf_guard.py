"""What would keep pdfium busy without end is found before it opens the file: bombs and forms that draw forms.

pdfium reads a page in one go, without a limit on time or memory. A form (a drawing of its own inside a
PDF) may draw other forms and itself; a few hundred bytes so make billions of drawings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from validator.errors import UnreadableError
from validator.readers.limits import Limits
from validator.readers.pdf_parts import (
    FONT,
    FORM,
    IMAGE,
    MOST_TIMES,
    PACKED_OBJECTS,
    Stream,
    content,
    inflated,
    unnumbered,
    unpacked_size,
)

_OBJECT = re.compile(rb"(\d{1,9})\s{1,9}\d{1,5}\s{1,9}\Z")
_NAME, _BLANK = rb"/([^\s\0/<>\[\](){}%]{1,200})", rb"(?:[\s\0]|%[^\r\n]{0,200}[\r\n]){1,9}"
_REFERENCE = rb"(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R\b"
_RESOURCES = re.compile(rb"/Resources%b%b" % (_BLANK, _REFERENCE))
_XOBJECTS = re.compile(rb"/XObject(?:%b)?(?:<<([^<>]*)>>|%b)" % (_BLANK, _REFERENCE))
_NAMED = re.compile(_NAME + _BLANK + _REFERENCE)
_DRAWS = re.compile(rb"%b%bDo\b" % (_NAME, _BLANK))
_FIRST = re.compile(rb"/First\s{1,9}(\d{1,9})")
_DEEPEST = 20  # forms in forms in forms; pdfium itself goes to 40
_IMAGE_TIMES = 8
_HEAD = 1000  # bytes of an object in which its dictionary stands


def guard(data: bytes, every: Sequence[Stream], limits: Limits) -> None:
    """Raise UnreadableError for a file that only an attacker or a broken program makes.

    `every` are its streams.
    """
    for part in every:
        if len(part.body) * MOST_TIMES <= limits.max_unpacked:
            continue
        # Images and fonts are no text, and those of scanned pages are large.
        no_text = IMAGE.search(part.head) or FONT.search(part.head)
        most = limits.max_unpacked * (_IMAGE_TIMES if no_text else 1)
        if b"Fl" in part.head and len(part.body) * MOST_TIMES > most:
            if unpacked_size(part.body, most) > most:
                size = most // 1_000_000
                raise UnreadableError(f"the PDF unpacks to more than {size} MB in one place")
    if FORM.search(data):
        forms = (content(part.head, part.body) for part in every if b"/Form" in part.head)
        if sum(len(_DRAWS.findall(each)) for each in forms) > 1:
            _guard_forms(data, limits)


def _guard_forms(data: bytes, limits: Limits) -> None:
    objects = _objects(data)
    drawn = {number: _drawn(body, objects) for number, body in objects.items() if FORM.search(body, 0, _HEAD)}

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
        if PACKED_OBJECTS.search(head) and (first := _FIRST.search(head)):
            text = inflated(packed.lstrip(b"\r\n"))
            start = int(first.group(1))
            index = [int(part) for part in text[:start].split() if part.isdigit()]
            places = sorted(zip(index[1::2], index[0::2], strict=False))
            for (place, number), (stop, _) in zip(places, [*places[1:], (len(text), 0)], strict=True):
                objects.setdefault(number, text[start + place : start + stop])
    return objects


def _drawn(body: bytes, objects: Mapping[int, bytes]) -> list[int]:
    """The numbers of the objects that a form draws, one for each time."""
    head, _, packed = body.partition(b"stream")
    text = unnumbered(content(head, packed.partition(b"endstream")[0].strip(b"\r\n")))
    if b"Do" not in text:
        return []
    head = unnumbered(head)
    if match := _RESOURCES.search(head):
        head = unnumbered(objects.get(int(match.group(1)), b""))
    named: dict[bytes, int] = {}
    if match := _XOBJECTS.search(head):
        listed = match.group(1) or unnumbered(objects.get(int(match.group(2) or 0), b""))
        named = {name: int(number) for name, number in _NAMED.findall(listed)}
    return [named[name] for name in _DRAWS.findall(text) if name in named]
