"""A leaflet of our own, saved in the formats that structure it: FHIR as JSON and XML, SPL."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import escape
from typing import Any, NamedTuple

XHTML = "http://www.w3.org/1999/xhtml"
LEAFLET, SMPC = "100000155538", "100000155532"


class Chapter(NamedTuple):
    """A main section: its heading, "" for the front of the leaflet, and its lines."""

    title: str
    lines: list[str]


def chapters(text: str) -> list[Chapter]:
    """The main sections of a leaflet in plain text: their headings stand in its contents list too."""
    lines = [line for line in text.split("\n") if line.strip()]
    found = [Chapter("", [])]
    seen: set[str] = set()
    for line in lines:
        if re.match(r"\d\. ", line) and line in seen:
            found.append(Chapter(line, []))
        else:
            found[-1].lines.append(line)
        seen.add(line)
    return found


def narrative(lines: Iterable[str]) -> str:
    """XHTML of plain lines: bullets become lists."""
    html = "".join(
        f"<li>{escape(line[2:])}</li>\n" if line.startswith("• ") else f"<p>{escape(line)}</p>\n"
        for line in lines
    )
    html = re.sub(r"(?:<li>.*</li>\n)+", lambda match: f"<ul>\n{match.group()}</ul>\n", html)
    return f'<div xmlns="{XHTML}">\n{html}</div>'


def section(title: str, div: str = "", *inner: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A section of a Composition in the form of JSON."""
    made: dict[str, Any] = {"title": title, "code": {"coding": [{"code": "200000029895"}]}}
    if div:
        made["text"] = {"status": "additional", "div": div}
    if inner:
        made["section"] = list(inner)
    return made | more


def composition(
    *sections: dict[str, Any], code: str = LEAFLET, title: str = "Leaflet", **more: Any
) -> dict[str, Any]:
    """A Composition in the form of JSON."""
    kind = {"coding": [{"system": "https://spor.ema.europa.eu/rmswi/", "code": code}]}
    return {"resourceType": "Composition", "type": kind, "title": title, "section": list(sections)} | more


def bundle(*resources: dict[str, Any], kind: str = "document", **more: Any) -> dict[str, Any]:
    """A Bundle in the form of JSON."""
    return {
        "resourceType": "Bundle",
        "type": kind,
        "entry": [{"resource": each} for each in resources],
    } | more


def fhir(text: str, *, nested: bool, language: str = "en") -> dict[str, Any]:
    """A leaflet as a Bundle: all sections under a root section that holds the front, or side by side."""
    front, *rest = chapters(text)
    first, *opening = front.lines
    inner = [section(chapter.title, narrative(chapter.lines)) for chapter in rest]
    if nested:
        return bundle(composition(section(first, narrative(opening), *inner)), language=language)
    return bundle(composition(section(first, narrative(opening)), *inner), language=language)


def as_json(resource: Any, **options: Any) -> bytes:
    """FHIR JSON of a resource."""
    return json.dumps(resource, **{"ensure_ascii": False, "indent": 2} | options).encode()


def as_xml(resource: dict[str, Any]) -> bytes:
    """FHIR XML of a resource in the form of JSON."""
    name = resource["resourceType"]
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="http://hl7.org/fhir">{_children(resource)}</{name}>'.encode()


def _children(value: dict[str, Any]) -> str:
    return "\n".join(
        _element(name, each)
        for name, inner in value.items()
        if name != "resourceType"
        for each in (inner if isinstance(inner, list) else [inner])
    )


def _element(name: str, value: Any) -> str:
    if name == "div":
        return str(value)
    if isinstance(value, str):
        return f'<{name} value="{escape(value)}"/>'
    kind = value.get("resourceType")
    inner = f"<{kind}>{_children(value)}</{kind}>" if kind else _children(value)
    return f"<{name}>{inner}</{name}>"


def spl(text: str, code: str = "42231-1", *, apart: bool = False) -> bytes:
    """A leaflet as the text for patients of a US label, after a section for professionals.

    `apart`: its sections stand side by side, each with the code, not in one section that has it.
    """
    front, *rest = chapters(text)
    own = code if apart else ""
    inner = "".join(_spl_section(own, chapter.title, _spl_text(chapter.lines)) for chapter in rest)
    opening = _spl_text(front.lines[1:])
    patient = _spl_section(code, front.lines[0], opening if apart else opening + inner) + inner * apart
    label = _spl_section("34067-9", "1 INDICATIONS", "<text><paragraph>For hives.</paragraph></text>")
    return spl_document(label + patient)


def spl_document(sections: str) -> bytes:
    """An SPL document around sections."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<document xmlns="urn:hl7-org:v3">'
        '<code code="34391-3" displayName="HUMAN PRESCRIPTION DRUG LABEL"/><title>Label</title>'
        f"<component><structuredBody>{sections}</structuredBody></component></document>"
    ).encode()


def _spl_section(code: str, title: str, content: str) -> str:
    return (
        f'<component>\n<section><code code="{code or "42229-5"}"/>'
        f"<title>{escape(title)}</title>\n{content}</section></component>"
    )


def _spl_text(lines: Iterable[str]) -> str:
    html = narrative(lines).partition(">")[2].removesuffix("</div>")
    for old, new in (("p", "paragraph"), ("li", "item"), ("ul", "list")):
        html = html.replace(f"<{old}>", f"<{new}>").replace(f"</{old}>", f"</{new}>")
    return f"<text>{html}</text>"
