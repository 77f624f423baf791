"""The plan: which checks a market makes in a language, compiled once a process from the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from validator import checks
from validator.catalogue import Concept, ExcipientWording, HeadingWording, Wording, requirements, sources
from validator.checks.registry import Check, Task
from validator.document.facts import Product
from validator.errors import ConfigurationError
from validator.lawfile import law_error
from validator.lexicon import Lexicon, lexicon
from validator.records import Demand, Requirement
from validator.resources import of_law
from validator.style import formula, language_style

STRUCTURE = "structure"
COMPARISON = "comparison"  # the kind of what is asked of two leaflets side by side, see `compare`
_FACTS = {each.name for each in fields(Product)} | {"substance", "class"}
_PLACES = ("front", "any", "end")  # where content may belong beside the sections of the template


@dataclass(frozen=True, slots=True)
class Entry:
    """One requirement as a market makes it; `check` is None where the JSON Schema or a comparison answers.

    `applies` are the product facts that must hold.
    `origin` is where the wording it looks for was seen, "" where it looks for none of its own.
    """

    requirement: Requirement
    demand: Demand
    check: Check | None
    task: Task
    origin: str = ""
    applies: Mapping[str, str] = field(default_factory=dict)

    @property
    def remembered(self) -> bool:
        """Whether its wording or the duty itself was never seen: what it finds is for a person to judge."""
        return "memory" in (self.origin, self.demand.duty)

    @property
    def section(self) -> str:
        """Where the required content belongs in this market."""
        return self.task.section


@dataclass(frozen=True, slots=True)
class Plan:
    """All requirements of a market in one language, in the order of the profile."""

    lexicon: Lexicon
    entries: tuple[Entry, ...]
    comparisons: Mapping[str, Entry]


@of_law
def plan(market: str, language: str, template: str = "") -> Plan:
    """Compile the plan; a ConfigurationError names file and line of what does not exist in the law."""
    words = lexicon(market, language, template)
    law = words.profile
    return Plan(
        words,
        tuple(_entry(key, demand, words) for key, demand in law.requirements.items()),
        {key: _entry(key, demand, words) for key, demand in law.comparisons.items()},
    )


def _entry(key: str, demand: Demand, words: Lexicon) -> Entry:
    requirement = requirements().get(key)
    if requirement is None:
        raise _error(words, key, "there is no such requirement")
    check = checks.KINDS.get(requirement.kind)
    if check is None and requirement.kind not in (STRUCTURE, COMPARISON):
        raise _error(words, key, f"its check kind '{requirement.kind}' does not exist")
    section = demand.section or requirement.section
    if section not in (*_PLACES, *(plan.id for plan in words.profile.sections)):
        raise _error(words, key, f"it belongs in the section '{section}', which this market does not have")
    if unknown := {*requirement.applies, *requirement.doubtful, *demand.applies} - _FACTS:
        raise _error(words, key, f"it depends on an unknown product fact: {', '.join(sorted(unknown))}")
    for citation in demand.citation:
        if citation.source not in sources():
            raise _error(words, key, f"its source '{citation.source}' is not in sources.yaml")
    task = Task(_params(requirement, demand), section, words)
    applies = {**requirement.applies, **demand.applies}
    return Entry(requirement, demand, check, task, _origin(requirement, task), applies)


def _error(words: Lexicon, key: str, message: str) -> ConfigurationError:
    return law_error(f"{words.profile.market}/profile.yaml", ("requirements", key), message)


def _origin(requirement: Requirement, task: Task) -> str:
    """Where the wording of a requirement was seen, "" where it looks for no wording of its own."""
    words, family = task.lexicon, requirement.id.split("/")[0]
    wording: Wording | Concept | ExcipientWording | HeadingWording | None = None
    if requirement.kind in ("statement", "topic", "active-substance"):
        wording = words.statement(task.params["statement"])
    elif requirement.kind == "consistency/no-improvement":
        wording = words.statement("no-improvement")
    elif requirement.kind == "denied-heading":
        wording = words.pack.subheadings.get(task.params["subheading"])
    elif requirement.kind == "concept":
        wording = words.pack.concepts.get(task.params["concept"])
    elif requirement.kind == "excipient":
        wording = words.pack.excipients.get(task.params["excipient"])
    elif requirement.kind == STRUCTURE:
        wording = words.pack.sections.get(requirement.id.split("/")[1])
    elif requirement.kind == "contents-list":
        wording = words.pack.contents_title
    elif family == "frequency":
        return words.grammar.data.seen.frequencies
    elif family == "dose":
        return words.grammar.data.seen.doses
    elif requirement.kind == "style/abbreviations":
        return language_style(words.pack.language).seen
    elif requirement.kind == "style/readability":
        known = formula(words.pack.language)
        return known.seen if known else ""
    return wording.seen if wording else ""


def _params(requirement: Requirement, demand: Demand) -> Mapping[str, Any]:
    name = requirement.id.split("/")[1]
    defaults = {"statement": name, "concept": name, "excipient": name}
    return {**defaults, **requirement.params, **demand.params}
