"""Single edits in a complete leaflet: whole findings, and silence where only the form changed."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.leaflets import input_of, revised
from validator.report import Document

TEXT = input_of("eu-tablet")


class Told(NamedTuple):
    """What tests compare of a finding: `before` and `after` are its words in the two versions."""

    rule: str
    problem: str
    severity: str
    line: int | None
    before: str
    after: str


def told(document: Document) -> list[Told]:
    return [
        Told(f.rule.removeprefix("diff/"), f.problem, f.severity, f.location.line, f.expected, f.evidence)
        for f in document.findings
    ]


def edited(*pairs: tuple[str, str]) -> str:
    text = TEXT
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


KIDNEYS = "if you have a severe disease of the kidneys."
ALCOHOL = "Do not drink alcohol while you take Velorin."
ADULTS = "The recommended dose for adults is one 20 mg tablet once a day."
HOLDER = "Exempla Pharma Ltd, 1 Example Street, Dublin 2, Ireland"
FITS = "Talk to your doctor or pharmacist before taking Velorin if you have had fits, or if your liver does not work well."
CASES = [
    (
        f"• {KIDNEYS}\n", "",
        Told("contraindication-removed", "missing", "error", 35, KIDNEYS, ""),
    ),
    (
        "kidneys", "lungs",
        Told("contraindication-removed", "inconsistent", "error", 36, KIDNEYS, KIDNEYS.replace("kidneys", "lungs")),
    ),
    (
        f"• {KIDNEYS}", f"• {KIDNEYS}\n• if you have gout.",
        Told("contraindication-added", "inconsistent", "warning", 37, "", "if you have gout."),
    ),
    (
        ALCOHOL, "Do not drink alcohol while you take Velorin, unless your doctor allows it.",
        Told("warning-weakened", "altered", "error", 48, ALCOHOL, "Do not drink alcohol while you take Velorin, unless your doctor allows it."),
    ),
    (
        ", or if your liver does not work well", "",
        Told("warning-removed", "missing", "error", 39, "or if your liver does not work well", FITS.replace(", or if your liver does not work well", "")),
    ),
    (
        "one 20 mg tablet", "one 40 mg tablet",
        Told("dose-changed", "inconsistent", "error", 67, ADULTS, ADULTS.replace("20", "40")),
    ),
    (
        f"{ADULTS}\n", "",
        Told("dose-changed", "missing", "error", 65, ADULTS, ""),
    ),
    (
        "• dry mouth\n", "",
        Told("side-effect-removed", "missing", "error", 96, "dry mouth", ""),
    ),
    (
        "• headache", "• headache\n• hair loss",
        Told("side-effect-added", "inconsistent", "warning", 97, "", "hair loss"),
    ),
    (
        ", magnesium stearate", "",
        Told("excipient-removed", "missing", "error", 130, "magnesium stearate", ""),
    ),
    (
        "Exempla Pharma Ltd, 1 Example Street", "Exempla Pharma Ltd, 2 Example Street",
        Told("contact-changed", "inconsistent", "warning", 136, HOLDER, HOLDER.replace("1 E", "2 E")),
    ),
    (
        "It usually begins to work within two hours.", "It mostly begins to work within two hours.",
        Told("wording", "altered", "advice", 29, "It usually begins to work within two hours.", "It mostly begins to work within two hours."),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "wanted"), CASES, ids=lambda value: str(value)[:30])
def test_an_edit_is_one_finding(old: str, new: str, wanted: Told) -> None:
    assert told(revised(TEXT, edited((old, new)))) == [wanted]


def test_a_lost_statement_is_told_by_its_rule_and_not_again_as_text() -> None:
    line = "Keep this medicine out of the sight and reach of children."
    (finding,) = revised(TEXT, edited((f"{line}\n", ""))).findings
    assert (finding.rule, finding.severity, finding.expected) == (
        "diff/statement-removed",
        "error",
        line.rstrip("."),
    )
    assert "statement/keep-out-of-reach" in finding.message


def test_a_lost_section_tells_of_all_that_it_held() -> None:
    start, stop = (
        TEXT.rindex("\n5. How to store Velorin\n\n"),
        TEXT.rindex("\n6. Contents of the pack and other information\n\n"),
    )
    found = told(revised(TEXT, TEXT[:start] + TEXT[stop:]))
    assert [(each.rule, each.problem, each.before) for each in found] == [
        ("section-removed", "missing", "5. How to store Velorin")
    ]


def test_a_section_without_text() -> None:
    start = TEXT.index("Keep this medicine out of")
    stop = TEXT.rindex("\n6. Contents of the pack and other information\n\n")
    found = told(revised(TEXT, TEXT[:start] + TEXT[stop:]))
    assert [(each.rule, each.problem) for each in found] == [("section-removed", "empty")]


def test_an_effect_in_another_category() -> None:
    new = edited(("• dry mouth\n", ""), ("• feeling sick\n", "• feeling sick\n• dry mouth\n"))
    (found,) = told(revised(TEXT, new))
    assert found == Told("frequency-changed", "inconsistent", "error", 100, "dry mouth", "dry mouth")


def test_what_a_category_means() -> None:
    (found,) = told(revised(TEXT, edited(("up to 1 in 100 people", "up to 1 in 50 people"))))
    assert found[:3] == ("frequency-changed", "inconsistent", "error")
    assert (found.before, found.after) == tuple(
        f"Uncommon (may affect up to 1 in {number}" for number in (100, 50)
    )


def test_the_lost_notice_of_additional_monitoring_is_one_finding() -> None:
    start = TEXT.index("▼")
    found = told(revised(TEXT, TEXT[:start] + TEXT[TEXT.index("\n", start) :]))
    assert [each.rule for each in found] == ["warning-removed"]


def test_another_trade_name_is_told_once() -> None:
    found = told(revised(TEXT, TEXT.replace("Velorin", "Zelmara")))
    assert [(each.rule, each.before, each.after) for each in found] == [
        ("product-name-changed", "Velorin", "Zelmara")
    ]


def test_the_lost_heading_of_the_contraindications() -> None:
    found = told(revised(TEXT, edited(("\nDo not take Velorin\n", "\n"))))
    assert [each[:3] for each in found] == [
        ("contraindication-removed", "missing", "error"),
        ("contraindication-removed", "misplaced", "warning"),
        ("contraindication-removed", "misplaced", "warning"),
    ]


def test_a_heading_that_became_weaker() -> None:
    old, new = "Do not take Velorin\n•", "You should not take Velorin\n•"
    (found,) = told(revised(TEXT, edited((old, new))))
    assert found == Told(
        "warning-weakened", "altered", "error", 34, "Do not take Velorin", "You should not take Velorin"
    )


def test_a_contraindication_among_the_warnings_is_out_of_place() -> None:
    warning = "Warnings and precautions\n"
    new = edited((f"• {KIDNEYS}\n", ""), (warning, f"{warning}• {KIDNEYS}\n"))
    (found,) = told(revised(TEXT, new))
    assert found[:3] == ("contraindication-removed", "misplaced", "warning")


UNCHANGED = [
    ("one 20 mg tablet once a day", "one 20 mg tablet once daily"),
    ("The recommended dose is 0.5 mg per kg of body weight", "The recommended dose is 0.5 mg/kg of body weight"),
    ("takes 10 mg once a day", "takes 0.01 g once a day"),
    ("(listed in section 6)", "(see section 6)"),
    ("06/2026", "07/2027"),
    ("below the age of 6 years", "below the age of six years"),
    ("if you are not sure.", "if you are unsure."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), UNCHANGED)
def test_the_same_said_otherwise_is_wording_at_most(old: str, new: str) -> None:
    assert {each.severity for each in told(revised(TEXT, edited((old, new))))} <= {"advice"}


MOVES = [
    (f"{ALCOHOL}", "", "Warnings and precautions\n", f"Warnings and precautions\n{ALCOHOL}\n"),
    ("• headache\n• dry mouth", "• dry mouth\n• headache", "", ""),
    ("Swallow the tablet whole with a glass of water.\n", "", "3. How to take Velorin\n\nAlways", "3. How to take Velorin\n\nSwallow the tablet whole with a glass of water.\n\nAlways"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "there", "then"), MOVES)
def test_moved_text_is_not_removed_text(old: str, new: str, there: str, then: str) -> None:
    text = edited((old, new))
    assert not there or text.count(there) == 1
    assert told(revised(TEXT, text.replace(there, then) if there else text)) == []


def test_one_of_two_equal_sentences_that_turned_is_told() -> None:
    line = "Do not chew the tablet."
    old = edited(("3. How to take Velorin\n\nAlways", f"3. How to take Velorin\n\n{line}\n\nAlways"))
    old = old.replace("Swallow the tablet whole", f"{line}\n\nSwallow the tablet whole")
    (found,) = told(revised(old, old.replace(line, "Chew the tablet.", 1)))
    assert (found.rule, found.before, found.after) == ("warning-weakened", line, "Chew the tablet.")


def test_what_was_said_twice_and_is_said_once_is_advice() -> None:
    line = "Do not chew the tablet."
    old = edited(("3. How to take Velorin\n\nAlways", f"3. How to take Velorin\n\n{line}\n\nAlways"))
    twice = old.replace("Swallow the tablet whole", f"{line}\n\nSwallow the tablet whole")
    found = [(each.rule, each.severity, each.before, each.after) for each in told(revised(twice, old))]
    assert found == [("text-removed", "advice", line, "")]
    assert told(revised(old, twice)) == []


def test_sentences_that_became_one_and_one_that_became_two() -> None:
    joined = edited(
        ("Velorin may make you sleepy. Do not drive", "Velorin may make you sleepy, and do not drive"),
        ("Talk to a doctor or go to a hospital straight away. Take", "Talk to a doctor or go to a hospital straight away and take"),
    )  # fmt: skip
    for old, new in ((TEXT, joined), (joined, TEXT)):
        assert {each.severity for each in told(revised(old, new))} <= {"advice"}


def test_every_rule_has_a_verdict_and_the_older_version_is_named() -> None:
    document = revised(TEXT, edited(("kidneys", "lungs")))
    verdicts = {judgement.rule: judgement.verdict for judgement in document.requirements}
    assert verdicts.pop("diff/contraindication-removed") == "gap"
    assert set(verdicts.values()) == {"met"}
    assert document.compared is not None
    assert (document.compared.path, document.compared.language) == ("old.txt", "en")
    (finding,) = document.findings
    assert finding.beside is not None
    assert (finding.beside.text, finding.beside.location.line) == (KIDNEYS, 36)


def test_rules_are_selected_and_severities_set() -> None:
    new = edited(("kidneys", "lungs"), ("• dry mouth\n", ""))
    assert [each.rule for each in told(revised(TEXT, new, select=("diff/side-effect-removed",)))] == [
        "side-effect-removed"
    ]
    assert [each.rule for each in told(revised(TEXT, new, ignore=("diff/side-effect-removed",)))] == [
        "contraindication-removed"
    ]
    (weak,) = revised(
        TEXT, edited(("• dry mouth\n", "")), severity={"diff/side-effect-removed": "advice"}
    ).findings
    assert weak.severity == "advice"


def test_fingerprints_are_stable_when_lines_shift() -> None:
    new = edited(("kidneys", "lungs"))
    one, two = (revised(TEXT, text).findings[0].fingerprint for text in (new, "\n\n" + new))
    assert one == two


def test_too_many_sentences_are_refused() -> None:
    from validator.errors import UnreadableError

    many = TEXT.replace("Warnings and precautions\n", "Warnings and precautions\n" + "• It helps.\n" * 6000)
    with pytest.raises(UnreadableError, match="too long to compare"):
        revised(TEXT, many)
