"""Bilingual files to pairs of blocks: XLIFF 1.2 and 2.x, the dialects of translation tools, and TMX.

A segment is a block on each side, with its place in the file; the codes between its words (`g`, `x`,
`ph` ...) are no text. Nothing else of the file is read: no skeleton, no notes, no alternative matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from validator.document.blocks import Block
from validator.document.location import Anchor
from validator.document.text import stretches
from validator.errors import UnreadableError
from validator.readers import markup
from validator.readers.decode import decode
from validator.readers.limits import DEFAULT_LIMITS, Limits
from validator.readers.markup import Element
from validator.readers.source import Lines, Quoted, quoted

_TEXTS = ("source", "target", "seg-source", "seg")
# A TMX names its DTD as a rule; one without rules of its own declares nothing that could be expanded.
_DOCTYPE = re.compile(r"<!DOCTYPE\s[^>\[]*>")
_CODES = r"bpt|ept|it|ph|sub|ut|x|bx|ex"  # elements that hold or stand for codes of the document's format
_PIECE = re.compile(
    rf"<(?P<code>(?:\w+:)?(?:{_CODES}))\b[^>]*(?<!/)>(?P<inside>.*?)</(?P=code)\s*>"
    r"|<!\[CDATA\[(?P<data>.*?)\]\]>|<!--.*?-->|<\?.*?\?>|<[^>]*>|(?P<text>[^<]+)",
    re.S,
)
_REFERENCE = re.compile(r"&#?\w{1,32};")
_MARK = re.compile(r"<(/?)(?:\w+:)?mrk\b([^>]*?)(/?)>")
_IS_SEGMENT = re.compile(r"\bmtype\s*=\s*[\"']seg[\"']")
_NUMBER = re.compile(r"\bmid\s*=\s*[\"']([^\"']*)[\"']")
_NORWEGIAN = ("nb", "nn")


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment: its number in the file, and a block on each side; one without text is furniture."""

    id: str
    source: Block
    target: Block


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A target language of a bilingual file with all its segments."""

    format: str
    source_language: str
    target_language: str
    segments: tuple[Segment, ...]
    notes: tuple[str, ...] = ()


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[Bilingual, ...]:
    """The languages of a bilingual file, each with its segments; raises UnreadableError if it is none."""
    limits.check_size(len(data))
    decoded = decode(data)
    text = _DOCTYPE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), decoded.text, count=1)
    text = text.removeprefix("\ufeff")
    if not _is_bilingual(text):
        raise UnreadableError("this is no bilingual file (XLIFF, TMX): name the translation as well")
    root, lines = markup.parse(text, limits, lambda name, _: name in _TEXTS)
    found = list(_tmx(root, lines) if root.name == "tmx" else _xliff(root, lines))
    if not any(each.segments for each in found):
        raise UnreadableError("the file holds no segment with a source and a translation")
    return tuple(found)


def _is_bilingual(text: str) -> bool:
    head = text[:4000]
    return "<" in head and re.search(r"<(?:\w+:)?(?:xliff|tmx)\b", head) is not None


def _xliff(root: Element, lines: Lines) -> Iterator[Bilingual]:
    if root.name != "xliff":
        raise UnreadableError(f"this is XML, but neither XLIFF nor TMX: its root element is '{root.name}'")
    second = root.attribute("version").startswith("2")
    by_language: dict[tuple[str, str], list[Segment]] = {}
    for file in root.all("file"):
        languages = (
            (root.attribute("srcLang"), root.attribute("trgLang"))
            if second
            else (file.attribute("source-language"), file.attribute("target-language"))
        )
        own = by_language.setdefault((_code(languages[0]), _code(languages[1])), [])
        own.extend(_units(file, lines, second))
    for (source, target), segments in by_language.items():
        yield Bilingual("xliff", source, target, tuple(segments))


def _units(parent: Element, lines: Lines, second: bool) -> Iterator[Segment]:
    """The segments below an element, in order, those of groups among them."""
    for child in parent.children:
        if child.attribute("translate") == "no":
            continue
        if child.name in ("body", "group"):
            yield from _units(child, lines, second)
        elif child.name == "trans-unit":
            yield from _first_version(child, lines)
        elif child.name == "unit":
            for number, segment in enumerate(child.all("segment"), 1):
                name = f"{child.attribute('id')}/{segment.attribute('id') or number}"
                yield _segment(name, segment.find("source"), segment.find("target"), lines)


def _first_version(unit: Element, lines: Lines) -> Iterator[Segment]:
    """A `trans-unit`: one segment, or those that a tool has marked inside it."""
    name = unit.attribute("id")
    source, target = unit.find("seg-source") or unit.find("source"), unit.find("target")
    ours = _marked(source) if source else {}
    theirs = _marked(target) if target else {}
    if not ours or not theirs:
        yield _segment(name, unit.find("source"), target, lines)
        return
    for key, content in ours.items():
        other = theirs.get(key)
        yield Segment(f"{name}/{key}", _block(content, lines), _block(other or _nothing(content), lines))


def _marked(element: Element) -> dict[str, Quoted]:
    """The segments marked inside a text, by their number; other marks may stand in them."""
    content = element.content
    found: dict[str, Quoted] = {}
    opened: list[tuple[str, int]] = []
    for match in _MARK.finditer(content):
        closes, attributes, empty = match.groups()
        if closes and opened:
            number, start = opened.pop()
            if number:
                inside = content[start : match.start()]
                found[number] = quoted(inside, content.begin + start, content.begin + match.start())
        elif not closes and not empty:
            number_of = _NUMBER.search(attributes) if _IS_SEGMENT.search(attributes) else None
            opened.append((number_of.group(1) if number_of else "", match.end()))
    return found


def _segment(name: str, source: Element | None, target: Element | None, lines: Lines) -> Segment:
    one, other = (each.content if each else None for each in (source, target))
    here = one or other or quoted("", 0, 0)
    return Segment(name, _block(one or _nothing(here), lines), _block(other or _nothing(here), lines))


def _tmx(root: Element, lines: Lines) -> Iterator[Bilingual]:
    """The source is what the header names, else the first language of each unit."""
    header, body = root.find("header"), root.find("body")
    declared = _code(header.attribute("srclang")) if header else ""
    found: dict[tuple[str, str], list[Segment]] = {}
    for number, unit in enumerate(body.all("tu") if body else (), 1):
        texts = {_code(each.attribute("lang")): each.find("seg") for each in unit.all("tuv")}
        source = declared if declared in texts else next(iter(texts), "")
        for code, text in texts.items():
            if code != source:
                segment = _segment(unit.attribute("tuid") or str(number), texts[source], text, lines)
                found.setdefault((source, code), []).append(segment)
    for (source, target), segments in found.items():
        yield Bilingual("tmx", source, target, tuple(segments))


def _code(language: str) -> str:
    """The language of a tag such as "pt-BR"."""
    code = language.replace("_", "-").partition("-")[0].lower()
    return "no" if code in _NORWEGIAN else code


def _nothing(at: Quoted) -> Quoted:
    return quoted("", at.begin, at.begin)


def _block(content: Quoted, lines: Lines) -> Block:
    """The words of a segment with their places; without any it is furniture, which says nothing."""
    pieces: list[str] = []
    anchors = [Anchor(0, *lines.place(content.begin))]
    length = 0
    for at, raw in _texts(content):
        for start, piece in stretches(raw):
            if piece.startswith(" ") and (not length or pieces[-1].endswith(" ")):
                start, piece = start + 1, piece[1:]
            if piece:
                anchors.append(Anchor(length, *lines.place(content.begin + at + start)))
                pieces.append(piece)
                length += len(piece)
    text = "".join(pieces).rstrip()
    if not any(char.isalnum() for char in text):
        return Block("", "furniture", tuple(anchors[:1]))
    return Block(text, anchors=tuple(anchors[1:]))


def _texts(content: str) -> Iterator[tuple[int, str]]:
    """The stretches of text in the inside of an element, each with its offset; references are resolved."""
    for match in _PIECE.finditer(content):
        if match.group("data") is not None:
            yield match.start("data"), match.group("data")
        elif match.group("text") is not None:
            yield from _resolved(match.start(), match.group())


def _resolved(offset: int, text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for match in _REFERENCE.finditer(text):
        if match.start() > at:
            yield offset + at, text[at : match.start()]
        yield offset + match.start(), unescape(match.group())
        at = match.end()
    if at < len(text):
        yield offset + at, text[at:]


def sides(segments: Sequence[Segment]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The blocks of the source and those of the target, as many of them."""
    return tuple(each.source for each in segments), tuple(each.target for each in segments)
