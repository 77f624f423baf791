"""Translations that are laid out otherwise than their market asks: what is there is not missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.compose import compose, text_of
from tests.leaflets import translated

LAST = "Ambalajın içeriği ve diğer bilgiler"
CONTENTS = (
    f"\n6. {LAST}\nVelorin ne içerir\nEtkin madde: velorastine. Bir tablette 10 mg velorastine bulunur."
    "\nDiğer maddeler: laktoz, mısır nişastası.\nVelorin’in görünümü ve ambalajın içeriği"
    "\nBeyaz, yuvarlak tabletler; 28 tablet."
)


def turkish(listed: bool) -> str:
    """A Turkish leaflet with the composition in a section 6 of its own."""
    moved = ("statement/active-substance", "statement/excipients", "statement/appearance-and-pack")
    pieces = [piece for piece in compose("tr", "tr") if piece.rule not in moved]
    if listed:
        pieces = [
            replace(
                piece, text=piece.text.replace("saklanması\nBaşlıkları", f"saklanması\n6. {LAST}\nBaşlıkları")
            )
            for piece in pieces
        ]
    end = max(at for at, piece in enumerate(pieces) if piece.section == "storage")
    return text_of(pieces[: end + 1]) + "\n" + CONTENTS + "\n\n" + text_of(pieces[end + 1 :])


@pytest.mark.parametrize(("listed", "missing"), [(True, []), (False, ["compare/section"])])
def test_a_section_that_the_market_does_not_know_is_aligned_by_its_number(
    listed: bool, missing: list[str]
) -> None:
    """Where the list of contents does not name it, the line may be a step of an instruction."""
    document = translated(text_of(compose("eu", "en")), turkish(listed), ("en", "tr"), market="auto")
    errors = [f.rule for f in document.findings if f.severity == "error" and f.problem == "missing"]
    assert [rule for rule in errors if rule == "compare/section"] == missing
    if listed:
        assert errors == []
        assert document.compared is not None
        assert any(row.section == "contents" and row.other and row.own for row in document.compared.rows)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Utilize este medicamento exatamente como está descrito neste folheto.", []),
        ("", ["compare/statement"]),
    ],
)
def test_what_the_opening_says_on_both_sides_is_not_missing_where_it_belongs(
    said: str, expected: list[str]
) -> None:
    told = "Always use this medicine exactly as described in this leaflet or as your doctor or pharmacist has told you."
    source, target = (
        text_of(
            [
                replace(piece, text=f"{piece.text} {text}")
                if piece.rule == "statement/read-carefully"
                else piece
                for piece in compose("eu", language)
                if piece.rule != "statement/take-as-told"
            ]
        )
        for language, text in (("en", told), ("pt", said))
    )
    document = translated(source, target, ("en", "pt"), market="eu")
    assert [f.rule for f in document.findings if f.rule == "compare/statement"] == expected


SUGAR = {
    "ro": ("5 ml conțin zahăr 1,8 g.", "zahăr"),
    "it": ("5 ml contengono 1,8 g di zucchero.", "saccarosio"),
    "pt": ("5 ml contêm açúcar.", "sacarose"),
    "pl": ("W 5 ml znajduje się 1,8 g cukru.", "sacharoza"),
    "sv": ("En dos på 5 ml innehåller 1,8 g socker, vilket ska beaktas vid diabetes mellitus.", "sackaros"),
}


def with_sucrose(language: str, told: str, listed: str) -> str:
    found = []
    for piece in compose("eu", language):
        added = {"section/before-use": told, "statement/excipients": f"• {listed}"}.get(piece.rule)
        found.append(replace(piece, text=f"{piece.text}\n{added}") if added else piece)
    return text_of(found)


@pytest.mark.parametrize("language", SUGAR)
@pytest.mark.parametrize("said", [True, False])
def test_sugar_is_sucrose(language: str, said: bool) -> None:
    told, listed = SUGAR[language]
    source = with_sucrose(
        "en",
        "5 ml contains 1.8 g of sucrose. Take this into account in patients with diabetes mellitus.",
        "sucrose",
    )
    target = with_sucrose(language, told if said else "1,8 g.", listed)
    document = translated(source, target, ("en", language), market="eu", product={"route": "oral"})
    assert ("compare/warning" in [f.rule for f in document.findings]) is not said
