"""Leaflets of special kinds and of national procedures, written for this test: no false alarm in them."""

from __future__ import annotations

import pytest

from tests.leaflets import FIXTURES, brief, judged, parsed

# What is above advice in them, rightly.
EXPECTED = {
    "contrast.es": [("statement/driving", "missing", "warning")],
}
KINDS = sorted((FIXTURES / "kinds").glob("*.txt"))
TEXTS = {path.name.removesuffix(".txt"): path.read_text("utf-8") for path in KINDS}


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_is_wrongly_above_advice(name: str) -> None:
    found = [each for each in brief(judged(TEXTS[name])) if each[2] != "advice"]
    assert found == EXPECTED.get(name, [])


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("gas.en", {"kind": "medicinal-gas", "administration": "self"}),
        ("herbal.en", {"prescription": "no", "administration": "self"}),
        ("infusion.en", {"administration": "professional", "route": "injection"}),
        ("eyedrops.en", {"route": "ocular", "prescription": "no"}),
        ("radio.en", {"kind": "radiopharmaceutical", "administration": "professional"}),
        ("parallel.en", {"prescription": "yes"}),
        ("otc.de", {"prescription": "no"}),
        ("infusion.de", {"administration": "professional"}),
        ("otc.fr", {"prescription": "no"}),
        ("vaccine.fr", {"kind": "vaccine", "doses": "single"}),
        ("eyedrops.es", {"prescription": "no", "route": "ocular"}),
        ("contrast.es", {"administration": "professional", "doses": "single"}),
    ],
)
def test_the_facts_of_the_product_are_read(name: str, facts: dict[str, str]) -> None:
    product = parsed(TEXTS[name]).facts.product
    assert {fact: getattr(product, fact) for fact in facts} == facts


def test_without_a_word_on_overdose_a_single_dose_is_for_a_person() -> None:
    clean = (FIXTURES / "leaflets" / "eu-tablet" / "input.txt").read_text("utf-8")
    start = clean.index("If you take more Velorin")
    text = clean[:start] + clean[clean.index("If you forget to take") :]
    assert brief(judged(text)) == [("statement/overdose", "missing", "error")]
    text = text.replace("The tablets are white and round.", "Each tablet is for single use.")
    assert brief(judged(text)) == [("statement/overdose", "missing", "advice")]


def test_what_goes_into_a_vein_is_not_only_the_patients_own_affair() -> None:
    text = TEXTS["infusion.en"].replace("will be given to you by a healthcare professional", "is an infusion")
    assert parsed(text).facts.product.administration == "professional"
    alone = text.replace("Usual dosage", "Always use this medicine exactly as you were shown.")
    assert parsed(alone).facts.product.administration == ""
