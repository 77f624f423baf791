"""Names behind an elided article are the names: "d'aspartam", "l'amoxicilline"; capitals lose their accents."""

from __future__ import annotations

import pytest

from tests.leaflets import judged, parsed
from validator.lexicon import lexicon

PACK = lexicon("eu", "fr")
SECTIONS = ("what-it-is", "before-use", "how-to-use", "side-effects", "storage", "contents")


def leaflet(bodies: dict[str, str]) -> str:
    """A French leaflet of headings, with these texts under some of them."""
    parts = ["Notice : Information du patient", "Velorin 20 mg, comprimé", "vélorastine"]
    for section in SECTIONS:
        heading = PACK.heading_text(section).replace("{X}", "Velorin").replace("<", "").replace(">", "")
        parts += [heading, bodies.get(section, "…")]
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("Ce médicament contient 20 mg d’aspartam par comprimé.", "20 mg"),
        ("Ce médicament contient 20 mg d'aspartam par comprimé.", "20 mg"),
        ("Aspartam : 20 mg par comprimé.", "20 mg"),
    ],
)
def test_an_amount_is_stated_behind_an_apostrophe(said, amount):
    found = parsed(leaflet({"before-use": said}))
    stated = [each for each in found.facts.stated if each.id == "aspartame"]
    assert [found.text(each.span)[: len(amount)] for each in stated] == [amount]


@pytest.mark.parametrize("article", ["l’", "l'", ""])
def test_the_substance_is_named_without_its_article(article):
    said = f"La substance active est {article}amoxicilline."
    assert parsed(leaflet({"contents": said})).facts.product.active_substances == ("amoxicilline",)


def test_headings_in_capitals_without_accents_are_those_of_the_list():
    text = leaflet({})
    listed = "Que contient cette notice ?\n\n" + "\n".join(
        line for line in text.splitlines() if line[:2] in ("1.", "2.", "3.", "4.", "5.", "6.")
    )
    old = "4. Quels sont les effets indésirables éventuels"
    assert old in text
    text = text.replace(old, "4. QUELS SONT LES EFFETS INDESIRABLES EVENTUELS")
    text = text.replace("vélorastine", "vélorastine\n\n" + listed, 1)
    found = judged(text, select=("section/contents-list",))
    assert [finding.message for finding in found.findings] == []
