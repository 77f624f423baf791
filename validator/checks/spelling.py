"""Other spellings of a name: a slip of the pen, as its place in the text shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.text import WORD

_ENDING = 5  # letters of an ending
_LONG = 7  # letters of a name that is known before an ending
_VOWELS = "aeiouy"


def written(leaflet: Leaflet, name: str) -> str:
    """A name as its leaflet writes it most often."""
    found = re.findall(rf"\b{re.escape(name)}\b", " ".join(b.text for b in leaflet.blocks), re.IGNORECASE)
    return Counter(found).most_common(1)[0][0] if found else leaflet.facts.product.name


def _exchanged(word: str, name: str) -> bool:
    """Whether two letters of a name changed places in a word, an ending apart: "Veronil" for "Velonir"."""
    pairs = [(own, other) for own, other in zip(name, word, strict=False) if own != other]
    return len(word) >= len(name) and len(pairs) == 2 and pairs[0] == pairs[1][::-1]


def misspelt(leaflet: Leaflet, name: str, slips: int, known: Callable[[str], bool]) -> Iterator[Span]:
    """Words with a capital that are a name (in folded letters) but for at most so many slips.

    Endings make another form, no other name; nor do words that are `known`.
    """
    from rapidfuzz.distance import OSA

    beginning = name[:-1] if name[-1] in _VOWELS else name  # "Fotivda" is declined as "Fotivdy"
    suspects = {
        word
        for word in map(str.strip, set(re.findall(rf" {re.escape(name[0])}[^ ]*", leaflet.wordtext.text)))
        if -slips <= len(bare := word.split("'")[0]) - len(name) <= _ENDING
        and not word.startswith(beginning)
        and not name.startswith(word)
        and (
            OSA.distance(bare, name, score_cutoff=slips) <= min(slips, len(name) // 3)
            # "Velroinia", where an ending hides the slip
            or (len(bare) > len(name) >= _LONG and OSA.distance(bare[: len(name)], name, score_cutoff=1) <= 1)
            or (len(name) >= _LONG and _exchanged(bare, name))
        )
        and not known(word)
    }
    for index, block in enumerate(leaflet.blocks if suspects else ()):
        for match in WORD.finditer(leaflet.folded[index]):
            if match.group() in suspects and block.text[match.start()].isupper():
                yield Span(index, match.start(), match.end())
