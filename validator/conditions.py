"""Whether a requirement applies, by the facts of the product; with the fact that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from validator.document.leaflet import Leaflet, once
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
    """Whether all facts hold: "a|b" is one of them, "a+b" both, "!a" anything but that.

    "=a" must be told: where the fact is not known it does not hold, in place of asking a person.
    """
    if not wanted:
        return _HOLDS
    answer = _HOLDS
    for fact, pattern in wanted.items():
        condition = _holds(fact, pattern, _values(fact, leaflet))
        if condition.holds is False:
            return condition
        if condition.holds is None and answer.holds:
            answer = condition
    return answer


@lru_cache(maxsize=4096)  # a batch asks the same of every leaflet
def _holds(fact: str, pattern: str, values: tuple[str, ...]) -> Condition:
    here = ", ".join(values)
    if pattern.startswith("!"):
        excluded = not set(values).isdisjoint(pattern[1:].split("|"))
        return Condition(False, f"{fact} here: {here}") if excluded else _HOLDS
    told = pattern.startswith("=")
    if not values and told:
        return Condition(False, f"only for {fact} {pattern[1:]}; the text does not tell it")
    pattern = pattern.removeprefix("=")
    if not values:
        return Condition(None, f"{fact} is not clear from the text")
    if any(set(values).issuperset(choice.split("+")) for choice in pattern.split("|")):
        return _HOLDS
    return Condition(False, f"only for {fact} {pattern.replace('|', ' or ')}; here: {here}")


@once
def _classes(leaflet: Leaflet) -> tuple[str, ...]:
    return classes_of(leaflet.facts.product.active_substances) or ("none of these",)


def _values(fact: str, leaflet: Leaflet) -> tuple[str, ...]:
    product = leaflet.facts.product
    if fact == "substance":
        return product.active_substances or ("none of these",)
    if fact == "class":
        return _classes(leaflet)
    value: str = getattr(product, fact)
    return (value,) if value else ()
