"""Turkish endings behind a name agree with it."""

from __future__ import annotations

import pytest

from validator.statements import paste

FORMS = [
    ("NUROFEN", "NUROFEN’i NUROFEN’in NUROFEN’den"),
    ("PAROL", "PAROL’u PAROL’un PAROL’dan"),
    ("TRAVAZÖL", "TRAVAZÖL’ü TRAVAZÖL’ün TRAVAZÖL’den"),
    ("ASPİRİNA", "ASPİRİNA’yı ASPİRİNA’nın ASPİRİNA’dan"),
    ("Exempla Fort", "Exempla Fort’u Exempla Fort’un Exempla Fort’tan"),
    ("ALJIL", "ALJIL’ı ALJIL’ın ALJIL’dan"),
    ("Velorin®", "Velorin®’i Velorin®’in Velorin®’den"),
    ("XR 12", "XR 12’i XR 12’in XR 12’ten"),  # no vowel to agree with
]


@pytest.mark.parametrize(("name", "forms"), FORMS)
def test_an_ending_agrees_with_the_name(name: str, forms: str) -> None:
    assert paste("{X}’i {X}’in {X}’ten", name, True) == forms


def test_endings_of_other_languages_stay() -> None:
    assert paste("{X}-valmistetta {X}’s {X}", "Velorin", True) == "Velorin-valmistetta Velorin’s Velorin"
