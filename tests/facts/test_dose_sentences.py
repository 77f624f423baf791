"""Quantities and intakes in sentences of each language.

`dose_sentences/<language>.yaml` lists sentences with what must be read from them: amounts as
"low-high unit/per", intakes as "times/every unit"; `?` marks a figure that can be read in two ways.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from validator.document.quantities import Intake, Quantity
from validator.facts import quantities
from validator.grammar import grammar

FOLDER = Path(__file__).with_name("dose_sentences")
SENTENCES = [
    pytest.param(path.stem, entry["text"], entry["read"], id=f"{path.stem}: {entry['text']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for entry in yaml.safe_load(path.read_text("utf-8"))
]


def figure(value: Decimal) -> str:
    """A figure without exponent or closing zeros."""
    return f"{value.normalize():f}"


def amount(quantity: Quantity) -> str:
    """A quantity as the files write it."""
    low, high = figure(quantity.low), figure(quantity.high)
    extent = low if low == high else f"{low}-{high}"
    divisor = "" if quantity.per_amount == 1 else f"{figure(quantity.per_amount)} "
    per = "".join(f"/{divisor}{unit}" for unit in quantity.per)
    bound = {"maximum": "≤ ", "minimum": "≥ "}.get(quantity.bound, "")
    return f"{bound}{extent} {quantity.unit}{per}{'' if quantity.sure else '?'}"


def intake(stated: Intake) -> str:
    """An intake as the files write it."""
    return f"{figure(stated.times)} times/{figure(stated.every)} {stated.unit}"


@pytest.mark.parametrize(("language", "text", "wanted"), SENTENCES)
def test_a_sentence_is_read(language: str, text: str, wanted: list[str]) -> None:
    found = [
        stated
        for passage in quantities.read([(0, text)], grammar(language))
        for stated in (*map(amount, passage.quantities), *map(intake, passage.intakes))
    ]
    assert found == wanted
