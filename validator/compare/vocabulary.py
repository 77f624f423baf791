"""The words by which a language is told from another one: those of its wordings that the other has not."""

from __future__ import annotations

from functools import lru_cache

from validator.catalogue import language_pack
from validator.compare.data import comparison
from validator.document.leaflet import Leaflet
from validator.document.text import fold, words
from validator.grammar import grammar
from validator.outline.recognise import recognition
from validator.resources import of_law

_LEAST = 2  # letters


def telling(source: Leaflet, target: Leaflet) -> frozenset[str]:
    """Words of the source's language that do not belong to the target's."""
    ours = vocabulary(source.market.value, source.language.value)
    theirs = vocabulary(target.market.value, target.language.value)
    names = words(f"{source.facts.product.name} {target.facts.product.name}")
    return ours - theirs - frozenset(names)


@lru_cache(maxsize=64)
def vocabulary(market: str, language: str) -> frozenset[str]:
    """The words of all wordings of a language, and its most frequent ones."""
    pack = language_pack(market, language)
    texts = [heading.text for heading in (*pack.sections.values(), *pack.subheadings.values())]
    texts += [text for wording in pack.statements.values() for text in (wording.text, *wording.accepted)]
    texts += [concept.text for concept in pack.concepts.values()]
    data = grammar(language).data
    for phrases in (data.units, data.each, data.dosing, data.frequency.labels):
        texts += [phrase for own in phrases.values() for phrase in own]
    texts += data.numbers.words
    found = {word for text in texts for word in words(text) if len(word) >= _LEAST and word.isalpha()}
    return frozenset(found.union(frequent(language)))


@of_law
def frequent(language: str) -> frozenset[str]:
    """The most frequent words of a language, folded."""
    known = (*recognition().languages.get(language, ()), *comparison().common.get(language, ()))
    return frozenset(fold(word) for word in known)
