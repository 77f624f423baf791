"""The words of a language as patterns: what they begin with, hold or are, whatever their case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from validator.document.text import fold_wording
from validator.grammarfile import GrammarFile, Population, Unit

_FORM = 6  # letters that make a word one for a tablet or the like
_COMPOUND = ("tablet", "capsule")  # units of which compounds are named: "Retardtablette"
_INFLECTED = (
    "sachet",
    "suppository",
    "vial",
    "spoon",
    "mg",
    "microgram",
    "ml",
)  # units of which the words are only inflected
_LONGEST_ENDING = 6  # letters after what makes a word one for a tablet: "tabletlerden"
_LONG = 9  # letters of a word that may end in that of a unit: "filmtabletter"
_KEPT = 4096  # words whose kinds are remembered; a language has few in its leaflets
STEM = 3  # letters by which stems are looked up


def known(data: GrammarFile, units: Mapping[str, Unit]) -> Callable[[str], tuple[str, str] | None]:
    """What a word that no table has is by its form: a kind of token and its value, None for any word.

    It begins with a stem, ends in the word for what is counted, or holds one for a tablet in some case.
    """
    begin, counts, holding = stems(data), counted(data, units), forms(data)
    endings = tuple(counts)

    @lru_cache(maxsize=_KEPT)
    def of_word(word: str) -> tuple[str, str] | None:
        kinds = [kind for stem, kind in begin.get(word[:STEM], ()) if word.startswith(stem)]
        if kinds:
            return kinds[0], word
        if word[:STEM] not in begin and len(word) > _LONG and word.endswith(endings):
            return "unit", counts[next(key for key in counts if word.endswith(key))]
        matches = (match for match in holding.finditer(word) if len(word) - match.end() <= _LONGEST_ENDING)
        found = [match.lastgroup for match in matches if match.lastgroup]
        return ("unit", found[-1]) if found else None

    return of_word


def beginnings(populations: Mapping[Population, tuple[str, ...]]) -> re.Pattern[str]:
    """One pattern with a group by population; "(?!)" where a language names none."""
    groups = (
        f"(?P<{key}>{'|'.join(re.escape(fold_wording(stem)) for stem in stems)})"
        for key, stems in populations.items()
    )
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(groups) or '(?!)'})")


def labels(data: GrammarFile) -> re.Pattern[str]:
    """The first words of all names of frequency categories."""
    phrases = (fold_wording(phrase) for names in data.frequency.labels.values() for phrase in names)
    firsts = sorted({re.split(r"\s", phrase, maxsplit=1)[0] for phrase in phrases})
    return re.compile("|".join(map(re.escape, firsts)))


def stems(data: GrammarFile) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Stems with the kinds they make, by their first letters."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, stems in data.stems.items():
        for stem in map(fold_wording, stems):
            found.setdefault(stem[:STEM], []).append((stem, kind))
    return found


def forms(data: GrammarFile) -> re.Pattern[str]:
    """What a word for a tablet or the like begins with, or holds, whatever its case."""
    parts = []
    for unit in (*_COMPOUND, *_INFLECTED):
        words = (fold_wording(word) for word in data.units.get(unit, ()))
        stems = {word[: max(_FORM, len(word) - 2)] for word in words if len(word) >= _FORM and word.isalpha()}
        if stems:
            lead = "" if unit in _COMPOUND else r"(?<!\w)"
            parts.append(rf"(?P<{unit}>{lead}(?:{'|'.join(sorted(map(re.escape, stems)))}))")
    return re.compile("|".join(parts) or "(?!)")


def counted(data: GrammarFile, units: Mapping[str, Unit]) -> Mapping[str, str]:
    """The words for what is counted by which longer words may end ("retardkapseln"), with their units."""
    names_of = (
        (word, key) for key, names in data.units.items() if units[key].family == "count" for word in names
    )
    folded = ((fold_wording(word), key) for word, key in names_of if key != "dose")
    return {word: key for word, key in folded if len(word) >= _FORM and word.isalpha()}


def cue(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern of words, of their beginnings where a hyphen ends them, their ends where one begins them."""
    folded = [fold_wording(phrase) for phrase in phrases]
    either = [
        r"\w*" * each.startswith("-") + re.escape(each.strip("-")) + r"\w*" * each.endswith("-")
        for each in folded
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(either, key=len, reverse=True))})(?!\w)")
