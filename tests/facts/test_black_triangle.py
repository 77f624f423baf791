"""The additional-monitoring notice is told from a doctor's additional monitoring."""

from __future__ import annotations

import pytest

from ..leaflets import input_of, parsed

NOTICE = "This medicine is subject to additional monitoring."
HEADING = "Warnings and precautions\n"
PLAIN = "\n".join(line for line in input_of("eu-tablet").split("\n") if "additional monitoring" not in line)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("People with liver disease are subject to additional monitoring by their doctor.", ""),
        (NOTICE, NOTICE),
        (f"▼ {NOTICE}", NOTICE),
        ("▼ subject to additional monitoring", "subject to additional monitoring"),
    ],
)
def test_words_of_the_notice_in_section_2(sentence: str, found: str) -> None:
    leaflet = parsed(PLAIN.replace(HEADING, f"{HEADING}\n{sentence}\n\n", 1))
    notice = leaflet.facts.black_triangle.statement
    assert (leaflet.text(notice) if notice else "") == found
