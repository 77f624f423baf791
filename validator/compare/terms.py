"""Words of the body, of illness and of handling a medicine: one term in all languages.

Where the words of two languages have nothing in common ("headache", "Kopfschmerzen"), they tell what stands
for what. They carry an alignment, as beginnings of words do; no translation is judged by them alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from validator.compare.data import ANY
from validator.document.text import fold
from validator.lawfile import load_law
from validator.record import record
from validator.resources import of_law

MARK = "="  # before a term among the beginnings of words
_KEY = 2  # letters by which entries are found
_WHOLE = 4  # letters; a shorter entry is nearly the whole word
_ENDING = 1  # letters that such a word may have after it


@record
class TermsFile:
    """`law/terms.yaml`: for each term, by languages ("da no"), the beginnings of its words."""

    terms: Mapping[str, Mapping[str, str]]


@record
class _Beginnings:
    """The entries of a language with their terms: `first` by their first letters, `inside` compounds."""

    first: Mapping[str, Sequence[tuple[str, str]]]
    inside: Sequence[tuple[str, str]]


def terms(language: str, word: str) -> frozenset[str]:
    """The terms that a folded word of a language names."""
    known = _beginnings(language)
    found = {
        term
        for entry, term in known.first.get(word[:_KEY], ())
        if word.startswith(entry) and (len(entry) >= _WHOLE or len(word) <= len(entry) + _ENDING)
    }
    found.update(term for entry, term in known.inside if entry in word)
    return frozenset(found)


@of_law
def _beginnings(language: str) -> _Beginnings:
    first: dict[str, list[tuple[str, str]]] = {}
    inside: list[tuple[str, str]] = []
    for term, languages in load_law("terms.yaml", TermsFile).terms.items():
        for names, written in languages.items():
            for entry in map(fold, written.split("|")) if language in names.split() else ():
                bare = entry.removeprefix(ANY)
                first.setdefault(bare[:_KEY], []).append((bare, MARK + term))
                if bare != entry:
                    inside.append((bare, MARK + term))
    return _Beginnings(first=first, inside=inside)
