"""The additional-monitoring notice: its symbol and its statement, wherever they stand."""

from __future__ import annotations

import re

from validator.document.facts import BlackTriangle
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.text import without_accents
from validator.lexicon import Lexicon

SYMBOL = "▼"
# Signs that stand before the statement when the triangle was lost or replaced by another one.
_OTHER_SIGN = re.compile(r"[△▽▲◆■▾∇?]\s*$|\bt\s*$")
# The word "triangle" as alternative texts have it in the languages of leaflets, without accents.
_TRIANGLE = re.compile(
    r"triang|trijangol|triunghi|dreieck|driehoek|trekant|kolmio|kolmnurk|trojuholnik|trojuhelnik"
    r"|trojkat|haromszog|trikotnik|trokut|trijstur|trikamp|ucgen|thrihyrn|þrihyrn|триъгълник|τριγων"
)


def black_triangle(leaflet: Leaflet, lexicon: Lexicon) -> BlackTriangle:
    """The notice of a leaflet; parts that do not exist are None."""
    statement = _statement(leaflet, lexicon)
    symbol, text = _symbol(leaflet, statement)
    return BlackTriangle(symbol, text, statement)


def _statement(leaflet: Leaflet, lexicon: Lexicon) -> Span | None:
    words = leaflet.wordtext
    for signal in lexicon.signals("additional-monitoring"):
        start = 0
        while found := lexicon.phrases(signal)[0].find(words.text, start, len(words.text)):
            at, start = words.span(*found), found[1]
            if _is_notice(leaflet, lexicon, at.block):
                text = leaflet.blocks[at.block].text
                return Span(at.block, _sentence_start(text, at.start), len(text))
    return None


def _is_notice(leaflet: Leaflet, lexicon: Lexicon, block: int) -> bool:
    """Whether a block with words of the notice is one: a doctor may monitor a patient additionally, too.

    At the top any of its words will do; further down it needs the symbol or its own first sentence.
    """
    section = leaflet.section_at(block)
    if section is None or section.id == "front" or SYMBOL in leaflet.blocks[block].text:
        return True
    wording = lexicon.pack.statements["additional-monitoring"]
    bounds = leaflet.wordtext.bounds(block, block + 1)
    forms = (wording.text, *wording.accepted, *wording.outdated)
    return any(lexicon.phrases(form)[0].find(leaflet.wordtext.text, *bounds) for form in forms)


def _sentence_start(text: str, offset: int) -> int:
    before = max(text.rfind(sign, 0, offset) for sign in (".", SYMBOL, "]", "?"))
    start = before + 1
    while start < offset and not text[start].isalnum():
        start += 1
    return start


def _symbol(leaflet: Leaflet, statement: Span | None) -> tuple[Span | None, str]:
    for index, block in enumerate(leaflet.blocks):
        at = block.text.find(SYMBOL)
        if at >= 0:
            return Span(index, at, at + 1), SYMBOL
    if statement is None:
        return None, ""
    before = leaflet.blocks[statement.block].text[: statement.start]
    if match := _OTHER_SIGN.search(before):
        return Span(statement.block, match.start(), len(before)), match.group().strip()
    for index in (statement.block - 1, statement.block + 1):
        if 0 <= index < len(leaflet.blocks) and leaflet.blocks[index].kind == "image":
            text = leaflet.blocks[index].text
            named = _TRIANGLE.search(without_accents(leaflet.folded[index]))
            return Span(index, 0, len(text)), SYMBOL if named else "image"
    return None, ""
