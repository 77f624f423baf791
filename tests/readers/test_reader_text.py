"""Plain text: paragraphs, bullets, wrapped lines, page numbers, rows."""

from __future__ import annotations

import textwrap

import pytest

from validator.document.blocks import Block
from validator.readers import read


def _shown(source: str) -> list[str]:
    """One line a block: its kind, if it is not a paragraph, its marker and its text."""
    return [_show(block) for block in read(source.encode(), input_format="text").blocks]


def _show(block: Block) -> str:
    kind = "" if block.kind == "paragraph" else f"{block.kind} "
    return f"{kind}{block.marker and block.marker + ' '}{block.text}"


# Wrapped to about sixty columns, with ragged ends as a proportional font leaves them.
_WRAPPED = """\
This medicine belongs to a group of medicines that lower the
pressure in your vessels. It is used for treating adults who
have never taken anything of this kind before they were ill.
Children
It is not meant for children and young people who are younger
than eighteen years.
"""

_CASES = {
    "blank lines part paragraphs": ("One.\n\nTwo.", ["One.", "Two."]),
    "lines of an unwrapped file stay apart": (
        "Ask your doctor if you are not sure about it at all.\nHow to take it\nTake it once.",
        ["Ask your doctor if you are not sure about it at all.", "How to take it", "Take it once."],
    ),
    "bullets": (
        "• one\n·two\n- three\n– four\n* five\n\uf0b7 six\no\tseven\n●eight",
        [
            "item • one",
            "item · two",
            "item - three",
            "item – four",
            "item * five",
            "item • six",
            "item o seven",
            "item ● eight",
        ],
    ),
    "a bullet alone marks the next line": ("•\nsix tablets", ["item • six tablets"]),
    "the black triangle is no bullet": ("▼ This medicine", ["▼ This medicine"]),
    "a dash is a bullet before a blank only": ("-10 °C or less", ["-10 °C or less"]),
    "numbers stay in the text": ("1. What it is\n2) How to take it", ["1. What it is", "2) How to take it"]),
    "a number alone joins its heading": ("4.\nPossible side effects", ["4. Possible side effects"]),
    "wrapped lines are joined, headings stay": (
        _WRAPPED,
        [
            "This medicine belongs to a group of medicines that lower the pressure in your vessels. It is used"
            " for treating adults who have never taken anything of this kind before they were ill.",
            "Children",
            "It is not meant for children and young people who are younger than eighteen years.",
        ],
    ),
    "a page number does not cut a sentence": (
        _WRAPPED.replace("treating adults who\n", "treating adults who\n\n3/7\n\n"),
        [
            "This medicine belongs to a group of medicines that lower the pressure in your vessels. It is used"
            " for treating adults who have never taken anything of this kind before they were ill.",
            "furniture 3/7",
            "Children",
            "It is not meant for children and young people who are younger than eighteen years.",
        ],
    ),
    "forms of page numbers": (
        "A.\n\n12\n\nB.\n\nPage 1 of 9\n\nC.\n\n1 de 9\n\nD.\n\n- 13 -\n\nE.",
        [
            "A.",
            "furniture 12",
            "B.",
            "furniture Page 1 of 9",
            "C.",
            "furniture 1 de 9",
            "D.",
            "furniture - 13 -",
            "E.",
        ],
    ),
    "numbers that do not count up are no pages": ("20\n10\n5", ["20", "10", "5"]),
    "cells between tabs": ("Common\tHeadache\n1.\tWhat it is", ["row Common Headache", "1. What it is"]),
    "an ordinal inside a wrapped sentence": (
        _WRAPPED.replace("lower the\npressure", "in your\n3. month lower pressure"),
        [
            "This medicine belongs to a group of medicines that in your",
            "3. month lower pressure in your vessels. It is used"
            " for treating adults who have never taken anything of this kind before they were ill.",
            "Children",
            "It is not meant for children and young people who are younger than eighteen years.",
        ],
    ),
}


@pytest.mark.parametrize(("source", "expected"), _CASES.values(), ids=_CASES)
def test_blocks(source: str, expected: list[str]) -> None:
    assert _shown(source) == expected


def test_row_cells_begin_where_their_text_does() -> None:
    (row,) = read(b"Very common\tHeadache\t\tCough", input_format="text").blocks
    assert (row.text, row.cells) == ("Very common Headache Cough", (0, 12, 21, 21))


def test_soft_hyphen_at_the_line_end_joins_the_word() -> None:
    source = _WRAPPED.replace("lower the\npressure", "lower pres\u00ad\nsure")
    assert "that lower pressure in" in _shown(source)[0]


_PROSE = (
    "This medicine lowers the pressure in the vessels of people who have never taken anything like it, "
    "and it is used together with other medicines where they have not worked well enough alone. "
) * 8
_HEAD = "2. What you need to know before you take Velorin and its kind"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # The next word would have fitted on the heading's line.
        (["2. What to know before you take it at all", "Do not take Velorin"], None),
        # It would not, but the same line stands in the list of contents.
        ([_HEAD, "3. How to take Velorin", "", _HEAD, "Do not take Velorin"], None),
        # No item of a list: its sentence goes on.
        (["Talk to your doctor if you have had an ulcer or you are over", "65. A cough is no matter."], ["Talk to your doctor if you have had an ulcer or you are over 65. A cough is no matter."]),
    ],
)  # fmt: skip
def test_lines_that_a_program_filled_to_the_last_word(lines: list[str], expected: list[str] | None) -> None:
    text = "\n".join([*textwrap.wrap(_PROSE, 62), "", *lines])
    assert _shown(text)[1:] == (expected or [line for line in lines if line])
