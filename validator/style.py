"""Conventions of style by language: abbreviations to write out, syllables, formulas of readability.

All of `law/style.yaml`. Limits stand with the requirements; what a language has of its own stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Literal

from validator.lawfile import load_law
from validator.record import record
from validator.resources import of_law

Feature = Literal[
    "sentence-length", "sentences", "letters", "syllables", "long", "polysyllables", "monosyllables"
]


@record
class Formula:
    """A published readability formula: a constant and the weights of what is counted.

    `sentence-length`: words a sentence; `sentences`: sentences in 100 words; `letters` and `syllables`:
    a word; `long`, `polysyllables` and `monosyllables`: the share, in percent, of words with more than
    six letters, with three or more syllables, and with one. A figure `below` or `above` is far too hard.
    """

    name: str
    constant: float
    weights: Mapping[Feature, float]
    below: float | None = None
    above: float | None = None
    seen: Literal["text", "secondary", "memory"]
    source: str = ""

    def hard(self, figure: float) -> bool:
        """Whether a figure is far outside what a leaflet should have."""
        too_low = self.below is not None and figure < self.below
        return too_low or (self.above is not None and figure > self.above)


@record
class LanguageStyle:
    """What a language has of its own; `syllable` is a pattern that matches once a syllable.

    `abbreviations` have the words to write instead, "" where these are not known.
    """

    abbreviations: Mapping[str, str] = field(default_factory=dict)
    formula: str = ""
    syllable: str = ""
    seen: Literal["leaflets", "memory"]


@record
class StyleFile:
    """`law/style.yaml`; `abbreviations` are those of every language."""

    abbreviations: tuple[str, ...]
    formulas: Mapping[str, Formula]
    languages: Mapping[str, LanguageStyle]


@of_law
def style() -> StyleFile:
    """The conventions of all languages."""
    return load_law("style.yaml", StyleFile)


@of_law
def language_style(language: str) -> LanguageStyle:
    """The conventions of a language; those of every language alone if it has none of its own."""
    own = style().languages.get(language) or LanguageStyle(seen="memory")
    common = dict.fromkeys(style().abbreviations, "")
    return replace(own, abbreviations={**common, **own.abbreviations})


def formula(language: str) -> Formula | None:
    """The readability formula of a language, None if none is known."""
    return style().formulas.get(language_style(language).formula)
