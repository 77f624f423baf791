"""A leaflet gives the same outline, facts and findings as a text and as a PDF, places apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.leaflets import facts, input_of, judged, outline, parsed
from tests.pdf_files import Setting, pdf_of
from tests.test_invariance import spoil
from validator.document.leaflet import Leaflet
from validator.report import Document

SETTINGS = {
    "one column": Setting(paragraph_gap=0.4),
    "two columns": Setting(columns=2, size=8.5, paragraph_gap=0.4, head="Velorin", foot="{page}/9"),
    "row by row": Setting(columns=2, size=8.5, paragraph_gap=0.4, rows=True, hyphens=True),
    "three columns": Setting(columns=3, size=7, paragraph_gap=0.4),
    "no gap between paragraphs": Setting(hyphens=True, size=10, symbol_font=True),
    "turned pages": Setting(paragraph_gap=0.4, quarters=1),
    "heads in bold": Setting(paragraph_gap=0.4, break_at=17, heads=("Velorin {page}", "{page} Leaflet")),
    "short pages": Setting(paragraph_gap=0.5, break_at=11, head="Page {page} of 12"),
}


def headings(leaflet: Leaflet) -> frozenset[str]:
    """The lines that the outline takes for headings: bold type must not add others."""
    found = [part.heading for section in leaflet.sections for part in (section, *section.subsections)]
    return frozenset(leaflet.blocks[heading.block].text for heading in found if heading)


def seen(document: Document) -> list[tuple[str, str, str]]:
    return sorted((f.rule, f.problem, f.severity) for f in document.findings)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("name", ["eu-tablet", "aknetrent"])
def test_outline_facts_and_findings(name: str, setting: Setting) -> None:
    text = spoil(input_of(name))
    plain = parsed(text)
    data = pdf_of(text, replace(setting, headings=headings(plain)))
    dressed = parsed(data)
    assert outline(dressed) == outline(plain)
    assert facts(dressed) == facts(plain)
    assert seen(judged(data)) == seen(judged(text))


def test_a_triangle_as_a_picture_is_for_a_person_to_judge() -> None:
    document = judged(pdf_of(input_of("eu-tablet"), Setting(paragraph_gap=0.4, triangle="image")))
    (symbol,) = [each for each in document.requirements if each.rule == "black-triangle/symbol"]
    assert symbol.verdict == "review"


def test_places_name_the_page() -> None:
    data = pdf_of(spoil(input_of("eu-tablet")), Setting(paragraph_gap=0.4))
    assert {finding.location.page for finding in judged(data).findings} <= {1, 2, 3}
