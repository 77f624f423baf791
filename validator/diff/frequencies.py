"""What the frequency categories mean, and in which of them a side effect stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from validator.diff.edit import Edit
from validator.diff.pairing import Pairing
from validator.diff.units import Unit
from validator.document.leaflet import Leaflet
from validator.document.quantities import FrequencyDefinition
from validator.document.text import wording_key


def definitions(old: Leaflet, new: Leaflet) -> Iterator[Edit]:
    """Categories that are explained by other figures, or no longer explained though they are used."""
    before, after = _by_label(old), _by_label(new)
    used = {use.label for use in new.facts.frequency_uses if use.listed}
    for label, known in before.items():
        first = known[0]
        if label not in after:
            gone = wording_key(old.text(first.span)) not in new.wordtext.text
            if first.interval is not None and (label in used or gone):
                words = old.text(first.span)
                yield Edit("frequency-changed", "missing", "missing", first.span, None, "", before=words)
            continue
        if {each.interval for each in known} != {each.interval for each in after[label]}:
            now = next(
                (each for each in after[label] if each.interval not in {k.interval for k in known}),
                after[label][0],
            )
            yield Edit(
                "frequency-changed",
                "inconsistent",
                "definition",
                first.span,
                now.span,
                before=old.text(first.span),
                after=new.text(now.span),
            )


def _by_label(leaflet: Leaflet) -> dict[str, list[FrequencyDefinition]]:
    found: dict[str, list[FrequencyDefinition]] = defaultdict(list)
    for definition in leaflet.facts.definitions:
        found[definition.label].append(definition)
    return found


def moved(pairing: Pairing, old: Leaflet, new: Leaflet) -> Iterator[Edit]:
    """Side effects that stand in another category than before.

    A category that only one version was seen to have proves nothing while its words stand in both.
    """
    known = _seen(old, new) & _seen(new, old)
    pairs: Iterable[tuple[Unit, Unit]] = [
        *pairing.same,
        *((group.old[0], group.new[0]) for group in pairing.groups),
    ]
    for unit, now in pairs:
        if not unit.label or not now.label or unit.label == now.label:
            continue
        if unit.topic == now.topic == "effect" and {unit.label, now.label} <= known:
            values = (("before", _name(unit.label)), ("after", _name(now.label)))
            yield Edit(
                "frequency-changed",
                "inconsistent",
                "inconsistent",
                unit.span,
                now.span,
                unit.section,
                unit.text,
                now.text,
                values,
            )


def _seen(leaflet: Leaflet, other: Leaflet) -> set[str]:
    """The categories of a leaflet, and those of the other one whose words it does not hold."""
    found = {use.label for use in leaflet.facts.frequency_uses if use.listed}
    for use in other.facts.frequency_uses:
        if wording_key(other.text(use.span)) not in leaflet.wordtext.text:
            found.add(use.label)
    return found


def _name(label: str) -> str:
    return f"“{label.replace('-', ' ')}”"
