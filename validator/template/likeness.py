"""How alike a paragraph of a template is to a wording: by its words, or, across languages, by its build."""

from __future__ import annotations

import re
from functools import lru_cache

from validator.document.text import words
from validator.statements import phrases

SLOT = re.compile(r"\{[^{}]*\}[^\s<>{}.,:;?!)]*")
_GROUP = re.compile(r"<[^<>]*>(?:\s*<[^<>]*>)*")
_STANDS = " 0 "  # what stands for a slot among the words


@lru_cache(maxsize=4096)
def flat(notation: str, opened: bool = False) -> str:
    """The words of a wording with all its options; slots are one sign, or, `opened`, their words."""
    text = re.sub(r"\{([^{}]*)\}", r" \1 ", notation) if opened else SLOT.sub(_STANDS, notation)
    return " ".join(words(re.sub("[<>]", " ", text)))


@lru_cache(maxsize=4096)
def _plain(notation: str) -> str:
    return " ".join(phrase.plain for phrase in phrases(notation))


def same(first: str, second: str) -> bool:
    """Whether two wordings have the same words, however options and slots are marked."""
    return flat(first) == flat(second) or flat(first, True) == flat(second, True)


def alike(text: str, forms: tuple[str, ...]) -> float:
    """How alike a wording is to the nearest of some forms, from 0 to 100; 100 for the same words."""
    from rapidfuzz import fuzz

    best = 0.0
    for form in forms:
        if same(text, form):
            return 100.0
        given, wanted = flat(text), flat(form)
        best = max(best, fuzz.ratio(given, wanted, score_cutoff=best))
        if (plain := _plain(form)) and (own := _plain(text)):
            best = max(best, fuzz.ratio(own, plain, score_cutoff=best))
    return min(best, 99.0)


def holds(text: str, wording: str) -> bool:
    """Whether a longer text has nearly all of a wording in it."""
    from rapidfuzz import fuzz

    given, wanted = flat(text), flat(wording)
    return len(given) > len(wanted) and fuzz.partial_ratio(wanted, given) >= 90


def built_alike(text: str, reference: str) -> float:
    """How alike two wordings of different languages are built, from 0 to 100.

    Sentences, names, slots, options and digits are the same in every language of a template.
    """
    score = 30.0 * _near(len(phrases(text)), len(phrases(reference)))
    score += 15 * (("{X}" in text) == ("{X}" in reference))
    score += 15 * _near(*(len(SLOT.findall(each.replace("{X}", ""))) for each in (text, reference)))
    score += 15 * _near(*(len(_GROUP.findall(each)) for each in (text, reference)))
    score += 10 * (re.findall(r"\d+", text) == re.findall(r"\d+", reference))
    sizes = sorted((len(text), len(reference)))
    return score + 15 * sizes[0] / max(sizes[1], 1)


def _near(first: int, second: int) -> float:
    return (1.0, 0.4)[abs(first - second)] if abs(first - second) < 2 else 0.0
