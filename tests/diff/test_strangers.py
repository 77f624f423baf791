"""Edits like those that people made who had not seen the program: parts of sentences, order, urgency."""

from __future__ import annotations

import pytest

from tests.leaflets import input_of, revised

TEXT = input_of("eu-tablet")
HOW = "Swallow the tablet whole with a glass of water.\n"
WARN = "Talk to your doctor or pharmacist before taking Velorin if you have had fits, or if your liver does not work well."
ALCOHOL = "Do not drink alcohol while you take Velorin."
TABLE = "\nkidneys\tfirst week\tlater\ngood\t10 mg a day\t20 mg a day\npoor\t5 mg a day\t10 mg a day\n"
STEPS = "\n1. Shake the bottle.\n2. Open the cap.\n3. Draw up the dose. Look for bubbles.\n"

# The text that stands for `line`, what of it is replaced, the finding: rule, problem, severity, words that differ.
EDITS = [
    (HOW, "Do not crush the tablet.\n", "Do not", "Try not to", ("warning-weakened", "altered", "error")),
    (HOW, "Do not use hot water.\n", "Do not use", "Use", ("warning-weakened", "altered", "error")),
    (HOW, "Do not stop unless your doctor tells you to.\n", "to.", "to or you feel better.", ("warning-weakened", "altered", "error")),
    (HOW, "Take it in the morning.\n", "morning", "evening", ("instruction-removed", "inconsistent", "warning")),
    (HOW, "Take it with a meal.\n", "with a", "before a", ("instruction-removed", "inconsistent", "warning")),
    (HOW, "Keep 5 cm away from the navel.\n", "cm", "mm", ("dose-changed", "inconsistent", "error")),
    (HOW, STEPS, "1. Shake the bottle.\n2. Open the cap.", "1. Open the cap.\n2. Shake the bottle.", ("instruction-removed", "out-of-order", "warning")),
    (HOW, STEPS, "2. Open the cap.\n3. Draw up the dose. Look for bubbles.", "2. Draw up the dose. Look for bubbles.\n3. Open the cap.", ("instruction-removed", "out-of-order", "warning")),
    (HOW, TABLE, "good\t10 mg a day\t20 mg a day", "good\t20 mg a day\t10 mg a day", ("dose-changed", "out-of-order", "error")),
    (HOW, "Adults take 40 mg in the first week and children take 20 mg then.\n", "40 mg in the first week and children take 20", "20 mg in the first week and children take 40", ("dose-changed", "out-of-order", "error")),
    (WARN, WARN, "if you have had fits, or if", "if", ("warning-removed", "missing", "error")),
    (WARN, "Tell your doctor if your face or tongue swells.", "face or tongue", "face", ("warning-removed", "missing", "error")),
    (WARN, "Your blood is tested every week.", "week", "month", ("warning-weakened", "altered", "error")),
    (WARN, "Your blood is tested weekly and then yearly.", "weekly", "daily", ("warning-weakened", "altered", "error")),
    (WARN, "The ovaries are guarded by velin and the testes by dolin.", "velin and the testes by dolin", "dolin and the testes by velin", ("warning-weakened", "out-of-order", "error")),
]  # fmt: skip


@pytest.mark.parametrize(("line", "text", "old", "new", "wanted"), EDITS, ids=lambda value: str(value)[:20])
def test_an_edit_is_one_finding(
    line: str, text: str, old: str, new: str, wanted: tuple[str, str, str]
) -> None:
    assert text.count(old) == TEXT.count(line) == 1
    before, after = (TEXT.replace(line, each) for each in (text, text.replace(old, new)))
    (found,) = revised(before, after).findings
    assert (found.rule.removeprefix("diff/"), found.problem, found.severity) == wanted


UNCHANGED = [
    (HOW, "Go on for two or three days.\n", "Go on for 2 or 3 days.\n"),
    (HOW, "Put on a new patch every third day.\n", "Put on a new patch every 3 days.\n"),
    (HOW, STEPS, STEPS.replace("1.", "a)").replace("2.", "b)").replace("3.", "c)")),
    (HOW, "Contact a doctor at once if you took too much.\n", "If you took too much, contact a doctor at once.\n"),
    (HOW, TABLE.replace("poor", "5-7 kg"), TABLE.replace("poor", "5 to 7 kg")),
    (WARN, "If your eyes hurt, call your doctor straight away.", "Call your doctor straight away if your eyes hurt."),
    (WARN, "Velin, dolin and senin may harm you.", "Senin, dolin and velin may harm you."),
]  # fmt: skip


@pytest.mark.parametrize(("line", "old", "new"), UNCHANGED, ids=lambda value: str(value)[:20])
def test_the_same_said_otherwise_is_wording_at_most(line: str, old: str, new: str) -> None:
    found = revised(TEXT.replace(line, old), TEXT.replace(line, new)).findings
    assert {each.severity for each in found} <= {"advice"}


def test_a_sentence_written_anew_is_beside_what_it_was() -> None:
    old = "Your vision may be blurred for a time, so that driving can be a danger."
    new = "It is possible that Velorin makes your vision blurred and driving unsafe."
    (found,) = revised(TEXT.replace(WARN, old), TEXT.replace(WARN, new)).findings
    told = (found.rule, found.problem, found.severity, found.expected, found.evidence)
    assert told == ("diff/warning-removed", "altered", "warning", old, new)


URGENT = [
    ("cs", "Ihned zavolejte lékaři.", "Ihned zavolejte", "Zavolejte"),
    ("hu", "Azonnal hívja orvosát.", "Azonnal hívja", "Hívja"),
    ("el", "Καλέστε αμέσως τον γιατρό.", "αμέσως ", ""),
]


@pytest.mark.parametrize(("language", "line", "old", "new"), URGENT)
def test_urgency_is_known_in_languages_without_words_of_their_own(
    language: str, line: str, old: str, new: str
) -> None:
    from tests.compose import compose, text_of

    made = compose("eu", language)
    first = text_of(made)
    anchor = next(text for text in first.splitlines() if text.startswith("3. ") and first.count(text) == 2)
    at = first.rindex(anchor) + len(anchor)
    before, after = (f"{first[:at]}\n\n{each}{first[at:]}" for each in (line, line.replace(old, new)))
    (found,) = revised(before, after).findings
    assert (found.rule, found.severity) == ("diff/warning-weakened", "error")
