"""A wording in bracket notation, filled in as near as can be to the words that stand in the leaflet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations

from validator.document.text import WORD, fold
from validator.mending.edits import Edit
from validator.statements import paste

_GROUP = re.compile(r"<[^<>]*>(?:\s*<[^<>]*>)*")
_OPTION = re.compile(r"<([^<>]*)>")
_TOKEN = re.compile(rf"\{{[^{{}}]*\}}|{WORD.pattern}")
_MOST_OPTIONS = 6  # of a group; of more only each alone, all, and the usual choice are tried


def like(notation: str, given: str, product: str, oral: bool) -> str:
    """The wording with those options that are most like the given words; unknown slots stay visible."""
    from rapidfuzz import fuzz

    text = notation.replace("{X}", product) if product else notation
    while group := _GROUP.search(text):
        before, after = text[: group.start()], text[group.end() :]

        def likeness(choice: str, before: str = before, after: str = after) -> float:
            return fuzz.ratio(paste(before + choice + after, product, oral).lower(), given.lower())

        text = before + max(_choices(group.group(), product, oral), key=likeness) + after
    return paste(text, product, oral)


def _choices(group: str, product: str, oral: bool) -> Iterator[str]:
    """What a group of options may become; the usual choice first, because the first of equals wins."""
    yield paste(group, product, oral)
    options = _OPTION.findall(group)
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
