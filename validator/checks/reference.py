"""References to sections arrive at a section that exists."""

from __future__ import annotations

from validator.checks.registry import Task, kind
from validator.document.facts import Reference
from validator.document.leaflet import Leaflet
from validator.document.outcome import Hit, Outcome, met, not_applicable

# Pointers into other documents, not into this leaflet.
_OTHER_DOCUMENT = ("smpc", "summary of product characteristics", "directive", "regulation", "kub", "küb")
_BEFORE, _AFTER = 60, 60


@kind("reference/section")
def section(leaflet: Leaflet, task: Task) -> Outcome:
    """Every "see section n" names a section of the template that this leaflet has."""
    references = [found for found in leaflet.facts.references if _judged(leaflet, found)]
    if not references:
        return not_applicable("no-references")
    plans = {str(plan.number): plan.id for plan in task.lexicon.profile.sections if plan.number}
    hits = []
    for found in references:
        target = plans.get(found.number)
        if target is None or leaflet.section(target) is None:
            values = {"number": found.number}
            cause = f"section/{target}" if target else ""
            stands = leaflet.section_at(found.span.block)
            where = stands.id if stands else ""
            hits.append(
                Hit("unresolved", "", found.span, where, leaflet.text(found.span), "", values, cause=cause)
            )
    return Outcome(tuple(hits)) if hits else met("references", count=str(len(references)))


def _judged(leaflet: Leaflet, found: Reference) -> bool:
    """Not the pointer of the additional-monitoring notice (it has its own rule), nor other documents."""
    notice = leaflet.facts.black_triangle.statement
    if notice and notice.block <= found.span.block <= notice.block + 1:
        return False
    around = leaflet.folded[found.span.block][max(0, found.span.start - _BEFORE) : found.span.end + _AFTER]
    return "." not in found.number and not any(word in around for word in _OTHER_DOCUMENT)
