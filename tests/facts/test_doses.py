"""Dose statements and worked examples: what stands beside an amount, and what an example is about."""

from __future__ import annotations

import pytest

from validator.document.quantities import DoseStatement, Quantity
from validator.facts import doses, quantities, worked
from validator.grammar import grammar


def read(language: str, *texts: str) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Statements as (amount, role, intake, units, strength, volume), examples as (rate, measure, result)."""
    passages = quantities.read(list(enumerate(texts)), grammar(language))
    stated, examples = doses.read(passages), worked.read(passages)

    def words(part: object) -> str:
        span = getattr(part, "span", None)
        return texts[span.block][span.start : span.end] if span else ""

    def row(dose: DoseStatement) -> tuple[str, ...]:
        parts: list[Quantity | None] = [dose.units, dose.strength, dose.volume]
        return (words(dose.amount), dose.role, words(dose.intake), *(words(part) for part in parts))

    return [row(dose) for dose in stated], [
        (words(example.rate), words(example.measure), words(example.result)) for example in examples
    ]


STATEMENTS = [
    ("en", "The recommended dose is 10 mg once a day.", [("10 mg", "usual", "once a day", "", "", "")]),
    ("en", "Take two 10 mg tablets (20 mg) twice daily.", [("two 10 mg tablets", "", "twice daily", "", "10 mg", ""), ("20 mg", "", "twice daily", "two 10 mg tablets", "10 mg", "")]),
    ("en", "Take 2 tablets (20 mg).", [("2 tablets", "", "", "", "", ""), ("20 mg", "", "", "2 tablets", "", "")]),
    ("en", "40 mg (2 tablets of 20 mg or 1 tablet of 40 mg)", [("40 mg", "", "", "2 tablets", "20 mg", ""), ("2 tablets", "", "", "", "20 mg", ""), ("1 tablet", "", "", "", "40 mg", "")]),
    ("en", "20 mg (two tablets) a day", [("20 mg", "", "", "two tablets", "", ""), ("two tablets", "", "", "", "", "")]),
    ("en", "Give 5 ml (250 mg).", [("5 ml", "", "", "", "", ""), ("250 mg", "", "", "", "", "5 ml")]),
    ("en", "10 mg three times a day, a total of 30 mg a day", [("10 mg", "", "three times a day", "", "", ""), ("30 mg a day", "total", "", "", "", "")]),
    ("en", "The maximum dose is 60 mg a day.", [("60 mg a day", "maximum", "", "", "", "")]),
    ("en", "The starting dose is 0.5 mg a day (0.5 mg/kg/day).", [("0.5 mg a day", "start", "", "", "", ""), ("0.5 mg/kg/day", "start", "", "", "", "")]),
    ("en", "Treatment lasts between 16 and 24 weeks. If you weigh 70 kg, ask your doctor.", []),
    ("tr", "Önerilen doz günde bir kez 2 tablettir (20 mg).", [("2 tablettir", "usual", "günde bir kez", "", "", ""), ("20 mg", "usual", "günde bir kez", "2 tablettir", "", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), STATEMENTS, ids=[row[1] for row in STATEMENTS])
def test_statements(language: str, text: str, wanted: list[tuple[str, ...]]) -> None:
    assert read(language, text)[0] == wanted


EXAMPLES = [
    ("en", ("0.5 mg/kg/day. E.g; if you weigh 70 kg, you take 35 mg per day.",), [("0.5 mg/kg/day", "70 kg", "35 mg per day")]),
    ("en", ("The dose is 20 mg per m2.", "For example, with a surface of 1.5 m2 you get 30 mg."), [("20 mg per m2", "1.5 m2", "30 mg")]),
    ("en", ("The dose is 2 mg/kg.", "Example: 40 mg for a patient of 20 kg."), [("2 mg/kg", "20 kg", "40 mg")]),
    ("en", ("The dose is 2 mg/kg. Children of less than 20 kg take 10 mg.",), []),
    ("en", ("The dose is 2 mg/kg. Children weighing 20 kg take 30 mg.",), [("2 mg/kg", "20 kg", "30 mg")]),
    ("en", ("The dose is 2 mg/kg. Children weighing 20 kg or more take 30 mg.",), []),
    ("en", ("The dose is 2 mg/kg. Children weighing 20 kg take 30 mg at first and 40 mg later.",), []),
    (
        "en",
        ("The dose is 2 to 3 mg/kg. Children weighing 20 kg take 30 mg.",),
        [("2 to 3 mg/kg", "20 kg", "30 mg")],
    ),
    (
        "en",
        ("The dose is 2 mg/kg.", "Children weighing 20 kg therefore take 30 mg."),
        [("2 mg/kg", "20 kg", "30 mg")],
    ),
    (
        "en",
        ("At first 4 mg/kg, then 2 mg/kg. At 20 kg this is 80 mg first and 30 mg then.",),
        [("4 mg/kg", "20 kg", "80 mg"), ("2 mg/kg", "20 kg", "30 mg")],
    ),
    ("en", ("The dose is 2 mg/kg.", "Children weighing 20 kg take 30 mg.",), []),
    ("tr", ("Günde 0,5 mg/kg. Örneğin, 20 kg ağırlığındaki bir çocuk 10 mg alır.",), [("0,5 mg/kg", "20 kg", "10 mg")]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "texts", "wanted"), EXAMPLES, ids=[row[1][0] for row in EXAMPLES])
def test_examples_are_announced_or_say_no_more_than_weight_and_dose(
    language: str, texts: tuple[str, ...], wanted: list[tuple[str, ...]]
) -> None:
    assert read(language, *texts)[1] == wanted
