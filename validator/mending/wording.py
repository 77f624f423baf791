"""A wording in bracket notation, filled in as near as can be to the words that stand in the leaflet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from validator.document.text import WORD, fold, words
from validator.mending.edits import Edit
from validator.statements import paste

_GROUP = re.compile(r"<[^<>]*>(?:\s*<[^<>]*>)*")
_OPTION = re.compile(r"<([^<>]*)>")
_TOKEN = re.compile(rf"\{{[^{{}}]*\}}|{WORD.pattern}")
_STOP = re.compile(r"[.!?:;]+(?:\s|$)")
_EDGE = "|"  # no word: stands where a sentence begins or ends
_MOST_OPTIONS = 6  # of a group; of more only each alone, all, and the usual choice are tried


def like(notation: str, given: str, product: str, oral: bool) -> str:
    """The wording with those options that the given words chose; unknown slots stay visible.

    Another choice than the usual one is made only where the given words make it at this place: in a
    sentence that they lack, the shortest of all choices would be the nearest to them.
    """
    from rapidfuzz import fuzz

    text = notation.replace("{X}", product) if product else notation
    said = [_EDGE]
    for sentence in _STOP.split(given):
        said += [*words(sentence), _EDGE]
    while group := _GROUP.search(text):
        before, after = text[: group.start()], text[group.end() :]

        def likeness(choice: str, before: str = before, after: str = after) -> float:
            return fuzz.ratio(paste(before + choice + after, product, oral).lower(), given.lower())

        usual = paste(group.group(), product, oral)
        text = before + max(_chosen(group.group(), usual, before, after, said), key=likeness) + after
    return paste(text, product, oral)


def _chosen(group: str, usual: str, before: str, after: str, said: Sequence[str]) -> list[str]:
    """The choices that the given words may have made: those between the same words as in the wording.

    Where there is none: the usual choice, or one option, beside one of these words; the other may differ.
    """
    left, right = _beside(before, -1), _beside(after, 0)
    options = _OPTION.findall(group)
    both = [choice for choice in _choices(options) if _within([*left, *words(choice), *right], said)]
    if left and right and both:
        return both
    for choices in ([usual], options):
        if found := [each for each in choices if _stands(left, words(each), right, said)]:
            return found
    return [usual]


def _stands(left: list[str], own: list[str], right: list[str], said: Sequence[str]) -> bool:
    """Whether the words of a choice stand beside one of the words that are beside it in the wording."""
    sides = [side for side in ([*left, *own] if left else [], [*own, *right] if right else []) if side]
    return bool(own) and any(_within(side, said) for side in sides or [own])


def _beside(text: str, at: int) -> list[str]:
    """The word next to a group of options, if it is one; beside a slot or an option any word may stand."""
    pieces = text.split()
    if not pieces or _STOP.search(pieces[at] if at else pieces[at][:1]):
        return [_EDGE]
    if set(pieces[at]) & set("<>{}"):
        return []
    return words(pieces[at])[at:][:1]


def _within(part: list[str], whole: Sequence[str]) -> bool:
    """Whether words stand in a text, side by side."""
    size = len(part)
    return any(list(whole[n : n + size]) == part for n in range(len(whole) - size + 1))


def _choices(options: Sequence[str]) -> Iterator[str]:
    """All that a group of options may become."""
    sizes = range(len(options) + 1) if len(options) <= _MOST_OPTIONS else (0, 1, len(options))
    for size in sizes:
        yield from (" ".join(chosen) for chosen in combinations(options, size))


def restored(block: int, given: str, start: int, wanted: str) -> tuple[tuple[Edit, ...], list[str]] | None:
    """The edits that make the words of a block the wanted ones, and which words they take away.

    `given` stands in the block from `start` on. Words that are right keep their case and their signs;
    what fills a slot of the wanted text stays. None where it cannot be told what fills it.
    """
    old, new = list(WORD.finditer(fold(given))), list(_TOKEN.finditer(fold(wanted)))
    edits, lost = [], []
    matcher = SequenceMatcher(None, [m.group() for m in old], [m.group() for m in new], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        slots = sum(match.group()[0] == "{" for match in new[c:d])
        if tag == "equal" or (slots == d - c > 0 and a < b):
            continue
        if slots:
            return None
        lost += [match.group() for match in old[a:b]]
        if a < b and c < d:
            left, right, text = old[a].start(), old[b - 1].end(), wanted[new[c].start() : new[d - 1].end()]
        elif a:  # after the word before, with what stands between them
            left = old[a - 1].end()
            right = old[b - 1].end() if a < b else left
            text = wanted[new[c - 1].end() : new[d - 1].end()] if c < d else ""
        else:
            left, right = 0, old[b].start() if a < b < len(old) else 0
            text = wanted[new[c].start() : new[d].start()] if c < d < len(new) else ""
        edits.append(Edit(block, start + left, start + right, text))
    return tuple(edits), lost
