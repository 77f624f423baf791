"""Frequency categories: uses, legends, and intervals that hold or cannot hold anything."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compose import Piece, compose, text_of
from tests.leaflets import judged
from validator.catalogue import requirements
from validator.checks.frequency import agrees
from validator.document.quantities import Interval
from validator.facts import frequencies
from validator.grammar import grammar

USES = [
    (["Common (may affect up to 1 in 10 people)", "headache"], [("common", True)]),
    (["Common (may affect up to 1 in 10 people): headache"], [("common", True)]),
    (["Common (may affect up to 1 in 10 people)", "Rare (may affect up to 1 in 1,000 people)", "rash"], [("common", False), ("rare", True)]),
    (["Very common: may affect more than 1 in 10 people", "Common: may affect up to 1 in 10 people", "Rare: may affect up to 1 in 1,000 people", "Call your doctor."], [("very-common", False), ("common", False), ("rare", False)]),
    (["Common:", "headache", "Rare:", "rash"], [("common", True), ("rare", True)]),
    (["You may catch a common cold."], []),
    (["tiredness Common (may affect up to 1 in 10 people)", "headache Rare (may affect up to 1 in 1,000 people)", "rash"], [("common", True), ("rare", True)]),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "wanted"), USES, ids=[row[0][0] for row in USES])
def test_uses(texts: list[str], wanted: list[tuple[str, bool]]) -> None:
    _, uses = frequencies.read(list(enumerate(texts)), grammar("en"), frozenset())
    assert [(use.label, use.listed) for use in uses] == wanted


@pytest.mark.parametrize(
    ("texts", "defined"),
    [
        (
            ["Effets indésirables fréquents", "(pouvant affecter jusqu’à 1 personne sur 10)", "nausées"],
            ["common"],
        ),
        (["Effets indésirables fréquents", "nausées"], []),
        (["Effets indésirables fréquents"], []),
    ],
)
def test_a_line_that_ends_in_a_category_is_a_heading_if_the_next_defines_it(
    texts: list[str], defined: list[str]
) -> None:
    definitions, uses = frequencies.read(list(enumerate(texts)), grammar("fr"), frozenset())
    assert [definition.label for definition in definitions] == [use.label for use in uses] == defined


SHARES = st.fractions(min_value=0, max_value=1, max_denominator=10_000)


@given(SHARES, SHARES, st.booleans(), st.booleans())
def test_an_interval_is_empty_if_nothing_lies_in_it(
    low: Fraction, high: Fraction, left: bool, right: bool
) -> None:
    interval = Interval(low, high, left, right)
    inside = [
        share
        for share in (low, high, (low + high) / 2)
        if (low < share or (left and low == share)) and (share < high or (right and share == high))
    ]
    assert interval.empty == (inside == [])


LADDER = {
    label: (Fraction(low), Fraction(high))
    for label, (low, high) in requirements()["frequency/numbers"].params["ladder"].items()
}


@pytest.mark.parametrize("label", LADDER)
def test_a_category_agrees_with_its_own_bounds_alone(label: str) -> None:
    low, high = LADDER[label]
    for stated in (Interval(low, high, True), Interval(low or None, high, True), Interval(None, high)):
        if label == "very-common" and stated.low is None:
            continue
        assert [other for other, bounds in LADDER.items() if agrees(stated, *bounds)] == [label]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Gelegentlich können Magenschmerzen auftreten.", []),
        ("Es können Magenschmerzen auftreten.", ["empty"]),
        ("Weitere Nebenwirkungen sind nicht bekannt.", ["empty"]),
    ],
)
def test_a_list_that_explains_categories_serves_the_sentences_that_name_one(
    said: str, found: list[str]
) -> None:
    legend = (
        "Häufig: 1 bis 10 Behandelte von 100",
        "Gelegentlich: 1 bis 10 Behandelte von 1.000",
        "Selten: 1 bis 10 Behandelte von 10.000",
        said,
    )
    pieces = [each for each in compose("eu", "de") if not each.rule.startswith("frequency/")]
    at = next(at for at, each in enumerate(pieces) if each.rule == "statement/reporting-side-effects")
    lines = [Piece(line, section="side-effects") for line in legend]
    text = text_of([*pieces[:at], *lines, *pieces[at:]])
    findings = judged(text, market="eu", language="de", select=("frequency/usage",)).findings
    assert [finding.problem for finding in findings] == found
