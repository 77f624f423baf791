"""Whether a requirement applies, by the facts of the product; with the fact that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from validator.document.leaflet import Leaflet
from validator.document.text import wording_key
from validator.substances import classes_of, named


@dataclass(frozen=True, slots=True)
class Condition:
    """`holds` is True, False, or None where the fact is not known; `reason` tells the fact."""

    holds: bool | None
    reason: str = ""


_HOLDS = Condition(True)


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
    found = [_holds(fact, pattern, _values(fact, leaflet)) for fact, pattern in wanted.items()]
    against = next((condition for condition in found if condition.holds is False), None)
    return against or next((condition for condition in found if condition.holds is None), _HOLDS)


@lru_cache(maxsize=4096)  # a batch asks the same of every leaflet
def _holds(fact: str, pattern: str, values: tuple[str, ...]) -> Condition:
    here = ", ".join(values)
    if pattern.startswith("!"):
        excluded = not set(values).isdisjoint(pattern[1:].split("|"))
        return Condition(False, f"{fact} here: {here}") if excluded else _HOLDS
    if not values:
        return Condition(None, f"{fact} is not clear from the text")
    if any(set(values).issuperset(choice.split("+")) for choice in pattern.split("|")):
        return _HOLDS
    return Condition(False, f"only for {fact} {pattern.replace('|', ' or ')}; here: {here}")


def _values(fact: str, leaflet: Leaflet) -> tuple[str, ...]:
    product = leaflet.facts.product
    if fact == "substance":
        return product.active_substances or ("none of these",)
    if fact == "class":
        return classes_of(product.active_substances) or ("none of these",)
    value: str = getattr(product, fact)
    return (value,) if value else ()
