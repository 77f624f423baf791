"""Text in the wrong section, a list of contents in one paragraph, a leaflet that breaks off at its end."""

from __future__ import annotations

from tests.leaflets import brief, input_of, judged, parsed

CLEAN = input_of("eu-tablet")


def test_a_topic_under_its_heading_in_another_section_is_misplaced() -> None:
    start = CLEAN.index("Driving and using machines")
    stop = CLEAN.index("\n\n", start)
    moved = CLEAN[:start] + CLEAN[stop:]
    moved = moved.replace("Reporting of side effects", f"{CLEAN[start:stop]}\n\nReporting of side effects")
    assert brief(judged(moved)) == [("statement/driving", "misplaced", "warning")]


def test_a_contents_list_in_one_paragraph_is_one() -> None:
    start = CLEAN.index("What is in this leaflet")
    stop = CLEAN.index("\n\n\n", start)
    text = CLEAN.replace(CLEAN[start:stop], " ".join(CLEAN[start:stop].split()))
    contents = parsed(text).contents_list
    assert contents is not None
    assert [key for key, _ in contents.entries] == [
        "what-it-is",
        "before-use",
        "how-to-use",
        "side-effects",
        "storage",
        "contents",
    ]
    assert brief(judged(text)) == []


def test_a_text_that_breaks_off_in_its_last_section_is_one_error() -> None:
    text = CLEAN[: CLEAN.index("magnesium stearate")].rstrip()
    errors = [finding for finding in brief(judged(text)) if finding[2] == "error"]
    assert errors == [("document/truncated", "empty", "error")]


def test_a_text_that_ends_in_a_web_address_does_not_break_off() -> None:
    assert brief(judged(CLEAN.rstrip().rstrip("."))) == []


def without(text: str, first: str, stop: str) -> str:
    """A text without the passage from some words up to others."""
    start = text.index(first)
    return text[:start] + text[text.index(stop, start) :]


SECTION_2 = without(CLEAN, "Other medicines and", "\n\n3. How to take")


def test_a_section_that_breaks_off_is_one_error_and_explains_what_is_gone_with_it() -> None:
    found = judged(SECTION_2)
    errors = [finding for finding in found.findings if finding.severity == "error"]
    assert [(finding.rule, finding.problem) for finding in errors] == [("document/truncated", "empty")]
    assert "other medicines; pregnancy and breast-feeding; driving and using machines" in errors[0].message
    assert errors[0].location.section == "before-use"
    gone = {finding.rule for finding in found.findings if finding.severity == "advice"}
    assert {"statement/other-medicines", "statement/pregnancy", "statement/driving"} <= gone


def test_a_section_that_breaks_off_is_told_though_its_topics_are_not_asked_for() -> None:
    found = judged(SECTION_2, select=("document",))
    assert brief(found) == [("document/truncated", "empty", "error")]


def test_two_topics_that_are_gone_are_told_one_by_one() -> None:
    text = without(CLEAN, "Pregnancy, breast-feeding", "Velorin contains lactose")
    assert {rule for rule, _, severity in brief(judged(text)) if severity != "advice"} == {
        "statement/pregnancy",
        "statement/driving",
    }


def test_where_two_sections_break_off_what_else_is_missing_is_for_a_person() -> None:
    text = without(SECTION_2, "If you take more", "\n\n4. Possible")
    text = without(text, "Reporting of side effects", "\n\n5. How to store")
    found = judged(text)
    assert {rule for rule, _, severity in brief(found) if severity == "error"} == {"document/truncated"}
    verdicts = {each.rule: each.verdict for each in found.requirements}
    assert verdicts["statement/reporting-side-effects"] == "review"
    assert verdicts["document/truncated"] == "gap"


def test_each_part_that_a_statement_lost_has_quotes_of_its_own() -> None:
    reported = CLEAN.index("If you get any side effects", CLEAN.index("Reporting of side effects"))
    parts = (
        "This includes any possible side effects not listed in this leaflet.",
        "By reporting side effects you can help provide more information on the safety of this medicine.",
    )
    text = CLEAN[reported:]
    for part in parts:
        text = text.replace(f" {part}", "", 1)
    (found,) = judged(CLEAN[:reported] + text).findings
    assert found.message == f"Part of the statement is missing: “{parts[0]}”, “{parts[1]}”."
