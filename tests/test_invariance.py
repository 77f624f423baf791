"""What a file looks like on the outside makes no difference to the findings, and places stay true."""

from __future__ import annotations

import unicodedata

import pytest

from tests.docx_files import docx_of
from tests.formats import as_json, as_xml, fhir, spl
from tests.leaflets import facts, input_of, judged, outline, parsed
from validator.report import Document

NAMES = ("aknetrent", "eu-tablet", "tr-tablet", "uk-tablet", "us-guide")


def spoil(text: str) -> str:
    """A leaflet with one statement lost and one altered, so that there is something to find."""
    return text.replace("Keep this leaflet.", "Keep that paper.").replace(
        "out of the sight and reach", "out of sight"
    )


def seen(document: Document) -> list[tuple[str, str, str, str, int | None]]:
    return [(f.rule, f.problem, f.message, f.fingerprint, f.location.line) for f in document.findings]


DISGUISES = {
    "byte-order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "no-break spaces": lambda text: text.replace(" of ", "\u00a0of ").replace(" ve ", " ve\u00a0").encode(),
    "NFD": lambda text: unicodedata.normalize("NFD", text).encode(),
    "private-use bullets": lambda text: text.replace("• ", "\uf0b7 ").encode(),
    "typewriter quotes": lambda text: text.replace("’", "'").encode(),
    "non-breaking hyphens": lambda text: text.replace("film-coated", "film\u2011coated").encode(),
    "soft hyphens": lambda text: (
        text.replace("children", "chil\u00addren").replace("ilaç", "i\u00adlaç").encode()
    ),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("disguise", DISGUISES)
def test_the_outside_makes_no_difference(name: str, disguise: str) -> None:
    text = spoil(input_of(name))
    plain = judged(text)
    dressed = judged(DISGUISES[disguise](text))
    assert [entry[:3] for entry in seen(dressed)] == [entry[:3] for entry in seen(plain)]
    assert [entry[4] for entry in seen(dressed)] == [entry[4] for entry in seen(plain)]


@pytest.mark.parametrize("name", NAMES)
def test_fingerprints_survive_shifted_lines(name: str) -> None:
    text = spoil(input_of(name))
    head, _, rest = text.partition("\n")
    shifted = judged(f"{head}\n\n\n\n{rest}")
    assert [(f.rule, f.fingerprint) for f in shifted.findings] == [
        (f.rule, f.fingerprint) for f in judged(text).findings
    ]


@pytest.mark.parametrize("name", NAMES)
def test_evidence_stands_where_the_finding_says(name: str) -> None:
    text = spoil(input_of(name))
    lines = text.split("\n")
    for finding in judged(text).findings:
        place = finding.location
        assert place.line is not None
        assert 1 <= place.line <= len(lines)
        if finding.evidence and finding.problem != "missing" and place.line == place.end_line:
            assert place.column is not None
            assert place.end_column is not None
            stands = lines[place.line - 1][place.column - 1 : place.end_column - 1]
            assert (
                stands == finding.evidence
                or finding.evidence.lower() in stands.lower()
                or (finding.rule == "black-triangle/listing")
            )


def html_of(text: str) -> bytes:
    paragraphs = "".join(f"<p>{line}</p>\n" for line in text.split("\n") if line.strip())
    return f"<!DOCTYPE html>\n<html><body>\n{paragraphs}</body></html>".encode()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_leaflet_as_html_gives_the_same_findings(name: str) -> None:
    text = spoil(input_of(name))
    as_html = judged(html_of(text), name="leaflet.html")
    assert sorted((f.rule, f.problem, f.severity) for f in as_html.findings) == sorted(
        (f.rule, f.problem, f.severity) for f in judged(text).findings
    )


LANGUAGES = {"aknetrent": "en", "eu-tablet": "en", "tr-tablet": "tr", "uk-tablet": "en", "us-guide": "en"}
STRUCTURED = {
    "FHIR JSON, nested": lambda text, language: as_json(fhir(text, nested=True, language=language)),
    "FHIR JSON, flat": lambda text, language: as_json(fhir(text, nested=False, language=language)),
    "FHIR JSON, escaped": lambda text, language: as_json(
        fhir(text, nested=True, language=language), ensure_ascii=True, indent=None
    ),
    "FHIR XML, nested": lambda text, language: as_xml(fhir(text, nested=True, language=language)),
    "FHIR XML, flat": lambda text, language: as_xml(fhir(text, nested=False, language=language)),
    "SPL": lambda text, language: spl(text),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("written", STRUCTURED)
def test_the_same_leaflet_in_a_structured_format(name: str, written: str) -> None:
    text = spoil(input_of(name))
    data = STRUCTURED[written](text, LANGUAGES[name])
    plain, dressed = parsed(text), parsed(data)
    assert outline(dressed) == outline(plain)
    assert dressed.facts == plain.facts
    found = [(f.rule, f.problem, f.severity, f.evidence, f.fingerprint) for f in judged(data).findings]
    assert found == [
        (f.rule, f.problem, f.severity, f.evidence, f.fingerprint) for f in judged(text).findings
    ]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("automatic", [False, True])
def test_the_same_leaflet_as_docx_gives_the_same_outline_facts_and_findings(
    name: str, automatic: bool
) -> None:
    text = spoil(input_of(name))
    data = docx_of(text, automatic=automatic)
    plain, dressed = parsed(text), parsed(data)
    assert outline(dressed) == outline(plain)
    assert facts(dressed) == facts(plain)
    assert sorted((f.rule, f.problem, f.severity) for f in judged(data).findings) == sorted(
        (f.rule, f.problem, f.severity) for f in judged(text).findings
    )


@pytest.mark.parametrize("name", NAMES)
def test_findings_in_docx_stand_in_the_paragraph_that_is_the_line_of_the_text(name: str) -> None:
    text = spoil(input_of(name))
    places = [(f.rule, f.location.line, f.location.column) for f in judged(text).findings]
    assert [
        (f.rule, f.location.paragraph, f.location.column) for f in judged(docx_of(text)).findings
    ] == places
