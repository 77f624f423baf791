"""What markets have of their own: by which signs they are told, and what they cite."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.formats import spl
from tests.leaflets import brief, input_of, judged, parsed
from validator import catalogue, check
from validator.resources import house_rules


@pytest.mark.parametrize(
    ("name", "market", "sign"),
    [
        ("eu-tablet", "eu", "“package leaflet”"),
        ("tr-tablet", "tr", "“kullanma talimatı”"),
        ("uk-tablet", "uk", "“yellow card”"),
        ("us-guide", "us", "“medication guide”"),
    ],
)
def test_a_leaflet_is_told_by_the_signs_of_its_market(name: str, market: str, sign: str) -> None:
    guess = parsed(input_of(name)).market
    assert guess.value == market
    assert sign in guess.reasons


def test_a_market_cites_its_own_form_of_the_law_it_follows() -> None:
    followed = catalogue.profile("eu").requirements
    own = catalogue.profile("uk").requirements
    assert set(own) == set(followed)
    cited = {citation.source for demand in own.values() for citation in demand.citation}
    assert not cited & {"dir-2001-83", "reg-726-2004", "reg-198-2013", "qrd-10.4"}
    places = [citation.at for citation in own["statement/allergy"].citation]
    assert places == ["Schedule 27, paragraphs 7-8", "headings and statements of the QRD template"]


def test_the_uk_names_its_reporting_system() -> None:
    text = input_of("uk-tablet").replace("Yellow Card Scheme", "national reporting system")
    document = judged(text, market="uk")
    assert [(f.rule, f.problem) for f in document.findings] == [
        ("statement/reporting-side-effects", "altered")
    ]


def test_a_medication_guide_is_judged_alike_in_a_label() -> None:
    label = spl(input_of("us-guide").replace(" You may report side effects to FDA at 1-800-FDA-1088.", ""))
    document = judged(label, name="label.xml")
    assert (document.format, document.market) == ("spl", "us")
    assert brief(document) == [("statement/reporting-side-effects", "altered", "warning")]
    assert judged(spl(input_of("us-guide")), name="label.xml").findings == ()


def test_patient_information_need_not_be_a_medication_guide() -> None:
    text = input_of("us-guide").replace("Medication Guide", "Patient Information")
    verdicts = {judgement.rule: judgement for judgement in judged(text).requirements}
    for rule in ("document/title", "section/what-to-avoid", "statement/approved-by-the-agency"):
        assert verdicts[rule].verdict == "not-applicable"
        assert verdicts[rule].reason == "kind here: patient-information"
    assert verdicts["dose/daily-total"].verdict == "met"


FIFTH = {
    "sources.yaml": "sources: {zz-act: {title: Leaflets Act of Zedland, seen: text}}\n",
    "zz/profile.yaml": """
market: zz
name: zz-1
title: Zedland
template: "1"
since: 2020-01-01
reporting_section: harm
sections: [{id: purpose}, {id: harm}, {id: keeping}]
requirements:
  section/keeping: {severity: error, citation: [{source: zz-act, at: "Art 1"}]}
  statement/keep-leaflet: {severity: error, citation: [{source: zz-act, at: "Art 2"}]}
  statement/keep-out-of-reach: {severity: error, section: keeping, citation: [{source: zz-act, at: "Art 3"}]}
""",
    "requirements/zz.yaml": """
requirements:
  - id: section/keeping
    title: "Section: keeping"
    section: keeping
    kind: structure
    messages: {missing: "The section “{heading}” is missing."}
    why: "Zedland asks for it."
    fix: "Insert the section."
    since: 2020-01-01
""",
    "zz/wording.en.yaml": """
market: zz
language: en
title: {text: Zed sheet}
sections:
  purpose: {text: "What {X} does"}
  harm: {text: "What harm {X} may do"}
  keeping: {text: "Where to keep {X}"}
subheadings: {}
statements:
  keep-leaflet: {text: Do not lose this sheet., seen: template}
  keep-out-of-reach: {text: Keep it where no child can get at it., seen: memory}
references: []
cues: [zed sheet, do not lose this sheet]
""",
}
ZED_SHEET = """Zed sheet

Velorin

Do not lose this sheet.

What Velorin does
It calms the itching of the skin, and you may take it if your doctor is not there.

What harm Velorin may do
You may become sleepy.

Where to keep Velorin
Keep it where no child can get at it.
"""


def law_in(folder: Path, files: dict[str, str]) -> str:
    """Write law files into a folder; its path."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return str(folder)


def test_a_further_market_is_data_alone(tmp_path: Path) -> None:
    law = law_in(tmp_path, FIFTH)
    (clean,) = check(ZED_SHEET.encode(), law=law).documents
    assert (clean.market, clean.profile, clean.findings) == ("zz", "zz-1", ())
    assert [(judgement.rule, judgement.verdict) for judgement in clean.requirements] == [
        ("section/keeping", "met"),
        ("statement/keep-leaflet", "met"),
        ("statement/keep-out-of-reach", "met"),
    ]
    (lost,) = check(
        ZED_SHEET.replace("Do not lose this sheet.\n", "").encode(), market="zz", law=law
    ).documents
    assert [(f.rule, f.severity, f.citation[0].source) for f in lost.findings] == [
        ("statement/keep-leaflet", "error", "Leaflets Act of Zedland")
    ]
    cut = ZED_SHEET[: ZED_SHEET.index("Where to keep")]
    (gone,) = check(cut.encode(), market="zz", law=law).documents
    assert [f.message for f in gone.findings] == [
        "The section “Where to keep Velorin” is missing.",
        "The statement “Keep it where no child can get at it.” is missing. It belongs in “Where to keep "
        "Velorin”, which is missing or empty.",
    ]


def test_a_further_market_is_gone_without_its_folder(tmp_path: Path) -> None:
    with house_rules(law_in(tmp_path, FIFTH)):
        assert "zz" in catalogue.markets()
        assert "section/keeping" in catalogue.requirements()
    assert "zz" not in catalogue.markets()
    assert "section/keeping" not in catalogue.requirements()
