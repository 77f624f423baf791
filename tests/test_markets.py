"""What markets have of their own: by which signs they are told, and what they cite."""

from __future__ import annotations

import pytest

from tests.leaflets import input_of, judged, parsed
from validator import catalogue


@pytest.mark.parametrize(
    ("name", "market", "sign"),
    [
        ("eu-tablet", "eu", "“package leaflet”"),
        ("tr-tablet", "tr", "“kullanma talimatı”"),
        ("uk-tablet", "uk", "“yellow card”"),
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
