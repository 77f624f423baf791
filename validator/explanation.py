"""All that is known of one rule: for `leaflet explain`, `leaflet rules` and the rule pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from validator.catalogue import LanguagePack, examples, language_pack, languages, markets, profile, sources
from validator.catalogue import requirements as all_requirements
from validator.records import Citation, Demand, Example, Profile, Requirement
from validator.reports import RuleText
from validator.settings import require_id

# What is known of a wording: how the law files' `seen` reads to people.
SEEN = {
    "template": "seen in the template",
    "leaflets": "seen in authorised leaflets",
    "duty": "the duty was read, the wording of leaflets was not: looked for in many words",
    "rendering": "a translation without official standing",
    "memory": "not confirmed: never leads to an error",
}

# What fills the slots of messages and fixes, where no finding fills them.
_SLOT = re.compile(r"\{(\w+)\}")
_SLOTS = {
    "X": "name of the medicine",
    "evidence": "words found",
    "expected": "expected text",
    "heading": "heading of the section",
    "home": "section it belongs to",
    "found": "where it was found",
    "nearest": "",
    "others": "",
    "holds": "",
    "cause": "",
    "detail": "",
}


@dataclass(frozen=True, slots=True)
class Told:
    """The wording of a rule in one market and language; `role` is what kind of text it is."""

    market: str
    language: str
    role: str
    text: str
    accepted: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A requirement, what each market makes of it, its wordings and examples."""

    requirement: Requirement
    demands: dict[str, tuple[Profile, Demand]]
    wordings: tuple[Told, ...]
    examples: tuple[Example, ...]


def explanation(rule: str, market: str = "", language: str = "") -> Explanation:
    """Everything about a rule, or what one market or language has of it; a UsageError names the closest."""
    require_id(rule)
    requirement = all_requirements()[rule]
    profiles = [profile(name) for name in markets() if market in ("", name)]
    demands = {law.market: (law, law.demands[rule]) for law in profiles if rule in law.demands}
    wordings = [
        told
        for law, demand in demands.values()
        for code in languages(law.market)
        if language in ("", code)
        for told in _wordings(language_pack(law.market, code), requirement, demand)
    ]
    return Explanation(requirement, demands, tuple(wordings), examples().get(rule, ()))


def example_lines(example: Example) -> list[str]:
    """An example in words: what a complete leaflet holds beside its own text, and what it has lost."""
    lines = [f"given: {fact} {value}" for fact, value in example.product.items()]
    lines += [f"left out: {rule}" for rule in example.without]
    for section, text in example.given.items():
        lines += [f"in the other leaflet ({example.beside}), in {section}:", *text.split("\n")]
    if example.smpc:
        lines += ["in section 4.8 of the SmPC before it:", *example.smpc.split("\n")]
    for section, text in example.texts.items():
        lines += [f"in {section}:", *text.split("\n")]
    return lines or ["the complete leaflet"]


def in_general(text: str) -> str:
    """A message or fix without a finding: its slots in words, "Insert: [expected text]"."""
    return _SLOT.sub(_general, text)


def _general(slot: re.Match[str]) -> str:
    words = _SLOTS.get(slot[1], slot[1].replace("_", " "))
    return f"[{words}]" if words else ""


def severities(rule: str) -> dict[str, str]:
    """The severity of a rule in each market that makes it."""
    return {name: demands[rule].severity for name in markets() if rule in (demands := profile(name).demands)}


def rule_text(rule: str) -> RuleText:
    """What reports say of a rule, with the law of every market that makes it; no wording is loaded."""
    requirement = all_requirements()[rule]
    cited = [
        (market, citation)
        for market in markets()
        if rule in (demands := profile(market).demands)
        for citation in demands[rule].citation
    ]
    law = [(f"{market}: {_cited(citation)}", sources()[citation.source].url) for market, citation in cited]
    return RuleText(requirement.title, requirement.why, in_general(requirement.fix), law)


def _cited(citation: Citation) -> str:
    return ", ".join(part for part in (sources()[citation.source].title, citation.at) if part)


def _wordings(pack: LanguagePack, requirement: Requirement, demand: Demand) -> Iterator[Told]:
    name = requirement.id.split("/")[1]
    params: dict[str, Any] = {"statement": name, "concept": name, **requirement.params, **demand.params}
    concept = str(params["concept"])
    if str(params["statement"]).startswith("concept:"):
        concept = params["statement"].removeprefix("concept:")
    if requirement.id.startswith("section/") and name in pack.sections:
        yield _told(pack, "heading", pack.sections[name])
    if (subheading := params.get("subheading")) in pack.subheadings:
        yield _told(pack, "sub-heading", pack.subheadings[str(subheading)])
    if (statement := params["statement"]) in pack.statements:
        yield _told(pack, "statement", pack.statements[statement])
    if concept in pack.concepts:
        yield _told(pack, "warning", pack.concepts[concept])
    if (excipient := params.get("excipient")) in pack.excipients:
        yield _told(pack, "statement", pack.excipients[str(excipient)])


def _told(pack: LanguagePack, role: str, entry: Any) -> Told:
    return Told(
        pack.market,
        pack.language,
        role,
        entry.text,
        tuple(getattr(entry, "accepted", ())),
        tuple(getattr(entry, "outdated", ())),
        SEEN[entry.seen],
    )
