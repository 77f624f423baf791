"""A leaflet composed from each pack is clean; each requirement's text taken out raises exactly that rule."""

from __future__ import annotations

import pytest

from tests.compose import compose, text_of
from tests.leaflets import judged
from validator import catalogue

PACKS = [(market, language) for market in catalogue.markets() for language in catalogue.languages(market)]
KNOCK_OUTS = [
    (market, language, rule)
    for market, language in PACKS
    for rule in dict.fromkeys(piece.rule for piece in compose(market, language))
    if rule.startswith("statement/")
]


def gaps(text: str, market: str, language: str) -> list[tuple[str, str]]:
    """The findings above advice, and advice on what is missing."""
    document = judged(text, market=market, language=language)
    return sorted({(f.rule, f.problem) for f in document.findings})


@pytest.mark.parametrize(("market", "language"), PACKS)
def test_a_composed_leaflet_is_clean(market: str, language: str) -> None:
    assert gaps(text_of(compose(market, language)), market, language) == []


@pytest.mark.parametrize(("market", "language", "rule"), KNOCK_OUTS)
def test_a_statement_taken_out_is_missed(market: str, language: str, rule: str) -> None:
    text = text_of(compose(market, language), without=rule)
    assert gaps(text, market, language) == [(rule, "missing")]
