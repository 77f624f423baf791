"""Sub-headings of a section: known to the template, or emphasised by the format, or run in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

from validator.document.blocks import Block
from validator.document.leaflet import Heading, SubSection
from validator.document.text import WORD, after_words, begins_after, fold
from validator.lexicon import Headings, Lexicon
from validator.outline.lines import Line

_MAX_SHAPE_WORDS = 12
_RUN_IN_WORDS = 20
_POINTER = re.compile(r"\(([^()]+)\)\W*$")


def subsections(
    section: str,
    first: int,
    stop: int,
    lines: Mapping[int, Line],
    blocks: Sequence[Block],
    lexicon: Lexicon,
) -> tuple[SubSection, ...]:
    """The sub-sections between blocks first and stop (half-open, main heading left out)."""
    known = lexicon.subheadings(section)
    found: list[tuple[str, Heading]] = []
    seen: set[str] = set()
    for index in range(first, stop):
        if (line := lines.get(index)) is None:
            continue
        block = blocks[index]
        named = known if known and known.possible(line.words) else None
        if named or block.strong or block.kind == "heading":
            listing = index + 1 < stop and _continues(blocks[index + 1])
            if entry := _subheading(line, block, named, seen, listing):
                found.append(entry)
                seen.add(entry[0])
    return tuple(_close(found, stop, blocks, lexicon))


def _subheading(
    line: Line, block: Block, known: Headings | None, seen: Set[str], listing: bool
) -> tuple[str, Heading] | None:
    """The sub-heading that a line is; before a list it may end with a comma ("… werden, wenn Sie …")."""
    if known and not _points_to(known, block.text):
        if match := known.whole(line.words) if line.short else None:
            if line.firm or not block.text.rstrip().endswith((".", ";") if listing else (".", ";", ",")):
                return match.id, _heading(line, block, len(block.text), match.quality)
        if entry := _run_in(line, block, known, seen):
            return entry
    by_shape = (block.kind == "heading" or block.strong) and _shaped(line, block)
    return ("", _heading(line, block, len(block.text), "shape")) if by_shape else None


def _continues(block: Block) -> bool:
    """Whether a block goes on with the sentence of the line before: a list item, or a small letter."""
    return block.kind == "item" or block.text.lstrip("0123456789.)( ")[:1].islower()


def _points_to(known: Headings, text: str) -> bool:
    """Whether a line ends in a bracket that names a sub-heading: "(see “Other medicines and X”)"."""
    pointer = _POINTER.search(text) if ")" in text else None
    return bool(pointer and known.whole(f" {' '.join(WORD.findall(fold(pointer.group(1))))} "))


def _shaped(line: Line, block: Block) -> bool:
    """Whether emphasised text reads like a heading: short, no sentence, no tail of one."""
    text = block.text[line.start :]
    short = line.words.count(" ") <= _MAX_SHAPE_WORDS + 1
    return short and not text[:1].islower() and not text.rstrip().endswith((".", ";", ","))


def _run_in(line: Line, block: Block, known: Headings, seen: Set[str]) -> tuple[str, Heading] | None:
    """A heading at the start of its paragraph, marked by bold type or by a capital after it.

    The capital may be the second word of a name ("Do not take Velorin Forte if ..."): where the section
    has that heading already, it proves nothing. Nor does bold type at the start of a sentence that goes on.
    """
    if block.lead:
        lead, rest = block.text[line.start : block.lead].rstrip(), block.text[block.lead :].lstrip()
        match = known.whole(f" {' '.join(WORD.findall(fold(lead)))} ")
        half = lead.endswith(",") or (match is not None and match.id in seen and rest[:1].islower())
        if match and not half:
            return match.id, _heading(line, block, block.lead, match.quality)
    match = known.match(line.words) if block.kind != "item" else None
    if match is None or match.words > _RUN_IN_WORDS or match.id in seen:
        return None
    if not begins_after(block.text, match.words, line.start):
        return None
    end = after_words(block.text, match.words, line.start)
    return match.id, _heading(line, block, end, match.quality)


def _heading(line: Line, block: Block, end: int, quality: str) -> Heading:
    return Heading(line.block, 0, end, block.text[:end].strip(" :."), line.number, (quality,))


def _close(
    found: Sequence[tuple[str, Heading]], stop: int, blocks: Sequence[Block], lexicon: Lexicon
) -> list[SubSection]:
    closed = []
    for position, (key, heading) in enumerate(found):
        last = position + 1 == len(found)
        until = stop if last else found[position + 1][1].block
        rest = blocks[heading.block].text[heading.end :].strip(" :.")
        text_follows = bool(rest) or any(
            blocks[i].kind != "furniture" and blocks[i].text for i in range(heading.block + 1, until)
        )
        group = key and lexicon.pack.subheadings[key].group
        nested = not last and _nested(key, heading, *found[position + 1], blocks)
        empty = not text_follows and bool(key) and not (group and not last) and not nested
        closed.append(SubSection(key, heading, until, empty))
    return closed


def _nested(key: str, heading: Heading, next_key: str, following: Heading, blocks: Sequence[Block]) -> bool:
    """Whether the next heading belongs to the text of this one: a lower one, or the same in other words."""
    if next_key:
        return key == next_key and not _same(heading, following)
    own, other = blocks[heading.block], blocks[following.block]
    return not own.level or other.level > own.level or other.kind == "item"


def _same(one: Heading, other: Heading) -> bool:
    return WORD.findall(fold(one.text)) == WORD.findall(fold(other.text))
