"""Text that was left in the language of the source: paragraphs, and phrases inside translated ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from validator.compare.alignment import Bead
from validator.compare.pair import Pair
from validator.compare.terms import terms
from validator.compare.vocabulary import frequent, telling
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met
from validator.document.text import WORD
from validator.facts.contacts import without_contacts

_RUN = 3  # words in a row that the two sides have in common
_TELLING = 2  # of them, words that the source's language has and the target's does not
_SHORT = 3  # letters; one of the telling words is so short, or frequent: names and terms have none
_MOSTLY = 0.7  # share of a paragraph from which all of it was left


def compare(pair: Pair) -> Outcome:
    """No run of words of the source stands in its translation, names and international words apart."""
    if pair.source.language.value == pair.target.language.value:
        return Outcome(verdict="not-applicable", note="same-language")
    foreign = telling(pair.source, pair.target)
    hits = [hit for bead in pair.both for hit in _left(pair, bead, foreign)]
    return Outcome(tuple(hits)) if hits else met("nothing-left")


def _left(pair: Pair, bead: Bead, foreign: Set[str]) -> Iterator[Hit]:
    ours = pair.words(bead, "left")
    small = frequent(pair.source.language.value)
    runs = {tuple(ours[at : at + _RUN]) for at in range(len(ours) - _RUN + 1)}
    for unit in bead.right:
        words = pair.target.wordtext.words(unit.block)
        for first, stop in _common(words, ours, runs):
            run = words[first:stop]
            if not (
                _is_foreign(run, foreign, small) or (len(run) == len(words) and _names(pair, run, foreign))
            ):
                continue
            places = list(WORD.finditer(pair.target.folded[unit.block]))
            whole = stop - first >= _MOSTLY * len(words)
            start, end = (0, unit.length) if whole else (places[first].start(), places[stop - 1].end())
            text = pair.target.blocks[unit.block].text[start:end]
            if _is_name(text) or _is_contact(text):
                continue
            yield Hit(
                "leftover" if whole else "altered",
                "paragraph" if whole else "phrase",
                Span(unit.block, start, end),
                bead.section,
                text,
                values={"language": pair.source.language.value},
                beside=pair.span(bead, "left"),
            )


def _is_foreign(run: Sequence[str], foreign: Set[str], common: Set[str]) -> bool:
    """Whether words that stand on both sides are of the source's language, and no name or term.

    One of them is a small word of the language; another one is known to be of it, or there are several.
    """
    told = {word for word in run if word in foreign}
    small = any(len(word) <= _SHORT or word in common for word in told)
    several = sum(word.isalpha() for word in run) >= _RUN and len(run) > _RUN
    return small and (len(told) >= _TELLING or several)


def _names(pair: Pair, run: Sequence[str], foreign: Set[str]) -> bool:
    """Whether a few words name something of the body or an illness as the source's language alone does."""
    ours, theirs = pair.source.language.value, pair.target.language.value
    return any(terms(ours, word) - terms(theirs, word) for word in run) and not any(
        terms(theirs, word) for word in run if word not in foreign
    )


def _is_name(text: str) -> bool:
    """Whether most of the words begin with a capital: a name or an address."""
    lettered = [word for word in text.split() if word[0].isalpha()]
    return 2 * sum(word[0].isupper() for word in lettered) > len(lettered)


def _is_contact(text: str) -> bool:
    """Whether it is an address of a site or of mail, which no language translates."""
    return bool(text) and not any(char.isalpha() for char in without_contacts(text))


def _common(
    words: Sequence[str], ours: Sequence[str], runs: Set[tuple[str, ...]]
) -> Iterator[tuple[int, int]]:
    """The stretches of words (half-open) that the source has in the same order."""
    if len(ours) < _RUN:
        if list(words) == list(ours):
            yield 0, len(words)
        return
    first = 0
    while first <= len(words) - _RUN:
        if tuple(words[first : first + _RUN]) not in runs:
            first += 1
            continue
        stop = first + _RUN
        while stop < len(words) and tuple(words[stop - _RUN + 1 : stop + 1]) in runs:
            stop += 1
        yield first, stop
        first = stop
