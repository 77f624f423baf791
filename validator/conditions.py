"""Whether a requirement applies, by the facts of the product; with the fact that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from validator.document.leaflet import Leaflet
from validator.document.text import wording_key
from validator.substances import classes_of, named


@dataclass(frozen=True, slots=True)
class Condition:
    """`holds` is True, False, or None where the fact is not known; `reason` tells the fact."""

    holds: bool | None
    reason: str = ""


def with_given(leaflet: Leaflet, given: Mapping[str, str]) -> Leaflet:
    """The leaflet with the facts that the user states in place of those read from the text."""
    if not given:
        return leaflet
    stated: dict[str, Any] = dict(given)
    if "substance" in stated:
        names = stated.pop("substance").split(",")
        known = ((name.strip(), named(wording_key(name))) for name in names)
        stated["active_substances"] = tuple(inn for name, inns in known for inn in inns or (name,))
    facts = leaflet.facts
    return replace(leaflet, facts=replace(facts, product=replace(facts.product, **stated)))


def applies(wanted: Mapping[str, str], leaflet: Leaflet) -> Condition:
    """Whether all facts hold: "a|b" is one of them, "a+b" both, "!a" anything but that."""
    unknown = ""
    for fact, pattern in wanted.items():
        values = _values(fact, leaflet)
        if pattern.startswith("!"):
            if not set(values).isdisjoint(pattern[1:].split("|")):
                return Condition(False, f"{fact} here: {', '.join(values)}")
        elif not values:
            unknown = unknown or fact
        elif not any(set(values).issuperset(choice.split("+")) for choice in pattern.split("|")):
            here = ", ".join(values)
            return Condition(False, f"only for {fact} {pattern.replace('|', ' or ')}; here: {here}")
    return Condition(None, f"{unknown} is not clear from the text") if unknown else Condition(True)


def _values(fact: str, leaflet: Leaflet) -> tuple[str, ...]:
    product = leaflet.facts.product
    if fact == "substance":
        return product.active_substances or ("none of these",)
    if fact == "class":
        return classes_of(product.active_substances) or ("none of these",)
    value: str = getattr(product, fact)
    return (value,) if value else ()
