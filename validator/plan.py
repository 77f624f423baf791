"""The plan: which checks a market makes in a language, compiled once a process from the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from validator import checks
from validator.catalogue import Demand, Requirement, requirements
from validator.checks.registry import Check, Task
from validator.errors import ConfigurationError
from validator.lexicon import Lexicon, lexicon
from validator.outline.recognise import recognition

STRUCTURE = "structure"


@dataclass(frozen=True, slots=True)
class Entry:
    """One requirement as a market makes it; `check` is None where the JSON Schema answers."""

    requirement: Requirement
    demand: Demand
    check: Check | None
    task: Task

    @property
    def section(self) -> str:
        """Where the required content belongs in this market."""
        return self.task.section


@dataclass(frozen=True, slots=True)
class Plan:
    """All requirements of a market in one language, in the order of the profile."""

    lexicon: Lexicon
    entries: tuple[Entry, ...]


@lru_cache
def plan(market: str, language: str) -> Plan:
    """Compile the plan; a ConfigurationError names a requirement or check kind that does not exist."""
    words = lexicon(market, language)
    return Plan(
        words, tuple(_entry(key, demand, words) for key, demand in words.profile.requirements.items())
    )


def _entry(key: str, demand: Demand, words: Lexicon) -> Entry:
    requirement = requirements().get(key)
    if requirement is None:
        raise ConfigurationError(f"profile '{words.profile.name}' names an unknown requirement '{key}'")
    check = checks.KINDS.get(requirement.kind)
    if check is None and requirement.kind != STRUCTURE:
        raise ConfigurationError(f"requirement '{key}' names an unknown check kind '{requirement.kind}'")
    section = demand.section or requirement.section
    return Entry(requirement, demand, check, Task(_params(requirement, demand), section, words))


def _params(requirement: Requirement, demand: Demand) -> Mapping[str, Any]:
    defaults = {"statement": requirement.id.split("/")[1], "languages": recognition().languages}
    return {**defaults, **requirement.params, **demand.params}
