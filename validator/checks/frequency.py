"""Frequency categories: a complete ladder, figures that agree with their labels, order, wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.quantities import FrequencyDefinition, Interval

UNKNOWN = "not-known"
Ladder = Mapping[str, tuple[Fraction, Fraction]]


def ladder_of(task: Task) -> Ladder:
    """The categories, most frequent first, with lower and upper bound."""
    return _ladder(tuple((label, low, high) for label, (low, high) in task.params["ladder"].items()))


@lru_cache
def _ladder(steps: tuple[tuple[str, Any, Any], ...]) -> Ladder:
    return {label: (Fraction(low), Fraction(high)) for label, low, high in steps}


def name_of(label: str) -> str:
    """A category as readers see it."""
    return label.replace("-", " ")


def names_of(labels: list[str]) -> str:
    """Some categories in one line."""
    return ", ".join(f"“{name_of(label)}”" for label in labels)


@kind("frequency/definitions")
def definitions(leaflet: Leaflet, task: Task) -> Outcome:
    """The list that explains the categories leaves none out between its first and its last."""
    found = leaflet.facts.definitions
    section = leaflet.section(task.section)
    if not found:
        used = [use for use in leaflet.facts.frequency_uses if use.listed]
        if len(used) < 2:
            return Outcome(verdict="review", note="no-categories")
        values = {"labels": names_of(list(dict.fromkeys(use.label for use in used)))}
        return Outcome((Hit("missing", "none", used[0].span, task.section, values=values),))
    order = list(ladder_of(task))
    defined = {definition.label for definition in found}
    places = [order.index(label) for label in defined if label in order]
    legend = any(definition.legend for definition in found)
    gone = [label for label in order[min(places, default=0) : max(places, default=0)] if label not in defined]
    if gone and legend and section:
        last = [definition for definition in found if definition.legend][-1].span
        values = {"labels": names_of(gone)}
        return Outcome((Hit("missing", span=last, section=task.section, values=values),))
    ordered = [name_of(label) for label in (*order, UNKNOWN) if label in defined]
    return met("defined", found[0].span, labels=", ".join(ordered))


@kind("frequency/numbers")
def numbers(leaflet: Leaflet, task: Task) -> Outcome:
    """Each category's figures are those of the category, and an interval that can hold something."""
    found = [definition for definition in leaflet.facts.definitions if definition.interval]
    if not found:
        return not_applicable("no-definitions")
    if other_scheme(found, task):
        return met("other-scheme", found[0].span)
    ladder = ladder_of(task)
    hits = [hit for definition in found for hit in _judge(leaflet, task, definition, ladder)]
    hits += () if hits else _seams(leaflet, task, found, ladder)
    return Outcome(tuple(hits)) if hits else met("figures", count=str(len(found)))


def _judge(leaflet: Leaflet, task: Task, definition: FrequencyDefinition, ladder: Ladder) -> Iterator[Hit]:
    interval = definition.interval
    evidence = leaflet.text(definition.span)
    if interval is None or definition.label not in ladder:
        return
    low, high = ladder[definition.label]
    values = {"label": name_of(definition.label), "low": str(low), "high": str(high)}
    case = ""
    if definition.broken:
        case = "contradictory"
    elif interval.empty:
        case = "empty-interval"
    if case or not agrees(interval, low, high):
        yield Hit("inconsistent", case, definition.span, task.section, evidence, _bounds(low, high), values)
    elif narrower(interval, low, high) and not _whole_elsewhere(leaflet, definition, low, high):
        expected = _bounds(low, high)
        yield Hit(
            "inconsistent", "edge", definition.span, task.section, evidence, expected, values, review=True
        )
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


def _whole_elsewhere(
    leaflet: Leaflet, definition: FrequencyDefinition, low: Fraction, high: Fraction
) -> bool:
    """Whether the category is defined in full, too: then the other is what one effect was seen in."""
    return any(
        other.interval and other.label == definition.label and not narrower(other.interval, low, high)
        for other in leaflet.facts.definitions
        if other is not definition
    )


def narrower(interval: Interval, low: Fraction, high: Fraction) -> bool:
    """Whether the highest or lowest category is cut short: "very common: more than 9 in 10"."""
    top = high == 1 and interval.high is None and interval.low is not None and interval.low > low
    bottom = not low and interval.low is None and interval.high is not None and interval.high < high
    return top or bottom


def other_scheme(found: Sequence[FrequencyDefinition], task: Task) -> str:
    """The name of the scheme of another tradition that all definitions follow, "" if there is none."""
    ladder = ladder_of(task)
    stated = [(d.label, d.interval) for d in found if d.interval]
    if len(stated) < 2 or all(label in ladder and agrees(i, *ladder[label]) for label, i in stated):
        return ""
    for name, scheme in task.params.get("schemes", {}).items():
        rungs = {label: (Fraction(low), Fraction(high)) for label, (low, high) in scheme.items()}
        lowest = min(rungs, key=rungs.__getitem__)  # without it, single wrong figures look like a scheme
        if lowest in dict(stated) and all(label in rungs and agrees(i, *rungs[label]) for label, i in stated):
            return str(name)
    return ""


def _seams(
    leaflet: Leaflet, task: Task, found: Sequence[FrequencyDefinition], ladder: Ladder
) -> Iterator[Hit]:
    """Neighbouring categories with both their figures that overlap or leave a hole."""
    rungs = list(ladder)
    for before, after in pairwise(found):
        follow = before.label in rungs[:-1] and rungs[rungs.index(before.label) + 1] == after.label
        if not follow or not before.interval or not after.interval:
            continue
        low, high = before.interval.low, after.interval.high
        both = before.interval.closed and after.interval.closed
        if both and low != high:
            evidence = leaflet.text(after.span)
            values = {"before": leaflet.text(before.span), "low": str(low), "high": str(high)}
            yield Hit("inconsistent", "seam", after.span, task.section, evidence, "", values, advice=True)


def _bounds(low: Fraction, high: Fraction) -> str:
    if not low:
        return f"< {high}"
    return f"≥ {low}" if high == 1 else f"≥ {low} to < {high}"


_SURE_LIST = 3  # categories of one list among several from which their order is judged


@kind("frequency/order")
def order(leaflet: Leaflet, task: Task) -> Outcome:
    """Categories stand from the most frequent to the rarest; lists by age or severity begin anew."""
    ladder = [*ladder_of(task), UNKNOWN]
    found = leaflet.facts.definitions
    if len(found) < 2:
        return not_applicable("no-definitions")
    several = len({definition.label for definition in found}) < len(found)
    for group in _lists(leaflet, found) if several else (found,):
        for before, after in pairwise(group if not several or len(group) >= _SURE_LIST else ()):
            ranks = ladder.index(after.label), ladder.index(before.label)
            if ranks[0] < ranks[1] and not _new_list(leaflet, before, after):
                values = {"label": name_of(after.label), "before": name_of(before.label)}
                evidence = leaflet.text(after.span)
                return Outcome((Hit("out-of-order", "", after.span, task.section, evidence, "", values),))
    return met("several-lists" if several else "in-order")


def _lists(leaflet: Leaflet, found: Sequence[FrequencyDefinition]) -> Iterator[list[FrequencyDefinition]]:
    """Definitions by the list they head: one ends where a category comes again, or a line of text stands.

    What is said of one effect within a sentence heads nothing.
    """
    group: list[FrequencyDefinition] = []
    for definition in found:
        if leaflet.blocks[definition.span.block].text[: definition.span.start].strip():
            continue
        if group and (
            any(definition.label == each.label for each in group)
            or _line_between(leaflet, group[-1], definition)
        ):
            yield group
            group = []
        group.append(definition)
    if group:
        yield group


def _line_between(leaflet: Leaflet, before: FrequencyDefinition, after: FrequencyDefinition) -> bool:
    between = leaflet.blocks[before.span.block + 1 : after.span.block]
    return any(block.text and block.kind not in ("item", "furniture") for block in between)


def _new_list(leaflet: Leaflet, before: FrequencyDefinition, after: FrequencyDefinition) -> bool:
    """Whether running text stands between two definitions: another list, by age or severity, begins."""
    between = leaflet.blocks[before.span.block + 1 : after.span.block]
    running = any(block.kind not in ("item", "row", "furniture") and "." in block.text for block in between)
    return running or bool(leaflet.blocks[after.span.block].text[: after.span.start].strip())


@kind("frequency/wording")
def wording(leaflet: Leaflet, task: Task) -> Outcome:
    """Every definition can be read, and all follow one convention."""
    found = leaflet.facts.definitions
    if not found:
        return not_applicable("no-definitions")
    garbled = [d for d in found if d.broken and d.interval is None]
    hits = tuple(
        Hit("altered", "", d.span, task.section, leaflet.text(d.span), "", {"label": name_of(d.label)})
        for d in garbled
    )
    if hits:
        return Outcome(hits, note="altered", at=garbled[0].span)
    if odd := _convention(leaflet, task, found):
        return Outcome((odd,))
    return met("readable-definitions")


def _convention(leaflet: Leaflet, task: Task, found: Sequence[FrequencyDefinition]) -> Hit | None:
    """A definition that follows another convention than the ones before it, or all a scheme of their own."""
    if name := other_scheme(found, task):
        evidence, values = leaflet.text(found[0].span), {"scheme": name}
        return Hit("inconsistent", "scheme", found[0].span, task.section, evidence, "", values, advice=True)
    ladder = ladder_of(task)
    rungs = list(ladder)[1:-1]  # the highest and the lowest have one bound in every convention
    stated = [
        (d, d.interval.closed)
        for d in found
        if d.interval and d.label in rungs and not d.interval.exact and not d.interval.empty
        if agrees(d.interval, *ladder[d.label])
    ]
    for (before, closed), (after, other) in pairwise(stated):
        if closed != other:
            values = {"before": leaflet.text(before.span)}
            evidence = leaflet.text(after.span)
            return Hit("inconsistent", "mixed", after.span, task.section, evidence, "", values, advice=True)
    return None
