"""Dose sentences and frequency wordings in many languages, half right, half wrong: recall and false alarms."""

from __future__ import annotations

import pytest

from tests.bank.leaflets import PARTS, Entry, entries, found
from validator.catalogue import languages
from validator.grammarfile import grammar_file

FAMILIES = {"doses": ("how-to-use", "dose"), "frequencies": ("side-effects", "frequency")}
SIZE = {"doses": 400, "frequencies": 300}
# Recall and false alarms that are reached now; the aim is 0.98 and 0.01. When a part was first run, before
# anyone looked at its misses: doses looked-at 0.949 and 0.007, held-out 0.917 and 0, blind 0.908 and 0,
# blind-2 0.79 and 0.01, blind-3 0.93 and 0, independent 0.885 and 0.031, untouched 0.934 and 0.006;
# frequencies looked-at 0.959 and 0.010, held-out 0.969 and 0, blind 0.951 and 0.082 (all of them running
# text), blind-2 and blind-3 1.0 and 0, independent 0.988 and 0.012, untouched 1.0 and 0.008. The last pair
# is what a new leaflet meets.
FLOORS = {
    ("doses", "tuned"): (1.0, 0.0),
    ("doses", "looked-at"): (1.0, 0.0),
    ("doses", "held-out"): (0.97, 0.0),
    ("frequencies", "tuned"): (1.0, 0.0),
    ("frequencies", "looked-at"): (1.0, 0.0),
    ("frequencies", "held-out"): (1.0, 0.0),
    ("doses", "blind"): (1.0, 0.0),
    ("frequencies", "blind"): (1.0, 0.0),
    ("doses", "blind-2"): (1.0, 0.0),
    ("frequencies", "blind-2"): (1.0, 0.0),
    ("doses", "blind-3"): (1.0, 0.0),
    ("frequencies", "blind-3"): (1.0, 0.0),
    ("doses", "independent"): (1.0, 0.0),
    ("frequencies", "independent"): (1.0, 0.0),
    ("doses", "untouched"): (0.94, 0.0),
    ("frequencies", "untouched"): (1.0, 0.0),
}


def seen(entry: Entry, findings: list[tuple[str, str]]) -> bool:
    """Whether the finding came that must, at the words named (its own may go on: "20 mg a day")."""
    return any(rule == entry.rule and words.startswith(entry.evidence) for rule, words in findings)


@pytest.mark.parametrize(("family", "part"), FLOORS)
def test_recall_and_false_alarms(family: str, part: str) -> None:
    judged = [(entry, found(entry, *FAMILIES[family])) for entry in entries(family, part)]
    wrong = [(entry, findings) for entry, findings in judged if entry.rule]
    missed = [(entry, findings) for entry, findings in wrong if not seen(entry, findings)]
    alarms = [(entry, findings) for entry, findings in judged if findings and not entry.rule]
    recall, false_alarms = FLOORS[family, part]
    assert len(missed) <= (1 - recall) * len(wrong), missed
    assert len(alarms) <= false_alarms * (len(judged) - len(wrong)), alarms


@pytest.mark.parametrize("family", FAMILIES)
def test_the_bank_is_large_and_balanced(family: str) -> None:
    for part in PARTS:
        rules = [bool(entry.rule) for entry in entries(family, part)]
        assert 0.4 <= sum(rules) / len(rules) <= 0.6
    everything = [entry for part in PARTS for entry in entries(family, part)]
    assert len(everything) >= SIZE[family]
    assert len({entry.language for entry in everything}) >= 11


@pytest.mark.parametrize("language", languages("eu"))
def test_stems_are_long_enough_to_be_looked_up(language: str) -> None:
    stems = [stem for stems in grammar_file(language).stems.values() for stem in stems]
    assert stems
    assert all(len(stem) > 2 for stem in stems)
