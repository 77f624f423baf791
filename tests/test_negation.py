"""A statement that has lost its "not" says the contrary: no wording of the law may accept it."""

from __future__ import annotations

import re

import pytest

from tests.compose import compose
from tests.leaflets import judged
from validator import catalogue

NEGATIONS = {
    "en": "do not|must not|not|never",
    "de": "nicht|niemals|nie",
    "da": "ikke",
    "no": "ikke",
    "pl": "nie",
    "pt": "não",
    "es": "no|nunca",
    "fr": "ne|n'|pas|jamais",
    "it": "non|mai",
    "nl": "niet|nooit|geen",
    "sv": "inte|aldrig",
    "fi": "älä|ei|eivät",
    "hu": "ne|nem|soha",
    "ro": "nu",
    "bg": "не",
    "el": "μην|μη|δεν",
    "et": "ärge|ei",
    "sl": "ne|nikoli",
    "hr": "ne|nemojte|nikada",
    "is": "ekki|aldrei",
}
PACKS = [(market, language) for market in catalogue.markets() for language in catalogue.languages(market)]
CASES = [
    (market, language, number)
    for market, language in PACKS
    if language in NEGATIONS
    for number, piece in enumerate(compose(market, language))
    if piece.rule.startswith("statement/") and re.search(rf"\b(?:{NEGATIONS[language]})\b", piece.text, re.I)
]


@pytest.mark.parametrize(("market", "language", "number"), CASES)
def test_a_statement_without_its_not_is_never_met(market: str, language: str, number: int) -> None:
    pieces = compose(market, language)
    rule, text = pieces[number].rule, pieces[number].text
    turned = re.sub(rf"\b(?:{NEGATIONS[language]})\b ?", "", text, flags=re.I)
    whole = "\n\n".join(turned if at == number else piece.text for at, piece in enumerate(pieces))
    document = judged(whole, market=market, language=language)
    reason = next(verdict.reason for verdict in document.requirements if verdict.rule == rule)
    assert rule in {finding.rule for finding in document.findings} or "a person" in reason
