"""FHIR ePI: which documents a file holds, how titles and narratives become blocks, what is refused."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import pytest

from tests.formats import SMPC, XHTML, as_json, as_xml, bundle, composition, section
from validator.document.blocks import Block, Part, Reading
from validator.errors import UnreadableError
from validator.readers import Limits, read


def _div(inner: str) -> str:
    return f'<div xmlns="{XHTML}">{inner}</div>'


def _show(block: Block) -> str:
    strong = "!" if block.strong else ""
    lead = f"({block.lead})" if block.lead else ""
    return f"{block.kind}{block.level or ''}{strong}{lead} {block.marker and block.marker + ' '}{block.text}"


def _read(resource: dict[str, Any], how: str) -> Reading:
    return read(as_json(resource) if how == "json" else as_xml(resource))


def _of(*sections: dict[str, Any]) -> dict[str, Any]:
    return bundle(composition(*sections))


_LONG = "a word " * 13
_CASES = {
    "titles are headings by depth, then comes the narrative": (
        _of(section("A", _div("<p>x</p>"), section("B", _div("<p>y</p>"), section("C"))), section("D")),
        ["heading1 A", "paragraph x", "heading2 B", "paragraph y", "heading3 C", "heading1 D"],
    ),
    "a heading in a narrative is below its section": (
        _of(section("A", _div("<p>x</p><h2>B</h2>"))),
        ["heading1 A", "paragraph x", "heading3 B"],
    ),
    "a title repeated by the narrative is there once": (
        _of(section("4. Side effects", _div("<p><b>4. Side effects</b></p><p>x</p>"))),
        ["heading1 4. Side effects", "paragraph x"],
    ),
    "of two the numbered one counts": (
        _of(section("Side effects", _div("<h2>4. Side effects</h2>x"))),
        ["heading1 4. Side effects", "paragraph x"],
    ),
    "a title with body text is no heading": (
        _of(
            section(_LONG), section("Do not take it and ask your doctor at once, if so."), section("6. More.")
        ),
        [
            f"paragraph {_LONG.strip()}",
            "paragraph Do not take it and ask your doctor at once, if so.",
            "heading1 6. More.",
        ],
    ),
    "a title is no markup": (
        _of(section("Before you <take><use> A & B", _div("<p>x</p>"))),
        ["heading1 Before you <take><use> A & B", "paragraph x"],
    ),
    "without title, without narrative, with an empty one": (
        _of({"text": {"div": _div("<p>x</p>")}}, section("A"), section("B", _div("<p> </p>"))),
        ["paragraph x", "heading1 A", "heading1 B"],
    ),
    "narratives are read as HTML": (
        _of(section("A", _div("<table><tr><td>often</td><td>cough</td></tr></table><ul><li>one</li></ul>"))),
        ["heading1 A", "row often cough", "item1 • one"],
    ),
    "images": (
        _of(
            section(
                "A",
                _div(
                    '<p><img src="data:image/png;base64,AAAA" alt="black triangle"/>This medicine</p>'
                    '<p>See<img src="#b1"/>here</p>'
                ),
            )
        ),
        ["heading1 A", "image black triangle", "paragraph This medicine", "paragraph See here", "image "],
    ),
    "HTML that was escaped": (
        _of(section("A", _div("&lt;p&gt;caf&amp;eacute; &amp;lt; 5&lt;/p&gt;&lt;p&gt;b&lt;/p&gt;"))),
        ["heading1 A", "paragraph café < 5", "paragraph b"],
    ),
    "a comparison is no escaped HTML": (
        _of(section("A", _div("<p>if x &lt;5 or y&gt;3</p>"))),
        ["heading1 A", "paragraph if x <5 or y>3"],
    ),
    "a Composition without sections": (
        bundle(composition(text={"div": _div("<p>All of it.</p>")})),
        ["paragraph All of it."],
    ),
}


@pytest.mark.parametrize("how", ["json", "xml"])
@pytest.mark.parametrize(("resource", "expected"), _CASES.values(), ids=_CASES)
def test_blocks(resource: dict[str, Any], expected: list[str], how: str) -> None:
    assert [_show(block) for block in _read(resource, how).blocks] == expected


_SMPC = composition(section("1. NAME"), code=SMPC, title="SmPC", language="es")
_LEAFLET = composition(section("Prospecto"), title="Prospecto")
_BOTH = [Part(0, 1, "SmPC", "other", "es"), Part(1, 2, "Prospecto", "leaflet", "en")]
_FILES = {
    "document": (bundle(_LEAFLET, language="en"), [Part(0, 1, "Prospecto", "leaflet", "en")]),
    "bare Composition": (_LEAFLET, [Part(0, 1, "Prospecto", "leaflet", "")]),
    "several in a document": (bundle(_SMPC, _LEAFLET, language="en"), _BOTH),
    "collection of documents": (
        bundle({"resourceType": "List"}, bundle(_SMPC), bundle(_LEAFLET, language="en"), kind="collection"),
        _BOTH,
    ),
    "a type that says nothing": (composition(section("A"), code="22954"), [Part(0, 1, "Leaflet", "", "")]),
    "no type": ({"resourceType": "Composition", "section": [section("A")]}, [Part(0, 1, "A", "", "")]),
    "a US label": (
        composition(
            section("INDICATIONS"),
            section("GUIDE", "", section("What is it?"), code={"coding": [{"code": "42231-1"}]}),
            section("PACKAGE"),
            code="34391-3",
            title="Label",
        ),
        [
            Part(0, 1, "Label", "other", ""),
            Part(1, 3, "GUIDE", "leaflet", ""),
            Part(3, 4, "Label", "other", ""),
        ],
    ),
    "a Composition without text": (bundle(composition(), _LEAFLET), [Part(0, 1, "Prospecto", "leaflet", "")]),
}


@pytest.mark.parametrize("how", ["json", "xml"])
@pytest.mark.parametrize(("resource", "parts"), _FILES.values(), ids=_FILES)
def test_parts(resource: dict[str, Any], parts: list[Part], how: str) -> None:
    assert list(_read(resource, how).parts) == parts


def test_an_array_of_resources() -> None:
    reading = read(as_json([_SMPC, _LEAFLET]))
    assert [(part.title, part.kind) for part in reading.parts] == [
        ("SmPC", "other"),
        ("Prospecto", "leaflet"),
    ]
    assert reading.blocks[1].xpath == "[1].section[0].title"


_EMPTY = {"emptyReason": {"coding": [{"code": "unavailable"}]}}
_LOSSY = {
    "a placeholder": (section("A", _div("unavailable")), ["A"], True),
    "empty with a reason": (section("A", **_EMPTY), ["A"], True),
    "a container marked as empty": (
        section("A", _div("unavailable"), section("B", _div("x")), **_EMPTY),
        ["A", "B", "x"],
        False,
    ),
    "a text in spite of the reason": (
        section("A", _div("<p>Not at all empty.</p>"), **_EMPTY),
        ["A", "Not at all empty."],
        False,
    ),
    "empty without a reason": (section("A"), ["A"], False),
}


@pytest.mark.parametrize("how", ["json", "xml"])
@pytest.mark.parametrize(("one", "texts", "lossy"), _LOSSY.values(), ids=_LOSSY)
def test_what_the_file_says_is_missing(one: dict[str, Any], texts: list[str], lossy: bool, how: str) -> None:
    reading = _read(_of(one), how)
    assert [block.text for block in reading.blocks] == texts
    assert reading.lossy == (frozenset({"unavailable"}) if lossy else frozenset())


def test_paths() -> None:
    resource = bundle(
        bundle(composition(section("A", _div("x"), section("B"), section("C", _div("y"))))), kind="collection"
    )
    path = "Bundle.entry[0].resource.entry[0].resource.section[0]"
    expected = [
        f"{path}.title",
        f"{path}.text.div",
        f"{path}.section[0].title",
        f"{path}.section[1].title",
        f"{path}.section[1].text.div",
    ]
    for how in ("json", "xml"):
        assert [block.xpath for block in _read(resource, how).blocks] == expected


def test_prefixed_and_spaced_xml() -> None:
    data = (
        f'\n\n <?xml version="1.1" encoding="UTF-16"?>\n<f:Bundle xmlns:f="http://hl7.org/fhir" xmlns:h="{XHTML}">'
        "<f:entry><f:resource><f:Composition><f:section><f:title id='x' value = 'A &amp; B'/>"
        "<f:text><h:div><h:p>one <h:b>two</h:b></h:p><h:ul><h:li>three</h:li></h:ul></h:div></f:text>"
        "</f:section></f:Composition></f:resource></f:entry></f:Bundle>"
    ).encode()
    assert [_show(block) for block in read(data).blocks] == [
        "heading1 A & B",
        "paragraph one two",
        "item1 • three",
    ]


_REFUSED = {
    "no document": (
        as_json({"resourceType": "Patient"}),
        "this FHIR file holds no Composition, only: Patient",
    ),
    "an empty bundle": (as_xml(bundle()), "this FHIR file holds no Composition, only: Bundle"),
    "JSON of another kind": (b'{"a": [1, {}]}', "this is JSON, but not FHIR"),
    "XML of another kind": (
        b'<?xml version="1.0"?>\n<!-- c --><a xmlns="urn:b"/>',
        "this is XML, but neither FHIR nor SPL: its root element is 'a' in namespace 'urn:b'",
    ),
    "a document type": (
        b'<!DOCTYPE Bundle [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><Bundle xmlns="http://hl7.org/fhir">&b;</Bundle>',
        "the file declares a document type (DOCTYPE); for safety such XML is not read",
    ),
    "an external entity": (
        b'<?xml version="1.0"?><!DOCTYPE Bundle SYSTEM "file:///etc/passwd"><Bundle xmlns="http://hl7.org/fhir"/>',
        "the file declares a document type (DOCTYPE); for safety such XML is not read",
    ),
    "an unknown entity": (
        b'<Bundle xmlns="http://hl7.org/fhir">\n <id>&x;</id></Bundle>',
        "the file is not well-formed XML: undefined entity (line 2, column 6)",
    ),
    "tags that do not match": (
        b'<Bundle xmlns="http://hl7.org/fhir"><a></b></Bundle>',
        "the file is not well-formed XML: mismatched tag (line 1, column 42)",
    ),
    "deep XML": (
        b'<Bundle xmlns="http://hl7.org/fhir">' + b"<a>" * 10_000 + b"</a>" * 10_000 + b"</Bundle>",
        "the XML is nested deeper than 100 levels",
    ),
    "deep JSON": (
        b'{"resourceType":"Bundle","a":' + b"[" * 100_000,
        "the JSON is nested deeper than 100 levels",
    ),
    "cut JSON": (
        b'{"resourceType": "Bundle",\n "entry": [',
        "the file is not valid JSON: the file ends too early (line 2, column 12)",
    ),
    "a stray comma": (
        b'{"resourceType": "Bundle",}',
        "the file is not valid JSON: this does not belong here (line 1, column 27)",
    ),
    "two values": (
        b'{"resourceType": "Bundle"} {}',
        "the file is not valid JSON: this does not belong here (line 1, column 28)",
    ),
    "no word of JSON": (
        b'{"resourceType": Bundle}',
        "the file is not valid JSON: this does not belong here (line 1, column 18)",
    ),
    "an open string": (
        b'{"resourceType": "Bundle',
        "the file is not valid JSON: this does not belong here (line 1, column 18)",
    ),
}


@pytest.mark.parametrize(("data", "message"), _REFUSED.values(), ids=_REFUSED)
def test_what_cannot_be_read_is_named(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(data)
    assert str(caught.value) == message


_WHOLE = as_json(_of(section("A", _div("<p>x</p>")))).decode()
_ODD = {
    "numbers beyond all bounds, no number, equal keys": _WHOLE.replace(
        '"type": "document"',
        '"n": ' + "9" * 100_000 + ', "m": -1e999999, "l": NaN, "type": "batch", "type": "document"',
    ),
    "a lone surrogate": _WHOLE.replace('"A"', '"A\\ud800"').replace("A\\ud800", "A"),
    "XInclude": as_xml(_of(section("A", _div("<p>x</p>"))))
    .decode()
    .replace(
        "<type ", '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/><type '
    ),
    "wrong types": _WHOLE.replace('"type": "document"', '"type": [[]], "language": {"a": 1}'),
}


@pytest.mark.parametrize("source", _ODD.values(), ids=_ODD)
def test_odd_files_are_read_all_the_same(source: str) -> None:
    assert [block.text for block in read(source.encode()).blocks] == ["A", "x"]


def test_a_lone_surrogate_is_replaced() -> None:
    reading = read(_WHOLE.replace('"A"', '"A \\ud800B \\ud83d\\ude00"').encode())
    assert reading.blocks[0].text == "A \ufffdB 😀"


@pytest.mark.parametrize("how", ["json", "xml"])
def test_bounds_hold_over_all_narratives(how: str) -> None:
    many = _of(*[section("A", _div("<p>x</p>")) for _ in range(10)])
    nodes = "values" if how == "json" else "elements"
    signs = _of(section("A", _div("&lt;" * 10)))
    big = _of(section("A", _div("<p>" + "word " * 300_000 + "</p>")))
    for resource, limits, message in (
        (many, Limits(max_blocks=15), "the file has more than 15 paragraphs"),
        (big, Limits(), "the file has a paragraph of more than 1000000 characters"),
        (many, Limits(max_nodes=20), f"the {how.upper()} has more than 20 {nodes}"),
        (signs, Limits(max_block_chars=9), "the file has a text with more than 9 escaped characters"),
        (many, Limits(max_tags=15), "the file has more than 15 tags and character references"),
    ):
        with pytest.raises(UnreadableError) as caught:
            read(as_json(resource) if how == "json" else as_xml(resource), limits=limits)
        assert str(caught.value) == message


_HOSTILE = {
    "a text of 20 MB": as_xml(_of(section("A", "x" * 20_000_000))),
    "escapes": b'{"resourceType": "Composition", "title": "' + b"\\" * 2_000_000,
    "narrative of brackets": as_json(_of(section("A", _div("<" * 300_000)))),
    "tags over 40 MB": as_json(_of(section("A", _div("<b></b>" * 6_000_000)))),
    "deep narrative": as_xml(_of(section("A", _div("<b>" * 20_000 + "x" + "</b>" * 20_000)))),
    "references": as_json(_of(section("A", _div("&lt;/p&gt;" * 50_000)))),
    "attributes": b'<Bundle xmlns="http://hl7.org/fhir" ' + b'a="' * 100_001,
    "comments": b"<!--" * 300_000 + b'<Bundle xmlns="http://hl7.org/fhir"/>',
    "processing instructions": b"<?a?>" * 12_000 + b"<a",
}


@pytest.mark.parametrize("data", _HOSTILE.values(), ids=_HOSTILE)
def test_hostile_input_takes_little_time(data: bytes) -> None:
    begin = time.process_time()
    with suppress(UnreadableError):
        read(data)
    assert time.process_time() - begin < 3
