"""A sub-heading that has lost its "not": “Take X” over the reasons not to take it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from validator.checks.locate import subsection
from validator.checks.registry import Task, kind
from validator.checks.wording import without
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.text import words
from validator.lexicon import Lexicon
from validator.statements import Phrase

_LONGEST = 14  # words of a line that may be a heading
_NAME = 5  # words of the medicine's name
_LEAST = 2  # words of a form that can be known without the name
_ENDS = (".", ";", ",", "!")
_TOKEN = re.compile(r"<[^<>]*>|\{[^{}]*\}[^\s<>{}.,:;?!)]*|[^\s<>{}]+")


@kind("denied-heading")
def denied_heading(leaflet: Leaflet, task: Task) -> Outcome:
    """The sub-heading `subheading` stands with its negation, or no line is that heading without it."""
    key = task.params["subheading"]
    if key not in task.lexicon.pack.subheadings:
        return not_applicable("no-wording")
    stands = subsection(leaflet, key)
    if stands is not None:
        return met("subheading", stands.heading.span)
    name = next(iter(words(leaflet.facts.product.name)), "")
    expected = task.lexicon.pack.subheadings[key].text
    for index, block in leaflet.body(task.section):
        line = leaflet.wordtext.words(index)
        if not 0 < len(line) <= _LONGEST or block.text.rstrip().endswith(_ENDS):
            continue
        text = f" {' '.join(line)} "
        own = f" {name}" in text or not name
        forms = (phrase for phrase in _turned(task.lexicon, key) if own or "{X}" not in phrase.source)
        if any(re.fullmatch(phrase.regex + " ", text) for phrase in forms):
            span = Span(index, 0, len(block.text))
            return Outcome((Hit("altered", "turned", span, task.section, block.text, expected),))
    return not_applicable("no-heading")


@lru_cache(maxsize=32)
def _turned(lexicon: Lexicon, key: str) -> tuple[Phrase, ...]:
    """The forms of a sub-heading without their negation; none for those that have none."""
    wording = lexicon.pack.subheadings[key]
    found = (_without_not(lexicon, notation) for notation in (wording.text, *wording.accepted))
    forms = [Phrase(notation, _NAME) for notation in dict.fromkeys(filter(None, found))]
    return tuple(form for form in forms if "{" in form.source or form.plain.count(" ") + 1 >= _LEAST)


def _without_not(lexicon: Lexicon, notation: str) -> str:
    """A notation without its negation, "" if it has none."""
    modality = lexicon.pack.modality
    dropped = {
        word for key in ("not", "auxiliary") for entry in modality.get(key, ()) for word in words(entry)
    }
    denials = {word for entry in modality.get("not", ()) for word in words(entry)}
    inside = tuple(modality.get("inside", ()))
    tokens, changed = [], False
    for token in _TOKEN.findall(notation):
        if token.startswith("{"):
            tokens.append(token)
            continue
        forms = list(_forms(words(token), dropped, inside))
        changed |= not denials.isdisjoint(words(token)) or forms != [" ".join(words(token))]
        if token.startswith("<") or len(forms) > 1:
            tokens += [f"<{form}>" for form in forms if form] * (1 if token.startswith("<") else 2)
        else:
            tokens += filter(None, forms)
    return " ".join(tokens) if changed else ""


def _forms(given: Sequence[str], dropped: set[str], inside: Sequence[str]) -> Iterator[str]:
    """The words without negations; one with a negation inside without that, in every way."""
    kept = [word for word in given if word not in dropped]
    if len(kept) == 1 and (shorter := sorted(without(kept[0], inside))):
        yield from shorter
    else:
        yield " ".join(kept)
