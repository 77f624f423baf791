"""What translations lose without a trace in length or figures: short sentences, firmness, categories."""

from __future__ import annotations

import pytest

from tests.compare.test_contacts_dates_substances import with_text
from tests.leaflets import translated

Told = list[tuple[str, str, str]]
PARAGRAPH = (
    "Take the missed tablet as soon as you remember it. {} Never take two tablets on one day instead of one."
)
GERMAN = "Nehmen Sie die vergessene Tablette ein, sobald Sie daran denken. {} Nehmen Sie nie zwei Tabletten am Tag statt einer ein."


def told(section: str, source: str, target: str) -> Told:
    document = translated(with_text("en", section, source), with_text("de", section, target), ("en", "de"))
    rules = ("compare/list-item", "compare/force", "compare/frequency")
    return [(f.rule, f.problem, f.severity) for f in document.findings if f.rule in rules]


CASES: list[tuple[str, str, str, Told]] = [
    ("how-to-use", PARAGRAPH.format("Otherwise skip it."), GERMAN.format(""), [("compare/list-item", "altered", "advice")]),
    ("how-to-use", PARAGRAPH.format("Otherwise skip it."), GERMAN.format("Sonst lassen Sie sie aus."), []),
    ("how-to-use", "Do not use hot water.", "Verwenden Sie möglichst kein heißes Wasser.", [("compare/force", "altered", "advice")]),
    ("how-to-use", "Preferably do not use hot water.", "Verwenden Sie möglichst kein heißes Wasser.", []),
    ("before-use", "Grapefruit juice should be avoided.", "Grapefruitsaft ist in Maßen erlaubt.", [("compare/force", "altered", "advice")]),
    ("how-to-use", "Take it at night.", "Nehmen Sie es möglichst abends ein.", []),
]  # fmt: skip


@pytest.mark.parametrize(("section", "source", "target", "expected"), CASES)
def test_what_is_told(section: str, source: str, target: str, expected: Told) -> None:
    assert told(section, source, target) == expected


EFFECTS = "Common (may affect up to 1 in 10 people)\n• {}\nUncommon (may affect up to 1 in 100 people)\n• {}"
WIRKUNGEN = "Häufig (kann bis zu 1 von 10 Behandelten betreffen)\n• {}\nGelegentlich (kann bis zu 1 von 100 Behandelten betreffen)\n• {}"


def test_two_effects_that_exchanged_their_categories() -> None:
    source = EFFECTS.format("dizziness", "itching")
    right, wrong = WIRKUNGEN.format("Schwindel", "Juckreiz"), WIRKUNGEN.format("Juckreiz", "Schwindel")
    assert not any(rule == "compare/frequency" for rule, _, _ in told("side-effects", source, right))
    found = [each for each in told("side-effects", source, wrong) if each[0] == "compare/frequency"]
    assert found == [("compare/frequency", "inconsistent", "advice")] * 2
