"""Markdown: CommonMark blocks, tables, emphasis, raw HTML, deep nesting."""

from __future__ import annotations

import time

import pytest

from validator.document.blocks import Block
from validator.readers import read


def _show(block: Block) -> str:
    strong = "!" if block.strong else ""
    lead = f"({block.lead})" if block.lead else ""
    return f"{block.kind}{block.level or ''}{strong}{lead} {block.marker and block.marker + ' '}{block.text}"


_CASES = {
    "headings": ("# A #\n\nB\n===", ["heading1 A", "heading1 B"]),
    "soft and hard breaks": ("a\nb  \nc", ["paragraph a b", "paragraph c"]),
    "emphasis": ("**All**\n\n**Lead:** *rest*", ["paragraph! All", "paragraph(5) Lead: rest"]),
    "lists": (
        "3. a\n4. b\n\n   c\n\n- d\n  - e",
        ["item1 3. a", "item1 4. b", "paragraph c", "item1 • d", "item2 • e"],
    ),
    "tables": ("|Often|Rarely|\n|-|-|\n|a\\|b|c|", ["row Often Rarely", "row a|b c"]),
    "links and code": ("see [the page](http://x/page) page `a*b`", ["paragraph see the page page a*b"]),
    "raw html": ("<p>a <b>b</b></p>\n\nc<br>d <i>e</i>", ["paragraph a b", "paragraph c", "paragraph d e"]),
    "quotes": ("> a\n> b", ["paragraph a b"]),
    "indented text": ("a\n\n    b\n    c", ["paragraph a", "paragraph b", "paragraph c"]),
    "images": ("![▼](t.png) This", ["image ▼", "paragraph This"]),
    "list signs in the text": ("• a\n\n▼ b", ["item1 • a", "paragraph ▼ b"]),
    "escapes and entities": ("a \\* &eacute;", ["paragraph a * é"]),
}


@pytest.mark.parametrize(("source", "expected"), _CASES.values(), ids=_CASES)
def test_blocks(source: str, expected: list[str]) -> None:
    reading = read(source.encode(), input_format="markdown")
    assert [_show(block) for block in reading.blocks] == expected


def test_places_in_quotes_lists_and_cells() -> None:
    source = "> - *a* b\n>   c\n\n|x|y|\n|-|-|\n| p | q |\n"
    reading = read(source.encode(), input_format="markdown")
    places = [(block.text, [anchor[:3] for anchor in block.anchors]) for block in reading.blocks]
    assert places == [
        ("a b c", [(0, 1, 6), (1, 1, 8), (4, 2, 5)]),
        ("x y", [(0, 4, 2), (2, 4, 4)]),
        ("p q", [(0, 6, 3), (2, 6, 7)]),
    ]


def test_deep_nesting_is_noted() -> None:
    reading = read(b"# x\n\n" + b">" * 5000 + b" deep", input_format="markdown")
    assert reading.notes == ("lists and quotes nested deeper than 100 levels were left out",)


@pytest.mark.parametrize(
    "source", ["[" * 20_000, "![" * 20_000, "*a **a " * 5_000, "<a " * 20_000, "`a" * 9_999]
)
def test_hostile_input_takes_little_time(source: str) -> None:
    begin = time.process_time()
    read(source.encode(), input_format="markdown")
    assert time.process_time() - begin < 10
