"""Required wording: fixed statements, and warnings by concept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from validator.catalogue import Concept, Wording
from validator.checks.locate import Found, find_any, locate, scope, subsection
from validator.checks.options import turned_option
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, Problem, met, not_applicable
from validator.document.text import fold, words
from validator.grammarfile import grammar_file
from validator.nearest import Change

WHOLE = "any"
_SENTENCE = re.compile(r"[.!?:;]\s+")
_SAME = 2  # letters at both ends that two forms of a verb have in common
_LEAD = 3  # words before a near text among which its "not" may stand


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
            "decisive": wording.decisive,
        }
    return locate(leaflet, task.lexicon, **forms, bounds=scope(leaflet, section))


@kind("statement")
def statement(leaflet: Leaflet, task: Task) -> Outcome:
    """A fixed statement: met if it stands there in the template's or an accepted form.

    With `elsewhere: false` it must stand in its own section, whatever others say.
    """
    wording = task.lexicon.statement(task.params["statement"])
    if wording is None:
        return Outcome(verdict="review", note="no-wording")
    found = look(leaflet, task, wording, task.section)
    if found.tier == "absent" and task.section != WHOLE and task.params.get("elsewhere", True):
        elsewhere = look(leaflet, task, wording, WHOLE)
        if elsewhere.tier in ("exact", "accepted", "near") and elsewhere.span:
            return misplaced(leaflet, task, elsewhere.span)
    if found.tier == "incomplete" and found.span and leaflet.section(task.section) is None:
        # The opening statements begin like some of a section's: these went with it.
        found = Found("absent") if leaflet.section_at(found.span.block) is leaflet.sections[0] else found
    whole = found.tier in ("exact", "accepted")
    if whole and (hit := turned_option(leaflet, task, wording.text, task.section)):
        return Outcome((hit,), note="altered", at=hit.span)
    if whole and (hit := _denied(leaflet, task, found.span, wording)):
        return Outcome((hit,), note="altered", at=found.span)
    return judge_wording(leaflet, task, found, wording)


def _denied(leaflet: Leaflet, task: Task, span: Span | None, wording: Wording | Concept) -> Hit | None:
    """The hit where words before a statement take it back in one sentence: “do not keep this leaflet”."""
    if span is None:
        return None
    modality = task.lexicon.pack.modality
    lead = words(_SENTENCE.split(leaflet.blocks[span.block].text[: span.start])[-1])[-_LEAD:]
    for case, key in (("turned", "not"), ("weakened", "weak")):
        known = {word for entry in modality.get(key, ()) for word in words(entry)}
        if not known.isdisjoint(lead):
            given = " ".join(lead)
            values = {"difference": _change(Change("", given)), "absent": ""}
            return Hit("altered", case, span, task.section, leaflet.text(span), wording.text, values)
    return None


def judge_wording(leaflet: Leaflet, task: Task, found: Found, wording: Wording | Concept) -> Outcome:
    """The outcome for a wording that was looked for; near texts name the words that differ."""
    expected = wording.text
    if found.tier in ("exact", "accepted"):
        return met("found" if found.tier == "exact" else "accepted", found.span)
    if found.tier == "paraphrase":
        return Outcome(verdict="review", note="paraphrase", at=found.span)
    if found.tier == "absent":
        stands = leaflet.section_at(found.span.block) if found.span else None
        at_home = stands is not None and task.section in (stands.id, WHOLE)  # not words of another matter
        nearest = leaflet.text(found.span) if found.span and at_home else ""
        return Outcome((Hit("missing", section=task.section, evidence=nearest, expected=expected),))
    if wording.seen == "rendering" and found.tier != "outdated":
        return Outcome(verdict="review", note="rendering", at=found.span)
    case = deviation(leaflet, task, found)
    values = {"difference": difference(found), "absent": "”, “".join(found.absent)}
    problem: Problem = "outdated" if found.tier == "outdated" else "altered"
    evidence = leaflet.text(found.span) if found.span else ""
    return Outcome(
        (Hit(problem, case, found.span, task.section, evidence, expected, values),),
        note="altered",
        at=found.span,
    )


def deviation(leaflet: Leaflet, task: Task, found: Found) -> str:
    """Which kind of deviation a near text is: "incomplete", "outdated", "turned", "weakened" or "altered".

    One is turned into its contrary by a "not" that is gone, and nothing else, or "may" or "must" for it.
    """
    if found.tier in ("incomplete", "outdated"):
        return found.tier
    modality = task.lexicon.pack.modality
    strong, weak, negations = (
        {word for entry in modality.get(key, ()) for word in words(entry)}
        for key in ("strong", "weak", "not")
    )
    given = {word for change in found.changes for word in change.given.split()} | _before(leaflet, found.span)
    if len(found.changes) == 1 and not found.changes[0].given and not strong & given:
        lost = found.changes[0].wanted.split()
        if negations & {*lost} and len(lost) <= _LEAD:  # "do not", "must not"
            return "turned"
    inside = tuple(modality.get("inside", ()))
    if any(undone(change, inside) for change in found.changes):
        return "turned"
    said = (strong | weak) - negations
    for change in found.changes:
        wanted = set(change.wanted.split())
        if negations & wanted and not negations & given and said & set(change.given.split()):
            if change.given.count(" ") < _LEAD and not _softer(task, change.given):
                return "turned"  # "must" or "may" for "must not"
        softer = strong & wanted and weak & set(change.given.split())
        if softer or (negations & wanted and not strong & given):
            return "weakened"
    return "altered"


def undone(change: Change, inside: Sequence[str]) -> bool:
    """Whether a word has lost the negation that is a part of it: "užívejte", "užijte" for "neužívejte"."""
    given = set(change.given.split())
    return any(
        word == bare or (bare[:_SAME] != wanted[:_SAME] and _form_of(word, bare))
        for wanted in change.wanted.split()
        if wanted not in given
        for bare in without(wanted, inside)
        for word in given
    )


def _form_of(word: str, other: str) -> bool:
    """Whether two words begin and end alike, as two forms of a verb do: "užijte" of "užívejte"."""
    return word[:_SAME] == other[:_SAME] and word[-_SAME:] == other[-_SAME:]


def without(word: str, inside: Sequence[str]) -> set[str]:
    """What is left of a word without one of some parts, or without two of them ("m'għandekx")."""
    once = {
        word[:at] + word[at + len(part) :]
        for part in inside
        for at in range(len(word))
        if word.startswith(part, at)
    }
    return once | {
        each[: -len(part)] for each in once for part in inside if len(part) == 1 and each.endswith(part)
    }


def _softer(task: Task, given: str) -> bool:
    """Whether words forbid in a milder way: "avoid taking" for "do not take"."""
    softer = grammar_file(task.lexicon.pack.language).force.softer
    return any(word.startswith(tuple(fold(stem) for stem in softer)) for word in given.split())


def _before(leaflet: Leaflet, span: Span | None) -> set[str]:
    """The last words before a span, in its paragraph: "não" before "injete uma dose a dobrar"."""
    return set(words(leaflet.blocks[span.block].text[: span.start])[-_LEAD:]) if span else set()


def difference(found: Found) -> str:
    """The differing words as a person reads them: “should” instead of “must”."""
    return ", ".join(_change(change) for change in found.changes)


def _change(change: Change) -> str:
    if change.given and change.wanted:
        return f"“{change.given}” instead of “{change.wanted}”"
    return f"“{change.given}” added" if change.given else f"“{change.wanted}” left out"


def misplaced(leaflet: Leaflet, task: Task, span: Span, **told: str) -> Outcome:
    """The outcome for what stands in another section than its own; `told` fills further slots."""
    stands = leaflet.section_at(span.block)
    hit = Hit(
        "misplaced",
        span=span,
        section=task.section,
        evidence=leaflet.text(span),
        values={"found_section": stands.id if stands else "", **told},
    )
    return Outcome((hit,), note="misplaced", at=span)


@kind("concept")
def concept(leaflet: Leaflet, task: Task) -> Outcome:
    """A required warning without one official wording: any of its patterns, superseded ones apart.

    With `elsewhere: false` only its own section counts: every leaflet has such words in another one.
    With `asked: false` the template does not ask for it in the leaflet: only what stands there is told.
    `contraindicated` names a statement whose typical words say it under “Do not take”: "if you are pregnant".
    """
    wanted = task.lexicon.pack.concepts.get(task.params["concept"])
    if wanted is None:
        return Outcome(verdict="review", note="no-wording")
    bounds = scope(leaflet, WHOLE)
    if span := find_any(leaflet, task.lexicon, wanted.outdated, bounds):
        hit = Hit(
            "outdated", span=span, section=task.section, evidence=leaflet.text(span), expected=wanted.text
        )
        return Outcome((hit,))
    home = leaflet.section(task.section)
    if home and (span := find_any(leaflet, task.lexicon, wanted.patterns, scope(leaflet, task.section))):
        return met("told", span)
    if span := _contraindicated(leaflet, task):
        return met("told", span)
    if home is None or task.params.get("elsewhere", True):
        for section in leaflet.sections:  # one by one: a gap must not reach from one into the next
            if span := find_any(leaflet, task.lexicon, wanted.patterns, scope(leaflet, section.id)):
                return met("told-elsewhere", span)
    if not task.params.get("asked", True):
        return not_applicable("not-asked")
    return Outcome((Hit("missing", section=task.section, expected=wanted.text),))


def _contraindicated(leaflet: Leaflet, task: Task) -> Span | None:
    """Where “Do not take” holds the typical words of the statement that `contraindicated` names."""
    key = task.params.get("contraindicated")
    sub = subsection(leaflet, "do-not-use") if key else None
    if key is None or sub is None or sub.empty:
        return None
    bounds = leaflet.wordtext.bounds(sub.heading.block, sub.stop)
    return find_any(leaflet, task.lexicon, task.lexicon.signals(key), bounds)


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
