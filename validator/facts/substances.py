"""The active substances that the leaflet names: known INNs in its composition, else the words beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import takewhile

from validator.document.leaflet import Leaflet, once
from validator.document.text import fold_wording, wording_key
from validator.facts import quantities
from validator.facts.excipients import ingredients, introduction, word_offset
from validator.lexicon import Lexicon
from validator.substances import named

STRENGTH_FAMILIES = frozenset(("mass", "amount", "activity", "units", "radioactivity", "share"))
_NAME_WORDS = 4
_COMPOSITION_BLOCKS = 3  # over which the list of the active substances runs on
_OPENING_BLOCKS = 2
_REACH = 90  # characters after "active substance" in which its name stands
_SHORTEST_NAME = 3  # letters
_LONGEST_SHORT_FORM = 5
_PLURAL = re.compile(r"^[^\W\d_]{1,3}\b")
_ARTICLE = re.compile(r"^[^\W\d_]{1,5}'(?=\w)")
_NAME_TOKEN = re.compile(r"[^\W\d_][\w'-]*|[^\s\w]|\d+")


def active_substances(
    leaflet: Leaflet, lexicon: Lexicon, title: Sequence[int], product: str
) -> tuple[str, ...]:
    """INNs that rules know, as such, and the names of others.

    `title` are the blocks of the title, `product` is the trade name: it may stand right after the substance.
    """
    blocks = signalled(leaflet, lexicon)
    known = _known(leaflet, lexicon, blocks, title)
    ends = lexicon.pack.facts.get("substance", {}).get("end", ())
    found = _after_amounts(leaflet, lexicon, blocks, ends) if ends else _beside(leaflet, lexicon, blocks)
    cut = (_without_trade_name(name, fold_wording(product)) for name in found)
    others = (name for name in cut if not named(wording_key(name)))
    return tuple(dict.fromkeys((*known, *others)))


def _without_trade_name(name: str, product: str) -> str:
    """ "lonafarnib" for "lonafarnib zokinvy": the next sentence, or heading, runs into the name."""
    start, blank, _ = name.partition(f" {product}")
    return start if product and blank else name


@once
def signalled(leaflet: Leaflet, lexicon: Lexicon) -> list[int]:
    """The blocks that speak of the active substance."""
    words = leaflet.wordtext
    found: set[int] = set()
    for signal in lexicon.signals("active-substance"):
        key = wording_key(signal)
        at = words.text.find(key)
        while at >= 0:
            found.add(words.span(at, at + len(key)).block)
            at = words.text.find(key, at + 1)
    return sorted(found)


def _known(
    leaflet: Leaflet, lexicon: Lexicon, blocks: Sequence[int], title: Sequence[int]
) -> tuple[str, ...]:
    """Known INNs in composition and title; where no composition names one, in the opening of section 1.

    Elsewhere a leaflet speaks of other medicines, too.
    """
    composition = _composition_blocks(leaflet, blocks)
    texts = list(_without_others(leaflet, lexicon, composition))
    if not set(composition).intersection(blocks):
        opening = [index for index, block in leaflet.body("what-it-is") if block.text]
        told = [index for index in opening if index in blocks] or opening[:_OPENING_BLOCKS]
        texts.extend(_words(leaflet, index) for index in told)
    return named(" ".join([*texts, *(_words(leaflet, index) for index in title)]))


def _without_others(leaflet: Leaflet, lexicon: Lexicon, composition: Sequence[int]) -> Iterator[str]:
    """The word texts of the composition, without the list of the other ingredients."""
    first = introduction(leaflet, lexicon)
    others = ingredients(leaflet, lexicon)
    for index in composition:
        if first and index == first.block:
            start, _ = leaflet.wordtext.bounds(index, index + 1)
            yield leaflet.wordtext.text[start : word_offset(leaflet, index, first.start) + 1]
        elif index not in others:
            yield _words(leaflet, index)


def _composition_blocks(leaflet: Leaflet, blocks: Sequence[int]) -> list[int]:
    found: set[int] = set()
    for section in leaflet.sections:
        for sub in section.subsections:
            if sub.id == "what-it-contains":
                found.update(range(sub.heading.block, sub.stop))
        if section.id in ("front", "contents"):
            for index in blocks:
                if section.first <= index < section.stop:
                    found.update(range(index, min(index + _COMPOSITION_BLOCKS, section.stop)))
    return sorted(found)


def _words(leaflet: Leaflet, block: int) -> str:
    return leaflet.wordtext.text[slice(*leaflet.wordtext.bounds(block, block + 1))]


def _beside(leaflet: Leaflet, lexicon: Lexicon, blocks: Sequence[int]) -> tuple[str, ...]:
    """What stands after "active substance": "is velorastine", "called velorastine, a retinoid".

    The composition comes first: elsewhere a leaflet speaks of other medicines, too.
    """
    composition = set(_composition_blocks(leaflet, blocks))
    signals = sorted(map(fold_wording, lexicon.signals("active-substance")), key=len, reverse=True)
    for index in sorted(blocks, key=lambda block: block not in composition):
        folded = leaflet.folded[index]
        for signal in signals:
            at = folded.find(signal)
            if at >= 0 and (found := _names(folded[at + len(signal) :][:_REACH], lexicon)):
                text = leaflet.blocks[index].text
                return tuple(name for name in found if not _abbreviation(name, text))
            if at >= 0:
                break  # a shorter signal is part of this one
    return ()


def _abbreviation(name: str, text: str) -> bool:
    """Whether a name is a short form written in capitals and small letters: fHbp for a protein."""
    written = re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
    if written is None or len(name) > _LONGEST_SHORT_FORM:
        return False
    return any(char.isupper() for char in written.group()[1:]) and not written.group().isupper()


def _names(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The names that a folded text begins with, up to a word or a sign that no name holds."""
    told = lexicon.pack.facts.get("substance", {})
    skipped, stops = ({fold_wording(word) for word in told.get(key, ())} for key in ("skip", "not"))
    joining = {",", *map(fold_wording, lexicon.grammar.data.dosing.get("and", ()))}
    names: list[list[str]] = [[]]
    for token in _NAME_TOKEN.findall(_PLURAL.sub("", text)):
        name = names[-1]
        if lexicon.grammar.data.elision:  # "l'amoxicilline"
            token = _ARTICLE.sub("", token)
        if token in joining:
            names.append([])
        elif not name and (token in skipped or token == ":"):
            continue
        elif token in stops or not token[0].isalpha() or (not name and len(token) < _SHORTEST_NAME):
            break
        elif len(name) == _NAME_WORDS:
            names.pop()  # so many words are a sentence
            break
        else:
            name.append(token)
    return tuple(" ".join(name) for name in names if name)


def _after_amounts(
    leaflet: Leaflet, lexicon: Lexicon, blocks: Sequence[int], ends: Sequence[str]
) -> tuple[str, ...]:
    """What stands after the amounts of the composition, up to a sign or a word that ends a name."""
    stops = {word for end in ends for word in wording_key(end).split()}
    found: list[str] = []
    for passage in quantities.read(
        ((index, leaflet.blocks[index].text) for index in blocks), lexicon.grammar
    ):
        for amount in passage.quantities:
            rest = re.split(r"[.,;:()\d]", passage.text[amount.span.end :].lstrip(), maxsplit=1)[0]
            name = list(takewhile(lambda word: not _ends_name(word, stops), rest.split()))
            if amount.family in STRENGTH_FAMILIES and 0 < len(name) <= _NAME_WORDS:
                found.append(" ".join(name))
        if found:
            break
    return tuple(dict.fromkeys(found))


def _ends_name(word: str, stops: Set[str]) -> bool:
    """Whether no name goes on with a word: one of the language's, or one with an ending ("jel’de")."""
    return "’" in word.strip("’") or "'" in word.strip("'") or set(wording_key(word).split()) <= stops
