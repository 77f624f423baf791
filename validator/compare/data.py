"""`law/comparison.yaml`: words that deny and the names of months, by language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from validator.document.text import fold
from validator.lawfile import load_law
from validator.record import record
from validator.resources import of_law

ANY = "…"  # the rest of a word
_NOTHING = re.compile(r"(?P<word>)(?!)")


@record
class Denials:
    """Words that deny, `other` words that may stand for them in translation, and `but` what only looks so.

    Those `beside` another one deny nothing more ("ne ... pas"). `limits` tell an exception: a sentence that
    has lost its "not" keeps them. What denies behind an `idle` word, in its clause, denies nothing more
    ("osim ako ... ne").
    """

    words: tuple[str, ...]
    other: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()


@record
class ComparisonFile:
    """`law/comparison.yaml`.

    `counted` are number words by value, `urgency` words of what is to be done at once, `hedges` those that
    take away from what is asked for, `joining` words inside dates, `endings` those of groups of INNs,
    `isomers` beginnings that make another INN of one.
    """

    denials: Mapping[str, Denials]
    common: Mapping[str, tuple[str, ...]]
    counted: Mapping[str, Mapping[Decimal, str]]
    urgency: Mapping[str, Denials]
    hedges: Mapping[str, Denials]
    months: Mapping[str, tuple[str, ...]]
    joining: tuple[str, ...]
    endings: tuple[str, ...]
    isomers: tuple[str, ...]


@of_law
def comparison() -> ComparisonFile:
    """The data, read once."""
    return load_law("comparison.yaml", ComparisonFile)


class Denial(NamedTuple):
    """Patterns of a word that denies, of one that may do so, and of one that counts as a denial by itself.

    `limits` is that of a word that tells an exception, `firm` of one that may deny and tells none.
    """

    plain: re.Pattern[str]
    loose: re.Pattern[str]
    single: re.Pattern[str]
    limits: re.Pattern[str]
    firm: re.Pattern[str]
    idle: re.Pattern[str]

    def active(self, folded: str) -> str:
        """A text without what only looks like a denial behind the word of an exception."""
        return self.idle.sub(r"\g<word>", folded)


@of_law
def denials(language: str) -> Denial | None:
    """How a language denies; None if that is not known."""
    return _denial(comparison().denials.get(language))


def _denial(entry: Denials | None) -> Denial | None:
    if entry is None:
        return None
    single = tuple(word for word in entry.words if word not in entry.beside)
    firm = tuple(word for word in entry.other if word not in entry.limits)
    return Denial(
        _words(entry.words, entry.but),
        _words((*entry.words, *entry.other), entry.but),
        _words((*single, *entry.other), entry.but),
        _words(entry.limits, ()) if entry.limits else _NOTHING,
        _words((*entry.words, *firm), entry.but),
        re.compile(rf"(?<![^\W_])(?P<word>{_forms(entry.idle)})(?![^\W_])[^,.;:]*")
        if entry.idle
        else _NOTHING,
    )


@of_law
def urgency(language: str) -> Denial | None:
    """How a language says that something is to be done at once; None if that is not known."""
    return _denial(comparison().urgency.get(language))


@of_law
def hedges(language: str) -> Denial | None:
    """How a language takes away from what it asks for; None if that is not known."""
    return _denial(comparison().hedges.get(language))


@of_law
def counted(language: str) -> Mapping[str, Decimal]:
    """The number words of a language, folded, beside those that it uses in doses."""
    known = comparison().counted.get(language, {})
    return {fold(word): value for value, written in known.items() for word in written.split("|")}


@of_law
def months(language: str) -> Callable[[str], int]:
    """A function that tells which month (1 to 12) a folded word of the language names; 0 for none."""
    beginnings = [
        (fold(beginning), number)
        for number, written in enumerate(comparison().months.get(language, ()), 1)
        for beginning in written.split("|")
    ]
    beginnings.sort(key=lambda each: -len(each[0]))  # "červenec" before "červen"

    def month(word: str) -> int:
        return next((number for beginning, number in beginnings if word.startswith(beginning)), 0)

    return month


def _words(entries: Iterable[str], but: Iterable[str]) -> re.Pattern[str]:
    apart = f"(?!(?:{_forms(but)})(?![^\\W_]))" if but else ""
    return re.compile(rf"(?<![^\W_]){apart}(?:{_forms(entries)})(?![^\W_])")


def _forms(entries: Iterable[str]) -> str:
    return "|".join(r"[^\W\d_]{2,}".join(map(re.escape, fold(entry).split(ANY))) for entry in entries)
