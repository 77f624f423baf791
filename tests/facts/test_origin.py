"""Where a medicine comes from, and whether the leaflet is one of several strengths."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.compose import Piece, compose, text_of
from tests.leaflets import judged, parsed
from validator import catalogue
from validator.document.leaflet import Leaflet
from validator.plan import plan
from validator.statements import paste

LANGUAGES = catalogue.languages("eu")
TITLE = "Velorin 10 mg\nvelorastine"


def leaflet(language: str, said: str = "", title: str = TITLE) -> Leaflet:
    """A composed leaflet with another title, and with a sentence more in section 1."""
    pieces = [replace(each, text=title) if each.text == TITLE else each for each in compose("eu", language)]
    at = next(n for n, each in enumerate(pieces) if each.section == "what-it-is")
    pieces.insert(at + 1, Piece(said, section="what-it-is"))
    return parsed(text_of(pieces), market="eu", language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_each_language_tell_the_origin(language: str) -> None:
    words = plan("eu", language).lexicon.pack.facts["origin"]
    found = {
        (origin, phrase): leaflet(language, f"Velorin: {phrase}.").facts.product.origin
        for origin, phrases in words.items()
        for phrase in phrases
    }
    assert found == {key: key[0] for key in found}


@pytest.mark.parametrize(
    ("substance", "origin"),
    [
        ("velorumab", "biological"),
        ("velorcept", "biological"),
        ("velorase alfa", "biological"),
        ("velorastine", ""),
    ],
)
def test_the_stem_of_an_inn_tells_the_origin(substance: str, origin: str) -> None:
    text = text_of(compose("eu", "en")).replace("velorastine", substance)
    product = parsed(text, market="eu", language="en").facts.product
    assert (product.active_substances, product.origin) == ((substance,), origin)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Velorin 10 mg tablets\nVelorin 20 mg tablets\nvelorastine", "several-strengths"),
        ("Velorin 10 mg, 20 mg and 40 mg tablets\nvelorastine", "several-strengths"),
        ("Velorin 10 mg\nVelorin 10 mg tablets\nvelorastine", ""),
        ("Velorin 600 mg/300 mg tablets\nvelorastine", ""),
        ("Velorin 600 mg + 300 mg tablets\nvelorastine", ""),
        ("Velorin 20 mg/ml solution (100 mg)\nvelorastine", ""),
    ],
)
def test_several_strengths(title: str, told: str) -> None:
    assert leaflet("en", title=title).facts.product.presentations == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_traditional_herbal_medicine_says_that_it_rests_on_use(language: str) -> None:
    wording = plan("eu", language).lexicon.pack.statements["traditional-use"]
    rules = ("statement/traditional-use",)
    told = {}
    for said in ("", paste(wording.text, "Velorin", oral=True)):
        pieces = compose("eu", language)
        at = next(n for n, each in enumerate(pieces) if each.section == "what-it-is")
        pieces.insert(at + 1, Piece(said, section="what-it-is"))
        for origin in ("traditional-herbal", "herbal", "biological"):
            document = judged(
                text_of(pieces), market="eu", language=language, select=rules, product={"origin": origin}
            )
            told[bool(said), origin] = [(each.problem, each.severity) for each in document.findings]
    severity = "advice" if wording.seen == "memory" else "error"
    assert told == {
        (False, "traditional-herbal"): [("missing", severity)],
        (False, "herbal"): [("missing", "advice")],
        (False, "biological"): [],
        (True, "traditional-herbal"): [],
        (True, "herbal"): [],
        (True, "biological"): [],
    }


def test_a_traditional_herbal_medicine_needs_no_prescription() -> None:
    pieces = [each for each in compose("eu", "en") if each.rule != "statement/prescribed-for-you"]
    pieces.insert(3, Piece("Velorin is a traditional herbal medicine."))
    product = parsed(text_of(pieces), market="eu", language="en").facts.product
    assert (product.origin, product.prescription) == ("traditional-herbal", "no")
