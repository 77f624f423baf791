"""Section codes of a FHIR file as evidence for the outline: they name a heading of odd words, no more."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.compose import compose, text_of
from tests.formats import Chapter, as_json, as_xml, bundle, chapters, composition, narrative, section
from tests.leaflets import judged
from validator.document.leaflet import Leaflet
from validator.outline.split import leaflets
from validator.readers import read

CODES = {1: "200000029895", 2: "200000029896", 3: "200000029905", 4: "200000029910", 5: "200000029913"}
ODD = "Unwelcome events"


def _file(titles: Mapping[int, str], codes: Mapping[int, str], how: str = "json") -> bytes:
    """A complete leaflet with some headings worded otherwise, each section with its code."""
    front, *rest = chapters(text_of(compose("eu", "en")))
    opening = section("", narrative(front.lines), code={})
    inner = [_section(chapter, number, titles, codes) for number, chapter in enumerate(rest, 1)]
    resource = bundle(composition(opening, *inner), language="en")
    return as_json(resource) if how == "json" else as_xml(resource)


def _section(
    chapter: Chapter, number: int, titles: Mapping[int, str], codes: Mapping[int, str]
) -> dict[str, object]:
    code = {"coding": [{"code": codes[number]}]} if number in codes else {}
    return section(titles.get(number, chapter.title), narrative(chapter.lines), code=code)


def _leaflet(data: bytes) -> Leaflet:
    (leaflet,) = leaflets(read(data))
    return leaflet


def _outline(data: bytes) -> dict[str, tuple[str, ...]]:
    return {s.id: s.heading.deviations for s in _leaflet(data).sections if s.heading}


@pytest.mark.parametrize("how", ["json", "xml"])
@pytest.mark.parametrize("title", [ODD, f"4. {ODD}"])
def test_a_code_decides_where_the_words_are_unknown(title: str, how: str) -> None:
    unnumbered = () if title[0].isdigit() else ("unnumbered",)
    coded = _outline(_file({4: title}, CODES, how))
    assert coded["side-effects"] == (*unnumbered, "coded")
    assert "side-effects" not in _outline(_file({4: title}, {}, how))


def test_the_words_are_reported_as_deviating_not_the_section_as_missing() -> None:
    found = judged(_file({4: f"4. {ODD}"}, CODES), name="x.json").findings
    assert [(f.rule, f.problem) for f in found if f.rule.startswith("section/")] == [
        ("section/contents-list", "altered"),  # the list still has the template's words
        ("section/side-effects", "altered"),
    ]


def test_the_words_win_over_a_code_that_contradicts_them() -> None:
    swapped = CODES | {3: CODES[4], 4: CODES[3]}
    plain, wrong = _outline(_file({}, {})), _outline(_file({}, swapped))
    assert list(plain) == list(wrong)
    assert {key: deviations for key, deviations in wrong.items() if deviations} == {
        "how-to-use": ("code",),
        "side-effects": ("code",),
    }


def test_a_code_that_several_sections_carry_says_nothing() -> None:
    same = dict.fromkeys(CODES, CODES[4])
    assert "side-effects" not in _outline(_file({4: ODD}, same))
    assert not any(_outline(_file({}, same)).values())


def test_a_coded_heading_does_not_oust_one_whose_words_are_known() -> None:
    codes = {1: CODES[4]}
    outline = _outline(_file({1: ODD}, codes))
    assert outline["side-effects"] == ()
    assert "what-it-is" not in outline
