"""One leaflet in every format: the same outline, the same facts, the same findings, places apart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docx_files import docx_of
from tests.formats import as_json, as_xml, fhir, spl
from tests.leaflets import FIXTURES, facts, input_of, judged, outline, parsed
from tests.pdf_files import Setting, pdf_of

WRITTEN = FIXTURES / "formats" / "eu-tablet"
TEXT = input_of("eu-tablet")
HEADINGS = frozenset(line for line in TEXT.splitlines() if re.match(r"\d\. ", line))


def markdown(text: str) -> str:
    """The leaflet as Markdown: main headings with signs, lists as lists, other lines as paragraphs."""
    lines = []
    for line in text.splitlines():
        heading = line[:2] in {f"{number}." for number in range(1, 7)}
        lines.append(f"## {line}" if heading else line.replace("• ", "- ", 1))
    return "\n\n".join(line for line in lines if line)


FILES: dict[str, bytes] = {
    "leaflet.md": markdown(TEXT).encode(),
    "leaflet.docx": docx_of(TEXT, automatic=True),
    "leaflet.json": as_json(fhir(TEXT, nested=True, language="en")),
    "leaflet.xml": as_xml(fhir(TEXT, nested=False, language="en")),
    "lines.ndjson": as_json(fhir(TEXT, nested=True, language="en"), indent=None) + b"\n",
    "label.xml": spl(TEXT),
    "canvas.pdf": pdf_of(TEXT, Setting(headings=HEADINGS)),
    **{path.name: path.read_bytes() for path in sorted(WRITTEN.iterdir())},
}


@pytest.mark.parametrize("name", FILES)
def test_the_same_outline_facts_and_findings(name: str) -> None:
    plain, dressed = parsed(TEXT), parsed(FILES[name], name=name)
    assert outline(dressed) == outline(plain)
    assert facts(dressed) == facts(plain)
    verdicts = {j.rule: j.verdict for j in judged(FILES[name], name=name).requirements}
    wanted = {j.rule: j.verdict for j in judged(TEXT).requirements}
    assert {rule for rule in wanted if verdicts[rule] != wanted[rule]} <= {"residue/tracked-change"}
    assert judged(FILES[name], name=name).findings == ()


def test_every_file_of_the_folder_is_a_format_of_its_own() -> None:
    formats = {parsed(data, name=Path(name).name).format for name, data in FILES.items()}
    assert formats == {"markdown", "docx", "fhir", "spl", "html", "pdf"}


def test_the_pdfs_come_from_three_producers() -> None:
    said = {
        re.search(rb"/Producer ?[(<]([^)>]+)", data) for name, data in FILES.items() if name.endswith(".pdf")
    }
    assert len({match[1] for match in said if match}) == 3
