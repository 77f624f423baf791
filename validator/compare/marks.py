"""Signs that a translation keeps: brackets that close, and placeholders."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from validator.compare.alignment import Bead
from validator.compare.pair import Pair
from validator.document.outcome import Hit, Outcome, met

_PLACEHOLDER = re.compile(r"\{[^{}]{0,60}\}|%\d?\$?[sd]\b|\{\d+\}|<[^<>\s/][^<>]{0,60}>")
_ENUMERATED = re.compile(r"(?<![^\W_])[^\W_]{1,2}$")
_BRACKETS = ("()", "[]", "{}")


def compare(pair: Pair) -> Outcome:
    """Brackets close where they close in the source, and placeholders stand on both sides."""
    hits = [hit for bead in pair.both for hit in _hits(pair, bead)]
    return Outcome(tuple(hits)) if hits else met("marks")


def _hits(pair: Pair, bead: Bead) -> Iterator[Hit]:
    source, target = pair.text(bead, "left"), pair.text(bead, "right")
    for sign in _BRACKETS:
        if _open(source, sign) == 0 and _open(target, sign) != 0:
            yield _hit(pair, bead, "bracket", sign)
    lost = _placeholders(source) - _placeholders(target)
    if lost:
        yield _hit(pair, bead, "placeholder", ", ".join(lost.elements()))


def _open(text: str, sign: str) -> int:
    """How many brackets of a kind are open at the end, or close none; "a)" of an enumeration is none."""
    depth = stray = 0
    for match in re.finditer(rf"[{re.escape(sign)}]", text):
        if match.group() == sign[0]:
            depth += 1
        elif depth:
            depth -= 1
        else:
            stray += not _ENUMERATED.search(text, 0, match.start())
    return depth + stray


def _placeholders(text: str) -> Counter[str]:
    """Placeholders by their form: the words in them are translated."""
    found = _PLACEHOLDER.findall(text) if any(sign in text for sign in "{<%") else []
    return Counter(re.sub(r"[^\W\d_]{2,}(?:\s+\w+)*", "…", each) for each in found)


def _hit(pair: Pair, bead: Bead, case: str, what: str) -> Hit:
    return Hit(
        "inconsistent" if case == "bracket" else "missing",
        case,
        pair.span(bead, "right"),
        bead.section,
        pair.text(bead, "right"),
        values={"what": what},
        advice=case == "bracket",
        beside=pair.span(bead, "left"),
    )
