"""One leaflet as people hand it in: quoted in mails, with typed page numbers, in tables, controls and line breaks."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from html import escape

import pytest

from tests.docx_files import b, docx, p, r, table
from tests.leaflets import facts, input_of, outline, parsed
from validator.readers import read
from validator.readers.text_furniture import plain_entries

TEXT = input_of("eu-tablet")
LINES = [line for line in TEXT.split("\n") if line.strip()]
TITLES = [line for line in dict.fromkeys(LINES) if re.match(r"\d\. ", line)]
PLAIN = parsed(TEXT)
_TAB, _BREAK = "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>"


def marked(heading: Callable[[str], str], other: Callable[[str], str] = str) -> list[str]:
    """The lines, headings of sections (their second time, after the contents list) changed like this."""
    seen: set[str] = set()
    found = []
    for line in LINES:
        found.append(heading(line) if line in seen and line in TITLES else other(line))
        seen.add(line)
    return found


def contents(entry: Callable[[str, int], str], other: Callable[[str], str] = str) -> list[str]:
    """The lines, those of the contents list changed like this, each with its page."""
    seen: set[str] = set()
    found = []
    for line in LINES:
        first = line in TITLES and line not in seen
        found.append(entry(line, 2 + TITLES.index(line)) if first else other(line))
        seen.add(line)
    return found


def wrapped(text: str) -> str:
    return "\n".join("\n".join(textwrap.wrap(line, 72, break_on_hyphens=False)) for line in text.split("\n"))


def sections() -> list[tuple[str, list[str]]]:
    """The sections as headings and lines; the first one has no heading."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in marked(lambda line: f"§{line}"):
        if line[0] == "§":
            found.append((line[1:], []))
        else:
            found[-1][1].append(line)
    return found


def _control(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def _cells(heading: str, lines: list[str]) -> str:
    text = "".join(map(p, lines))
    return table([_control(p(b(heading)))], [text]) if heading else text


def _html(body: str) -> str:
    return f"<!DOCTYPE html><html><body>{body}</body></html>"


_ITEMS = [line.replace("• ", "- ", 1) for line in LINES]
_BOLD = marked(lambda line: f"<b>{escape(line)}</b>", escape)
_VARIANTS: dict[str, str | bytes] = {
    "quoted.txt": "\n".join(f"> {line}" for line in TEXT.split("\n")),
    "quoted and wrapped.txt": "\n".join(f">> {line}" for line in wrapped(TEXT).split("\n")),
    "in a mail.txt": "Dear all,\nsee below.\n\n" + "\n".join(f">{line}" for line in TEXT.split("\n")),
    "underlined and wrapped.txt": wrapped("\n\n".join(marked(lambda line: f"\n{line}\n{'=' * len(line)}"))),
    "dots.txt": "\n".join(contents("{} ........ {}".format)),
    "dots apart.txt": "\n".join(contents("{} . . . . . {}".format)),
    "wide blanks.txt": "\n".join(contents("{}          {}".format)),
    "breaks.txt": "<br>\n".join(LINES),
    "no blank.md": "\n\n".join(marked(lambda line: f"##{line}", lambda line: line.replace("• ", "- ", 1))),
    "underlined.md": "\n\n".join(marked(lambda line: f"{line}\n{'=' * len(line)}")),
    "breaks.md": "<br>".join(LINES),
    "backslashes.md": "\\\n".join(LINES),
    "definitions.md": "\n\n".join(
        line
        for heading, lines in sections()
        for line in (lines if not heading else [heading, *(f": {line}" for line in lines)])
    ),
    "breaks.html": _html("<p>" + "<br><br>".join(_BOLD) + "</p>"),
    "layout.html": _html("<table>" + "".join(f"<tr><td>&nbsp;<td>{line}" for line in _BOLD) + "</table>"),
    "dots.docx": docx("".join(contents(lambda line, page: p(f"{line} ....... {page}"), p))),
    "tab.docx": docx("".join(contents(lambda line, page: p(line, _TAB, str(page)), p))),
    "headings in controls in tables.docx": docx("".join(_cells(*section) for section in sections())),
    "line breaks.docx": docx(
        "".join(
            p(
                *([b(heading), _BREAK] if heading else []),
                *(part for line in lines for part in (r(line), _BREAK)),
            )
            for heading, lines in sections()
        )
    ),
}


@pytest.mark.parametrize("name", _VARIANTS)
def test_the_same_outline_and_facts(name: str) -> None:
    found = parsed(_VARIANTS[name], name=name)
    assert outline(found) == outline(PLAIN)
    assert facts(found) == facts(PLAIN)


def test_quoted_words_keep_their_place() -> None:
    blocks = read(str(_VARIANTS["quoted.txt"]).encode()).blocks
    lines = str(_VARIANTS["quoted.txt"]).split("\n")
    for block in blocks:
        place = block.place()
        assert place.line
        assert place.column
        assert lines[place.line - 1][place.column - 1 :].startswith(block.text[:20])


def test_a_few_rows_that_begin_with_a_sign_are_no_quotation() -> None:
    rows = [f"> {weight} kg: {weight} mg" for weight in range(10, 90, 10)]
    assert [block.text for block in read("\n\n".join(rows).encode()).blocks] == rows


@pytest.mark.parametrize(
    ("entries", "count"),
    [
        (["1. What X is 2", "2. What you need to know 3", "3. How to take X 5"], 3),
        (["1. What X 20 is", "2. Before you take X 20", "3. How to take X 20", "4. How to store X 20"], 0),
        (["1. Take 1 tablet on day 1", "2. Take 2 tablets on day 2"], 0),
        (["1. What X is 2", "2. What you need to know 3", "Some text", "3. How to take X 5"], 0),
    ],
)
def test_numbers_at_the_end_of_entries(entries: list[str], count: int) -> None:
    assert len(plain_entries(entries)) == count
