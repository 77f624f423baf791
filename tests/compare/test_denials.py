"""A “not” that the translation lost, where something else in the sentence looks like a denial."""

from __future__ import annotations

import pytest

from tests.compose import compose, text_of
from tests.leaflets import translated

SENTENCES = {
    "without": "Do not use salt substitutes that contain potassium without asking your doctor first.",
    "unless": "This medicine must not be given in pregnancy, unless clearly indicated by your doctor.",
    "twice": "Velorin must not be given to anyone under 18 years of age, as it has not been studied in them.",
}
CASES = [
    (
        "without",
        "de",
        "Verwenden Sie kaliumhaltige Salzersatzmittel nicht, ohne vorher Ihren Arzt zu fragen.",
        0,
    ),
    ("without", "de", "Verwenden Sie kaliumhaltige Salzersatzmittel, ohne vorher Ihren Arzt zu fragen.", 1),
    ("without", "de", "Verwenden Sie kaliumhaltige Salzersatzmittel nur nach Rücksprache mit dem Arzt.", 0),
    ("without", "tr", "Doktorunuza danışmadan potasyum içeren tuz yerine geçen ürünleri kullanmayınız.", 0),
    (
        "without",
        "tr",
        "Doktorunuza danışmadan potasyum içeren tuz yerine geçen ürünleri kullanabilirsiniz.",
        1,
    ),
    (
        "unless",
        "hr",
        "Ovaj lijek se ne smije primijeniti u trudnoći, osim ako liječnik to jasno ne preporuči.",
        0,
    ),
    (
        "unless",
        "hr",
        "Ovaj lijek se smije primijeniti u trudnoći, osim ako liječnik to jasno ne preporuči.",
        1,
    ),
    (
        "twice",
        "sv",
        "Velorin ska inte ges till någon under 18 år, eftersom det inte har studerats hos dem.",
        0,
    ),
    (
        "twice",
        "sv",
        "Velorin ska ges till någon som är under 18 år, eftersom det inte har studerats hos dem.",
        1,
    ),
]


@pytest.mark.parametrize(("source", "language", "target", "found"), CASES)
def test_a_denial_that_is_lost_beside_another(source: str, language: str, target: str, found: int) -> None:
    one, other = (
        text_of(pieces[: after + 1]) + f"\n\n{text}\n\n" + text_of(pieces[after + 1 :])
        for pieces, text in (
            (compose("eu", "en"), SENTENCES[source]),
            (compose("tr" if language == "tr" else "eu", language), target),
        )
        for after in [max(at for at, piece in enumerate(pieces) if piece.section == "how-to-use")]
    )
    document = translated(one, other, ("en", language))
    denied = [f for f in document.findings if f.rule == "compare/denial" and f.evidence == target]
    assert [f.severity for f in denied] == ["advice"] * found
