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
