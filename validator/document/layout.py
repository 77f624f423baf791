"""A leaflet as a face of a report may show it: its text in order, and where each finding stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from validator.document.blocks import Block
from validator.document.leaflet import Section
from validator.document.location import Span


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks and sections of a leaflet with the places of a document's findings.

    `template` holds id and heading of the template's sections in their order, also of those that the
    leaflet has lost. `marks` are parallel to the findings: the places of each, none for what is
    missing. `met` tells where a requirement was found to hold, by its rule.
    """

    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    template: tuple[tuple[str, str], ...]
    marks: tuple[tuple[Span, ...], ...]
    met: Mapping[str, Span] = field(default_factory=dict)
