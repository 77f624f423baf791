"""Excipients with a known effect: what section 6 lists, section 2 must explain."""

from __future__ import annotations

from validator.checks.locate import find_any, scope
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.outcome import Hit, Outcome, met, not_applicable


@kind("excipient")
def excipient(leaflet: Leaflet, task: Task) -> Outcome:
    """A listed excipient has its statement where the warnings stand."""
    key = task.params["excipient"]
    listed = next((found for found in leaflet.facts.excipients if found.id == key), None)
    wording = task.lexicon.pack.excipients.get(key)
    if listed is None or wording is None:
        return not_applicable("not-listed")
    span = find_any(leaflet, task.lexicon, wording.statement, scope(leaflet, task.section))
    values = {"name": listed.name}
    if span is None:
        hit = Hit(
            "missing",
            section=task.section,
            span=listed.span,
            evidence=listed.name,
            expected=wording.text,
            values=values,
            review=bool(task.params.get("review")),
        )
        return Outcome((hit,))
    return met("told", span)
