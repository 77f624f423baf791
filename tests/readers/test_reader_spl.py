"""Structured Product Labeling: parts by section code, titles, the elements of a narrative, paths."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.formats import spl_document
from validator.document.blocks import Block, Part
from validator.document.text import words
from validator.errors import UnreadableError
from validator.readers import read


def _section(text: str = "", title: str = "", code: str = "42229-5", inner: str = "") -> str:
    titled = f"<title>{title}</title>" if title else ""
    return (
        f'<component><section><code code="{code}"/>{titled}'
        f"{text and f'<text>{text}</text>'}{inner}</section></component>"
    )


def _show(block: Block) -> str:
    strong = "!" if block.strong else ""
    lead = f"({block.lead})" if block.lead else ""
    return f"{block.kind}{block.level or ''}{strong}{lead} {block.marker and block.marker + ' '}{block.text}"


_MEDIA = '<component><observationMedia ID="M1"><text>A pen</text></observationMedia></component>'
_CASES = {
    "titles and nesting": (
        _section(
            "<paragraph>x</paragraph>", "1 USE", inner=_section("y", "1.1 In <content>adults</content>")
        ),
        ["heading1 1 USE", "paragraph x", "heading2 1.1 In adults", "paragraph y"],
    ),
    "a break in a title": (
        _section("", "INFORMATION<br/>for patients"),
        ["heading1 INFORMATION for patients"],
    ),
    "style codes in any case and order": (
        _section(
            '<paragraph styleCode="Bold">a</paragraph><paragraph><content styleCode="italics bold">b</content>c'
            '</paragraph><paragraph><content styleCode="italics">d</content><content styleCode="xmChange">e</content>'
            "</paragraph>"
        ),
        ["paragraph! a", "paragraph(1) bc", "paragraph de"],
    ),
    "lists": (
        _section(
            '<list listType="unordered" styleCode="Disc"><item>a<list><item>b</item></list></item>'
            '<item><caption>–</caption>c</item></list><list listType="ordered"><item>d</item><item>e</item></list>'
        ),
        ["item1 • a", "item2 • b", "item1 – c", "item1 1. d", "item1 2. e"],
    ),
    "a table": (
        _section(
            "<table><caption>Table 1</caption><col/><thead><tr><th>Dose</th><th>Age</th></tr></thead><tbody><tr>"
            "<td><paragraph>5 mg</paragraph></td><td>12<br/>years</td></tr></tbody></table>"
        ),
        ["paragraph Table 1", "row! Dose Age", "row 5 mg 12 years"],
    ),
    "inline elements": (
        _section('<paragraph>see <linkHtml href="#a">5.1</linkHtml>, H<sub>2</sub>O<sup>®</sup></paragraph>'),
        ["paragraph see 5.1, H2O®"],
    ),
    "a footnote does not cut its sentence": (
        _section("<paragraph>It lasts<footnote>In <content>most</content></footnote> a day.</paragraph>z"),
        ["paragraph It lasts a day.", "paragraph In most", "paragraph z"],
    ),
    "images by their alternative text": (
        _section(
            '<paragraph>a<renderMultiMedia referencedObject="M1"/></paragraph><renderMultiMedia referencedObject="?">'
            "<caption>Figure</caption></renderMultiMedia>",
            inner=_MEDIA,
        ),
        ["paragraph a", "image A pen", "image ", "paragraph Figure"],
    ),
    "highlights are left out": (
        _section("a", inner="<excerpt><highlight><text>b</text></highlight></excerpt>"),
        ["paragraph a"],
    ),
}


@pytest.mark.parametrize(("sections", "expected"), _CASES.values(), ids=_CASES)
def test_blocks(sections: str, expected: list[str]) -> None:
    assert [_show(block) for block in read(spl_document(sections)).blocks] == expected


_PATIENT = _section("g", "GUIDE", "42231-1", _section("h", "How?"))
_PARTS = {
    "no text for patients": (_section("a"), [Part(0, 1, "Label", "other")]),
    "between sections": (
        _section("a") + _PATIENT + _section("b"),
        [Part(0, 1, "Label", "other"), Part(1, 5, "GUIDE", "leaflet"), Part(5, 6, "Label", "other")],
    ),
    "inside a section, without a title": (
        _section("a", "17 COUNSELING", inner=_section("Read this.", code="42230-3")) + _section("b"),
        [Part(0, 2, "Label", "other"), Part(2, 3, "Read this.", "leaflet"), Part(3, 4, "Label", "other")],
    ),
    "two of them": (
        _PATIENT + _section("i", "USE", "59845-8"),
        [Part(0, 4, "GUIDE", "leaflet"), Part(4, 6, "USE", "leaflet", continues=True)],
    ),
}


@pytest.mark.parametrize(("sections", "parts"), _PARTS.values(), ids=_PARTS)
def test_parts(sections: str, parts: list[Part]) -> None:
    assert list(read(spl_document(sections)).parts) == parts


def test_a_document_for_patients() -> None:
    data = spl_document(_section("a")).replace(b"34391-3", b"42231-1")
    assert read(data).parts == (Part(0, 1, "Label", "leaflet"),)


def test_language() -> None:
    data = spl_document(_section("a")).replace(b"<title>L", b'<languageCode code="en-US"/><title>L')
    reading = read(data)
    assert (reading.language, reading.parts[0].language) == ("en-US", "en-US")


def test_a_path_leads_to_the_words() -> None:
    data = spl_document(
        _section("a1", "A") + _section("b1", "B", inner=_section("c1", "C") + _section("d1", "D"))
    )
    root = etree.fromstring(data)
    for block in read(data).blocks:
        steps = [step.partition("[") for step in (block.xpath or "").strip("/").split("/")]
        path = "".join(f"/*[local-name()='{name}']{bracket}{rest}" for name, bracket, rest in steps)
        (element,) = root.xpath(path)
        assert words("".join(element.itertext())) == words(block.text)


_REFUSED = {
    "another document": (
        b'<ClinicalDocument xmlns="urn:hl7-org:v3"/>',
        "this is XML, but not an SPL document (its root element is 'ClinicalDocument')",
    ),
    "a document type": (
        b'<!DOCTYPE document [<!ENTITY a "b">]><document xmlns="urn:hl7-org:v3"/>',
        "the file declares a document type (DOCTYPE); for safety such XML is not read",
    ),
    "deep": (
        spl_document("<component><section>" * 10_000),
        "the XML is nested deeper than 100 levels",
    ),
}


@pytest.mark.parametrize(("data", "message"), _REFUSED.values(), ids=_REFUSED)
def test_what_cannot_be_read_is_named(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(data)
    assert str(caught.value) == message
