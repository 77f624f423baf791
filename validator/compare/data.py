"""`law/comparison.yaml`: national reporting systems, and the words that deny, by language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from validator.document.text import fold
from validator.lawfile import load_law
from validator.record import record
from validator.resources import of_law

ANY = "…"  # the rest of a word


@record
class System:
    """A country's system for reporting side effects: the languages of its leaflets, its addresses."""

    country: str
    languages: tuple[str, ...]
    hosts: tuple[str, ...]


@record
class Denials:
    """Words that deny, and `other` words that may stand for them in a translation."""

    words: tuple[str, ...]
    other: tuple[str, ...] = ()


@record
class ComparisonFile:
    """`law/comparison.yaml`."""

    systems: tuple[System, ...]
    denials: Mapping[str, Denials]


@of_law
def comparison() -> ComparisonFile:
    """The data, read once."""
    return load_law("comparison.yaml", ComparisonFile)


@of_law
def denials(language: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """Patterns of a word that denies, and of one that may stand for it; None if the language is not known."""
    entry = comparison().denials.get(language)
    if entry is None:
        return None
    return _words(entry.words), _words((*entry.words, *entry.other))


def _words(entries: Iterable[str]) -> re.Pattern[str]:
    forms = (r"[^\W\d_]{2,}".join(map(re.escape, fold(entry).split(ANY))) for entry in entries)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(forms)})(?![^\W_])")
