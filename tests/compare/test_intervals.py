"""How often something is done, where one side tells it in words: another unit of time is for review."""

from __future__ import annotations

import pytest

from tests.compose import compose, text_of
from tests.leaflets import translated

WEEK = "The medicine is injected only ONCE A WEEK."
MONTHS = "Your blood will be tested every 3 months."
MINUTES = "You stay under observation for 30 minutes."
CASES = [
    (WEEK, "es", "El medicamento se inyecta solo UNA VEZ A LA SEMANA.", []),
    (WEEK, "es", "El medicamento se inyecta solo UNA VEZ AL DÍA.", ["advice"]),
    (MONTHS, "sv", "Ditt blod kommer att kontrolleras var tredje månad.", []),
    (MONTHS, "sv", "Ditt blod kommer att kontrolleras var tredje vecka.", ["advice"]),
    (MINUTES, "fi", "Jäät tarkkailuun 30 minuutiksi.", []),
    (MINUTES, "fi", "Jäät tarkkailuun 30 tunniksi.", ["error"]),
]


@pytest.mark.parametrize(("source", "language", "target", "expected"), CASES)
def test_another_unit_of_time(source: str, language: str, target: str, expected: list[str]) -> None:
    one, other = (
        text_of(pieces[: after + 1]) + f"\n\n{text}\n\n" + text_of(pieces[after + 1 :])
        for pieces, text in ((compose("eu", "en"), source), (compose("eu", language), target))
        for after in [max(at for at, piece in enumerate(pieces) if piece.section == "how-to-use")]
    )
    document = translated(one, other, ("en", language), market="eu")
    assert [f.severity for f in document.findings if f.rule == "compare/number"] == expected
