"""The wording file of a new language: what the template says, and in its place what is still missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from validator.catalogue import LanguagePack
from validator.template.changes import Item
from validator.template.edit import flow, merged

_HEAD = """\
# Wording of the market {market} in the language {language}, from: {source}.
# NOT COMPLETE: every key that is marked "missing" waits for its value, and the pack loads only when all
# have one. Until then keep this file outside the folder of the law. The reference wording is shown.
market: {market}
language: {language}
"""
# What no template holds, and every pack needs: keys of the pack and what they are.
_BY_HAND = {
    "concepts": "the warnings by active substance, with their patterns",
    "excipients": "the excipients with their names and statements",
    "references": 'how the leaflet refers to a section, such as "section {n}"',
    "harmless": "words that may differ without changing what a statement says",
    "modality": "modal words, strong and weak",
    "cues": "phrases by which a leaflet of the market is told",
    "facts": "phrases that tell route, form, prescription and administration",
    "leftovers": "phrases of the template that must not remain in a leaflet",
}


def draft(found: Sequence[Item], market: str, language: str, source: str, reference: LanguagePack) -> str:
    """The text of the file: it loads only when everything that is missing has been written."""
    lines = [_HEAD.format(market=market, language=language, source=" ".join(source.split()))]
    for group, members in groupby(found, key=lambda item: item.name.split("/")[0]):
        entries = list(members)
        if "/" in entries[0].name:
            lines.append(f"\n{group}:\n")
        for item in entries:
            indent = "  " if "/" in item.name else ""
            lines.append(f"{indent}{item.name.split('/')[-1]}:{_value(item)}\n")
    lines.extend(_by_hand(reference))
    return "".join(lines)


def _value(item: Item) -> str:
    if item.edit:
        return f" {flow(merged(item.edit.whole, item.edit))}"
    said = f"; in doubt: {item.now}" if item.now else ""
    return f"  # missing: {item.was}{said}"


def _by_hand(reference: LanguagePack) -> Iterator[str]:
    for key, what in _BY_HAND.items():
        held = getattr(reference, key)
        if held:
            names = f" ({', '.join(held)})" if key in ("concepts", "excipients") else ""
            yield f"\n{key}:  # missing: {what}{names}\n"


def incomplete(text: str) -> int:
    """How many keys of a draft wait for their value."""
    return sum("  # missing: " in line for line in text.splitlines())
