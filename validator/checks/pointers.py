"""What the template's own words point to: "listed in section 6", "see section 4"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from validator.document.text import fold, words
from validator.facts.references import pattern
from validator.lexicon import Lexicon

_BEFORE, _AFTER = 9, 3  # words around the number by which a pointer is known
_FURTHER = 5  # the latter, where what stands there is named later: "(6. punktā minēto) šo zāļu sastāvdaļu"
_REACH = 2  # times as many of a leaflet's words are looked at
_SHARE = 0.6  # of them that must stand there
_LEAST = 5
_STEM = 5  # letters that endings leave alone
_SLOT = re.compile(r"\{[^{}]*\}")
_MARKS = re.compile(r"[<>{}\[\]]")


@dataclass(frozen=True, slots=True)
class Pointer:
    """Stems of the words around a number of a section; `telling` are those of what stands there."""

    number: str
    stems: frozenset[str]
    telling: frozenset[str]


def stems(text: str) -> list[str]:
    """The beginnings of the words of a text."""
    return [word[:_STEM] for word in words(text)]


def pointed(before: str, after: str, pointers: tuple[Pointer, ...]) -> str:
    """The number of the section that the template gives amid such words, "" where they are not its own."""
    found = frozenset((*stems(before)[-_BEFORE * _REACH :], *stems(after)[: _AFTER * _REACH]))
    numbers = {
        pointer.number
        for pointer in pointers
        if len(pointer.stems & found) >= _SHARE * len(pointer.stems) and pointer.telling <= found
    }
    return numbers.pop() if len(numbers) == 1 else ""


@lru_cache(maxsize=8)
def pointers(lexicon: Lexicon, told_by: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Pointer, ...]:
    """The pointers of a language's statements. `told_by` names, for a section, the statements that tell
    what it is about: a pointer holds words of theirs.
    """
    statements = lexicon.pack.statements
    about = {
        section: frozenset(
            stem for key in keys if key in statements for stem in stems(_plain(statements[key].text))
        )
        for section, keys in told_by
    }
    plans = {str(plan.number): plan.id for plan in lexicon.profile.sections if plan.number}
    made = []
    for number, *reaches in sorted(set(_raw(lexicon)), key=lambda each: (each[0], sorted(each[1]))):
        own = about.get(plans.get(number, ""), frozenset())
        others = frozenset().union(*(found for key, found in about.items() if key != plans.get(number)))
        for near in reaches:
            if telling := frozenset(stem for stem in near & own - others if len(stem) == _STEM):
                made.append(Pointer(number, near, telling))
                break
    return tuple(made)


@lru_cache(maxsize=8)
def narrow(lexicon: Lexicon, section: str, keys: tuple[str, ...]) -> frozenset[str]:
    """The stems by which a section with a narrow subject is known: its heading, these statements."""
    statements = lexicon.pack.statements
    own = {
        stem
        for key in keys
        if key in statements
        for text in (statements[key].text, *statements[key].signals)
        for stem in stems(_plain(text))
    }
    own.update(stems(lexicon.heading_text(section)))
    other = {stem for key, each in statements.items() if key not in keys for stem in stems(_plain(each.text))}
    return frozenset(stem for stem in own - other if len(stem) > 2)


def _plain(notation: str) -> str:
    return fold(_MARKS.sub(" ", _SLOT.sub(" ", notation)))


def _raw(lexicon: Lexicon) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    """The numbers of sections in the statements, with the stems around them, near and further."""
    for wording in lexicon.pack.statements.values():
        text = _plain(wording.text)
        for notation in lexicon.pack.references:
            for match in pattern(notation).finditer(text):
                before, after = stems(text[: match.start()])[-_BEFORE:], stems(text[match.end() :])
                near = frozenset((*before, *after[:_AFTER]))
                if len(near) >= _LEAST:
                    yield match.group(1), near, frozenset((*before, *after[:_FURTHER]))
