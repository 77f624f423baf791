"""The name of the product: written in the translation as in the source, endings apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from validator.checks.spelling import misspelt, written
from validator.compare.pair import Pair
from validator.compare.vocabulary import vocabulary
from validator.document.outcome import Hit, Outcome, met
from validator.document.text import words

_LEAST = 4  # letters of a name that can be known in another spelling
_SLIPS = 2  # letters that differ in a misspelt name
_CAPITAL = re.compile(r"\b[^\W\d_a-zß-öø-ÿ][^\W\d_]{3,}\b")
_OFTEN = 3  # mentions in the source from which the translation must have some


def compare(pair: Pair) -> Outcome:
    """The product is called by its name, and by no other spelling of it."""
    name = next(iter(words(pair.source.facts.product.name)), "") or _repeated(pair)
    if len(name) < _LEAST or not name.isalpha():
        return Outcome(verdict="not-applicable", note="no-name")
    hits = [*_absent(pair, name), *_misspelt(pair, name)]
    return Outcome(tuple(hits)) if hits else met("named", name=written(pair.source, name))


def _repeated(pair: Pair) -> str:
    """The word with a capital that both texts have most often and neither language knows: a name.

    Texts without a title name the product by it alone.
    """
    language = vocabulary(pair.source.market.value, pair.source.language.value)
    common = set(pair.target.wordtext.text.split())
    counts = Counter(
        match.group().lower()
        for block in pair.source.blocks
        for match in _CAPITAL.finditer(block.text)
        if match.group().lower() in common
    )
    found = [(count, word) for word, count in counts.items() if count >= _OFTEN and word not in language]
    return max(found, default=(0, ""))[1]


def _absent(pair: Pair, name: str) -> Iterator[Hit]:
    source, target = (f" {name}" in leaflet.wordtext.text for leaflet in (pair.source, pair.target))
    if source and not target and pair.source.wordtext.text.count(f" {name}") >= _OFTEN:
        own = pair.target.facts.product
        right = written(pair.source, name)
        yield Hit("missing", "", own.name_span, "front", own.name, right, {"name": right})


def _misspelt(pair: Pair, name: str) -> Iterator[Hit]:
    known = set(pair.source.wordtext.text.split())
    for span in misspelt(pair.target, name, _SLIPS, known.__contains__):
        stands = pair.target.section_at(span.block)
        section = stands.id if stands else ""
        right = written(pair.source, name)
        evidence = pair.target.text(span)
        yield Hit("inconsistent", "misspelt", span, section, evidence, right, {"name": right})
