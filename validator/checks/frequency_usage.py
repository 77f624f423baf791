"""Frequency categories: each is defined, heads side effects, and no effect stands under two of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from validator.checks.frequency import UNKNOWN, name_of, names_of
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.quantities import FrequencyDefinition, FrequencyUse

_SEVERAL = re.compile(r"[,;:]")  # such an item names several effects, or says more
_DEFINITION_TAIL = 3  # words that may end a definition before its colon
_SHORTEST_EFFECT = 4  # letters


@kind("frequency/usage")
def usage(leaflet: Leaflet, task: Task) -> Outcome:
    """What is defined is used, and what is used is defined."""
    found = leaflet.facts.definitions
    if not found:
        return not_applicable("no-definitions")
    used = {use.label for use in leaflet.facts.frequency_uses if use.listed}
    hits = []
    if (idle := _idle(found, used)) and not _is_spoken(leaflet, task, idle):
        evidence = leaflet.text(idle[0].span)
        values = {
            "labels": names_of(list(dict.fromkeys(definition.label for definition in idle))),
            "count": str(len(idle)),
        }
        case = "none" if not used else ""
        hits.append(Hit("empty", case, idle[0].span, task.section, evidence, "", values))
    hits += [*_heads_nothing(leaflet, task), *_twice(leaflet, task), *_two_places(leaflet, task)]
    defined = {definition.label for definition in found}
    for use in leaflet.facts.frequency_uses:
        if use.listed and use.label not in (*defined, UNKNOWN):
            defined.add(use.label)
            values = {"label": name_of(use.label)}
            hits.append(
                Hit("missing", "undefined", use.span, task.section, leaflet.text(use.span), "", values)
            )
    return Outcome(tuple(hits)) if hits else met("used")


def _heads_nothing(leaflet: Leaflet, task: Task) -> Iterator[Hit]:
    """Headings of categories, explained elsewhere, under which no effect stands at all."""
    explained = {definition.span[:2] for definition in leaflet.facts.definitions}
    listed = {use.label for use in leaflet.facts.frequency_uses if use.listed}
    for use in leaflet.facts.frequency_uses:
        if not use.listed and use.label not in listed and use.span[:2] not in explained:
            yield Hit(
                "empty",
                "heading",
                use.span,
                task.section,
                leaflet.text(use.span),
                "",
                {"label": name_of(use.label)},
            )


def _twice(leaflet: Leaflet, task: Task) -> Iterator[Hit]:
    """A category that stands twice in a row, over the same effects."""
    for before, after in pairwise(leaflet.facts.frequency_uses):
        alike = before.listed and after.listed and before.label == after.label
        if alike and _effects(leaflet, before.span) == _effects(leaflet, after.span):
            evidence = leaflet.text(after.span)
            values = {"label": name_of(after.label)}
            yield Hit("duplicate", "", after.span, task.section, evidence, "", values, advice=True)


def _effects(leaflet: Leaflet, span: Span) -> tuple[str, str]:
    """The first effects under a category: the rest of its paragraph, and the next one."""
    rest = leaflet.folded[span.block][span.end :].strip(" :.)")
    later = (folded for folded in leaflet.folded[span.block + 1 :] if folded.strip())
    return rest, next(later, "")


def _idle(found: tuple[FrequencyDefinition, ...], used: set[str]) -> list[FrequencyDefinition]:
    """Definitions without effects: a legend explains all categories, so only one that none is used of."""
    legend = [definition for definition in found if definition.legend]
    heads = [definition for definition in found if not definition.legend and definition.label not in used]
    return heads if used & {d.label for d in legend} or not legend else [*legend, *heads]


def _is_spoken(leaflet: Leaflet, task: Task, idle: Sequence[FrequencyDefinition]) -> bool:
    """Whether sentences name categories that a list only explains: "Gelegentlich können … auftreten"."""
    if not any(definition.legend for definition in idle):
        return False
    grammar = task.lexicon.grammar
    explained = {definition.span.block for definition in leaflet.facts.definitions}
    labels = {definition.label for definition in idle} - {UNKNOWN}
    return any(
        token.kind == "label" and token.value in labels
        for index, block in leaflet.body(task.section)
        if index not in explained and block.kind != "heading"
        if grammar.names_category(leaflet.folded[index])
        for token in grammar.tokens(leaflet.folded[index], grammar.frequency)
    )


def _two_places(leaflet: Leaflet, task: Task) -> Iterator[Hit]:
    """The same side effect under two categories, where no category comes twice (by age, by dose)."""
    uses = [use for use in leaflet.facts.frequency_uses if use.listed]
    if len({use.label for use in uses}) < len(uses):
        return
    first: dict[str, str] = {}
    for use in uses:
        for effect, span in _listed_effects(leaflet, use, uses):
            before = first.setdefault(effect, use.label)
            if before != use.label:
                values = {"label": name_of(use.label), "before": name_of(before)}
                words = leaflet.text(span)
                yield Hit("duplicate", "twice", span, task.section, words, "", values, advice=True)


def _rest(leaflet: Leaflet, use: FrequencyUse) -> str:
    return leaflet.blocks[use.span.block].text[use.span.end :]


def _listed_effects(
    leaflet: Leaflet, use: FrequencyUse, uses: Sequence[FrequencyUse]
) -> Iterator[tuple[str, Span]]:
    """The effects that are list items of their own after a category, folded, with their places.

    A list with lines of another kind in it ("Signs are:", groups by organ) is not followed further.
    """
    if (
        leaflet.blocks[use.span.block].text.endswith(":")
        and len(_rest(leaflet, use).split()) > _DEFINITION_TAIL
    ):
        return  # "... (may affect up to 1 in 1,000 people). Signs of it are:"
    later = [other.span.block for other in uses if other.span.block > use.span.block]
    for index in range(use.span.block + 1, min([*later, len(leaflet.blocks)])):
        block = leaflet.blocks[index]
        folded = leaflet.folded[index].rstrip(" .,;*†‡¹²³")
        if block.text.strip() and (block.kind != "item" or block.text.rstrip().endswith(":")):
            return
        if len(folded) >= _SHORTEST_EFFECT and not _SEVERAL.search(folded):
            yield folded, Span(index, 0, len(folded))
