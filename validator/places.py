"""Where in the file a hit is told."""

from __future__ import annotations

from dataclasses import asdict

from validator.document.leaflet import Leaflet
from validator.document.location import Location
from validator.document.outcome import Hit
from validator.plan import Plan
from validator.report import Place


def place_of(leaflet: Leaflet, law: Plan, hit: Hit) -> Place:
    """The place that a finding tells: that of its words, or where the missing thing belongs."""
    if hit.span is not None:
        stands = leaflet.section_at(hit.span.block)
        found = leaflet.place(hit.span)
        return Place(**{**asdict(found), "section": stands.id if stands else hit.section or None})
    anchor = _anchor(leaflet, law, hit.section)
    return Place(**{**asdict(anchor), "section": hit.section or None})


def _anchor(leaflet: Leaflet, law: Plan, section: str) -> Location:
    """Where a missing thing belongs: at the heading of the next section present, else at the end."""
    order = law.lexicon.order
    if section == "front":
        later = order
    elif section in order:
        later = order[order.index(section) + 1 :]
    else:
        later = ()
    for following in leaflet.sections:
        if following.id in later and following.heading:
            return leaflet.blocks[following.heading.block].place(0, 0)
    last = max(i for i, block in enumerate(leaflet.blocks) if block.text and block.kind != "furniture")
    return leaflet.blocks[last].place(len(leaflet.blocks[last].text))
