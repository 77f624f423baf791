"""Where findings stand in a leaflet, and where what is missing belongs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from validator.document.layout import Layout
from validator.document.leaflet import Leaflet
from validator.document.location import Location, Span
from validator.document.outcome import Hit
from validator.plan import Plan
from validator.report import Place
from validator.statements import paste


def home(leaflet: Leaflet, law: Plan, section: str) -> str:
    """A section as one names it: its heading with the product's name in it, or "the end of the leaflet"."""
    if section == "front":
        return "the opening of the leaflet"
    if section in ("end", "any", ""):
        return "the end of the leaflet" if section == "end" else "the leaflet"
    product = leaflet.facts.product
    return paste(law.lexicon.heading_text(section), product.name, product.route == "oral")


def place(leaflet: Leaflet, law: Plan, hit: Hit) -> Place:
    """Where a finding stands in the file, and in which section."""
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
    texts = [block for block in leaflet.blocks if block.text and block.kind != "furniture"]
    return texts[-1].place(len(texts[-1].text)) if texts else Location()


def laid_out(
    leaflet: Leaflet, law: Plan, marks: Sequence[tuple[Span, ...]], met: Mapping[str, Span]
) -> Layout:
    """The leaflet's text with the places of its findings, and of the requirements that were met."""
    template = tuple((section.id, home(leaflet, law, section.id)) for section in law.lexicon.profile.sections)
    return Layout(leaflet.blocks, leaflet.sections, template, tuple(marks), met)
