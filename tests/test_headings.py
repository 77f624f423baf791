"""Headings as real files carry them: words run together, names of several words, run-in ones."""

from __future__ import annotations

from tests.compose import compose, text_of
from tests.leaflets import brief, input_of, judged, parsed


def test_words_of_a_numbered_heading_may_run_together() -> None:
    text = input_of("eu-tablet")
    for heading in ("3. How to take", "2. What you need to know before"):
        glued = text.replace(f"{heading} ", heading, 1)
        assert glued != text
        assert [rule for rule, problem, _ in brief(judged(glued)) if problem == "missing"] == []


def test_a_name_of_two_words_makes_no_second_heading() -> None:
    text = text_of(compose("eu", "en")).replace("Velorin", "Velorin Forte")
    heading = "Pregnancy and breast-feeding"
    after = f"{heading}\n\nDo not take Velorin Forte if you are pregnant.\n\nDriving and using machines\n\n"
    text = text.replace(
        "Driving and using machines\n", f"Do not take Velorin Forte\n\nif you have gout\n\n{after}", 1
    )
    found = [(sub.id, sub.empty) for section in parsed(text).sections for sub in section.subsections]
    assert found.count(("do-not-use", False)) == 1
    assert ("pregnancy", True) not in found
