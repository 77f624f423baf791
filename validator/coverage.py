"""What a program judges of each market's requirements in each language, and what is left to a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from validator.plan import STRUCTURE, Entry, Plan, plan
from validator.style import formula

# "confirmed": judged by wording that was seen, or without wording; "review": judged by wording that was
# not, or what is missing is for a person; "person": no program judges it; "none": it cannot apply.
Cover = Literal["confirmed", "review", "person", "none"]


def coverage(market: str, language: str) -> dict[str, Cover]:
    """How each requirement of a market is judged in a language, in the order of the profile."""
    law = plan(market, language)
    return {entry.requirement.id: _cover(law, entry) for entry in law.entries}


def automated(covers: Iterable[Cover]) -> float:
    """The share of the requirements that apply which a program judges by itself."""
    applying = [cover for cover in covers if cover != "none"]
    return applying.count("confirmed") / len(applying)


def _cover(law: Plan, entry: Entry) -> Cover:
    params = entry.task.params
    if entry.requirement.kind == "style/readability" and formula(law.lexicon.pack.language) is None:
        return "none"
    if (entry.check is None and entry.requirement.kind != STRUCTURE) or params.get("list") == "none":
        return "person"
    official = not (law.lexicon.pack.rendering and entry.origin)
    sure = not entry.remembered and params.get("if_missing") != "review"
    return "confirmed" if official and sure else "review"
