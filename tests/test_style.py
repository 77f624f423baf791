"""Style is told once a leaflet with its places, and what only looks like a slip is left alone."""

from __future__ import annotations

import pytest

from tests.leaflets import input_of, judged
from validator.checks.readability import measured
from validator.style import formula, language_style, style

CLEAN = input_of("eu-tablet")


def told(*lines: str, market: str = "eu") -> list[tuple[str, str, str]]:
    """What the rules of style say of our leaflet with some lines more."""
    text = CLEAN.replace("Swallow", "\n\n".join([*lines, "Swallow"]), 1)
    assert text != CLEAN
    found = judged(text, market=market, select=("style",)).findings
    return [(finding.rule, finding.evidence, finding.message) for finding in found]


def test_many_places_of_a_slip_are_one_finding() -> None:
    ((rule, evidence, message),) = told(*(f"Fill the cup with {n}ml." for n in (1, 2, 3, 4)))
    assert (rule, evidence) == ("style/unit-spacing", "1ml")
    assert message.startswith("No blank parts figure and unit in “1ml” (also “2ml”, line ")
    assert message.endswith("; and 1 more).")


@pytest.mark.parametrize(
    "line",
    [
        "Hold the needle of 18G upright.",
        "It holds 1,000 pieces in 2019 and 2,000 pieces in 2020.",
        "Take it from a pack of 2 500 mg pieces or of 1,000 pieces.",
        "The table holds 1.000 ml.",
        "It can be seen in ≥ 1/10 of all rooms.",
        "The bug in the drug is dead.",
        "It holds 1,000 pieces. Sample Ltd, High Street 3, 1000 Brussels.",
        "Wash pots, pans, cups, jugs, bowls, forks, knives, spoons, glasses, lids, boxes, tins, bottles, "
        + "bags, " * 60
        + "and tables.",
    ],
)
def test_what_only_looks_like_a_slip(line: str) -> None:
    assert told(line) == []


def test_a_figure_that_begins_no_line_is_no_postal_code() -> None:
    found = told("It holds 1,000 pieces in all, and 1000 Pieces of another kind.")
    assert [(rule, evidence) for rule, evidence, _ in found] == [("style/separators", "1000")]


@pytest.mark.parametrize(
    ("line", "evidence"),
    [
        ("It is for children from 9 to < 18 years.", "< 18"),
        ("Keep it away from heat (> 38.5°C).", "> 38.5"),
        ("Rest when you count ≥1,000 steps.", "≥1,000"),
        ("Rest when you count ≥1 step, 20 at most.", "≥1"),
    ],
)
def test_a_comparison_is_shown_with_its_whole_figure(line: str, evidence: str) -> None:
    assert [(rule, shown) for rule, shown, _ in told(line)] == [("style/symbols", evidence)]


def test_a_strength_in_the_name_is_as_authorised() -> None:
    text = CLEAN.replace("20 mg", "20mg")
    assert [f.evidence for f in judged(text, select=("style/unit-spacing",)).findings] == []


@pytest.mark.parametrize(
    ("language", "words", "sentences", "figure"),
    [
        # Worked by hand from the published formulas.
        ("en", {"table": 1, "cat": 1}, 1, 206.835 - 1.015 * 2 - 84.6 * 1.5),
        ("es", {"mesa": 1, "tienen": 1}, 1, 206.835 - 2 - 62.3 * 2),
        ("tr", {"doktor": 1, "saat": 1}, 1, 198.825 - 2.61 * 2 - 40.175 * 2),
        ("pt", {"medicação": 1, "dois": 1}, 1, 248.835 - 1.015 * 2 - 84.6 * 2.5),
        ("fr", {"table": 1, "prendre": 1, "effets": 1}, 1, 207 - 1.015 * 3 - 73.6 * 4 / 3),
        ("nl", {"tabletten": 1, "neem": 1}, 1, 206.84 - 0.93 * 2 - 77 * 2),
        ("sv", {"läkemedel": 1, "och": 1}, 2, 1 + 50),
        ("it", {"sole": 2}, 1, 89 + 3 * 50 - 10 * 4),
        ("de", {"Arzt": 1, "Tabletten": 1}, 1, -0.875 + 0.1672 * 2 + (0.1935 + 0.1297 - 0.0327) * 50),
    ],
)
def test_formulas(language: str, words: dict[str, int], sentences: int, figure: float) -> None:
    known = formula(language)
    assert known is not None
    features = measured(words, sentences, language_style(language).syllable, known.weights)
    found = known.constant + sum(weight * features[name] for name, weight in known.weights.items())
    assert found == pytest.approx(figure)


def test_a_language_names_a_formula_that_exists_and_has_what_it_counts() -> None:
    for language in style().languages.values():
        known = style().formulas.get(language.formula)
        assert known is not None
        assert (known.below is None) != (known.above is None)
        if {"syllables", "polysyllables", "monosyllables"} & set(known.weights):
            assert language.syllable
