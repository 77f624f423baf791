"""The trade name: told once where it changed, and no difference in the sentences that hold it."""

from __future__ import annotations

from collections.abc import Iterator

from validator.diff.edit import Edit
from validator.document.leaflet import Leaflet
from validator.document.text import words

_ENDING = 4  # letters of an ending with its apostrophe
_MARK = "\u25c7"  # stands for the name where sentences are compared; no word holds it


def renamed(old: Leaflet, new: Leaflet) -> bool:
    """Whether the medicine has another name: neither version says that of the other one anywhere."""
    before, after = name_words(old), name_words(new)
    if not before or not after or before == after:
        return False
    return before[0] not in new.wordtext.text.split() and after[0] not in old.wordtext.text.split()


def new_name(old: Leaflet, new: Leaflet) -> Iterator[Edit]:
    """The edit that gave the medicine another name."""
    if renamed(old, new):
        before, after = old.facts.product, new.facts.product
        yield Edit(
            "product-name-changed",
            "inconsistent",
            "inconsistent",
            before.name_span,
            after.name_span,
            "front",
            before.name,
            after.name,
        )


def name_words(leaflet: Leaflet) -> tuple[str, ...]:
    """The folded words of the trade name."""
    return tuple(words(leaflet.facts.product.name))


def is_form(word: str, name: str) -> bool:
    """Whether a word is a name, or a name with an ending ("Velorins", "Velorin'in")."""
    return word.startswith(name) and len(word) - len(name) <= _ENDING


def unnamed(found: tuple[str, ...], name: tuple[str, ...]) -> tuple[str, ...]:
    """Words with a mark in place of the trade name."""
    if not name:
        return found
    made: list[str] = []
    at = 0
    while at < len(found):
        last = at + len(name) - 1
        same = last < len(found) and found[at:last] == name[:-1] and is_form(found[last], name[-1])
        length = len(name) if same else 0
        made.append(_MARK if length else found[at])
        at += length or 1
    return tuple(made)
