"""Frequency categories: a complete ladder, figures that agree with their labels, order, use, wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.quantities import FrequencyDefinition, Interval

_UNKNOWN = "not-known"
Ladder = Mapping[str, tuple[Fraction, Fraction]]


def _ladder(task: Task) -> Ladder:
    """The categories, most frequent first, with lower and upper bound."""
    return {label: (Fraction(low), Fraction(high)) for label, (low, high) in task.params["ladder"].items()}


def _name(label: str) -> str:
    return label.replace("-", " ")


def _names(labels: list[str]) -> str:
    return ", ".join(f"“{_name(label)}”" for label in labels)


@kind("frequency/definitions")
def definitions(leaflet: Leaflet, task: Task) -> Outcome:
    """The list that explains the categories leaves none out between its first and its last."""
    found = leaflet.facts.definitions
    section = leaflet.section(task.section)
    if not found:
        used = [use for use in leaflet.facts.frequency_uses if use.listed]
        if len(used) < 2:
            return Outcome(verdict="review", note="no-categories")
        values = {"labels": _names(list(dict.fromkeys(use.label for use in used)))}
        return Outcome((Hit("missing", "none", used[0].span, task.section, values=values),))
    order = list(_ladder(task))
    defined = {definition.label for definition in found}
    places = [order.index(label) for label in defined if label in order]
    legend = any(definition.legend for definition in found)
    gone = [label for label in order[min(places, default=0) : max(places, default=0)] if label not in defined]
    if gone and legend and section:
        last = [definition for definition in found if definition.legend][-1].span
        values = {"labels": _names(gone)}
        return Outcome((Hit("missing", span=last, section=task.section, values=values),))
    ordered = [_name(label) for label in (*order, _UNKNOWN) if label in defined]
    return met("defined", found[0].span, labels=", ".join(ordered))


@kind("frequency/numbers")
def numbers(leaflet: Leaflet, task: Task) -> Outcome:
    """Each category's figures are those of the category, and an interval that can hold something."""
    found = [definition for definition in leaflet.facts.definitions if definition.interval]
    if not found:
        return not_applicable("no-definitions")
    ladder = _ladder(task)
    hits = [hit for definition in found for hit in _judge(leaflet, task, definition, ladder)]
    return Outcome(tuple(hits)) if hits else met("figures", count=str(len(found)))


def _judge(leaflet: Leaflet, task: Task, definition: FrequencyDefinition, ladder: Ladder) -> Iterator[Hit]:
    interval = definition.interval
    evidence = leaflet.text(definition.span)
    if interval is None or definition.label not in ladder:
        return
    low, high = ladder[definition.label]
    values = {"label": _name(definition.label), "low": str(low), "high": str(high)}
    case = ""
    if definition.broken:
        case = "contradictory"
    elif interval.empty:
        case = "empty-interval"
    if case or not agrees(interval, low, high):
        yield Hit("inconsistent", case, definition.span, task.section, evidence, _bounds(low, high), values)
    elif definition.written:
        figure = definition.written[0]
        values["figure"] = leaflet.text(figure)
        yield Hit(
            "inconsistent", "separator", figure, task.section, leaflet.text(figure), "", values, advice=True
        )


def agrees(interval: Interval, low: Fraction, high: Fraction) -> bool:
    """Whether a stated interval can be this category: each stated bound lies where the category allows.

    Templates state one bound ("up to 1 in 10" for common) or both; some round to classes inside it.
    """
    if interval.low is not None and interval.low == interval.high:
        return low <= interval.low <= high
    lower = interval.low is None or low <= interval.low < high
    upper = interval.high is None or low < interval.high <= high
    if interval.low is None and interval.high == 1:
        upper = False
    return lower and upper


def _bounds(low: Fraction, high: Fraction) -> str:
    if not low:
        return f"< {high}"
    return f"≥ {low}" if high == 1 else f"≥ {low} to < {high}"


@kind("frequency/order")
def order(leaflet: Leaflet, task: Task) -> Outcome:
    """Categories stand from the most frequent to the rarest; lists by age or severity begin anew."""
    ladder = [*_ladder(task), _UNKNOWN]
    labels = [definition.label for definition in leaflet.facts.definitions]
    if len(labels) < 2:
        return not_applicable("no-definitions")
    if len(set(labels)) < len(labels):
        return met("several-lists")
    for before, after in pairwise(leaflet.facts.definitions):
        if ladder.index(after.label) < ladder.index(before.label) and not _new_list(leaflet, before, after):
            values = {"label": _name(after.label), "before": _name(before.label)}
            evidence = leaflet.text(after.span)
            return Outcome((Hit("out-of-order", "", after.span, task.section, evidence, "", values),))
    return met("in-order")


def _new_list(leaflet: Leaflet, before: FrequencyDefinition, after: FrequencyDefinition) -> bool:
    """Whether running text stands between two definitions: another list, by age or severity, begins."""
    between = leaflet.blocks[before.span.block + 1 : after.span.block]
    running = any(block.kind not in ("item", "row", "furniture") and "." in block.text for block in between)
    return running or bool(leaflet.blocks[after.span.block].text[: after.span.start].strip())


@kind("frequency/usage")
def usage(leaflet: Leaflet, task: Task) -> Outcome:
    """What is defined is used, and what is used is defined."""
    found = leaflet.facts.definitions
    if not found:
        return not_applicable("no-definitions")
    used = {use.label for use in leaflet.facts.frequency_uses if use.listed}
    hits = []
    if idle := _idle(found, used):
        evidence = leaflet.text(idle[0].span)
        values = {
            "labels": _names(list(dict.fromkeys(definition.label for definition in idle))),
            "count": str(len(idle)),
        }
        case = "none" if not used else ""
        hits.append(Hit("empty", case, idle[0].span, task.section, evidence, "", values))
    hits += [*_heads_nothing(leaflet, task), *_twice(leaflet, task)]
    defined = {definition.label for definition in found}
    for use in leaflet.facts.frequency_uses:
        if use.listed and use.label not in (*defined, _UNKNOWN):
            defined.add(use.label)
            values = {"label": _name(use.label)}
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
                {"label": _name(use.label)},
            )


def _twice(leaflet: Leaflet, task: Task) -> Iterator[Hit]:
    """A category that stands twice in a row, over the same effects."""
    for before, after in pairwise(leaflet.facts.frequency_uses):
        alike = before.listed and after.listed and before.label == after.label
        if alike and _effects(leaflet, before.span) == _effects(leaflet, after.span):
            evidence = leaflet.text(after.span)
            values = {"label": _name(after.label)}
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


@kind("frequency/wording")
def wording(leaflet: Leaflet, task: Task) -> Outcome:
    """Every definition can be read."""
    found = leaflet.facts.definitions
    if not found:
        return not_applicable("no-definitions")
    garbled = [d for d in found if d.broken and d.interval is None]
    hits = tuple(
        Hit("altered", "", d.span, task.section, leaflet.text(d.span), "", {"label": _name(d.label)})
        for d in garbled
    )
    return Outcome(hits, note="altered", at=garbled[0].span) if hits else met("readable-definitions")
