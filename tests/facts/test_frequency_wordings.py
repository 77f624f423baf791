"""How leaflets of each language define their frequency categories, and what each wording means.

`frequency_wordings/<language>.yaml` lists wordings with their category and interval; a bound that is not
stated is null, a category of unknown frequency has no interval.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from validator.facts import frequencies
from validator.grammar import grammar

FOLDER = Path(__file__).with_name("frequency_wordings")
WORDINGS = [
    pytest.param(path.stem, entry, id=f"{path.stem}: {entry['text']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for entry in yaml.safe_load(path.read_text("utf-8"))
]


def bound(written: str | int | None) -> Fraction | None:
    """A bound as the file writes it."""
    return None if written is None else Fraction(str(written))


@pytest.mark.parametrize(("language", "entry"), WORDINGS)
def test_a_wording_defines_its_category(language: str, entry: dict[str, Any]) -> None:
    definitions, _ = frequencies.read([(0, entry["text"])], grammar(language), set())
    known = entry["label"] != "not-known"
    wanted = (entry["label"], bound(entry["low"]), bound(entry["high"])) if known else (entry["label"],)
    found = [
        (d.label, d.interval.low, d.interval.high) if d.interval else (d.label,)
        for d in definitions
        if not d.broken
    ]
    assert found == [wanted]
