"""The identity of a finding: what baselines, waivers and code scanning know it by."""

from __future__ import annotations

import hashlib

from validator.document.leaflet import Leaflet
from validator.document.outcome import Hit
from validator.document.text import words


def fingerprint(leaflet: Leaflet, rule: str, hit: Hit) -> str:
    """The same for the same gap when lines shift, sections get other numbers or the format changes.

    What is missing is known by what is expected: the nearest text is only a hint. An altered
    statement is known by the words that differ: where a near text begins and ends is no part of
    it. A heading is known by its words, because its number may be the format's.
    """
    differing = " ".join(hit.values.get(key, "") for key in ("difference", "absent")).strip()
    if differing or hit.problem == "missing":
        content = f"{hit.expected} {differing}".strip() or hit.evidence
    else:
        content = _heading(leaflet, hit) or hit.evidence or hit.expected
    key = "\n".join((rule, hit.problem, hit.case, hit.section, " ".join(words(content))))
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _heading(leaflet: Leaflet, hit: Hit) -> str:
    """The words of the heading that the hit marks as a whole, if it does."""
    headings = (
        heading
        for section in leaflet.sections
        for heading in (section.heading, *section.repeats)
        if heading is not None
    )
    return next((heading.text for heading in headings if heading.span == hit.span), "")
