"""The text that is most like a sentence of the law, and what it says in other words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from validator.statements import Phrase

_OVERLAP = 2  # words of the neighbouring text that a likeness may begin with


class Change(NamedTuple):
    """A difference in wording: the template's words and the words that stand for them (either may be "")."""

    wanted: str
    given: str


@dataclass(frozen=True, slots=True)
class Near:
    """The nearest text to a phrase: its place, how alike it is (0 to 100), and what differs."""

    start: int
    end: int
    score: float
    changes: tuple[Change, ...]


def nearest(phrase: Phrase, text: str, start: int, end: int, cutoff: float = 60) -> Near | None:
    """The stretch of text[start:end] most like the phrase, or None below the cutoff."""
    from rapidfuzz import fuzz

    if not phrase.plain or end - start < 3:
        return None
    hay = text[start:end]
    found = fuzz.partial_ratio_alignment(phrase.plain, hay, score_cutoff=cutoff)
    if found is None or not found.score:
        return None
    left, right = found.dest_start, found.dest_end
    while left > 0 and hay[left] != " ":
        left -= 1
    right = _word_end(hay, right)
    first = phrase.plain.partition(" ")[0]
    begun = hay.find(f" {first} ", left, right)
    if (
        begun > left and hay.count(" ", left, begun) <= _OVERLAP
    ):  # the likeness reaches into the sentence before
        left = begun
    last = phrase.plain.rpartition(" ")[2]
    for _ in range(phrase.source.count("{")):  # what fills a slot makes the text longer
        if not hay[:right].endswith(f" {last}"):
            right = _word_end(hay, right + 1)
    right = _to_last(hay, right, last, len(phrase.free_words))
    return Near(start + left, start + right, found.score, changes(phrase, hay[left:right]))


def _to_last(hay: str, right: int, last: str, reach: int) -> int:
    """The end of the last word of a phrase, where it stands a few words on: options make a text longer."""
    end = right
    for _ in range(reach):
        if hay[:end].endswith(f" {last}"):
            return end
        end = _word_end(hay, end + 1)
    return end if hay[:end].endswith(f" {last}") else right


def _word_end(text: str, at: int) -> int:
    """The end of the word that an offset stands in, or of the text."""
    end = text.find(" ", at)
    return len(text) if end < 0 else end


def changes(phrase: Phrase, candidate: str) -> tuple[Change, ...]:
    """What the candidate says in other words; the words of the phrase's options are no difference."""
    from difflib import SequenceMatcher

    wanted, given = phrase.plain.split(), candidate.split()
    free = phrase.free_words
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, wanted, given, autojunk=False).get_opcodes():
        beside = tag == "insert" and a in (0, len(wanted))  # words of the neighbouring text
        glued = "".join(wanted[a:b]) == "".join(given[c:d])  # equal, or but for blanks ("medicinemay")
        if glued or beside or free.issuperset(wanted[a:b] + given[c:d]):
            continue
        found.append(Change(" ".join(wanted[a:b]), " ".join(given[c:d])))
    return tuple(found)
