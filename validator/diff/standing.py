"""Contraindications that are still said, but no longer among the contraindications."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.diff.edit import Edit
from validator.diff.pairing import Pairing
from validator.diff.units import Unit

_TOPIC = "contraindication"
_HEADING = "do-not-use"


def out_of_place(pairing: Pairing, ours: Sequence[Unit], theirs: Sequence[Unit]) -> Iterator[Edit]:
    """What stands under another heading now, or has lost its own.

    A heading that stood before the same words already, and was not recognised there, is no change.
    """
    lost = any(unit.part == _HEADING for unit in pairing.headings)
    for unit, now in pairing.same:
        if unit.topic != _TOPIC or now.topic == _TOPIC or unit.kind == "heading":
            continue
        if lost or not _stood_over(_over(now, theirs), unit, ours):
            yield Edit(
                "contraindication-removed",
                "misplaced",
                "misplaced",
                unit.span,
                now.span,
                unit.section,
                unit.text,
                now.text,
            )


def _over(unit: Unit, units: Sequence[Unit]) -> Unit | None:
    """The heading over a unit."""
    before = (units[number] for number in range(unit.number - 1, -1, -1))
    return next((each for each in before if each.kind == "heading"), None)


def _stood_over(heading: Unit | None, unit: Unit, units: Sequence[Unit]) -> bool:
    return heading is None or any(heading.key in each.key for each in units[: unit.number])
