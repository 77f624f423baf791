"""Figures, units and intakes, as each language writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.linear import assert_linear
from validator.document.text import fold
from validator.facts import quantities
from validator.grammar import grammar

# language, text, quantities as (words, low, high, unit, per, per_amount, bound), intakes as (times, unit, every)
READ = [
    ("en", "Take 20 mg.", [("20 mg", "20", "20", "mg", (), "1", "")], []),
    ("en", "0.5 mg/kg/day", [("0.5 mg/kg/day", "0.5", "0.5", "mg", ("kg", "day"), "1", "")], []),
    ("en", "0.5 mg per kg of body weight per day", [("0.5 mg per kg of body weight per day", "0.5", "0.5", "mg", ("kg", "day"), "1", "")], []),
    ("en", "between 0.5 and 1.0 mg/kg/day", [("0.5 and 1.0 mg/kg/day", "0.5", "1.0", "mg", ("kg", "day"), "1", "")], []),
    ("en", "10 mg to 20 mg a day", [("10 mg to 20 mg a day", "10", "20", "mg", ("day",), "1", "")], []),
    ("en", "10–20 kg", [("10–20 kg", "10", "20", "kg", (), "1", "")], []),
    ("en", "250 mg/5 ml", [("250 mg/5 ml", "250", "250", "mg", ("ml",), "5", "")], []),
    ("en", "up to 4 g in 24 hours", [("4 g in 24 hours", "4", "4", "g", ("day",), "1", "maximum")], []),
    ("en", "1,500 IU", [("1,500 IU", "1500", "1500", "iu", (), "1", "")], []),
    ("en", "2 million units", [("2 million units", "2000000", "2000000", "unit", (), "1", "")], []),
    ("en", "5 mg/10 mg film-coated tablets", [("5 mg", "5", "5", "mg", (), "1", ""), ("10 mg", "10", "10", "mg", ("tablet",), "1", "")], []),
    ("en", "500 mg/400 IU tablets", [("500 mg", "500", "500", "mg", (), "1", ""), ("400 IU", "400", "400", "iu", ("tablet",), "1", "")], []),
    ("en", "one 20 mg tablet twice daily", [("one 20 mg tablet", "1", "1", "tablet", (), "1", ""), ("20 mg", "20", "20", "mg", ("tablet",), "1", "")], [("2", "day", "1")]),
    ("en", "1.23 mg/m²", [("1.23 mg/m²", "1.23", "1.23", "mg", ("m2",), "1", "")], []),
    ("en", "50 micrograms 3 times a day", [("50 micrograms", "50", "50", "microgram", (), "1", "")], [("3", "day", "1")]),
    ("en", "5 ml every 6 hours", [("5 ml", "5", "5", "ml", (), "1", "")], [("1", "hour", "6")]),
    ("en", "7.5 mg once a week", [("7.5 mg", "7.5", "7.5", "mg", (), "1", "")], [("1", "week", "1")]),
    ("en", "40 mg every other day", [("40 mg", "40", "40", "mg", (), "1", "")], [("1", "day", "2")]),
    ("en", "½ tablet", [("½ tablet", "0.5", "0.5", "tablet", (), "1", "")], []),
    ("en", "vitamin B12 and 3 friends", [], []),
    ("tr", "0,5 mg/kg/gün", [("0,5 mg/kg/gün", "0.5", "0.5", "mg", ("kg", "day"), "1", "")], []),
    ("tr", "vücut ağırlığının kilogramı başına 0,5 mg’dır", [("0,5 mg’dır", "0.5", "0.5", "mg", ("kg",), "1", "")], []),
    ("tr", "günde 3 kez 1 tablet", [("1 tablet", "1", "1", "tablet", (), "1", "")], [("3", "day", "1")]),
    ("tr", "10 mg günde 2 kez", [("10 mg", "10", "10", "mg", (), "1", "")], [("2", "day", "1")]),
    ("tr", "1.500 mg", [("1.500 mg", "1500", "1500", "mg", (), "1", "")], []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted", "intakes"), READ, ids=[row[1] for row in READ])
def test_read(
    language: str, text: str, wanted: list[tuple[object, ...]], intakes: list[tuple[str, ...]]
) -> None:
    passages = quantities.read([(0, text)], grammar(language))
    found = [
        (text[q.span.start : q.span.end], q.low, q.high, q.unit, q.per, q.per_amount, q.bound)
        for passage in passages
        for q in passage.quantities
    ]
    assert found == [
        (words, Decimal(low), Decimal(high), unit, per, Decimal(amount), bound)
        for words, low, high, unit, per, amount, bound in wanted
    ]
    assert [(i.times, i.unit, i.every) for p in passages for i in p.intakes] == [
        (Decimal(times), unit, Decimal(every)) for times, unit, every in intakes
    ]


# What can be read in two ways is never sure.
DOUBTFUL = [
    ("en", "1.000 mg"),
    ("en", "1.500 mg"),
    ("en", "1 000 mg"),
    ("tr", "1,000 mg"),
    ("tr", "1 000 mg"),
]
SURE = [("en", "0.125 mg"), ("en", "1,000 mg"), ("en", "1.25 mg"), ("tr", "0,125 mg"), ("tr", "1.000 mg")]


@pytest.mark.parametrize(
    ("language", "text", "sure"), [*((*row, False) for row in DOUBTFUL), *((*row, True) for row in SURE)]
)
def test_a_figure_with_two_readings_is_doubtful(language: str, text: str, sure: bool) -> None:
    (passage,) = quantities.read([(0, text)], grammar(language))
    assert [quantity.sure for quantity in passage.quantities] == [sure]


def written(value: Decimal, language: str) -> str:
    """The figure as the language writes it, with its signs between thousands."""
    numbers = grammar(language).data.numbers
    text = f"{value:,f}"
    return text.translate({ord(","): numbers.thousands[0], ord("."): numbers.decimal})


FIGURES = st.decimals(min_value=0, max_value=999_999, places=2) | st.integers(0, 9_999_999).map(Decimal)


@given(FIGURES, st.sampled_from(["en", "tr"]))
def test_a_written_figure_is_read_as_its_value(value: Decimal, language: str) -> None:
    assert grammar(language).number(written(value, language)).value == value


@given(FIGURES, st.sampled_from(["mg", "g", "µg", "ml", "IU"]))
def test_places_of_quantities_are_true(value: Decimal, unit: str) -> None:
    text = f"Take {written(value, 'en')} {unit} now."
    (passage,) = quantities.read([(7, text)], grammar("en"))
    (quantity,) = passage.quantities
    assert (quantity.span.block, text[quantity.span.start : quantity.span.end]) == (7, text[5:-5])
    assert quantity.low == value


@given(st.text(st.sampled_from("0123456789.,' mgkg/()½–to"), max_size=200))
def test_any_run_of_figures_and_signs_is_read(text: str) -> None:
    for passage in quantities.read([(0, text)], grammar("en")):
        for quantity in passage.quantities:
            assert text[quantity.span.start : quantity.span.end]
            assert quantity.factor > 0


@pytest.mark.parametrize("unit", ["1", "1 ", "1,", "1.", "1 mg ", "1-", "(", "1 mg per kg ", "a day "])
def test_hostile_runs_cost_linear_time(unit: str) -> None:
    def work(length: int) -> None:
        text = (unit * length)[:length]
        quantities.read([(0, text)], grammar("en"))

    assert_linear(work, 20_000)


def test_an_offset_of_folded_text_is_an_offset_of_the_text() -> None:
    text = "İLAÇ 5 mg"
    (passage,) = quantities.read([(0, text)], grammar("tr"))
    assert len(fold(text)) == len(text)
    assert text[passage.quantities[0].span.start :] == "5 mg"
