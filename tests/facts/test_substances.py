"""Which active substances a leaflet has: by composition and title, in the national form of the INN."""

from __future__ import annotations

import pytest

from tests.bank.leaflets import Entry, leaflet
from tests.leaflets import judged, parsed
from validator.conditions import applies
from validator.document.text import wording_key
from validator.substances import classes_of, named

_LEAFLET = """Package leaflet: Information for the patient

{title}

What is in this leaflet
1. What Velorin is and what it is used for
2. What you need to know before you take Velorin
3. How to take Velorin
4. Possible side effects
5. How to store Velorin
6. Contents of the pack and other information

1. What Velorin is and what it is used for

{opening}

2. What you need to know before you take Velorin

Tell your doctor if you take ciprofloxacin.

3. How to take Velorin

Take one tablet a day.

4. Possible side effects

None.

5. How to store Velorin

Keep it dry.

6. Contents of the pack and other information

What Velorin contains
{contents}
"""


@pytest.mark.parametrize(
    ("text", "inns"),
    [
        ("Jede Tablette enthält 10 mg Methotrexat-Dinatrium", ("methotrexate",)),
        ("méthotrexate 10 mg", ("methotrexate",)),
        ("metotreksat 10 mg", ("methotrexate",)),
        ("acide valproïque 500 mg", ("valproate",)),
        ("natriumvalproat 500 mg", ("valproate",)),
        ("siprofloksasin hidroklorür", ("ciprofloxacin",)),
        ("ισοτρετινοΐνη 20 mg", ("isotretinoin",)),
        ("dihydrocodeine tartrate", ("dihydrocodeine",)),
        ("ibuprofeno 200 mg, pseudoefedrina 30 mg", ("ibuprofen", "pseudoephedrine")),
        ("acido alendronico", ("alendronic acid",)),
        ("velorastine", ()),
    ],
)
def test_an_inn_is_known_in_its_national_forms(text: str, inns: tuple[str, ...]) -> None:
    assert named(wording_key(text)) == inns


@pytest.mark.parametrize(
    ("title", "opening", "contents", "found"),
    [
        ("Velorin 10 mg", "A medicine.", "The active substance is methotrexate.", ("methotrexate",)),
        (
            "Velorin",
            "It helps patients for whom methotrexate was not enough.",
            "The active substance is velorastine.",
            ("velorastine",),
        ),
        (
            "Velorin",
            "It contains the active substances valsartan and hydrochlorothiazide.",
            "The active substances are valsartan and hydrochlorothiazide.",
            ("hydrochlorothiazide", "valsartan"),
        ),
        ("Velorin 500 mg\nparacetamol and codeine", "A medicine.", "Tablets.", ("paracetamol", "codeine")),
        ("Velorin", "Velorin holds isotretinoin.", "Capsules.", ("isotretinoin",)),
        (
            "Velorin",
            "A medicine.",
            "The active substance is velorastine.\nThe other ingredients are heparin and tetracycline.",
            ("velorastine",),
        ),
    ],
)
def test_substances_come_from_composition_and_title(
    title: str, opening: str, contents: str, found: tuple[str, ...]
) -> None:
    text = _LEAFLET.format(title=title, opening=opening, contents=contents)
    assert parsed(text, market="eu", language="en").facts.product.active_substances == found


def test_a_class_holds_several_substances_and_a_product_several_classes() -> None:
    assert classes_of(("codeine", "ibuprofen")) == ("opioids", "nsaids")
    assert classes_of(("isotretinoin",)) == ("oral-retinoids", "one-month-retinoids")
    assert classes_of(("velorastine",)) == ()


@pytest.mark.parametrize(
    ("contents", "wanted", "holds"),
    [
        ("codeine and ibuprofen", {"substance": "codeine+ibuprofen"}, True),
        ("codeine", {"substance": "codeine+ibuprofen"}, False),
        ("codeine", {"class": "opioids|nsaids"}, True),
        ("velorastine", {"class": "opioids"}, False),
    ],
)
def test_a_condition_asks_for_classes_and_for_substances_together(
    contents: str, wanted: dict[str, str], holds: bool
) -> None:
    text = _LEAFLET.format(title="Velorin", opening="A medicine.", contents=f"Active substances: {contents}.")
    assert applies(wanted, parsed(text, market="eu", language="en")).holds is holds


def test_a_substance_given_in_any_language_is_the_inn() -> None:
    text = _LEAFLET.format(title="Velorin", opening="A medicine.", contents="Tablets.")
    document = judged(text, market="eu", language="en", product={"substance": "metotreksat, velorastine"})
    assert document.product.active_substances == ("methotrexate", "velorastine")


@pytest.mark.parametrize(
    ("language", "told", "found"),
    [
        (
            "en",
            "The active substances are velorastine and mirodapin, a retinoid.",
            ("velorastine", "mirodapin"),
        ),
        ("en", "The active substance is velorastine. Each tablet contains 5 mg.", ("velorastine",)),
        ("da", "Aktivt stof: velorastin, der kaldes et enzym.", ("velorastin",)),
        ("da", "Aktive stoffer: velorastin og mirodapin.", ("velorastin", "mirodapin")),
        ("de", "Die Wirkstoffe sind Velorastin und Mirodapin.", ("velorastin", "mirodapin")),
        ("es", "Los principios activos son velorastina y mirodapina.", ("velorastina", "mirodapina")),
        ("fr", "La substance active est la velorastine, qui agit vite.", ("velorastine",)),
        ("it", "Il principio attivo è velorastina.", ("velorastina",)),
        ("nl", "De werkzame stof in dit middel is velorastine.", ("velorastine",)),
        ("pt", "A substância ativa é o acetato de velorastina.", ("acetato de velorastina",)),
        ("sv", "Den aktiva substansen är velorastin, som är ett enzym.", ("velorastin",)),
        (
            "en",
            "The active substance is velorastine Velorin tablets.",
            ("velorastine",),
        ),  # no end of sentence
        ("en", "The active substances are fHbp (a protein).", ()),  # a short form is no name
    ],
)
def test_a_name_ends_where_a_sentence_begins(language: str, told: str, found: tuple[str, ...]) -> None:
    entry = Entry(language, told, "", "")
    text = leaflet(entry, "contents")
    assert parsed(text, market="eu", language=language).facts.product.active_substances == found
