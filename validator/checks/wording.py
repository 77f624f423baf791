"""Required wording: fixed statements, topics that may be told freely, and warnings by concept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from validator.catalogue import Concept, Wording
from validator.checks.locate import Found, find_any, locate, scope
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet, SubSection
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, Problem, met
from validator.document.text import words
from validator.statements import Change

_WHOLE = "any"


def look(leaflet: Leaflet, task: Task, wording: Wording | Concept, section: str) -> Found:
    """How a wording stands in a section ("any": in the whole leaflet)."""
    if isinstance(wording, Concept):
        text, *accepted = wording.patterns
        forms: Mapping[str, Any] = {"text": text, "accepted": accepted, "outdated": wording.outdated}
    else:
        forms = {
            "text": wording.text,
            "accepted": wording.accepted,
            "outdated": wording.outdated,
            "signals": wording.signals,
        }
    return locate(leaflet, task.lexicon, **forms, bounds=scope(leaflet, section))


@kind("statement")
def statement(leaflet: Leaflet, task: Task) -> Outcome:
    """A fixed statement: met if it stands there in the template's or an accepted form."""
    wording = task.lexicon.statement(task.params["statement"])
    if wording is None:
        return Outcome(verdict="review", note="no-wording")
    found = look(leaflet, task, wording, task.section)
    if found.tier == "absent" and task.section != _WHOLE:
        elsewhere = look(leaflet, task, wording, _WHOLE)
        if elsewhere.tier in ("exact", "accepted", "near") and elsewhere.span:
            return _misplaced(leaflet, task, elsewhere.span)
    return judge_wording(leaflet, task, found, wording)


def judge_wording(leaflet: Leaflet, task: Task, found: Found, wording: Wording | Concept) -> Outcome:
    """The outcome for a wording that was looked for; near texts name the words that differ."""
    expected = wording.text
    if found.tier in ("exact", "accepted"):
        return met("found" if found.tier == "exact" else "accepted", found.span)
    if found.tier == "paraphrase":
        return Outcome(verdict="review", note="paraphrase", at=found.span)
    if found.tier == "absent":
        nearest = leaflet.text(found.span) if found.span else ""
        return Outcome((Hit("missing", section=task.section, evidence=nearest, expected=expected),))
    if wording.seen == "rendering" and found.tier != "outdated":
        return Outcome(verdict="review", note="rendering", at=found.span)
    case = _case(task, found)
    values = {"difference": difference(found), "absent": "; ".join(found.absent)}
    problem: Problem = "outdated" if found.tier == "outdated" else "altered"
    evidence = leaflet.text(found.span) if found.span else ""
    return Outcome(
        (Hit(problem, case, found.span, task.section, evidence, expected, values),),
        note="altered",
        at=found.span,
    )


def _case(task: Task, found: Found) -> str:
    if found.tier in ("incomplete", "outdated"):
        return found.tier
    modality = task.lexicon.pack.modality
    strong, weak = (
        {word for entry in modality.get(key, ()) for word in words(entry)} for key in ("strong", "weak")
    )
    weaker = any(strong & set(c.wanted.split()) and weak & set(c.given.split()) for c in found.changes)
    return "weakened" if weaker else "altered"


def difference(found: Found) -> str:
    """The differing words as a person reads them: “should” instead of “must”."""
    return ", ".join(_change(change) for change in found.changes)


def _change(change: Change) -> str:
    if change.given and change.wanted:
        return f"“{change.given}” instead of “{change.wanted}”"
    return f"“{change.given}” added" if change.given else f"“{change.wanted}” left out"


def _misplaced(leaflet: Leaflet, task: Task, span: Span) -> Outcome:
    stands = leaflet.section_at(span.block)
    hit = Hit(
        "misplaced",
        span=span,
        section=task.section,
        evidence=leaflet.text(span),
        values={"found_section": stands.id if stands else ""},
    )
    return Outcome((hit,), note="misplaced", at=span)


def subsection(leaflet: Leaflet, key: str) -> SubSection | None:
    """The first sub-section of that id, in whatever section it stands; one with text is preferred."""
    found = [sub for section in leaflet.sections for sub in section.subsections if sub.id == key]
    return next((sub for sub in found if not sub.empty), found[0] if found else None)


@kind("topic")
def topic(leaflet: Leaflet, task: Task) -> Outcome:
    """A topic that must be told, in its own words: its sub-heading with text, or its typical words.

    `parts` are topics that the market's template tells under sub-headings of their own.
    """
    key = task.params["statement"]
    found = _topic(leaflet, task, key, task.params.get("subheading", key), task.params.get("topic", key))
    more = [
        _topic(leaflet, task, part, part, name)
        for part, name in task.params.get("parts", {}).items()
        if part in task.lexicon.pack.statements
    ]
    lacking = [outcome for outcome in (found, *more) if outcome.hits or outcome.verdict != "met"]
    if not lacking:
        return found
    return replace(lacking[0], hits=tuple(hit for outcome in lacking for hit in outcome.hits))


def _topic(leaflet: Leaflet, task: Task, key: str, heading: str, name: str) -> Outcome:
    wording = task.lexicon.pack.statements.get(key)
    sub = subsection(leaflet, heading)
    if sub is not None:
        if sub.empty:
            return Outcome(verdict="gap", note="empty-subheading", at=sub.heading.span)
        return _weakened(leaflet, task, sub, wording) or met("subheading", sub.heading.span)
    if wording is None:
        return Outcome(verdict="review", note="no-wording")
    if span := _told(leaflet, task, wording):
        return met("told", span)
    context = subsection(leaflet, task.params.get("context", ""))
    if context is not None and not context.empty:
        return Outcome(verdict="review", note="context", at=context.heading.span)
    review = task.params.get("if_missing") == "review"
    hit = Hit(
        "missing",
        section=task.section,
        expected=_to_paste(task, wording.text, key),
        values={"topic": name},
        review=review,
    )
    return Outcome((_mentioned(leaflet, task, wording, hit),))


def _mentioned(leaflet: Leaflet, task: Task, wording: Wording, hit: Hit) -> Hit:
    """The same gap, pointing to the words that only touch the topic; in its own section for review."""
    touching = (*wording.mentions, *(wording.signals if "not_in" in task.params else ()))
    for section in (task.section, _WHOLE):
        if span := find_any(leaflet, task.lexicon, touching, scope(leaflet, section)):
            near = section != _WHOLE or hit.review
            return replace(hit, case="mentioned", span=span, evidence=leaflet.text(span), review=near)
    return hit


def _told(leaflet: Leaflet, task: Task, wording: Wording) -> Span | None:
    """Where a topic is told: in the template's words anywhere in its sections, by its typical words
    outside the sub-sections that only touch it (`not_in`).
    """
    said = (wording.text, *wording.accepted)
    for section in (task.section, *task.params.get("also", ())):
        if leaflet.section(section) or section == _WHOLE:
            if span := find_any(leaflet, task.lexicon, said, scope(leaflet, section)):
                return span
            for bounds in _outside(leaflet, task, section, task.params.get("not_in", ())):
                if span := find_any(leaflet, task.lexicon, wording.signals, bounds):
                    return span
    return None


def _outside(leaflet: Leaflet, task: Task, section: str, not_in: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The slices of a section's word text outside some of its sub-sections.

    Only a sub-section that ends where the template's next one begins is left out: another may hold
    text under headings that were not recognised.
    """
    start, end = scope(leaflet, section)
    stands = leaflet.section(section)
    order = list(task.lexicon.pack.subheadings)
    for sub, following in pairwise(stands.subsections if stands else ()):
        if sub.id in not_in and following.id == order[order.index(sub.id) + 1]:
            first, stop = leaflet.wordtext.bounds(sub.heading.block, sub.stop)
            yield start, first
            start = stop
    yield start, end


def _weakened(leaflet: Leaflet, task: Task, sub: SubSection, wording: Wording | None) -> Outcome | None:
    """The template's sentence of a sub-section, turned from a must into a may."""
    if wording is None or wording.seen in ("rendering", "memory"):
        return None
    bounds = leaflet.wordtext.bounds(sub.heading.block, sub.stop)
    found = locate(leaflet, task.lexicon, wording.text, accepted=wording.accepted, bounds=bounds)
    if found.tier != "near" or _case(task, found) != "weakened":
        return None
    return judge_wording(leaflet, task, found, wording)


def _to_paste(task: Task, text: str, key: str) -> str:
    main = key == task.params["statement"]
    heading = task.lexicon.pack.subheadings.get(task.params.get("subheading", "") if main else key)
    return f"{heading.text}\n{text}" if heading else text


@kind("concept")
def concept(leaflet: Leaflet, task: Task) -> Outcome:
    """A required warning without one official wording: any of its patterns, superseded ones apart."""
    wanted = task.lexicon.pack.concepts.get(task.params["concept"])
    if wanted is None:
        return Outcome(verdict="review", note="no-wording")
    bounds = scope(leaflet, _WHOLE)
    if span := find_any(leaflet, task.lexicon, wanted.outdated, bounds):
        hit = Hit(
            "outdated", span=span, section=task.section, evidence=leaflet.text(span), expected=wanted.text
        )
        return Outcome((hit,))
    if leaflet.section(task.section):
        if span := find_any(leaflet, task.lexicon, wanted.patterns, scope(leaflet, task.section)):
            return met("told", span)
    if span := find_any(leaflet, task.lexicon, wanted.patterns, bounds):
        return met("told-elsewhere", span)
    return Outcome((Hit("missing", section=task.section, expected=wanted.text),))


@kind("active-substance")
def active_substance(leaflet: Leaflet, task: Task) -> Outcome:
    """The active substance is named, with an amount in the name or in the composition."""
    wording = task.lexicon.pack.statements["active-substance"]
    patterns = (wording.text, *wording.accepted, *wording.signals)
    # "allergic to the active substance" does not name it.
    others = [section.id for section in leaflet.sections if section.id not in task.params.get("not_in", ())]
    found = (find_any(leaflet, task.lexicon, patterns, scope(leaflet, section)) for section in others)
    named = next((span for span in found if span), None)
    if named is None and leaflet.facts.composition_has_numbers:
        return Outcome(verdict="review", note="composition-unnamed")
    if named is None:
        return Outcome((Hit("missing", section=task.section, expected=wording.text),))
    facts = leaflet.facts
    if facts.product.strengths or facts.composition:
        return met("found", named)
    if facts.composition_has_numbers:
        return Outcome(verdict="review", note="amount-unclear", at=named)
    substance = ", ".join(facts.product.active_substances) or "the active substance"
    hit = Hit(
        "missing",
        "no-amount",
        named,
        task.section,
        evidence=leaflet.text(named),
        expected=wording.text,
        values={"substance": substance},
    )
    return Outcome((hit,), at=named)
