"""A template document as paragraphs in our bracket notation.

Official templates write more than our wordings hold: instructions in square brackets, options around
whole sentences and paragraphs, options that end in `<...>`, and a bare X for the name of the medicine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from validator.document.blocks import Block
from validator.document.location import Location
from validator.document.text import BULLETS, words

_LONGEST_INSTRUCTION = 4000  # characters; a bracket that is left open must not swallow the template
_INSTRUCTION = re.compile(rf"\[[^\[\]]{{0,{_LONGEST_INSTRUCTION}}}\]")
_NESTED = 4
_NAME = re.compile(r"(?<![\w{])X(?![\w}])")
_SLOT = re.compile(r"\{[^{}]*\}")
_OPEN_LIST = re.compile(r"(?:<[^<>]*>[\s,]*)*<\s*(?:\.{2,}|…)\s*>")
_NUMBER = re.compile(r"[<\s]*(\d{1,2})[.)](?:\s+|$)")
_MARK = re.compile(rf"^[\s*{BULLETS}-]*-?\s+|^[{BULLETS}–—-]\s*")
_PLURAL = re.compile(r"\w\(\w{1,4}\)")

NESTED = "an option stands inside another one, which our notation cannot say"
PLURALS = "the template writes other endings in parentheses"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or table cell of the template: its wording, number (0: none) and place.

    `doubts` say what the notation of the template could not be carried over into ours.
    """

    text: str
    number: int
    place: Location
    item: bool = False
    doubts: tuple[str, ...] = ()

    @property
    def heading(self) -> bool:
        """Whether it may be a heading: short, no list item, and without the full stop of a sentence."""
        return not self.item and len(self.text) <= 200 and self.text.rstrip("<> ")[-1:] not in ".!;"


def paragraphs(blocks: Sequence[Block]) -> list[Paragraph]:
    """The paragraphs of a template that have words once the instructions are dropped."""
    pieces = [
        piece for block in blocks if block.kind not in ("furniture", "image") for piece in _cells(block)
    ]
    texts = _without_instructions([text for text, _, _ in pieces])
    found = (_paragraph(text, block, at) for text, (_, block, at) in zip(texts, pieces, strict=True))
    return [each for each in found if words(each.text)]


def _cells(block: Block) -> Iterator[tuple[str, Block, int]]:
    """The text of a block, or of each cell of a row, with the offset where it begins."""
    for start, end in pairwise(sorted({0, *block.cells, len(block.text)})):
        yield block.text[start:end], block, start


def _without_instructions(texts: Sequence[str]) -> list[str]:
    """Instructions in square brackets may stretch over several paragraphs and hold others."""
    joined = "\n".join(text.replace("\n", " ") for text in texts)
    for _ in range(_NESTED):
        joined = _INSTRUCTION.sub(lambda match: "\n" * match.group().count("\n"), joined)
    return joined.split("\n")


def _paragraph(text: str, block: Block, at: int) -> Paragraph:
    stripped = text.strip()
    number = _NUMBER.match(block.marker) or _NUMBER.match(stripped)
    if number and not _NUMBER.match(block.marker):
        opened = stripped[: number.start(1)].count("<")
        stripped = "<" * opened + stripped[number.end() :]
    plain, nested = _options(stripped)
    item = block.kind == "item" or bool(_MARK.match(plain))
    wording = _tidy(_MARK.sub("", plain))
    flags = ((nested, NESTED), (bool(_PLURAL.search(wording)), PLURALS))
    start = at + len(text) - len(text.lstrip())
    doubts = tuple(doubt for flag, doubt in flags if flag)
    place = block.place(min(start, len(block.text)), max(start, at + len(text.rstrip())))
    return Paragraph(wording, int(number.group(1)) if number else 0, place, item and not number, doubts)


def _options(text: str) -> tuple[str, bool]:
    """The text with options that hold no others; whether one inside the paragraph had to be opened.

    A pair around the whole paragraph, and a bracket whose partner stands in another paragraph, say that
    it may be left out: that is for the requirement to say, not for its wording.
    """
    pairs, lost = _pairs(text)
    whole = len(text) - len(text.lstrip()), len(text.rstrip()) - 1
    outer = {pair for pair in pairs if any(pair[0] < other[0] < pair[1] for other in pairs)}
    gone = {at for pair in pairs if pair == whole or pair in outer for at in pair} | lost
    return "".join(char for at, char in enumerate(text) if at not in gone), bool(outer - {whole})


def _pairs(text: str) -> tuple[list[tuple[int, int]], set[int]]:
    """Where the pairs of angle brackets stand, and those that have no partner."""
    opened: list[int] = []
    pairs = []
    lost = set()
    for match in re.finditer("[<>]", text):
        if match.group() == "<":
            opened.append(match.start())
        elif opened:
            pairs.append((opened.pop(), match.start()))
        else:
            lost.add(match.start())
    return pairs, lost | set(opened)


def _tidy(text: str) -> str:
    text = _SLOT.sub(lambda slot: "{" + re.sub("[<>]", "", slot.group()[1:-1]).strip() + "}", text)
    text = _OPEN_LIST.sub(_slot_of_list, text)
    text = _named(text)
    text = re.sub(r"\s{2,}", " ", text).strip(" *")
    return re.sub(r" +([.,;:?!])(?=\s|$)", r"\1", text)


def _named(text: str) -> str:
    """The name of the medicine stands as a bare X. With an ending behind an apostrophe it may be a word
    of the language (Maltese "X’inhu"): then another X is the name.
    """
    bare = _NAME.sub("{X}", text)
    return re.sub(r"\{X\}(?=[’']\w)", "X", bare) if re.search(r"\{X\}(?![’']\w)", bare) else bare


def _slot_of_list(match: re.Match[str]) -> str:
    """Options that end in "any other" (`<tablet> <dose> <...>`) are a slot."""
    listed = [each.strip() for each in re.findall(r"<([^<>]*)>", match.group())]
    return "{" + re.sub(r"[{}]", "", ", ".join([*listed[:-1], "..."])) + "}"
