"""What differs between two texts that belong together: runs of words left out, put in or replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from validator.diff.units import Unit
from validator.document.text import WORD, fold

_DELIMITERS = ",;:()[]/•."
_CONTENT = 4  # letters from which a word carries meaning of its own
_STEM = 4  # letters that two forms of a word share at least
_ENDING = 3  # letters by which they may differ
_MOST_WORDS = 600  # words of one text; what comes after is not taken apart


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word; `opens` says that a sign of punctuation or the beginning stands before it."""

    text: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Words before and after, either may be empty; `whole`: they are a part of a list or a clause.

    `at` is the place of the words before among all of their text.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    whole: bool
    at: int = 0


def taken_apart(units: Sequence[Unit]) -> list[Word]:
    """The words of some units, with the signs between them."""
    found: list[Word] = []
    for unit in units:
        folded = fold(unit.text)
        end = 0
        for match in WORD.finditer(folded):
            between = folded[end : match.start()]
            opens = not end or any(sign in between for sign in _DELIMITERS)
            found.append(Word(match.group(), opens))
            end = match.end()
    return found[:_MOST_WORDS]


def runs(
    old: Sequence[Word], new: Sequence[Word], joining: Collection[str], opening: Collection[str] = ()
) -> Iterator[Run]:
    """The differences in reading order; words that differ but for blanks are none.

    `joining` words stand between the parts of a list ("or"), `opening` ones begin a clause ("if").
    """
    before, after = [word.text for word in old], [word.text for word in new]
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal" or "".join(before[a:b]) == "".join(after[c:d]):
            continue
        side, low, high = (old, a, b) if b > a else (new, c, d)
        whole = _whole(side, low, high, joining, opening)
        moved = None if whole or (a < b and c < d) else _shifted(side, low, high, joining, opening)
        if moved is not None:
            words, whole = tuple(word.text for word in side[moved : moved + high - low]), True
            yield Run(words, (), whole) if c == d else Run((), words, whole)
        else:
            yield Run(tuple(before[a:b]), tuple(after[c:d]), whole, a)


def _shifted(
    side: Sequence[Word], low: int, high: int, joining: Collection[str], opening: Collection[str]
) -> int | None:
    """Where a part begins that may as well be the one left out: "if A, if B" without "A, if" lacks "if A".

    Words around it that are the same at both its ends belong to either side.
    """
    start, stop = low, high
    while start > 0 and side[start - 1].text == side[stop - 1].text:
        start, stop = start - 1, stop - 1
        if _whole(side, start, stop, joining, opening):
            return start
    start, stop = low, high
    while stop < len(side) and side[start].text == side[stop].text:
        start, stop = start + 1, stop + 1
        if _whole(side, start, stop, joining, opening):
            return start
    return None


def _whole(
    side: Sequence[Word], low: int, high: int, joining: Collection[str], opening: Collection[str]
) -> bool:
    """Whether words stand between two signs of punctuation or joining words, or bring such a word along.

    "B or C are" that became "B are" has lost a part, though no sign closes it.
    """
    if high - low > 1 and (side[low].text in joining or side[high - 1].text in joining):
        return True
    opened = (
        side[low].opens
        or side[low].text in joining
        or side[low].text in opening
        or (low > 0 and side[low - 1].text in joining)
    )
    closed = high == len(side) or side[high].opens or side[high].text in joining
    return opened and (closed or side[high - 1].text in joining)


def content(found: Sequence[str], harmless: Collection[str]) -> list[str]:
    """The words that carry meaning of their own."""
    return [w for w in found if len(w) >= _CONTENT and w.isalpha() and w not in harmless]


def alike(word: str, other: str) -> bool:
    """Whether two words are forms of one: a long common beginning, short endings."""
    if word == other:
        return True
    shared = next(
        (at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other))
    )
    return shared >= _STEM and max(len(word), len(other)) - shared <= _ENDING


def missing(found: Sequence[str], other: Collection[str]) -> list[str]:
    """The words of which the other text has no form."""
    return [word for word in found if word not in other and not any(alike(word, each) for each in other)]
