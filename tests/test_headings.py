"""Headings as real files carry them: words run together, names of several words, run-in ones."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize("bold", ["Do not give Velorin to children,", "Do not give Velorin to children"])
def test_bold_type_at_the_start_of_a_sentence_makes_no_second_heading(bold: str) -> None:
    text = text_of(compose("eu", "en"))
    before, heading, after = text.partition("\nDriving and using machines\n")
    forbidden = "# Do not take Velorin\n\nif you have gout\n\n"
    page = f"{before}\n\n{forbidden}# Children and adolescents\n\n**{bold}** or babies.\n\n{heading}{after}"
    sections = parsed(page, name="input.md").sections
    found = [(sub.id, sub.empty) for section in sections for sub in section.subsections]
    assert found.count(("do-not-use", False)) == 1
    assert ("children", False) in found
