"""The structured document as JSON values, valid against `schemas/leaflet.schema.json`."""

from __future__ import annotations

from dataclasses import asdict, fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from validator.document.leaflet import Guess, Heading, Leaflet, Section, SubSection
from validator.document.location import Location, Span


def leaflet_json(leaflet: Leaflet, path: str = "") -> dict[str, Any]:
    """One leaflet: metadata, contents list, sections with their blocks, and the facts with their places."""
    return {
        "metadata": {
            "path": path,
            "format": leaflet.format,
            "language": _guess(leaflet.language),
            "market": _guess(leaflet.market),
            "title": leaflet.title,
            "part": leaflet.part,
            "notes": list(leaflet.notes),
        },
        "contents_list": _contents_list(leaflet),
        "sections": [_section(leaflet, section) for section in leaflet.sections],
        "facts": _value(leaflet, leaflet.facts),
    }


def _guess(guess: Guess) -> dict[str, Any]:
    return {"value": guess.value, "reasons": list(guess.reasons), "given": guess.given}


def _contents_list(leaflet: Leaflet) -> dict[str, Any] | None:
    contents = leaflet.contents_list
    if contents is None:
        return None
    entries = [{"section": key, "text": leaflet.blocks[index].text} for key, index in contents.entries]
    title = None if contents.title is None else leaflet.blocks[contents.title].text
    return {"title": title, "entries": entries, "location": _location(leaflet.blocks[contents.first].place())}


def _section(leaflet: Leaflet, section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "heading": _heading(leaflet, section.heading) if section.heading else None,
        "empty": section.empty,
        "subsections": [_subsection(leaflet, sub) for sub in section.subsections],
        "blocks": [_block(leaflet, index) for index in range(section.first, section.stop)],
    }


def _heading(leaflet: Leaflet, heading: Heading) -> dict[str, Any]:
    return {
        "text": heading.text,
        "number": heading.number or None,
        "deviations": list(heading.deviations),
        "location": _location(leaflet.place(heading.span)),
    }


def _subsection(leaflet: Leaflet, sub: SubSection) -> dict[str, Any]:
    return {
        "id": sub.id or None,
        "heading": _heading(leaflet, sub.heading),
        "empty": sub.empty,
        "first_block": sub.heading.block,
        "last_block": max(sub.heading.block, sub.stop - 1),
    }


def _block(leaflet: Leaflet, index: int) -> dict[str, Any]:
    block = leaflet.blocks[index]
    found: dict[str, Any] = {"index": index, "kind": block.kind, "text": block.text}
    if block.marker:
        found["marker"] = block.marker
    if block.cells:
        found["cells"] = [
            block.text[start:end].strip()
            for start, end in zip(block.cells, [*block.cells[1:], len(block.text)], strict=True)
        ]
    return {**found, "location": _location(block.place())}


def _location(place: Location) -> dict[str, Any]:
    return {key: value for key, value in asdict(place).items() if value is not None}


def _value(leaflet: Leaflet, value: Any) -> Any:
    """Facts as JSON: spans become places with their words, exact numbers become strings."""
    if isinstance(value, Span):
        return {"text": leaflet.text(value), "location": _location(leaflet.place(value))}
    if isinstance(value, Location):
        return _location(value)
    if isinstance(value, (Decimal, Fraction)):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _value(leaflet, getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, (tuple, list, frozenset)):
        return [_value(leaflet, item) for item in value]
    return value
