"""Sections that break off: the file holds their beginning, and nothing of what the template has after it.

A conversion may lose all text under emphasised sub-headings, or put another section's text in the place of
one. That is one gap, told once with its place: the requirements it explains point to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from validator.document.leaflet import Leaflet, Section
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome
from validator.homes import home
from validator.plan import Entry, Plan

RULE = "document/truncated"
UNFINISHED = "document/unfinished"
TOPIC = "topic"
_LEAST = 3  # topics in a row that a section lacks; fewer may each have been forgotten
_SURE = 2  # of them that are not for a person to judge
_SHOWN = 60  # characters of the last words before the break


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a requirement; `applies` is None where the leaflet leaves open whether it applies."""

    entry: Entry
    applies: bool | None
    outcome: Outcome


def tells_of_breaks(leaflet: Leaflet, entry: Entry) -> bool:
    """Whether a requirement is asked even when the user does not: all topics together tell of a break."""
    return bool(leaflet.sections) and (entry.requirement.kind == TOPIC or entry.requirement.id == RULE)


def broken(leaflet: Leaflet, law: Plan, answered: Sequence[Answered]) -> Mapping[str, Hit]:
    """The hit on each section that breaks off, by section id; none in a text that breaks off at its end."""
    if any(each.entry.requirement.id == RULE and each.outcome.hits for each in answered):
        return {}
    told = [each for each in answered if each.entry.requirement.kind == TOPIC]
    lacking: dict[str, list[Hit]] = {}
    doubtful: dict[str, list[Hit]] = {}
    for section in leaflet.sections:
        if section.empty or section.id not in law.lexicon.order:
            continue
        topics = [each for each in told if each.entry.section == section.id]
        tail = [(each, hit) for each in _tail(topics) for hit in _missing(each)[:1]]
        sure = sum(each.applies is True and not hit.review for each, hit in tail)
        # Without sub-headings a section is written in a way of its own, or holds other things instead.
        shaped = bool(section.subsections) or len(tail) > _LEAST
        if shaped and len(tail) >= _LEAST and sure >= _SURE:
            lacking[section.id] = [hit for _, hit in tail]
        elif section.subsections and not _headed(topics, section):
            doubtful[section.id] = [hit for each in topics for hit in _missing(each)[:1]]
    # A file that lost the text under the sub-headings of one section lost it in others whose last
    # sub-headings are gone as well, though words of another passage touch on the topics there.
    if lacking:
        lacking |= {section: hits for section, hits in doubtful.items() if len(hits) >= _SURE}
    return {section: _hit(leaflet, law, section, hits) for section, hits in lacking.items()}


def _headed(topics: Sequence[Answered], section: Section) -> bool:
    """Whether a sub-heading of any of these topics stands in the section."""
    ids: set[str] = set()
    for each in topics:
        params = each.entry.task.params
        ids |= {params.get("subheading", params["statement"]), *params.get("parts", {})}
    return any(sub.id in ids for sub in section.subsections)


def _hit(leaflet: Leaflet, law: Plan, section: str, lacking: Sequence[Hit]) -> Hit:
    last, text = [
        (index, block.text)
        for index, block in leaflet.body(section)
        if block.text and block.kind != "furniture"
    ][-1]
    start = 0 if len(text) <= _SHOWN else text.find(" ", len(text) - _SHOWN) + 1
    return Hit(
        "empty",
        "section",
        Span(last, start, len(text)),
        section,
        text[start:],
        expected="\n\n".join(hit.expected for hit in lacking),
        values={
            "where": home(leaflet, law, section),
            "topics": "; ".join(hit.values["topic"] for hit in lacking if "topic" in hit.values),
        },
    )


def explained(answer: Answered, breaks: Mapping[str, Hit]) -> Outcome:
    """The outcome of a requirement beside the breaks: what is gone with a section's rest is explained by it.

    Where two sections or more break off the file has lost passages, so that what is missing in others,
    too, is for a person to look up.
    """
    entry, outcome = answer.entry, answer.outcome
    if entry.requirement.id == RULE:
        return replace(outcome, hits=(*outcome.hits, *breaks.values()))
    if entry.requirement.id == UNFINISHED:
        told = {hit.span.block for hit in breaks.values() if hit.span}
        return replace(
            outcome, hits=tuple(hit for hit in outcome.hits if hit.span and hit.span.block not in told)
        )
    if not breaks or not any(hit.problem == "missing" for hit in outcome.hits):
        return outcome
    if entry.section in breaks:
        return replace(outcome, hits=tuple(_caused(hit) for hit in outcome.hits))
    if len(breaks) > 1:
        hits = tuple(replace(hit, review=hit.review or hit.problem == "missing") for hit in outcome.hits)
        return replace(outcome, hits=hits, note=outcome.note or "lost-passages")
    return outcome


def _caused(hit: Hit) -> Hit:
    return replace(hit, cause=RULE) if hit.problem == "missing" else hit


def _missing(answer: Answered) -> list[Hit]:
    return [hit for hit in answer.outcome.hits if hit.problem == "missing"]


def _tail(topics: Sequence[Answered]) -> list[Answered]:
    """The topics of a section that are missing after the last one that is told."""
    last = max((index for index, each in enumerate(topics) if not _missing(each)), default=-1)
    return list(topics[last + 1 :])
