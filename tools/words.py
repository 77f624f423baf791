"""The words of our own wordings by language, most used first: what `law/words` is written from."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from validator.catalogue import languages, markets
from validator.document.text import words
from validator.lawfile import law_values
from validator.resources import law_folder

_FREQUENT = 300  # of each language: a sentence in it holds several of them, whatever it is about
_NEAR = 0.1  # the share of the words of one language that is shared with a near one
_WIDTH = 100
_NOTICE = "# Generated from the law files by tools/generate.py: "
_NO_WORDS = ("market", "language", "seen", "source", "section", "e_numbers", "only", "extends")
# Slots that a name fills, and stems of patterns: "{X}s", "behandl…", "maximal-", "-ille".
_NO_WORD = re.compile(r"\{(?:X|n)\}\S*|\S*…\S*|[^\W\d_]+-(?!\w)|(?<!\w)-[^\W\d_]+|[<>]")


def word_lists() -> Iterator[tuple[str, str]]:
    """The name of each word list and its text: one a language, and one of the frequent words of all."""
    counts = {path.stem: _counts(path.stem) for path in sorted(law_folder().glob("languages/*.yaml"))}
    for code, own in counts.items():
        near = [other for other, theirs in counts.items() if other != code and _near(own, theirs)]
        title = f"{_NOTICE}near languages, and all words."
        yield code, f"{title}\n\n{' '.join(near)}\n\n{_wrapped(sorted(own))}\n"
    lines = [f"{code}: {' '.join(_most_used(own))}" for code, own in counts.items()]
    yield "frequent", "\n".join([f"{_NOTICE}the words each language uses most.", "", *lines, ""])


def _near(one: Counter[str], other: Counter[str]) -> bool:
    return len(one.keys() & other.keys()) >= _NEAR * min(len(one), len(other))


def _most_used(counts: Counter[str]) -> list[str]:
    return sorted(sorted(counts, key=lambda word: (-counts[word], word))[:_FREQUENT])


def _wrapped(found: Sequence[str]) -> str:
    return "\n".join(textwrap.wrap(" ".join(found), _WIDTH, break_on_hyphens=False))


def _counts(language: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for market in markets():
        if language in languages(market):
            counts.update(_words(law_values(f"{market}/wording.{language}.yaml")))
    counts.update(set(_words(law_values(f"languages/{language}.yaml"))))
    return counts


def _words(values: Any) -> Iterator[str]:
    for text in _texts(values):
        yield from (word for word in words(_NO_WORD.sub(" ", text)) if word.replace("'", "").isalpha())


def _texts(values: Any) -> Iterator[str]:
    if isinstance(values, str):
        yield values
    elif isinstance(values, Mapping):
        for key, value in values.items():
            if key not in _NO_WORDS:
                yield from _texts(value)
    elif isinstance(values, list | tuple):
        for value in values:
            yield from _texts(value)
