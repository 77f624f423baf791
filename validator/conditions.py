"""Whether a requirement applies, by the facts of the product; with the fact that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from validator.document.leaflet import Leaflet


@dataclass(frozen=True, slots=True)
class Condition:
    """`holds` is True, False, or None where the fact is not known; `reason` tells the fact."""

    holds: bool | None
    reason: str = ""


def applies(wanted: Mapping[str, str], leaflet: Leaflet, given: Mapping[str, str]) -> Condition:
    """Whether all facts hold: "a|b" is one of them, "!a" anything but that; given facts win."""
    unknown = ""
    for fact, pattern in wanted.items():
        values = _values(fact, leaflet, given)
        named = ", ".join(values)
        if pattern.startswith("!"):
            if set(values) & set(pattern[1:].split("|")):
                return Condition(False, f"{fact} here: {named}")
        elif not values:
            unknown = unknown or fact
        elif not set(values) & set(pattern.split("|")):
            return Condition(False, f"only for {fact} {pattern.replace('|', ' or ')}; here: {named}")
    return Condition(None, f"{unknown} is not clear from the text") if unknown else Condition(True)


def _values(fact: str, leaflet: Leaflet, given: Mapping[str, str]) -> tuple[str, ...]:
    if fact in given:
        return tuple(value.strip() for value in given[fact].split(","))
    product = leaflet.facts.product
    if fact == "substance":
        return product.active_substances or ("none of these",)
    value: str = getattr(product, fact)
    return (value,) if value else ()
