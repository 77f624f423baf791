"""The product's name in the headings of every language, with the endings that a language adds to it."""

from __future__ import annotations

import pytest

from tests.compose import NAME, compose, text_of
from tests.leaflets import judged, parsed
from validator import catalogue

PACKS = [(market, language) for market in catalogue.markets() for language in catalogue.languages(market)]


@pytest.mark.parametrize(("market", "language"), PACKS)
def test_the_name_stands_in_the_headings(market: str, language: str) -> None:
    leaflet = parsed(text_of(compose(market, language)), market=market, language=language)
    assert leaflet.facts.product.name == NAME


def test_a_name_with_a_changed_vowel_is_the_same_name() -> None:
    text = text_of(compose("eu", "hu")).replace("Velorin-t", "Veloriát").replace("Velorin", "Veloria")
    assert [f.rule for f in judged(text, market="eu", language="hu").findings] == []
    other = text.replace("Hogyan kell szedni a Veloriát", "Hogyan kell szedni a Lorivent")
    assert "consistency/product-name" in [f.rule for f in judged(other, market="eu", language="hu").findings]
