"""Bilingual files: their segments with places, and what is found in them."""

from __future__ import annotations

import pytest

from tests.compare.segments import FORMS, sdlxliff, xliff_1
from validator import collate
from validator.batch import Input
from validator.errors import UnreadableError
from validator.readers import bilingual
from validator.report import Document
from validator.settings import Options

SEGMENTS = [
    ("Take Velorin for 24 weeks & no longer.", "Nehmen Sie Velorin 24 Wochen lang & nicht länger ein."),
    ("Do not drink alcohol while you take it.", "Trinken Sie keinen Alkohol, während Sie es einnehmen."),
    (
        "Uncommon (may affect up to 1 in 100 people)",
        "Gelegentlich (kann bis zu 1 von 100 Behandelten betreffen)",
    ),
    (
        "Keep the bottle in the fridge (2 to 8 °C).",
        "Bewahren Sie die Flasche im Kühlschrank auf (2 bis 8 °C).",
    ),
    ("The doctor will tell you when to stop.", "Ihr Arzt wird Ihnen sagen, wann Sie aufhören sollen."),
]


def compared(text: str, **settings: str) -> Document:
    (result,) = collate.bilingual(Input("file", data=text.encode()), Options(**settings))  # type: ignore[arg-type]
    assert not result.failure, result.failure
    (document,) = result.documents
    return document


@pytest.mark.parametrize("form", FORMS)
def test_segments_stand_where_the_file_has_them(form: str) -> None:
    text = FORMS[form](SEGMENTS)
    (found,) = bilingual.read(text.encode())
    assert (found.source_language, found.target_language) == ("en", "de")
    assert [(each.source.text, each.target.text) for each in found.segments] == SEGMENTS
    lines = text.split("\n")
    for segment in found.segments:
        for block in (segment.source, segment.target):
            first = block.text.split()[0]
            place = block.place(0, len(first))
            assert place.line is not None
            assert place.column is not None
            assert lines[place.line - 1][place.column - 1 :].startswith(first)


@pytest.mark.parametrize("form", FORMS)
def test_a_good_translation_raises_nothing(form: str) -> None:
    document = compared(FORMS[form](SEGMENTS))
    assert [(f.rule, f.message) for f in document.findings] == []
    assert {j.rule for j in document.requirements if j.verdict == "not-applicable"} == {
        "compare/section",
        "compare/statement",
        "compare/warning",
        "compare/product-name",
        "compare/contact",
        "compare/date",
    }


DEFECTS = [
    (0, "24 Wochen", "42 Wochen", ("compare/number", "inconsistent", "error")),
    (0, "24 Wochen", "24 Tage", ("compare/number", "inconsistent", "error")),
    (1, "keinen Alkohol", "Alkohol", ("compare/denial", "altered", "advice")),
    (2, "Gelegentlich", "Häufig", ("compare/frequency", "inconsistent", "error")),
    (3, "(2 bis 8 °C)", "(2 bis 8 °C", ("compare/mark", "inconsistent", "advice")),
    (4, SEGMENTS[4][1], SEGMENTS[4][0], ("compare/untranslated", "leftover", "error")),
    (4, SEGMENTS[4][1], "", ("compare/list-item", "missing", "error")),
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("at", "old", "new", "finding"), DEFECTS)
def test_a_defect_is_found_in_every_dialect(
    form: str, at: int, old: str, new: str, finding: tuple[str, str, str]
) -> None:
    segments = list(SEGMENTS)
    source, target = segments[at]
    assert old in target
    segments[at] = (source, target.replace(old, new))
    document = compared(FORMS[form](segments))
    assert [(f.rule, f.problem, f.severity) for f in document.findings] == [finding]
    assert document.findings[0].location.line is not None


def test_codes_between_words_are_no_text() -> None:
    text = xliff_1([("ONE", "TWO")])
    text = text.replace(
        "ONE", '<bpt id="1">{\\b </bpt>Take <g id="2">two</g><ept id="1">}</ept><x id="3"/> tablets'
    )
    text = text.replace("TWO", "<![CDATA[Nehmen Sie ]]>2&#160;&amp; mehr<!-- note --> ein")
    (found,) = bilingual.read(text.encode())
    assert [(s.source.text, s.target.text) for s in found.segments] == [
        ("Take two tablets", "Nehmen Sie 2 & mehr ein")
    ]


def test_marks_in_a_segment_do_not_end_it() -> None:
    text = sdlxliff([("ONE", "TWO"), ("Good day.", "Guten Tag.")])
    text = text.replace("ONE</g>", 'Take <mrk mtype="x-term">a tablet</mrk> now.</g>')
    text = text.replace("TWO</g>", 'Nehmen Sie jetzt <mrk mtype="x-term">eine Tablette</mrk> ein.</g>')
    (found,) = bilingual.read(text.encode())
    assert [(s.source.text, s.target.text) for s in found.segments] == [
        ("Take a tablet now.", "Nehmen Sie jetzt eine Tablette ein."),
        ("Good day.", "Guten Tag."),
    ]


def test_a_tmx_gives_one_comparison_a_language() -> None:
    units = (
        '<tu><tuv xml:lang="en"><seg>Take it for 3 days.</seg></tuv>'
        '<tuv xml:lang="de"><seg>Nehmen Sie es 3 Tage lang.</seg></tuv>'
        '<tuv xml:lang="pt-BR"><seg>Tome durante 5 dias.</seg></tuv></tu>'
    )
    text = f'<tmx version="1.4"><header srclang="*all*"/><body>{units}</body></tmx>'
    (result,) = collate.bilingual(Input("a.tmx", data=text.encode()), Options())
    assert [(d.language, [f.rule for f in d.findings]) for d in result.documents] == [
        ("de", []),
        ("pt", ["compare/number"]),
    ]


def test_a_whole_leaflet_in_segments_is_compared_with_its_statements() -> None:
    from tests.compose import compose, text_of

    source, target = (
        [line for line in text_of(compose("eu", code)).split("\n") if line.strip()] for code in ("en", "de")
    )
    assert len(source) == len(target)
    pairs = list(zip(source, target, strict=True))
    document = compared(xliff_1(pairs))
    assert [f.message for f in document.findings if f.severity == "error"] == []
    told = {j.rule: j.verdict for j in document.requirements}
    assert told["compare/statement"] == told["compare/section"] == "met"
    lost = [(one, "" if "für Kinder unzugänglich" in other else other) for one, other in pairs]
    rules = {f.rule for f in compared(xliff_1(lost)).findings if f.severity == "error"}
    assert rules == {"compare/statement", "compare/list-item"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Package leaflet", "this is no bilingual file"),
        ("<html><body>xliff</body></html>", "this is no bilingual file"),
        ('<xliff version="1.2"><file source-language="en" target-language="de"/></xliff>', "no segment"),
        ('<!DOCTYPE tmx [<!ENTITY a "b">]><tmx version="1.4"><body/></tmx>', "DOCTYPE"),
        ("<xliff>" + "<group>" * 200 + "</group>" * 200 + "</xliff>", "nested deeper"),
        ('<xliff version="1.2"><file>', "not well-formed"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, told: str) -> None:
    with pytest.raises(UnreadableError, match=told):
        bilingual.read(text.encode())


def test_a_segment_without_words_is_no_text() -> None:
    (found,) = bilingual.read(xliff_1([("—", "—"), ("One word", "")]).encode())
    assert [(s.source.kind, s.target.kind) for s in found.segments] == [
        ("furniture", "furniture"),
        ("paragraph", "furniture"),
    ]
