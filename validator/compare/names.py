"""The name of the product: written in the translation as in the source, endings apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from validator.compare.pair import Pair
from validator.compare.vocabulary import vocabulary
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met
from validator.document.text import WORD, words

_LEAST = 4  # letters of a name that can be known in another spelling
_SLIPS = 2  # letters that differ in a misspelt name
_CAPITAL = re.compile(r"\b[^\W\d_a-zß-öø-ÿ][^\W\d_]{3,}\b")
_VOWELS = "aeiouy"
_OFTEN = 3  # mentions in the source from which the translation must have some


def compare(pair: Pair) -> Outcome:
    """The product is called by its name, and by no other spelling of it."""
    name = next(iter(words(pair.source.facts.product.name)), "") or _repeated(pair)
    if len(name) < _LEAST or not name.isalpha():
        return Outcome(verdict="not-applicable", note="no-name")
    hits = [*_absent(pair, name), *_misspelt(pair, name)]
    return Outcome(tuple(hits)) if hits else met("named", name=_written(pair.source, name))


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


def _written(leaflet: Leaflet, name: str) -> str:
    """The name as its leaflet writes it most often."""
    found = re.findall(rf"\b{re.escape(name)}\b", " ".join(b.text for b in leaflet.blocks), re.IGNORECASE)
    return Counter(found).most_common(1)[0][0] if found else leaflet.facts.product.name


def _absent(pair: Pair, name: str) -> Iterator[Hit]:
    source, target = (f" {name}" in leaflet.wordtext.text for leaflet in (pair.source, pair.target))
    if source and not target and pair.source.wordtext.text.count(f" {name}") >= _OFTEN:
        own = pair.target.facts.product
        written = _written(pair.source, name)
        yield Hit("missing", "", own.name_span, "front", own.name, written, {"name": written})


def _misspelt(pair: Pair, name: str) -> Iterator[Hit]:
    from rapidfuzz.distance import OSA

    known = set(pair.source.wordtext.text.split())
    beginning = name[:-1] if name[-1] in _VOWELS else name  # "Fotivda" is declined as "Fotivdy"
    suspects = {
        word
        for word in set(pair.target.wordtext.text.split())
        if word[:1] == name[:1]
        and abs(len(bare := word.split("'")[0]) - len(name)) <= _SLIPS
        and word not in known
        and not word.startswith(beginning)
        and OSA.distance(bare, name, score_cutoff=_SLIPS) <= min(_SLIPS, len(name) // 3)
    }
    for index, block in enumerate(pair.target.blocks if suspects else ()):
        for match in WORD.finditer(pair.target.folded[index]):
            if match.group() in suspects and block.text[match.start()].isupper():
                span = Span(index, match.start(), match.end())
                stands = pair.target.section_at(index)
                written = _written(pair.source, name)
                yield Hit(
                    "inconsistent",
                    "misspelt",
                    span,
                    stands.id if stands else "",
                    pair.target.text(span),
                    written,
                    {"name": written},
                )
