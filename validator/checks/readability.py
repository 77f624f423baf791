"""How hard a text is to read: long sentences, long paragraphs, and the figure of a published formula."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from operator import mul
from sys import maxsize

from validator.checks.registry import Task, kind
from validator.checks.running import count_words, joined, running, slips
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, not_applicable
from validator.grammar import sentence_ends
from validator.style import Feature, formula, language_style

_ENDS = [re.compile(rf"{sign}[)\"']?(?=\s+[^\W\d_]|$)") for sign in (r"\.", "!", r"\?")]
_COMMA = re.compile(r"[,;:•-](?= )")
_LIST_ITEM = 10  # words between the commas of a list, at most
_LONG, _POLYSYLLABIC = 7, 3  # letters, syllables


@kind("style/long-sentences")
def long_sentences(leaflet: Leaflet, task: Task) -> Outcome:
    """No sentence has more words than the limit."""
    limit = task.params["words"]
    blocks = [index for index in running(leaflet, task) if count_words(leaflet, index) > limit]
    sentences = [span for index in blocks for span in _sentences(leaflet, index)]
    found = [span for span in sentences if _words(leaflet, span) > limit and not _lists(leaflet, span)]
    return slips(leaflet, found, words=str(_words(leaflet, found[0]) if found else 0), limit=str(limit))


def _sentences(leaflet: Leaflet, block: int) -> Iterator[Span]:
    text = leaflet.blocks[block].text
    start = 0
    for end in dict.fromkeys((*sentence_ends(leaflet.folded[block], text), len(text))):
        yield Span(block, start, end)
        start = end + len(text[end:]) - len(text[end:].lstrip())


def _lists(leaflet: Leaflet, span: Span) -> bool:
    """Whether a sentence is a list: what stands between its commas is short."""
    return _words(leaflet, span) < _LIST_ITEM * len(_COMMA.findall(leaflet.text(span)))


def _words(leaflet: Leaflet, span: Span) -> int:
    return len(leaflet.text(span).split())


@kind("style/long-paragraphs")
def long_paragraphs(leaflet: Leaflet, task: Task) -> Outcome:
    """No paragraph has more words than the limit."""
    limit = task.params["words"]
    found = [index for index in running(leaflet, task) if count_words(leaflet, index) > limit]
    first = str(count_words(leaflet, found[0]) if found else 0)
    ends = [Span(index, 0, len(leaflet.blocks[index].text)) for index in found]
    return slips(leaflet, ends, words=first, limit=str(limit))


@kind("style/readability")
def readability(leaflet: Leaflet, task: Task) -> Outcome:
    """The figure of the language's formula, over paragraphs of whole sentences, is not far outside."""
    known = formula(leaflet.language.value)
    if known is None:
        return not_applicable("no-formula")
    blocks = [index for index in running(leaflet, task) if leaflet.folded[index].endswith((".", "!", "?"))]
    counts = _counted(leaflet, blocks)
    if sum(counts.values()) < task.params["words"]:
        return not_applicable("too-short")
    text = joined(leaflet, tuple(blocks))
    ends = sum(len(end.findall(text)) for end in _ENDS)
    syllable = language_style(leaflet.language.value).syllable
    features = measured(counts, max(ends, 1), syllable, known.weights)
    figure = known.constant + sum(weight * features[name] for name, weight in known.weights.items())
    values = {
        "name": known.name,
        "figure": f"{figure:.0f}",
        "words": f"{sum(counts.values()) / max(ends, 1):.0f}",
        "limit": f"{known.below if known.above is None else known.above:.0f}",
    }
    if not known.hard(figure):
        return Outcome(note="readability", values=values)
    case = "low" if known.above is None else "high"
    return Outcome((Hit("altered", case, Span(blocks[0], 0, 0), values=values),))


def _counted(leaflet: Leaflet, blocks: Sequence[int]) -> Counter[str]:
    """How often each word stands in some blocks, figures among them."""
    words = leaflet.wordtext
    pieces = [words.text[words.starts[index] : words.starts[index + 1]] for index in blocks]
    return Counter("".join(pieces).split())


def measured(
    counts: Mapping[str, int], sentences: int, syllable: str, features: Iterable[Feature]
) -> dict[Feature, float]:
    """What formulas of readability count, see `style.Formula`; no syllables without their pattern."""
    total = sum(counts.values())

    def share(told: Callable[[str], int]) -> float:
        told_of = map(mul, map(told, counts), counts.values())
        return float(sum(told_of)) / total

    def spoken(least: int, most: int) -> float:
        return 100 * share(lambda word: least <= _syllables(syllable, word) <= most)

    known: dict[Feature, Callable[[], float]] = {
        "sentence-length": lambda: total / sentences,
        "sentences": lambda: 100 * sentences / total,
        "letters": lambda: share(len),
        "long": lambda: 100 * share(lambda word: len(word) >= _LONG),
        "syllables": lambda: share(partial(_syllables, syllable)),
        "polysyllables": lambda: spoken(_POLYSYLLABIC, maxsize),
        "monosyllables": lambda: spoken(1, 1),
    }
    return {name: known[name]() for name in features}


@lru_cache(maxsize=65536)  # words come again, in this leaflet and the next
def _syllables(syllable: str, word: str) -> int:
    return max(1, len(re.findall(syllable, word))) if syllable else 0
