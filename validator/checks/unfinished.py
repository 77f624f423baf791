"""Sentences that break off in the middle of a section: the rest was lost, or was never written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from validator.checks.registry import Task, kind
from validator.checks.running import running
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met
from validator.document.text import fold
from validator.grammar import sentence_ends
from validator.grammarfile import grammar_file
from validator.resources import of_law

_LEAST_WORDS = 5
_LIKELY, _JOINING = "likely", "joining"
_MARKS = ",.:;®™"
_SHOWN = 60  # characters of the last words before the break
_ENDS = tuple(".!?:;…,)]»”\"’'")
_FINISHED = (".", "!", "?")
_LEAST_OF_PARAGRAPH, _LEAST_OF_ITEM = 8, 4  # words of what a leaflet ends with a mark
_ENDED_SHARE = 0.9  # of a leaflet's long paragraphs: it ends sentences with marks
_LEAST_RUN = 3  # items of a list whose habit is known
_LIST_SIGN = "•"
_ADDRESS_LINES = 10  # of an address and what may stand beside it


@kind("document/unfinished")
def unfinished(leaflet: Leaflet, task: Task) -> Outcome:
    """No paragraph or item stops, without a sign at its end, at a word after which a sentence goes on.

    For review: one without a sign where the leaflet, or the list, ends all others with one.
    """
    kinds = _words(task.lexicon.pack.language)
    headings = _headings(leaflet)
    hits = []
    for index in running(leaflet, task):
        text = leaflet.blocks[index].text
        word = text[text.rfind(" ") + 1 :]
        kind_of = kinds.get(fold(word)) if word.islower() else None
        if kind_of is None or text.count(" ") < _LEAST_WORDS - 1 or leaflet.blocks[index].strong:
            continue
        goes_on = _goes_on(leaflet, task, index, headings, joining=kind_of == _JOINING)
        if goes_on is True:
            continue
        review = goes_on is None or kind_of == _LIKELY
        hits.append(_hit(leaflet, index, "", review, word=word))
    blocks = running(leaflet, task)
    nouns = grammar_file(task.lexicon.pack.language).unfinished.nouns
    for index, sure in _after_comma(leaflet, blocks, headings, nouns):
        hits.append(_hit(leaflet, index, "", not sure, word=leaflet.blocks[index].text.split()[-1]))
    told = {hit.span.block for hit in hits if hit.span}
    bare = {*_without_mark(leaflet, blocks, headings), *_last_items(leaflet, blocks)} - told
    hits += [
        _hit(leaflet, index, "no-mark", True)
        for index in sorted(bare)
        if _in_words(leaflet.blocks[index].text, nouns)
    ]
    return Outcome(tuple(hits)) if hits else met("finished")


def _hit(leaflet: Leaflet, index: int, case: str, review: bool, **values: str) -> Hit:
    """A hit on the last words of a block."""
    text = leaflet.blocks[index].text
    start = 0 if len(text) <= _SHOWN else text.find(" ", len(text) - _SHOWN) + 1
    section = leaflet.section_at(index)
    span = Span(index, start, len(text))
    return Hit("empty", case, span, section.id if section else "", text[start:], values=values, review=review)


def _without_mark(leaflet: Leaflet, blocks: Sequence[int], headings: frozenset[int]) -> Iterator[int]:
    """Paragraphs before a heading that end without a mark, where the leaflet's other paragraphs have one."""
    long = [
        index
        for index in blocks
        if leaflet.blocks[index].kind == "paragraph"
        and not leaflet.blocks[index].strong
        and leaflet.blocks[index].text.count(" ") >= _LEAST_OF_PARAGRAPH - 1
    ]
    bare = [
        index
        for index in long
        if not leaflet.blocks[index].text.endswith(_FINISHED) and not _is_ended(leaflet.blocks[index].text)
    ]
    if len(long) - len(bare) < _ENDED_SHARE * len(long):
        return
    for index in bare:
        following = _following(leaflet, index)
        before_heading = following is not None and (
            following in headings or leaflet.blocks[following].kind == "heading"
        )
        # A paragraph of one sentence may be an item of a list, written as a paragraph.
        if before_heading and sentence_ends(leaflet.folded[index], leaflet.blocks[index].text):
            yield index


def _after_comma(
    leaflet: Leaflet, blocks: Sequence[int], headings: frozenset[int], nouns: bool
) -> Iterator[tuple[int, bool]]:
    """Paragraphs of several sentences that end with a comma, and whether a heading follows for sure.

    Else for review: a new sentence follows, unless in this language any noun has a capital.
    """
    for index in blocks:
        block = leaflet.blocks[index]
        text = block.text.rstrip()
        if block.kind != "paragraph" or not text.endswith(",") or text.endswith("),"):
            continue
        if (following := _following(leaflet, index)) is None:
            continue
        beside = {leaflet.blocks[max(0, index - 1)].text[-1:], leaflet.blocks[following].text[-1:]}
        if "," in beside or not sentence_ends(leaflet.folded[index], block.text):
            continue  # the line of an address, the head of a list, or an item of one
        headed = following in headings or leaflet.blocks[following].kind == "heading"
        after = leaflet.blocks[following]
        if headed or (after.kind == "paragraph" and after.text[0].isupper() and not nouns):
            yield index, headed


def _last_items(leaflet: Leaflet, blocks: Sequence[int]) -> Iterator[int]:
    """The last item of a list of sentences, without the full stop that each one before it has."""
    items = [index for index in blocks if leaflet.blocks[index].kind == "item"]
    for _, run in groupby(enumerate(items), lambda each: each[1] - each[0]):  # those in a row
        *before, last = (index for _, index in run)
        if len(before) < _LEAST_RUN - 1:
            continue
        text = leaflet.blocks[last].text
        ended = all(leaflet.blocks[index].text.rstrip().endswith(_FINISHED) for index in before)
        if ended and not text[0].islower() and text.count(" ") >= _LEAST_OF_ITEM - 1 and not _is_ended(text):
            yield last


def _is_ended(text: str) -> bool:
    """Whether a text ends with a mark, apart from signs of a footnote or a trade name."""
    return text.rstrip(" ®™*").endswith(_ENDS)


def _in_words(text: str, nouns: bool) -> bool:
    """Whether a text is no list in one paragraph, and ends in a word: no figure, no name of an address."""
    last = text.split()[-1]
    return _LIST_SIGN not in text and last.isalpha() and (last.islower() or (nouns and last.istitle()))


@of_law
def _words(language: str) -> Mapping[str, str]:
    """Words after which a sentence goes on, with how far that is so."""
    data = grammar_file(language).unfinished
    kinds = {_JOINING: data.joining, _LIKELY: data.likely, "sure": data.sure}
    return {fold(word): name for name, words in kinds.items() for word in words}


def _following(leaflet: Leaflet, index: int) -> int | None:
    """The next block with text."""
    blocks = leaflet.blocks
    after = range(index + 1, len(blocks))
    return next((i for i in after if blocks[i].text and blocks[i].kind != "furniture"), None)


def _headings(leaflet: Leaflet) -> frozenset[int]:
    found = [section.heading for section in leaflet.sections if section.heading]
    found += [sub.heading for section in leaflet.sections for sub in section.subsections]
    return frozenset(heading.block for heading in found)


def _goes_on(
    leaflet: Leaflet, task: Task, index: int, headings: frozenset[int], joining: bool
) -> bool | None:
    """Whether what follows a block may be the rest of its sentence, or a list that it introduces.

    None: it begins as a sentence does, but in this language every noun does. The end of the whole text is
    for `document/truncated`.
    """
    blocks = leaflet.blocks
    following = _following(leaflet, index)
    if following is None:
        return True
    if following in headings or blocks[following].kind == "heading":
        return False
    if joining or blocks[following].kind in ("row", "image"):
        return True
    if blocks[following].kind == "item":
        return blocks[index].kind != "item" or not blocks[following].text[0].isupper()
    word = blocks[following].text.split(maxsplit=1)[0]
    name = fold(leaflet.facts.product.name).split()[:1]
    if not word[0].isupper() or word.isupper() or fold(word).rstrip(_MARKS) in name:
        return True
    if not grammar_file(task.lexicon.pack.language).unfinished.nouns:
        return False
    return True if _set_apart(leaflet, following) else None


def _set_apart(leaflet: Leaflet, first: int) -> bool:
    """Whether a sentence goes on in small letters after short lines: an address that is set into it."""
    for block in leaflet.blocks[first + 1 : first + _ADDRESS_LINES]:
        if block.text[:1].islower():
            return True
        if block.kind != "paragraph" or len(block.text) > _SHOWN or block.text.endswith(_FINISHED):
            return False
    return False
