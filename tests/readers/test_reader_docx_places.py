"""A block's place leads back to its words: taken out of the file again by paragraph and column."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.docx_files import MAIN, b, docx, docx_of, p, r, table
from tests.leaflets import input_of
from validator.document.blocks import Block
from validator.document.text import clean, stretches
from validator.readers import read

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLANKS = ("tab", "br", "cr")
_DELETION = {"accepted": "del", "original": "ins"}


def paragraphs(data: bytes, part: str, revisions: str) -> list[str]:
    """The text of every paragraph of a part, empty ones too: a second, simple way to read it."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = etree.fromstring(archive.read(part))
    for fallback in root.findall(".//{*}Fallback"):
        fallback.getparent().remove(fallback)
    return ["".join(_signs(each, revisions)) for each in root.iter(f"{_W}p")]


def _signs(element, revisions: str):
    for child in element:
        name = etree.QName(child).localname
        if name in ("txbxContent", "instrText", _DELETION[revisions]):
            continue
        if name in ("t", "delText"):
            yield (child.text or "").replace("\n", " ")
        elif name in _BLANKS:
            yield " "
        elif name == "noBreakHyphen":
            yield "\u2011"
        elif name == "sym":
            yield "▼"
        else:
            yield from _signs(child, revisions)


def misplaced(data: bytes, revisions: str = "accepted") -> list[tuple[str, int]]:
    """The blocks with a character that does not stand where the block says."""
    files: dict[str, list[str]] = {}
    return [
        (block.text, offset)
        for block in read(data, revisions=revisions).blocks
        if block.kind != "image"
        for offset in range(len(block.text))
        if not _stands(data, block, offset, files, revisions)
    ]


def _stands(data: bytes, block: Block, offset: int, files: dict[str, list[str]], revisions: str) -> bool:
    place = block.place(offset, offset + 1)
    part = place.xpath or MAIN
    if part not in files:
        files[part] = paragraphs(data, part, revisions)
    assert place.paragraph is not None
    assert place.column is not None
    char, rest = block.text[offset], files[part][place.paragraph - 1][place.column - 1 :]
    if char == " ":
        return block.kind == "row" or not rest[:1].strip()
    return rest[:1] == char or "".join(piece for _, piece in stretches(rest[:4])).startswith(char)


_TEXTS = st.lists(
    st.sampled_from(["dose", " ", "  ", "5 mg", "ağız", "e\u0301te\u0301", "a\u00adb", "\u00a0", "• ", "µg", "\n", "- "]),
    max_size=4,
).map("".join)  # fmt: skip
_RUNS = st.one_of(
    _TEXTS.map(r),
    _TEXTS.map(b),
    st.sampled_from([f"<w:r><w:{name}/></w:r>" for name in (*_BLANKS, "noBreakHyphen")]),
    st.just('<w:r><w:sym w:font="Wingdings 3" w:char="F071"/></w:r>'),
    _TEXTS.map(lambda text: f"<w:hyperlink>{r(text)}</w:hyperlink>"),
    _TEXTS.map(lambda text: f'<w:ins w:author="A">{r(text)}</w:ins>'),
    _TEXTS.map(lambda text: f'<w:del w:author="A">{r(text, tag="delText")}</w:del>'),
)
_MARKS = st.sampled_from(["", "", "", '<w:del w:author="A"/>', '<w:ins w:author="A"/>', "<w:vanish/>"])


def _paragraph(runs: list[str], mark: str) -> str:
    return p(*(run or "<w:r/>" for run in runs), mark=mark)


_PARAGRAPHS = st.builds(_paragraph, st.lists(_RUNS, max_size=4), _MARKS)


def _text_box(content: str) -> str:
    return p(r("a"), f"<w:r><w:pict><w:txbxContent>{content}</w:txbxContent></w:pict></w:r>", r("b"))


_BODIES = st.recursive(
    _PARAGRAPHS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda cells: table(cells, cells)),
        inner.map(_text_box),
        inner.map(lambda content: f"<w:sdt><w:sdtContent>{content}</w:sdtContent></w:sdt>"),
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(_BODIES, st.sampled_from(["accepted", "original"]))
def test_every_character_stands_where_its_block_says(body: str, revisions: str) -> None:
    assert misplaced(docx(body), revisions) == []


@pytest.mark.parametrize("name", ["eu-tablet", "tr-tablet", "aknetrent"])
@pytest.mark.parametrize("automatic", [False, True])
def test_leaflets(name: str, automatic: bool) -> None:
    assert misplaced(docx_of(input_of(name), automatic=automatic)) == []


def test_parts_and_spans() -> None:
    data = docx(
        p() + table([p("a"), p("Take  one")]) + p("x", '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        footnotes=f'<w:footnote w:id="1">{p("one")}</w:footnote><w:footnote w:id="2">{p("two")}</w:footnote>',
    )
    assert misplaced(data) == []
    row, _, note = read(data).blocks
    place = row.place(7, 10)
    assert (row.text, place.paragraph, place.column, place.end_column) == ("a Take one", 3, 7, 10)
    assert (note.text, note.place().paragraph, note.place().xpath) == ("two", 2, "word/footnotes.xml")
    assert (row.place().paragraph, row.place().end_column) == (2, None)


@settings(max_examples=100, deadline=None)
@given(_BODIES)
def test_changes_lie_in_the_blocks(body: str) -> None:
    for view in ("accepted", "original"):
        reading = read(docx(body), revisions=view)
        kept = {"accepted": "insertion", "original": "deletion"}[view]
        for change in reading.changes:
            words = reading.blocks[change.block].text[change.start : change.end]
            if words and "¶" not in change.text:
                assert change.kind == kept
                assert clean(words) in clean(change.text)
