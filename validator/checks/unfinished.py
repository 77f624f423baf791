"""Sentences that break off in the middle of a section: the rest was lost, or was never written."""

from __future__ import annotations

from collections.abc import Mapping

from validator.checks.registry import Task, kind
from validator.checks.running import running
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met
from validator.document.text import fold
from validator.grammarfile import grammar_file
from validator.resources import of_law

_LEAST_WORDS = 5
_LIKELY, _JOINING = "likely", "joining"
_MARKS = ",.:;®™"
_SHOWN = 60  # characters of the last words before the break


@kind("document/unfinished")
def unfinished(leaflet: Leaflet, task: Task) -> Outcome:
    """No paragraph or item stops, without a sign at its end, at a word after which a sentence goes on."""
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
        start = 0 if len(text) <= _SHOWN else text.find(" ", len(text) - _SHOWN) + 1
        section = leaflet.section_at(index)
        span, where = Span(index, start, len(text)), section.id if section else ""
        review = goes_on is None or kind_of == _LIKELY
        hits.append(Hit("empty", "", span, where, text[start:], values={"word": word}, review=review))
    return Outcome(tuple(hits)) if hits else met("finished")


@of_law
def _words(language: str) -> Mapping[str, str]:
    """Words after which a sentence goes on, with how far that is so."""
    data = grammar_file(language).unfinished
    kinds = {_JOINING: data.joining, _LIKELY: data.likely, "sure": data.sure}
    return {fold(word): name for name, words in kinds.items() for word in words}


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
    after = range(index + 1, len(blocks))
    following = next((i for i in after if blocks[i].text and blocks[i].kind != "furniture"), None)
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
    return None if grammar_file(task.lexicon.pack.language).unfinished.nouns else False
