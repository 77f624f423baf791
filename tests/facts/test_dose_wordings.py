"""How leaflets of each language write amounts and intakes, and what is read from them.

`dose_wordings/<language>.yaml` lists sentences with the quantities and intakes in them, as
"low[-high] unit[/per...][ bound]" and "times per every unit".
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from validator.checks.dose import number
from validator.document.quantities import Intake, Quantity
from validator.facts import quantities
from validator.grammar import grammar

FOLDER = Path(__file__).with_name("dose_wordings")
SENTENCES = [
    pytest.param(path.stem, entry, id=f"{path.stem}: {entry['text']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for entry in yaml.safe_load(path.read_text("utf-8"))
]


def amount(quantity: Quantity) -> str:
    """A quantity as the files write it."""
    figures = dict.fromkeys((number(quantity.low), number(quantity.high)))
    divisor = "" if quantity.per_amount == 1 else f"{number(quantity.per_amount)} "
    per = f"/{divisor}" + "/".join(quantity.per) if quantity.per else ""
    return f"{'-'.join(figures)} {quantity.unit}{per} {quantity.bound}".strip()


def intake(found: Intake) -> str:
    """An intake as the files write it."""
    return f"{number(found.times)} per {number(found.every)} {found.unit}"


@pytest.mark.parametrize(("language", "entry"), SENTENCES)
def test_amounts_and_intakes_are_read(language: str, entry: dict[str, Any]) -> None:
    (passage,) = quantities.read([(0, entry["text"])], grammar(language))
    assert [amount(q) for q in passage.quantities] == entry.get("amounts", [])
    assert [intake(i) for i in passage.intakes] == entry.get("intakes", [])
