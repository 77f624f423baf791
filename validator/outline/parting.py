"""Main headings that a file runs into the text after them, parted again.

Where lines are told from paragraphs by their length (plain text, PDF), a heading that nearly fills its line
cannot be told from the first line of a paragraph: "1. What X is and what it is used for X is a medicine ...".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from validator.document.blocks import Block, Change
from validator.document.text import after_words, words
from validator.lexicon import Lexicon
from validator.outline.lines import Line, Words, words_of
from validator.readers.builder import cut_front

_ENDS = "?:. "
_LONGEST = 200  # characters looked at: longer than any sub-heading
_LEAST_WORDS = 4  # of the text: fewer are a sub-heading, or else words added to the heading


def parted(text: Words, changes: Sequence[Change], lexicon: Lexicon) -> tuple[Words, tuple[Change, ...]]:
    """The words with every numbered main heading in a block of its own, and the open changes in place."""
    cuts = {line.block: cut for line in text.lines if line.number and (cut := _cut(line, text, lexicon))}
    if not cuts:
        return text, tuple(changes)
    blocks = [part for index, block in enumerate(text.blocks) for part in _parts(block, cuts.get(index, 0))]
    return words_of(blocks), tuple(_moved(change, cuts, text.blocks) for change in changes)


def _cut(line: Line, text: Words, lexicon: Lexicon) -> int:
    """Where the heading ends that a sentence follows in the same block; 0 where none does.

    Only headings that end in words of the template: where a name ends them, nobody knows where it ends.
    """
    match = lexicon.sections.match(line.words)
    if match is None or not match.bounded or lexicon.sections.whole(line.words):
        return 0
    whole = text.blocks[line.block].text
    end = after_words(whole, match.words, line.start)
    rest = whole[end:].lstrip(_ENDS)
    if not rest[:1].isupper():
        return 0
    known = lexicon.subheadings(match.id)
    follows = rest.count(" ") + 1 >= _LEAST_WORDS or (
        known and known.whole(f" {' '.join(words(rest[:_LONGEST]))} ")
    )
    return len(whole) - len(rest) if follows else 0


def _parts(block: Block, cut: int) -> Iterator[Block]:
    if not cut:
        yield block
        return
    head = block.text[:cut].rstrip()
    anchors = tuple(anchor for anchor in block.anchors if anchor.offset < len(head))
    strong = block.strong or block.lead >= len(head)
    yield block._replace(text=head, anchors=anchors, strong=strong, lead=0 if strong else block.lead)
    yield cut_front(block, cut)._replace(kind="paragraph", level=0, marker="", claims="")


def _moved(change: Change, cuts: dict[int, int], blocks: Sequence[Block]) -> Change:
    before = sum(index < change.block for index in cuts)
    cut = cuts.get(change.block, 0)
    if not cut or change.start < cut:
        end = min(change.end, len(blocks[change.block].text[:cut].rstrip())) if cut else change.end
        return replace(change, block=change.block + before, end=end)
    return replace(
        change, block=change.block + before + 1, start=change.start - cut, end=max(change.end - cut, 0)
    )
