"""Cells of a table that changed places in the translation."""

from __future__ import annotations

import pytest

from tests.compose import compose, text_of
from tests.leaflets import translated

ENGLISH = "Use\tDose\tMost a day\nStomach cancer\t5 mg\t10 mg\nLung cancer\t20 mg\t40 mg\nBreast cancer\t20 mg\t30 mg"
GERMAN = "Anwendung\tDosis\tHöchstens am Tag\nMagenkrebs\t5 mg\t10 mg\nLungenkrebs\t20 mg\t40 mg\nBrustkrebs\t20 mg\t30 mg"
COLUMNS = "Anwendung\tHöchstens am Tag\tDosis\nMagenkrebs\t10 mg\t5 mg\nLungenkrebs\t40 mg\t20 mg\nBrustkrebs\t30 mg\t20 mg"
CASES = {
    "as in the source": (GERMAN, []),
    "two cells of a row": (
        GERMAN.replace("20 mg\t40 mg", "40 mg\t20 mg"),
        ["The figures of this row stand in other cells than in the source: “Lung cancer 20 mg 40 mg”."],
    ),
    "the first cells of two rows": (
        GERMAN.replace("Lungen", "*").replace("Brust", "Lungen").replace("*", "Brust"),
        [
            "Two rows of this table seem to have exchanged their first cells: the source says"
            " “Breast cancer 20 mg 30 mg”."
        ],
    ),
    "two columns": (COLUMNS, []),
}


@pytest.mark.parametrize("case", CASES)
def test_cells_that_changed_places(case: str) -> None:
    target, expected = CASES[case]
    source, other = (
        text_of(pieces[: after + 1]) + f"\n\n{table}\n\n" + text_of(pieces[after + 1 :])
        for pieces, table in ((compose("eu", "en"), ENGLISH), (compose("eu", "de"), target))
        for after in [max(at for at, piece in enumerate(pieces) if piece.section == "how-to-use")]
    )
    document = translated(source, other, ("en", "de"), market="eu")
    found = [f for f in document.findings if f.rule == "compare/number"]
    assert [f.message for f in found] == expected
    assert all(f.severity == "advice" for f in found)
