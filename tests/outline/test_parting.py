"""Main headings that a file runs into the text after them: the same outline as if they stood alone."""

from __future__ import annotations

import re

import pytest

from tests.leaflets import FIXTURES, judged, parsed
from validator.document.blocks import Block, Change
from validator.lexicon import lexicon
from validator.outline.lines import words_of
from validator.outline.parting import parted

# Headings that end in the template's own words; where a name ends them nobody can tell.
BOUNDED = {
    "de-tablet": ["1. Was ist", "2. Was sollten", "4. Welche", "6. Inhalt"],
    "eu-tablet": ["1. What Velorin", "4. Possible", "6. Contents"],
}
CASES = [(name, heading) for name, headings in BOUNDED.items() for heading in headings]


def joined(name: str, heading: str) -> str:
    """A compliant leaflet with one heading of its body and the paragraph after it on one line."""
    text = (FIXTURES / "leaflets" / name / "input.txt").read_text("utf-8")
    at = text.rindex("\n" + heading) + 1
    return text[:at] + re.sub(r"\n+", " ", text[at:], count=1)


@pytest.mark.parametrize(("name", "heading"), CASES)
def test_a_heading_run_into_its_text_opens_its_section(name, heading):
    alone = parsed((FIXTURES / "leaflets" / name / "input.txt").read_bytes())
    run_in = parsed(joined(name, heading))
    assert [s.id for s in run_in.sections] == [s.id for s in alone.sections]
    assert [s.heading and s.heading.text for s in run_in.sections] == [
        s.heading and s.heading.text for s in alone.sections
    ]
    assert [block.text for block in run_in.blocks] == [block.text for block in alone.blocks if block.text]


@pytest.mark.parametrize(("name", "heading"), CASES)
def test_nothing_is_reported_of_it(name, heading):
    assert [finding.rule for finding in judged(joined(name, heading)).findings] == []


@pytest.mark.parametrize(("name", "heading"), CASES)
def test_places_stay_true(name, heading):
    source = joined(name, heading)
    lines = source.splitlines()
    for block in parsed(source).blocks:
        place = block.place()
        if place.line == place.end_line:
            assert lines[place.line - 1][place.column - 1 : place.end_column - 1] == block.text


@pytest.mark.parametrize(
    "line",
    [
        "4. Possible side effects of Velorin",
        "4. Possible side effects Velorin may cause",
        "2. What you need to know before you take Velorin Forte Max Do not take Velorin Forte Max",
        "1. What Velorin is and what it is used for 2. What you need to know before you take Velorin",
        "Possible side effects Like all medicines this medicine can cause side effects",
    ],
)
def test_what_is_no_heading_with_text_stays_whole(line):
    text = words_of([Block(line)])
    assert parted(text, (), lexicon("eu", "en")) == (text, ())


def test_open_changes_move_with_their_words():
    line = "4. Possible side effects Like all medicines, this medicine can cause side effects"
    blocks = [Block("Velorin"), Block(line), Block("Headache.")]
    start = line.index("Like")
    changes = [
        Change("insertion", "Possible", "A", 1, 3, 11),
        Change("insertion", "Like all", "A", 1, start, start + 8),
        Change("insertion", "Headache", "A", 2, 0, 8),
    ]
    text, moved = parted(words_of(blocks), changes, lexicon("eu", "en"))
    assert [block.text for block in text.blocks] == ["Velorin", line[: start - 1], line[start:], "Headache."]
    assert [text.blocks[c.block].text[c.start : c.end] for c in moved] == ["Possible", "Like all", "Headache"]
