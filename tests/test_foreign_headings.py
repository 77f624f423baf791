"""A document whose shell has its headings in English around a text in another language."""

from __future__ import annotations

from tests.leaflets import brief, input_of, judged, parsed

ENGLISH = {
    "1. Qué es Velorin y para qué se utiliza": "1. What Velorin is and what it is used for",
    "2. Qué necesita saber antes de empezar a tomar Velorin": "2. What you need to know before you take Velorin",
    "3. Cómo tomar Velorin": "3. How to take Velorin",
    "5. Conservación de Velorin": "5. How to store Velorin",
}


def shell(mark: str) -> str:
    """The Spanish leaflet in Markdown, some headings of its body in English behind a mark."""
    text = input_of("es-tablet")
    for spanish, english in ENGLISH.items():
        before, heading, after = text.rpartition(f"\n{spanish}\n")
        assert heading
        text = f"{before}\n\n{mark}{english}\n\n{after}"
    return text


def test_an_english_heading_opens_its_section_and_is_told() -> None:
    leaflet = parsed(shell("## "), name="a.md")
    assert leaflet.language.value == "es"
    headed = {section.id: section.heading.deviations for section in leaflet.sections if section.heading}
    assert [key for key, deviations in headed.items() if "foreign" in deviations] == [
        "what-it-is",
        "before-use",
        "how-to-use",
        "storage",
    ]
    found = [each for each in brief(judged(shell("## "), name="a.md")) if each[2] != "advice"]
    assert sorted(found) == [
        ("section/before-use", "altered", "warning"),
        ("section/how-to-use", "altered", "warning"),
        ("section/storage", "altered", "warning"),
        ("section/what-it-is", "altered", "warning"),
    ]


def test_a_line_of_running_text_is_no_foreign_heading() -> None:
    leaflet = parsed(shell(""))
    assert leaflet.section("what-it-is") is None
