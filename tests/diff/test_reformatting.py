"""What changes the form alone raises nothing above advice; a leaflet beside itself raises nothing at all."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.leaflets import FIXTURES, input_of, revised


def _benchmark() -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / "label_edits.py"
    spec = importlib.util.spec_from_file_location("label_edits", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["label_edits"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


BENCHMARK = _benchmark()
TEXT = input_of("eu-tablet")
LEAFLETS = sorted(path.parent.name for path in FIXTURES.glob("leaflets/*/input.txt"))


@pytest.mark.parametrize("name", LEAFLETS)
def test_a_leaflet_beside_itself(name: str) -> None:
    text = input_of(name)
    assert revised(text, text).findings == ()


@pytest.mark.parametrize("language", BENCHMARK.languages())
def test_seeded_edits_are_found_and_new_formats_raise_nothing(language: str) -> None:
    score, _ = BENCHMARK.measure(language)
    assert score.over_formatted == []
    assert score.found >= 0.95 * score.made, score.missed
    assert score.made >= 25
    assert len(score.over_worded) <= 1


def test_every_kind_of_edit_has_its_rule() -> None:
    from validator.catalogue import requirements

    known = {rule.removeprefix("diff/") for rule in requirements() if rule.startswith("diff/")}
    assert {rule for rules in BENCHMARK.RULES.values() for rule in rules} <= known
    assert len(BENCHMARK.RULES) >= 25


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(30, 100))
def test_any_width_of_lines_and_any_order_of_bullets(chance: object, width: int) -> None:
    import random
    import textwrap

    assert isinstance(chance, random.Random)
    lines: list[str] = []
    bullets: list[str] = []
    for line in TEXT.split("\n"):
        if line.startswith("• "):
            bullets.append(line)
            continue
        chance.shuffle(bullets)
        lines += bullets
        bullets = []
        lines += textwrap.wrap(line, width) if len(line) > 100 else [line]
    found = revised(TEXT, "\n".join(lines)).findings
    assert [each for each in found if each.severity != "advice"] == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 200))
def test_no_line_is_lost_in_silence(number: int) -> None:
    lines = TEXT.split("\n")
    kept = [
        at for at, line in enumerate(lines) if line and at > lines.index("") and not _heading(line, lines)
    ]
    gone = kept[number % len(kept)]
    document = revised(TEXT, "\n".join(line for at, line in enumerate(lines) if at != gone))
    assert document.findings, lines[gone]


def _heading(line: str, lines: list[str]) -> bool:
    """Whether a line is a heading, a title or stands in the list of contents: `leaflet check` tells of those."""
    at = lines.index(line)
    titles = at < lines.index("velorastine") + 1 or line == "What is in this leaflet"
    return (
        titles
        or line[:2] in ("1.", "2.", "3.", "4.", "5.", "6.")
        or (not line.startswith("•") and not line.endswith((".", "Ireland")))
    )
