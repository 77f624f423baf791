"""Files that a conversion displaced: headings over the text of other sections, numbers of pages in the text."""

from __future__ import annotations

import pytest

from tests.compare.test_contacts_dates_substances import with_text
from tests.compose import compose, text_of
from tests.leaflets import translated


def without_text(language: str, lost: str) -> str:
    """A leaflet whose text of one section is lost: that of the next stands under its heading, and so on."""
    pieces = compose("eu", language)
    sections = list(dict.fromkeys(each.section for each in pieces))
    headed = [
        section
        for section in sections
        if any(_heads(each.rule) for each in pieces if each.section == section)
    ]
    at = headed.index(lost)
    lines: list[str] = []
    for number, section in enumerate(headed):
        heads = [each for each in pieces if each.section == section and _heads(each.rule)]
        shown = headed[number + 1] if at <= number < len(headed) - 1 else section if number < at else ""
        body = [each for each in pieces if each.section == shown and not _heads(each.rule)]
        lines.append(text_of([*heads, *body]))
    first = [each for each in pieces if each.section not in headed]
    return "\n\n".join([text_of(first), *lines])


def _heads(rule: str) -> bool:
    return rule.startswith("section/")


def test_headings_over_the_text_of_other_sections_are_told_once() -> None:
    source = text_of(compose("eu", "en"))
    document = translated(source, without_text("de", "what-it-is"), ("en", "de"))
    told = [f for f in document.findings if f.rule == "compare/section" and f.problem == "misplaced"]
    assert [f.severity for f in told] == ["warning"]
    assert document.compared is not None
    storage = [row for row in document.compared.rows if row.section == "storage"]
    both = [(row.own.text, row.other.text) for row in storage if row.own and row.other]
    assert any("Kinder" in own and "children" in other for own, other in both)


def test_headings_that_stand_right_stay() -> None:
    document = translated(text_of(compose("eu", "en")), text_of(compose("eu", "de")), ("en", "de"))
    assert not any(f.problem == "misplaced" for f in document.findings)


SAME = [
    ("Talk to your doctor.", "Sprechen Sie mit Ihrem Arzt. 29"),
    ("Talk to your doctor. Take it whole.", "Sprechen Sie mit Ihrem Arzt. 29 Nehmen Sie es im Ganzen ein."),
    ("Follow the steps 2, 3, 4 and 5.", "Befolgen Sie die Schritte 2-5."),
    ("Take it every 2 days.", "Nehmen Sie es jeden zweiten Tag ein."),
]


@pytest.mark.parametrize(("source", "target"), SAME)
def test_what_is_no_other_figure(source: str, target: str) -> None:
    found = translated(
        with_text("en", "how-to-use", source), with_text("de", "how-to-use", target), ("en", "de")
    )
    assert [f.message for f in found.findings if f.rule == "compare/number"] == []


def test_a_figure_inside_a_sentence_is_no_page() -> None:
    source, target = "Wait for some minutes.", "Warten Sie 29 Minuten."
    found = translated(
        with_text("en", "how-to-use", source), with_text("de", "how-to-use", target), ("en", "de")
    )
    assert [f.rule for f in found.findings if f.rule == "compare/number"] == ["compare/number"]
