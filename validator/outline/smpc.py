"""The SmPC that stands in the same file as a leaflet: its section 4.8, and which leaflets it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from validator.document.blocks import Block
from validator.outline import recognise
from validator.outline.lines import words_of

_FIRST = re.compile(r"4\.8\.?\s+(?=[^\W\d_])")
_NEXT = re.compile(r"(?:4\.9|5|5\.\d)\.?\s+(?=[^\W\d_])")
_HEADING = 10  # words, the number among them


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a file: half-open block range, and its language where it is a leaflet, else ""."""

    first: int
    stop: int
    language: str = ""


def effects(blocks: Sequence[Block], documents: Sequence[Document]) -> dict[int, Mapping[int, Block]]:
    """By leaflet, the blocks of section 4.8 of its SmPC; both are known by their numbers in the file.

    A leaflet belongs to the nearest SmPC before it in its language, or to the only one. Where several SmPCs
    are followed by as many leaflets they belong together in their order; else all of them count for each.
    """
    leaflets = [document for document in documents if document.language]
    others = [document for document in documents if not document.language]
    if not others or not leaflets:
        return {}
    sections = [
        (each, _language(blocks, each) or _language(blocks, other))  # few words do not tell their language
        for other in others
        for each in _sections(blocks, other)
    ]
    found: dict[int, Mapping[int, Block]] = {}
    shared: dict[tuple[Document, ...], Mapping[int, Block]] = {}  # one object, read once for all its leaflets
    for language in {leaflet.language for leaflet in leaflets}:
        ours = [leaflet for leaflet in leaflets if leaflet.language == language]
        theirs = [section for section, spoken in sections if spoken == language]
        for leaflet, own in zip(ours, _belonging(ours, theirs), strict=True):
            key = tuple(own)
            if key and key not in shared:
                shared[key] = {i: blocks[i] for each in own for i in range(each.first, each.stop)}
            if key:
                found[leaflet.first] = shared[key]
    return found


def _belonging(leaflets: Sequence[Document], sections: Sequence[Document]) -> Iterator[Sequence[Document]]:
    """The sections that belong to each leaflet."""
    groups: dict[int, list[Document]] = {}  # by how many leaflets stand before
    for section in sections:
        groups.setdefault(sum(leaflet.first < section.first for leaflet in leaflets), []).append(section)
    lone = next(iter(groups)) if len(groups) == 1 else -1
    keys = [max((key for key in groups if key <= number), default=lone) for number in range(len(leaflets))]
    for number, key in enumerate(keys):
        group = groups.get(key, [])
        paired = len(group) == keys.count(key)
        at = number - keys.index(key)
        yield group[at : at + 1] if paired else group


def _sections(blocks: Sequence[Block], document: Document) -> Iterator[Document]:
    """The sections 4.8 of a document: after their heading, up to 4.9, 5 or its end."""
    begin = None
    for index in range(document.first, document.stop):
        block = blocks[index]
        if begin is not None and _opens(block, _NEXT):
            yield Document(begin, index)
            begin = None
        elif begin is None and _opens(block, _FIRST):
            begin = index + 1
    if begin is not None:
        yield Document(begin, document.stop)


def _opens(block: Block, number: re.Pattern[str]) -> bool:
    """Whether a block is the heading with that number."""
    if block.kind in ("row", "furniture", "image"):
        return False
    text = f"{block.marker} {block.text}" if block.marker[:1].isdigit() else block.text
    return number.match(text) is not None and text.count(" ") < _HEADING


def _language(blocks: Sequence[Block], section: Document) -> str:
    words = words_of(blocks[section.first : section.stop])
    return recognise.language(words.text, "auto").value
