"""A statement that has lost its "not" says the contrary: no wording of the law may accept it."""

from __future__ import annotations

import re

import pytest

from tests.compose import NAME, compose
from tests.leaflets import judged
from validator import catalogue
from validator.plan import plan
from validator.statements import paste

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


# Where the "not" is a part of the verb or the adjective: what is taken out of a word of a statement.
INSIDE = {
    ("eu", "cs"): (r"\bne(?=používejte|dávejte|vyhazujte|zdvojnásobujte|musí)", 5),
    ("eu", "sk"): (r"\bne(?=používajte|užívajte|dávajte|likvidujte|prejavia)", 5),
    ("eu", "lt"): (r"\bne(?=galima|išmeskite|pastebimoje|pasiekiamoje)", 6),
    ("eu", "lv"): (r"\bne(?=liet(?:ot|ojiet)\b|dodiet|izmetiet|pieejamā|redzamā)", 5),
    ("eu", "pl"): (r"\bnie(?=dostępnym|widocznym)", 1),
    ("eu", "de"): (r"\bun(?=zugänglich)", 1),
    ("eu", "da"): (r"\bu(?=tilgængeligt)", 1),
    ("eu", "no"): (r"\bu(?=tilgjengelig)", 1),
    ("eu", "sl"): (r"\bne(?=dosegljivo)", 1),
    ("eu", "mt"): (r"(?<=tuża)x\b|(?<=tidhir)x\b|(?<=tintlaħaq)x\b", 2),
    ("tr", "tr"): (r"(?<=[a-z])(?:may|mey)(?=[ıi]n[ıi]z)", 4),
}


def _inside(market: str, language: str) -> list[tuple[int, str]]:
    """The numbers of the pieces that hold such words, and what is left of them without their negation."""
    pattern = re.compile(INSIDE[market, language][0], re.I)
    pieces = enumerate(compose(market, language))
    return [
        (number, pattern.sub("", piece.text))
        for number, piece in pieces
        if piece.rule.startswith("statement/") and pattern.search(piece.text)
    ]


@pytest.mark.parametrize(("market", "language"), INSIDE)
def test_a_negation_inside_a_word_is_missed(market: str, language: str) -> None:
    turned = _inside(market, language)
    assert len(turned) >= INSIDE[market, language][1]
    pieces = compose(market, language)
    silent = []
    for number, text in turned:
        whole = "\n\n".join(text if at == number else piece.text for at, piece in enumerate(pieces))
        rule = pieces[number].rule
        document = judged(whole, market=market, language=language, select=(rule,))
        told = [finding for finding in document.findings if "contrary" in finding.message]
        silent += [] if told else [(rule, text)]
    assert silent == []


def _without_not(heading: str, language: str) -> str:
    """The heading over the reasons not to take a medicine, as it reads without its "not"."""
    words = {"cs": r"^ne", "sk": r"^ne", "lt": r"\bne(?=gal)", "lv": r"^ne", "mt": r"x\b", "tr": "MAY"}
    denials = {**NEGATIONS, "en": "do not", "fr": "ne |jamais|n['’]"}
    return re.sub(words.get(language) or rf"\b(?:{denials.get(language)})\b ?", "", heading, flags=re.I)


@pytest.mark.parametrize(("market", "language"), [*(p for p in PACKS if p[0] == "eu"), ("tr", "tr")])
def test_the_heading_over_the_contraindications_without_its_not(market: str, language: str) -> None:
    heading = paste(plan(market, language).lexicon.pack.subheadings["do-not-use"].text, NAME, oral=True)
    pieces = compose(market, language)
    at = next(number for number, piece in enumerate(pieces) if piece.rule == "statement/allergy")
    rule, found = "section/do-not-use", []
    for line in (heading, _without_not(heading, language)):
        text = "\n\n".join((*(p.text for p in pieces[:at]), line, *(p.text for p in pieces[at:])))
        document = judged(text, market=market, language=language, select=(rule,))
        found.append([(each.rule, each.problem, each.evidence) for each in document.findings])
    assert found == [[], [(rule, "altered", _without_not(heading, language))]]


@pytest.mark.parametrize(
    ("language", "rule", "before", "told"),
    [
        ("en", "keep-leaflet", "You need not ", "contrary"),
        ("en", "keep-leaflet", "You may ", "weaker"),
        ("fr", "read-carefully", "Veuillez ne pas ", "contrary"),
        ("fr", "read-carefully", "Vous pouvez ", "weaker"),
        ("da", "keep-leaflet", "Du skal ikke ", "contrary"),
        ("en", "keep-leaflet", "Do not lose it. ", ""),
        ("en", "keep-leaflet", "Please ", ""),
    ],
)
def test_words_before_a_statement_take_it_back(language: str, rule: str, before: str, told: str) -> None:
    rule = f"statement/{rule}"
    pieces = compose("eu", language)
    own = next(piece.text for piece in pieces if piece.rule == rule).removeprefix("Veuillez ")
    text = "\n\n".join(before + own if piece.rule == rule else piece.text for piece in pieces)
    document = judged(text, market="eu", language=language, select=(rule,))
    assert [told in finding.message for finding in document.findings] == ([True] if told else [])
